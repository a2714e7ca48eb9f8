% Iterations until a complex Newton iteration reaches a root of z^3 = 1.
[x, y] = meshgrid (linspace (-1.5, 1.5, 7), linspace (-1, 1, 5));
z = x + 1i * y;
z(abs (z) < 1e-9) = 0.1;
counts = zeros (size (z));
done = false (size (z));
for k = 1:30
  z(! done) -= (z(! done) .^ 3 - 1) ./ (3 * z(! done) .^ 2);
  now_done = abs (z .^ 3 - 1) < 1e-8;
  counts(now_done & ! done) = k;
  done |= now_done;
end
counts
roots3 = exp (2i * pi * (0:2) / 3);
[~, which] = min (abs (z(:) - roots3), [], 2);
reshape (which, size (z))
all (done(:))

% The dominant eigenvalue of A' * A without ever forming it: A' * (A * v) is one scan of A.
A = rechunk (reshape (sin (1:60), 12, 5), [4 5]);
v = ones (5, 1);
for k = 1:3
  w = gather (A' * (A * v));
  lambda = norm (w);
  v = w / lambda;
end
printf ("%.6f\n", lambda);

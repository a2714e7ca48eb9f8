% The best corner of a small linear programme by trying all pairs of active constraints.
A = [1 1; 2 1; -1 0; 0 -1];
b = [8; 10; 0; 0];
c = [3; 2];
best = -Inf;
pairs = nchoosek (1:rows (A), 2);
for p = pairs'
  M = A(p, :);
  if abs (det (M)) < 1e-12, continue, end
  x = M \ b(p);
  if all (A * x <= b + 1e-9)
      value = c' * x + 0;
    printf ("corner (%g, %g): %g\n", x(1) + 0, x(2) + 0, value);
    if value > best
      best = value; at = x;
    end
  end
end
best
at

A = [4 1 0; 1 3 1; 0 1 2];
v = [1; 1; 1];
for k = 1:100
  w = A * v;
  lambda = norm (w);
  v = w / lambda;
end
printf ("%.8f\n", lambda);
printf ("%.6f\n", v);
ev = eig (A);
printf ("%.8f\n", ev);
abs (max (ev) - lambda) < 1e-10
trace (A)
prod (ev)
[V, D] = eig ([2 0; 0 5])
issymmetric (A)
inv ([1 2; 3 4])
[q, r] = deal (floor (17 / 5), mod (17, 5))

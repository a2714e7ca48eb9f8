n = 6; r = 0.25;
u = zeros (1, n); u(3:4) = 100;
printf ("%8.3f", u); printf ("\n");
for step = 1:5
  u(2:end-1) += r * (u(3:end) - 2 * u(2:end-1) + u(1:end-2));
  printf ("%8.3f", u); printf ("\n");
end
T = toeplitz ([1-2*r, r, zeros(1, n - 2)]);
T([1 end], :) = 0; T(1, 1) = T(n, n) = 1;
T
v = zeros (n, 1); v(3:4) = 100;
w = T ^ 5 * v;
max (abs (w' - u)) < 1e-10
sum (u)

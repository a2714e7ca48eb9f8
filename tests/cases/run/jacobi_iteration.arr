A = [10 -1 2; -1 11 -1; 2 -1 10];
b = [6; 22; -10];
x = zeros (3, 1);
D = diag (diag (A));
R = A - D;
n = 0;
while norm (A * x - b) > 1e-8 && n < 100
  x = D \ (b - R * x);
  n++;
end
n
printf ("%.8f\n", x);
rho = max (abs (eig (D \ R)));
printf ("%.5f\n", rho);
g = zeros (3, 1);
for k = 1:10
  for i = 1:3
    others = [1:i-1, i+1:3];
    g(i) = (b(i) - A(i, others) * g(others)) / A(i, i);
  end
end
printf ("%.8f\n", g);
dominant = all (2 * abs (diag (A)) > sum (abs (A), 2))

A = [2 1 1; 4 3 3; 8 7 9];
n = rows (A);
L = eye (n); U = A;
for k = 1:n-1
  for i = k+1:n
    L(i, k) = U(i, k) / U(k, k);
    U(i, :) = U(i, :) - L(i, k) * U(k, :);
  endfor
endfor
L, U
isequal (L * U, A)
prod (diag (U)), abs (det (A) - prod (diag (U))) < 1e-10
y = zeros (n, 1); b = [4; 10; 24];
for i = 1:n
  y(i) = b(i) - L(i, 1:i-1) * y(1:i-1);
endfor
x = zeros (n, 1);
for i = n:-1:1
  x(i) = (y(i) - U(i, i+1:n) * x(i+1:n)) / U(i, i);
endfor
x
A * x

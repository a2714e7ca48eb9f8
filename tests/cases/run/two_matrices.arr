% Eigenvalues and vectors of two matrices, left ones too, and their singular values.
function check (a, b)
  [v, d, w] = eig (a, b);
  printf ("%d %d\n", norm (a * v - b * v * d) < 1e-10, norm (w' * a - d * w' * b) < 1e-10);
end
check ([1, 2, 0; 0, 1, 4; 2, 2, 9], [3, 1, 0; 1, 5, 1; 0, 1, 6]);
check ([1, 2; 2, 5], [3, 1; 1, 2]);
check ([1, 2; -3, 5], [3, 1; 1, 2]);
check ([1+i, 2; -3, 5], [3, 1; 2i, 2]);
eig ([1, 2; -3, 5], [3, 1; 1, 2])
sort (eig ([2, 0; 0, 3], [0, 0; 0, 1]))
eig ([1, 2; 3, 4], [1, 0; 0, 0])

a = [1, 2, 3; 4, 5, 6; 7, 8, 10; 2, 1, 0];
b = diag ([1, 2, 4]);
[u, v, x, c, s] = gsvd (a, b);
c, s
printf ("%d %d\n", norm (u * c * x' - a) < 1e-10, norm (v * s * x' - b) < 1e-10);
[u, v, x, c, s] = gsvd (a, [1, 2, 3; 4, 5, 7]);
printf ("%d ", size (c), size (s), c(1,1) == 1, s(1,1) == 0); disp ("")
gsvd (a, b)
gsvd (a, diag ([1, 0, 4]))
[x, deviations, errors, s] = lscov ([1, 0; 1, 1; 1, 2], [1, 2; 2, 3; 4, 9]);
x, deviations, errors
size (s)
s(:,:,2) ./ s(:,:,1)

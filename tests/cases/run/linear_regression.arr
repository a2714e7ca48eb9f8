% Least squares with several regressors by the backslash and by the normal equations.
x1 = (1:8)';
x2 = [2 1 4 3 6 5 8 7]';
y = 3 + 2 * x1 - 0.5 * x2 + [0.1 -0.1 0.05 -0.05 0.02 -0.02 0.1 -0.1]';
X = [ones(8, 1), x1, x2];
beta = X \ y;
printf ("%8.4f\n", beta);
beta2 = (X' * X) \ (X' * y);
disp (norm (beta - beta2) < 1e-10)
fitted = X * beta;
sse = sumsq (y - fitted);
sst = sumsq (y - mean (y));
R2 = 1 - sse / sst;
printf ("R2 = %.6f\n", R2);
names = {"constant", "x1", "x2"};
for k = 1:numel (names)
  fprintf ("%-10s %10.5f\n", names{k}, beta(k));
end

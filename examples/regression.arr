% Least squares on a tall matrix through its normal equations: both products share the scan of X.
n = 40;
t = (1:n)' / n;
X = rechunk ([ones(n, 1), t, t .^ 2], [10 3]);
y = 1 + 2 * t - 3 * t .^ 2;
b = gather (X' * X) \ gather (X' * y)

D = [0 3 Inf 7; 8 0 2 Inf; 5 Inf 0 1; 2 Inf Inf 0];
for k = 1:rows (D)
  D = min (D, D(:, k) + D(k, :));
end
D
diameter = max (D(:))
[i, j] = find (D == diameter)
reach = isfinite (D)
A = D <= 3 & ! eye (4)
closure = (A + eye (4)) ^ 4 > 0

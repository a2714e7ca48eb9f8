function [x, steps] = solve (A, b)
  n = rows (A);
  M = [A b];
  steps = {};
  for k = 1:n
    [~, p] = max (abs (M(k:n, k)));
    p += k - 1;
    if p != k
      M([k p], :) = M([p k], :);
      steps{end+1} = sprintf ("swap %d and %d", k, p);
    end
    for i = k+1:n
      f = M(i, k) / M(k, k);
      M(i, :) -= f * M(k, :);
      steps{end+1} = sprintf ("row %d - %.3g * row %d", i, f, k);
    end
  end
  x = zeros (n, 1);
  for k = n:-1:1
    x(k) = (M(k, end) - M(k, k+1:n) * x(k+1:n)) / M(k, k);
  end
end
A = [2 1 -1; -3 -1 2; -2 1 2];
b = [8; -11; -3];
[x, steps] = solve (A, b);
printf ("%g\n", x);
disp (char (steps))
norm (A * x - b) < 1e-12
rref ([A b])
det (A)
rank (A)

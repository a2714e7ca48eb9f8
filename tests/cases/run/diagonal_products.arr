% A product with a diagonal matrix only scales: what is NaN stays where it is.
a = [1 NaN 3; -Inf 0 2; 4 NaN Inf];
a * eye (3), eye (3) * a, a * eye (3, 2), eye (2, 3) * a
a / eye (3), (2 * eye (3)) \ a
single (a) * single (eye (3))
single (a) * eye (3)
a * single (eye (3))
[1i NaN] * eye (2)
eye (2) * diag ([NaN 1])
diag (1:3) * a, a * diag ([1 0 2])
diag (1:2, 1), diag ((1:3)')
diag ([1 2], -1), diag ([5 6], 2, 3)
-eye (2), abs (-eye (2)), eye (2) * 3, eye (2) + 1
norm ([1 Inf; 2 3]), norm ([Inf 1; NaN 2], "fro"), norm (a, 1), norm ([1 NaN; 2 3], 1), norm ([NaN 3; 1 2], 1), norm ([1 3; NaN 2], Inf)
norm ([1 NaN 3], 1), norm ([3 NaN], Inf), norm ([NaN 3], -Inf), norm ([NaN 3 0], 0)
sum (zeros (0, 0)), all (zeros (0, 0)), size (diff (zeros (0, 4), 1, 2))

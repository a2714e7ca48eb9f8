% Linear, quadratic and smooth programs.
[x, f, err, extra] = glpk ([10; 6; 4], [1 1 1; 10 4 5; 2 2 6], [100; 600; 300], [0; 0; 0], [], "UUU", "CCC", -1);
printf ("%g ", x, f, err, extra.lambda, extra.redcosts, extra.status); disp ("");
[x, f] = glpk ([10; 6; 4], [1 1 1; 10 4 5; 2 2 6], [100; 600; 300], [0; 0; 0], [], "UUU", "III", -1);
printf ("%g ", x, f); disp ("");
[x, f] = glpk ([1; 1], [1 2; 3 1], [4; 6], [0; 0], [], "LL", "CC", 1)
[x, f] = glpk ([-1; 2; 0.5], [1 1 1; 1 -1 0], [7; 2], [-3; -Inf; 1], [4; 5; Inf], "SU", "CCC", 1)
% A knapsack.
value = [10 13 7 8 12 4]';
[x, f] = glpk (value, [3 4 2 3 5 1], 9, zeros (6, 1), ones (6, 1), "U", "IIIIII", -1);
disp (x'), disp (f)
[x, obj, info, lambda] = qp ([0; 0], [2 0; 0 2], [-2; -5], [], [], [0; 0], [], [-2; -6; -2], [1 -2; -1 -2; -1 2], []);
printf ("%.4f ", x, obj, info.info, lambda); disp ("");
[x, obj, info, lambda] = qp ([], eye (3), [1 2 3]', [1 1 1], 1);
printf ("%.4f ", x, obj, info.info, lambda); disp ("");
[x, obj, info] = qp ([0; 0], eye (2), [1; 1], [], [], [1; 1], [2; 2]);
printf ("%.4f ", x, obj, info.info); disp ("");
try
  qp ([0; 0], eye (2), [1; 1], [1 1; 1 1], [1; 2])
catch e
  disp (e.message)
end
function r = g (x)
  r = [sumsq(x)-10; x(2)*x(3)-5*x(4)*x(5); x(1)^3+x(2)^3+1];
end
function obj = phi (x)
  obj = exp (prod (x)) - 0.5 * (x(1)^3 + x(2)^3 + 1) ^ 2;
end
[x, obj, info] = sqp ([-1.8; 1.7; 1.9; -0.8; -0.8], @phi, @g, []);
printf ("%.4f ", x, obj); disp (info)
[x, obj] = sqp ([0; 0], @(x) (1 - x(1)) ^ 2 + 100 * (x(2) - x(1) ^ 2) ^ 2, [], @(x) 1.5 - x(1) ^ 2 - x(2) ^ 2);
printf ("%.4f ", x, obj); disp ("");
[x, obj] = sqp ([3; 3], @(x) sumsq (x - [5; 6]), [], [], 0, 4);
printf ("%.4f ", x, obj); disp ("");
x = sqp ([1; 1], {@(x) sumsq(x - [2; 3]), @(x) 2 * (x - [2; 3])}, {@(x) x(1) + x(2) - 1, @(x) [1 1]});
disp (norm (x - [0; 1]) < 1e-6)

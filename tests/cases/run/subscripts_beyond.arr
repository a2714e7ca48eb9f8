% Subscripts beyond the dimensions, and what assignments make of shapes and classes.
x = mod (5 * (1:9), 7);
size (x(:, :, [])), size (x(1, :, 1:0)), size (x(:, :, [1 1])), x(:, [2 3], [1 1])
y = reshape (1:12, 3, 4);
y(:, :, 2) = 1
y(:, :, [3 3]) = reshape (1:24, 3, 4, 2);
y(:, :, 3)
try, y(2, :) = ones (6, 6), catch e, disp (e.message), end
z = zeros (3, 0);
try, z(2, :) = ones (6, 6), catch e, disp (e.message), end
try, x([]) = 1:3, catch e, disp (e.message), end
try, y(5) = [], catch e, disp (e.message), end
try, x(12) = [], catch e, disp (e.message), end
try, y(1, 2, 3, 2), catch e, disp (e.message), end
m = reshape (1:6, 2, 3);
m(logical ([1 0 1 0 1 1])) = [10 20 30 40]
m(logical ([1 0 1 0 1 1]))
m([5 1 5]) = [7 8 9]
try, m(logical ([1 0 1 0 1 1])) = [1 2], catch e, disp (e.message), end
m(end+1, :) = [1 2 3]
m(:, 2) = []
t = [true false; true true];
try, t(isnan (t)) = NaN, catch e, disp (e.message), end
try, t(1) = NaN, catch e, disp (e.message), end
t(1) = int8 (1), class (t)
t(2) = single (4), class (t)
s.a = reshape (1:6, 2, 3);
s.a(2, :) = []; s.a(end+1) = 4; s.a(s.a > 3) += 10;
s
c = {1:3};
c{1}(2) = 7; c{1}(5) = 1

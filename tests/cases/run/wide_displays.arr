% Matrices wider than the screen, and columns that differ in size.
x = (1:30) * 1.5
y = reshape (1:60, 3, 20)
z = [1e-5 1 1e5]
w = [1e-10 1; 1e10 2]
v = [0.1 NaN Inf; -Inf 2 3]
u = [1 1000000]
c = [1+2i 3.25-4i; 0.001i 1000]
format long
pi * [1 10 100], single (pi), [pi; exp(1)] * 1e5, 1/3 + 2i/3
format short g
[pi 1e6 1e-6], 1e5, 100000.5, [1 2.5; 1e10 3]
format long g
[pi 1e6 1e-6], 1/3
format short e
[pi 1e6], 12345
format
int32 ([1 -200; 30000 4]), uint8 (1:40)
true (2, 3), [true false] + 1
-0, [0 -0], 1e-320, realmax, -realmin
1:0, zeros (0, 3), zeros (3, 0), {}, cell (0, 2), ''
1e5, 99999, 100000, 123456, 0.00001, 12345.678, 1e15, 123456789012
[1.5 2.5], [1 2.5 1e3], [1e3 1.5e-3], [99999.5 1], [100000.5 1]
{1, "a"; [1 2 3], {2}}
struct ("a", {1, 2}), struct ("m", magic (3), "c", {{1, 2}})
1:5, 0:0.25:1, (0:3)', -(1:3)
ones (2, 2, 2) * 0.5
cat (3, [1 2], [3 4.5])
single ([1.1 2.2]), single (1e10), complex (1, 0), complex ([1 2], 0)
[NaN 1 2], [NaN; 0.5], [Inf 1], NaN, -Inf, [1e100 1]

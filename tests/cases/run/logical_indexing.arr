x = [5 -3 8 0 -1 7];
x(x < 0) = 0
x(x == 0) = []
m = magic (4);
m(m > 10)'
m(m > 10) = -1
any (m(:) < 0), all (m(:) < 20)
sum (m > 5), nnz (m > 5)
mask = logical ([1 0 1 0]);
m(mask, mask)
m(:, mask)(1, :)
find (m < 0)'
[r, c] = find (m < 0, 2)
idx = sub2ind (size (m), [1 2], [3 4])
[i, j] = ind2sub ([4 4], 7)
v = 1:10;
v(end:-2:1)
v([1 end]) = v([end 1])
v(logical (mod (v, 2)))
isempty (find (v > 100)), size (find (v > 100))
w = [];
w(3) = 5
w(2, 2) = 1
z = zeros (2, 0); size (z), isempty (z)
a = "hello"; a([1 end]) = "JY"
a(a == 'l') = 'L'
b = 1:5; b(b > 2 & b < 5)
xor (true, false), ! [1 0 2]
true (2), false (1, 2)
ifelse = merge ([true false], [1 2], [3 4])
isequal (m(:, :), m), isrow (v), isvector (m), isscalar (5)
lookup ([1 3 5], [0 1 4 9])
nthargout (2, @max, [3 9 2])

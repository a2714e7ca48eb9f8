x = 10:10:50;
x(2), x(end), x(end-1:end), x([1 end])
x(end+1) = 60
x(2) = []
x([1 3]) = []
x(:)'
m = magic (4);
m(2, 3), m(end), m(end, 1), m(2, :), m(:, 2)'
m(:, [1 end])
m(logical ([1 0 0 1]), 1)'
m(m > 12)'
m(2, :) = []
m(:, end+1) = [1; 2; 3]
z(3) = 5
w(2, 3) = 1
s = "hello";
s(1), s(end:-1:1), s([1 1 1])
s(1) = "J"
c = {1, "two", [3 4 5]};
c{3}(2), c(2), class (c{2})
c{5} = "new"
c(2) = []
[a, b] = c{1:2}
e = [];
e(end+1) = 1; e(end+1) = 2
x = 1:5;
x(min (end, 10))
y = x;
y(1) = 100;
x(1)
k = 3;
k(1)
magic (3)(2, :)
{4, 5, 6}{2}
clear a
a.b.c = [1 2 3];
a.b.c(end)
a.b.c(end+1) = 4;
numel (a.b.c)
q = 1:3;
q(5) = 9
r = zeros (2);
r(:) = 1:4
r(:, 1) = 7
A = eye (3)(:, 2)'

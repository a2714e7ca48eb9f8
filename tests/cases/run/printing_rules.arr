x = 3
x;
x
3 + 4
ans * 2;
ans
y = x; y
[1, 2, 3];
ans
a = 1, b = 2; c = 3
true
"text"
x == 3
z.a = 1
z.a
z.a = 2;
q = {}
e = []
0
-0
1e10
pi
x++;
x
v = 1:5
v(2)
v(2) = 7
f = @(t) t;
f (2)
1:0
zeros (0, 3)
[p, r] = size (ones (2, 3))
if true, k = 5, end

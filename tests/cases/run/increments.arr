x = 1;
x++; ++x; x--;
x
v = [1 2 3];
v(2)++; v(3) += 10;
v
s.n = 0;
s.n++; s.n += 5;
s.n
c = {1, 2};
c{1} += 7;
c{1}
t = "ab";
t = [t "c"];
t
a = b = c2 = 4;
a, b, c2
y = (z = 3) + 1
m = eye (2);
m(1, :) *= 5
w.list = {};
w.list{end+1} = 1; w.list{end+1} = "q";
w.list

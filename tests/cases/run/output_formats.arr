x = pi
y = [1 2.5; 1000.123 4]
z = [1e-5 1]
w = [1e10 1]
big = 123456789
small = 0.000012345
neg = [-1.5 2; 3 -4]
ints = [1 -20; 300 4]
mixed = [1 NaN; Inf -Inf]
e1 = []
e2 = zeros (0, 3)
t = true
s = "text"
c = 'x'
r = 1:5
f = @(x) x .^ 2
st.a = 1; st.b = "two"; st
ce = {1, "a"; [1 2], {3}}
i8 = int8 ([1 -2; 3 100])
cplx = [1+2i 3.5-4i]
sng = single (3.14159)
format long
x
single (x)
y
format short
x
disp (x), disp (y), disp ("text"), disp ({1}), disp (true), disp ([])
fprintf ("%d %i %f %g %e %s %c %x %o %%\n", 1, 2, 3.5, 4.5, 5.5, "six", "7", 255, 8);
fprintf ("%d\n", 1.5); fprintf ("%i|%5.1f|%-8s|%08.3f\n", 3, 2.25, "ab", 3.14159);
fprintf ("%s\n", "abc", "def"); fprintf ("%d, ", [1 2; 3 4]); fprintf ("\n");
fprintf ("hello\n"); fprintf ("%s=%d\n", "a", 1, "b", 2);
display (5)
1e5, 100000.5, 1e15, 123456.789, 0.1 + 0.2, 1/3, -0, 1e-20
[0.001 1000], [1e-3 1e6], [1;10;100] / 3

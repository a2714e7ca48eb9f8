% Each slip is reported at its place, and the lines between are read.
x = = 3
good = 1;
y = (1 + 2;
good = 2;
f(1,)
[1,,2]
if a = = 3
  good = 3;
end
1:2:3:4
z = 'open
w = "open
a++b
q = [1, 2
good = 4;
1 = 2
f(x) + 1 = 3
[a; b] = f()
@(x) x = 1
[~, 1]
x = 3 4
x =< 3
x <> 3
a // b
“quoted”
2x
"\x"
break
else
end
until x
function f(a, a), end
x = 1 + @(y) y
for 3, end
if x then, end
switch x, y, case 1, end
x = a(1]
good = 5;

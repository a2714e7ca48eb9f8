1:5
0:0.25:1
5:-1:1
1:0
numel (0:0.1:1)
r = 1:3; r(2)
-(1:3)
(1:3) + 10
(1:3) * 2
[1:3; 4:6]
int8 (1):int8 (3)
class (single (1):3)
for i = 10:-3:0, printf ("%d ", i); end, disp ("")
sum (1:100)
x = 1:4;
x(end:-1:1)
x .^ 2
(1:3)'
'a':'e'
s = 0;
for i = 1:0.5:3, s += i; end
s
isempty (3:1)
size (zeros (0, 3))

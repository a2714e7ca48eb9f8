% Control flow in odd corners.
1;
function r = ifelse_ (c), r = 1; if c, return, end, r = 2; end
for k = [1 2; 3 4], disp (k'), end
for k = {}, disp ("never"), end
for k = zeros (0, 3), disp ("empty columns"), end
for k = {1, "a"}, class (k), end
for c = "abc", printf ("%s-", c); end, printf ("\n");
for s = struct ("x", {1, 2}), s, end
k = 0; do, k++; if k == 2, continue, end, printf ("%d ", k); until k >= 4
printf ("\n");
while true, k--; if k < 1, break, end, end, k
for i = 1:3, for j = 1:3, if j == 2, break, end, printf ("(%d,%d)", i, j); end, end
printf ("\n");
switch "abc", case {"x", "abc"}, disp ("in list"), otherwise, disp ("no"), end
switch 3, case {1, 2}, disp ("low"), case 3, disp ("three"), end
switch "a", case "A", disp ("upper"), otherwise, disp ("other"), end
switch [], case [], disp ("empty"), otherwise, disp ("not"), end
if [], disp ("yes"), else, disp ("empty is false"), end
if [1 1 0], disp ("yes"), else, disp ("not all"), end
if "a" < "b" && ! isempty ([0]), disp ("both"), end
x = 5; x += 2; x *= 3; x -= 1; x /= 4, x ^= 2
a = b = 3; a + b
[q, w] = deal (7, 8); [q, w] = deal (w, q)
t = ifelse_ (true);
t
1:3 == 1:3, !true, ~[1 0], !0 == 1, -2 ^ 2, 2 ^ -1, [1 -1], [1 - 1], [a' b'], [1, 2
3, 4]
m = magic (4); m(end), m(end,1), m(end-1:end,[1 end]), m(:)'(3), m(:,end+1) = 1
n.a.b{3}.c = 5; n.a.b
v(3) = 1, v(2,2) = 7
z = 3; z(2) = 4; z(:) = 9, z(1) = []
s = "abc"; s(5) = "e"; double (s), s([1 1 3])
e = []; e(end+1).n = 1; e(end+1).n = 2; numel (e)
A = eye (3); A(2,:) = [], A(:) = 1:6
for i = 1:2, try, error ("x%d", i), catch q, disp (q.message), end, end
unwind_protect, disp ("body"), unwind_protect_cleanup, disp ("cleanup"), end_unwind_protect
1, 2; 3
"dq\tx", 'sq\tx', ["a" 'b'], {'x', "y"}

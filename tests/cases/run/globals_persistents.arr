global counter = 10
function bump (by)
  global counter
  counter += by;
end
function n = calls ()
  persistent n_calls = 0;
  n_calls++;
  n = n_calls;
end
bump (5); counter
for k = 1:3, calls (); end
calls ()
x = 1;
f = @(y) x + y;
x = 100;
f (1)
eval ("z = 3 * 4;"); z
eval ("bad syntax here (", "disp ('recovered')");
exist ("z"), exist ("sin"), exist ("no_such_name")
clear z
exist ("z")
s = evalc ("disp (42)");
strtrim (s)
a = 1; a += 2; a *= 3; a -= 1; a /= 4
a++; a
b = c = 7
isvarname ("ok_1"), isvarname ("1no")
inputname_test = 3;
ans = 5;
ans + 1
ans
who_is = class (ans)
isargout_ok = nargin ("bump")

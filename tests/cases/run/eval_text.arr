eval ("x = 3;");
x
eval ("y = x * 2")
z = eval ("x + y");
z
eval ("bad syntax here +", "disp ('caught')");
s = evalc ("disp (5)");
s
for k = 1:3
  eval (sprintf ("v%d = k * 10;", k));
end
v2
function r = local_eval ()
  eval ("hidden_q = 4;");
  r = hidden_q + 1;
end
local_eval ()
exist ("hidden_q")
exist ("x")
clear x
exist ("x")
assignin ("base", "fromassign", 9);
fromassign
function set_up ()
  assignin ("caller", "up", 77);
  evalin ("base", "v1 = -1;");
end
set_up ();
up, v1
feval ("plus", 1, 2)
feval (@minus, 5, 3)
nargin ("set_up")

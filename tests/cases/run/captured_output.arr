% eval and evalc: code as text.
s = evalc ("x = 3");
printf ("[%s]\n", strtrim (s));
x
s = evalc ("disp (magic (3))");
size (strsplit (strtrim (s), "\n"))
evalc ("y = 1:3;");
y
eval ("z = x * 2")
eval ("w = [1, 2", "disp ('bad syntax')");
eval ("error ('my:id', 'inside')", "disp (lasterr ())");
v = eval ("x + 1;")
eval ("a.b(2) = 5; c = {a};");
c{1}.b
names = {"alpha", "beta"};
for k = 1:2
  eval (sprintf ("%s = %d;", names{k}, k * 10));
end
alpha + beta
function r = apply (code, n)
  r = eval (code);
end
apply ("n^2", 7)
t = evalc ("printf ('%d,', 1:4)")
f = str2func ("@(p) p + x");
f (1)
assignin ("base", "made", 42);
made
exist ("made"), exist ("nothing_here"), exist ("sin")
feval (@plus, 1, 2), feval ("max", [4 9 2])
try
  evalc ("error ('kept', 'no')");
catch err
  disp (err.message);
end
inputs = {"1+1", "pi*2", "[1 2 3]'", "'text'"};
for k = 1:numel (inputs)
  printf ("%s -> %s\n", inputs{k}, disp (eval (inputs{k})));
end

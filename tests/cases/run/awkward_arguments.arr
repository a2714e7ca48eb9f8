% Calls that must end in an error or a value, whatever they are given.
function attempt (what)
  try
    eval ([what ";"]);
    printf ("%s\n", what);
  catch problem
    printf ("%s refused\n", what);
  end
end
attempt ("residue (1:0, 1:0)");
attempt ("residue ([1 2 3], 1:0, 1)");
attempt ("polygcd (zeros (1, 0), 1:0)");
attempt ("x = 3:intmax ('int64')");
attempt ("hist ([1 2 3], 1e308)");
attempt ("wilkinson (1e15)");
attempt ("commutation_matrix (1e10)");
attempt ("duplication_matrix (1e12)");
attempt ("repmat (17, intmax ('uint64'))");
attempt ("mat2cell (1, [2^63 2^63])");
attempt ("gcd (1, Inf)");
attempt ("rsf2csf (1, [1 2; 3 4])");
attempt ("ellipj ('ab', 'cd')");
attempt ("besseli (2^63, 255)");
attempt ("permute (struct ('a', 1), [1 2; 3 4])");
attempt ("subspace ([3 2 1], zeros (1, 0))");
attempt ("curl (zeros (0, 2), 1, zeros (0, 2), zeros (0, 2))");

% Text that is run again and again does not pile up.
for i = 1:3000
  eval (sprintf ("y = %d;", i));
end
y

% Arithmetic in place leaves copies alone, and takes old values where the right side needs them.
a = [1 2 3]; b = a;
a = a + 1;
a = a - a * 2;
a = a .* [1 2 3];
c = a;
a = a / 2;
a(end+1) = 7;
a(2) = true;
disp (a), disp (b), disp (c)
s = 'abc';
t = s(2) - 'a' + true;
u = s(1);
v = s(3) == 'c';
w = -s(2);
printf ("%d %s %d %d %s %s\n", t, u, v, w, class (u), class (v));
x = 1:5;
n = x(2) ^ 2 + x(end);
m = (-8) ^ (1/3);
disp (n), disp (m)

% Text that evaluates itself ends in an error.
s = "eval (s)";
try, eval (s), catch problem, disp (problem.message), end
s = "x = evalc (s);";
try, evalc (s); catch problem, disp (problem.message), end

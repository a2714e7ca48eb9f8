% More or fewer arguments than a builtin takes.
n = numel ();
s = sqrt (1, 2);
c = argv ();
s = sqrt (c{:});      % cannot be known
sqrt = @(x, y) x + y;
s = sqrt (1, 2);      % a variable of that name

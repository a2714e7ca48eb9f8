compose = @(f, g) @(x) f (g (x));
inc = @(x) x + 1;
twice = @(x) 2 * x;
compose (inc, twice) (5), compose (twice, inc) (5)
pipeline = {inc, twice, @sqrt};
x = 7;
for f = pipeline, x = f{1} (x); end
x
adders = arrayfun (@(k) @(x) x + k, 1:3, "UniformOutput", false);
cellfun (@(f) f (10), adders)
counter = @() deal (1);
n = counter ();
curry = @(f, a) @(b) f (a, b);
add5 = curry (@plus, 5);
add5 (3)
map = @(f, v) arrayfun (f, v);
fold = @(f, v, z) feval (@(self) self (self, v, z), @(self, v, z) ifelse_call (isempty (v), @() z, @() self (self, v(2:end), f (z, v(1)))));
function r = ifelse_call (c, a, b)
  if c, r = a (); else, r = b (); end
end
fold (@plus, 1:5, 0), fold (@times, 1:5, 1)
map (@(x) x ^ 2, 1:4)
filter_by = @(p, v) v(arrayfun (p, v));
filter_by (@(x) mod (x, 2) == 0, 1:10)
func2str (compose (inc, twice))
f = @(varargin) sum ([varargin{:}]);
f (1, 2, 3)
s.op = @(a, b) a - b;
s.op (9, 4)
c = {@sin, @cos};
c{2} (0)
is_function_handle (c{1}), class (c)
derivative = @(f, h) @(x) (f (x + h) - f (x - h)) / (2 * h);
printf ("%.6f\n", derivative (@sin, 1e-5) (0));
printf ("%.6f\n", quad (@(t) t .^ 2, 0, 3));
ff = str2func ("@(x) x * 3"); ff (4)

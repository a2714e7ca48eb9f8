% A table of units as a struct of handles.
to_si = struct ("km", @(x) x * 1e3, "mi", @(x) x * 1609.344, "ft", @(x) x * 0.3048);
units = fieldnames (to_si);
for k = 1:numel (units)
  f = to_si.(units{k});
  printf ("1 %s = %.4f m\n", units{k}, f (1));
end
convert = @(x, from, to) to_si.(from)(x) / to_si.(to)(1);
printf ("%.4f\n", convert (26.2, "mi", "km"));
compose = @(f, g) @(x) f (g (x));
inc = @(x) x + 1; dbl = @(x) x * 2;
h = compose (inc, dbl); h (5)
func2str (inc), class (inc), is_function_handle (inc)
handles = {@sin, @(t) t^2, @numel};
cellfun (@(f) f (2), handles)
inc
h2 = @plus
handles
s.f = inc
fib = @(n) round (((1 + sqrt (5)) / 2)^n / sqrt (5));
arrayfun (fib, 1:10)
Y = @(n, acc, self) ifelse_ (n <= 1, @() acc, @() self (n - 1, acc * n, self));
function r = ifelse_ (c, a, b)
  if c, r = a (); else, r = b (); end
end
Y (5, 1, Y)
k = 10; addk = @(x) x + k; k = 99; addk (1)
f = @() deal (1, 2); [p, q] = f ()
nargin (addk), nargin (@(varargin) 1)
map = @(f, c) cellfun (f, c, "UniformOutput", false);
map (@upper, {"a", "b"})
reduce = @(f, v) accumulate (f, v);
function r = accumulate (f, v)
  r = v(1);
  for x = v(2:end), r = f (r, x); end
end
reduce (@max, [3 9 2]), reduce (@(a, b) a * b, 1:6)
isequal (inc, inc), func2str (@sin)

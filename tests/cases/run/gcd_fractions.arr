function f = frac (n, d)
  if d < 0, n = -n; d = -d; end
  g = gcd (n, d);
  f = [n / g, d / g];
end
function f = add (a, b)
  f = frac (a(1) * b(2) + b(1) * a(2), a(2) * b(2));
end
function s = show (f)
  if f(2) == 1
    s = sprintf ("%d", f(1));
  else
    s = sprintf ("%d/%d", f);
  end
end
total = [0 1];
for k = 1:6
  total = add (total, frac (1, k));
  printf ("H%d = %s\n", k, show (total));
end
show (frac (6, -8))
[n, d] = rat (0.75)
rat (pi)
rats (0.125)
[q, r] = deal (fix (22 / 7), rem (22, 7))
egyptian = {};
x = frac (5, 6);
while x(1) > 0
  k = ceil (x(2) / x(1));
  egyptian{end+1} = sprintf ("1/%d", k);
  x = add (x, frac (-1, k));
end
strjoin (egyptian, " + ")

f = @(x) x .^ 3 - 2 * x - 5;
df = @(x) 3 * x .^ 2 - 2;
a = 2; b = 3; n = 0;
while b - a > 1e-6
  c = (a + b) / 2;
  if f (a) * f (c) <= 0, b = c; else, a = c; end
  n++;
end
printf ("bisection %.5f in %d\n", c, n);
x = 2; n = 0;
do
  step = f (x) / df (x);
  x -= step;
  n++;
until abs (step) < 1e-12
printf ("newton    %.10f in %d\n", x, n);
x0 = 2; x1 = 3; n = 0;
while abs (x1 - x0) > 1e-12
  [x0, x1] = deal (x1, x1 - f (x1) * (x1 - x0) / (f (x1) - f (x0)));
  n++;
end
printf ("secant    %.10f in %d\n", x1, n);
z = fzero (f, [2 3]);
printf ("fzero     %.10f\n", z);
r = roots ([1 0 -2 -5]);
printf ("roots     %.10f\n", r(imag (r) == 0));
func2str (f)
f

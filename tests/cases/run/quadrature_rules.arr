f = @(x) exp (-x .^ 2);
exact = sqrt (pi) / 2 * erf (1);
printf ("%4s %12s %12s\n", "n", "trapezoid", "simpson");
for n = [2 4 8 16]
  x = linspace (0, 1, n + 1);
  y = f (x);
  h = 1 / n;
  t = trapz (x, y);
  s = h / 3 * (y(1) + 4 * sum (y(2:2:end-1)) + 2 * sum (y(3:2:end-2)) + y(end));
  printf ("%4d %12.3e %12.3e\n", n, abs (t - exact), abs (s - exact));
end
printf ("%.12f\n", quad (f, 0, 1), quadgk (f, 0, 1), integral (f, 0, 1), exact);
c = cumtrapz ([1 2 3 4])
q = quadv (@(x) x .^ 2, 0, 3)
printf ("%.6f\n", quadl (@(x, a, b) sin (a + b * x), 0, 1, [], [], 2, 3));
printf ("%.6f\n", quadv (@(x, a) [x, a * x], 0, 1, [], [], 4));

% Newton's method until it converges, many times.
total = 0;
for k = 1:30000
  x = k;
  d = 1;
  while abs (d) > 1e-12 * x
    d = (x * x - k) / (2 * x);
    x = x - d;
  end
  total = total + x;
end
printf ("%.6f\n", total);

units = {"mm", 0.001; "cm", 0.01; "m", 1; "km", 1000; "in", 0.0254};
function v = convert (x, from, to, units)
  f = units{strcmp (units(:, 1), from), 2};
  t = units{strcmp (units(:, 1), to), 2};
  v = x * f / t;
end
convert (5, "km", "m", units)
convert (12, "in", "cm", units)
try
  convert (1, "ly", "m", units)
catch err
  disp (err.message)
end
celsius = @(f) (f - 32) * 5 / 9;
table = [0:20:100; celsius(0:20:100)]'
printf ("%6.1f F = %6.1f C\n", table');
round (celsius (98.6) * 10) / 10

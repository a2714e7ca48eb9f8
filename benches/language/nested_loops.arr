% Plain arithmetic in two nested loops.
s = 0;
for i = 1:1000
  for j = 1:600
    s = s + i * 2 - j;
  end
end
printf ("%g\n", s);

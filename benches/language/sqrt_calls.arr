% One builtin call a turn.
s = 0;
for i = 1:300000
  s = s + sqrt (i) * 2;
end
printf ("%.6f\n", s);

% Fields of structs read and written in a loop.
p.x = 0; p.v = 1; p.n = 0;
for i = 1:150000
  p.x = p.x + p.v * 0.01;
  p.v = p.v - p.x * 0.01;
  p.n++;
end
printf ("%.6f %d\n", p.x, p.n);

% Arithmetic on vectors of three elements.
x = [1 2 3]; v = [0.1 0 -0.1];
for i = 1:100000
  x = x + v * 0.01;
  v = v .* 0.999;
end
printf ("%.6f\n", x);

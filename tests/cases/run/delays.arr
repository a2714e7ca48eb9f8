% A delay as a quotient of polynomials, and the variables of expressions.
for n = 1:3
  [num, den] = padecoef (0.5, n);
  s = 0.3i;
  printf ("%d: %s over %s, off by %.1e\n", n, mat2str (num), mat2str (den), ...
          abs (polyval (num, s) / polyval (den, s) - exp (-0.5 * s)));
end
disp (symvar ("3*x + 4*y + 5*cos (z)"))
disp (size (symvar ("pi + 1")))

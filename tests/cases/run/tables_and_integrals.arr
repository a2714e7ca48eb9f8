% Tables read between their points, integrals of arrays and along paths, and what a search tells about itself.
V = reshape (mod ((1:60) * 7, 11), [3 4 5]);
printf ("%.6f\n", interpn (V, 1.5, 2.5, 3.2), interpn (V, 1.5, 2.5, 3.2, "nearest"));
printf ("%.6f\n", interpn (V, 1.5, 2.5, 3.2, "spline"), interp3 (V, 2.5, 1.5, 3.2));
Z = [1 3 2 5; 4 1 7 2; 3 8 1 9; 2 2 5 4; 7 1 3 3];
for method = {"linear", "nearest", "cubic", "spline"}
  printf ("%8s %.5f %.5f\n", method{1}, interp2 (Z, 1.5, 2.25, method{1}), interp2 ([1 3 4 9], [1 2 4 7 8], Z, 2.5, 6, method{1}));
end
disp (size (interp2 (Z, 2)))
disp (interp2 ([1 2; 3 4], 1))
disp (interp2 (Z, 0, 0))
try
  interp2 (Z, 1, 1, "quintic");
catch fault
  disp (fault.message);
end
printf ("%.6f ", integral (@(x) [x, x ^ 2; 1, 2 * x], 0, 3, "ArrayValued", true)); disp ("")
printf ("%.6f ", quadv (@(x) [sin(x), cos(x)], 0, pi / 2)); disp ("")
w = quadgk (@(z) 1 ./ z, 1, 1, "Waypoints", [1i, -1, -1i]);
printf ("%.6f%+.6fi\n", abs (real (w)), imag (w));
printf ("%.9f\n", abs (integral (@(x) exp (-x .^ 2), -Inf, Inf) - sqrt (pi)));
[q, info] = quad (@(x) x .* exp (x), 0, 1);
printf ("%.6f %d\n", q, info);
bowl = @(p) (p(1) - 3) ^ 2 + 2 * (p(2) + 1) ^ 2;
[p, least, info, told] = fminsearch (bowl, [0 0]);
printf ("%.3f %.3f %d %d\n", p, info, told.iterations > 10);
[p, least, info] = fminunc (bowl, [0 0]);
printf ("%.3f %.3f\n", p);
[x, ~, rest, ~, ~, multipliers] = lsqnonneg ([1 0; 0 1; 2 1], [1; -1; 1]);
printf ("%.3f ", x, rest, multipliers); disp ("")
[z, fz, info, told] = fzero (@cos, [0 3]);
printf ("%.6f %d %s\n", z, info, told.algorithm);
disp (gallery ("minij", 4))
disp (gallery ("lehmer", 3))
f = inline ("x ^ 2 + y * sin (z)");
disp (argnames (f).')
printf ("%.4f\n", f (1, 2, 3));
printf ("%.6f %+.6fi\n", real (besselj (0.5, 1 + 2i)), imag (besselj (0.5, 1 + 2i)));
printf ("%.6f %+.6fi\n", real (besselh (1, 2, -3 + 0.5i, 1)), imag (besselh (1, 2, -3 + 0.5i, 1)));
printf ("%.6f ", movfun (@(x) [min(x), max(x)], (1:5)', 3)); disp ("")
[x, deviations, left] = lscov ([1 0; 0 1; 1 1], [1; 2; 4]);
printf ("%.4f ", x, deviations, left); disp ("")
disp (strfind ("abcabc", {"b", "ca"}))

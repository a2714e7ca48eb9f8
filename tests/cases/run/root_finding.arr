% Roots and minima by the library's solvers.
f = @(x) x.^3 - 2 * x - 5;
x = fzero (f, [2 3]);
printf ("%.8f\n", x);
[x, value, info] = fzero (@cos, 1);
printf ("%.6f %d %d\n", x, abs (value) < 1e-10, info);
x = fsolve (@(x) [x(1)^2 + x(2)^2 - 4; x(1) - x(2)], [1; 1]);
printf ("%.5f %.5f\n", x);
[x, fval, info] = fsolve (@(x) x^2 - 2, 1);
printf ("%.5f %d %d\n", x, abs (fval) < 1e-5, info);
x = fminsearch (@(p) (p(1) - 1)^2 + (p(2) + 2)^2, [0 0]);
printf ("%.2f %.2f\n", x);
[x, value] = fminbnd (@(x) (x - 2)^2 + 1, 0, 5);
printf ("%.4f %.4f\n", x, value);
[x, value, info] = fminunc (@(x) sum ((x - [3; 4]).^2), [0; 0]);
printf ("%.3f %.3f %d\n", x, info > 0);
printf ("%.4f\n", sort (roots ([1 -6 11 -6])));
try
  fzero (@(x) x^2 + 1, [0 1]);
catch err
  disp (err.message);
end
printf ("%.6f %.6f\n", quad (@(x) exp (-x.^2), 0, 1), integral (@(x) 1 ./ x, 1, 2));

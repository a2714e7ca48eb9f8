function [x, n] = newton (f, df, x0, tol)
  x = x0; n = 0;
  while abs (f (x)) > tol
    x = x - f (x) / df (x);
    n++;
    if n > 50, error ("newton:diverged", "no convergence"); end
  end
end
[r, n] = newton (@(x) x ^ 2 - 2, @(x) 2 * x, 1, 1e-12);
printf ("%.10f %d\n", r, n);
try
  newton (@(x) x ^ 2 + 1, @(x) 2 * x, 0.5, 1e-12);
catch e
  disp (e.identifier);
end
% trapezoid rule, Simpson, Euler
f = @(x) exp (-x .^ 2);
n = 100; h = 1 / n;
s = 0;
for i = 0:n-1
  s += (f (i * h) + f ((i + 1) * h)) / 2 * h;
end
printf ("%.6f\n", s);
y = 1;
for k = 1:1000
  y += 0.001 * (-2 * y);
end
printf ("%.6f\n", y);

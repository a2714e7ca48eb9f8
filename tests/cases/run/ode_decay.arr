% Differential equations, against what is known of them.
[t, y] = ode45 (@(t, y) -2 * y, [0 1], 1);
printf ("%.3f %.3f\n", t(end), y(end));
abs (y(end) - exp (-2)) < 1e-3
size (t, 1) == size (y, 1)
[t, y] = ode45 (@(t, y) [y(2); -y(1)], linspace (0, pi, 5), [0; 1]);
printf ("%.4f %8.3f %8.3f\n", [t, y]');
opts = odeset ("RelTol", 1e-8, "AbsTol", 1e-10);
odeget (opts, "RelTol")
odeget (opts, "MaxStep", 7)
[t, y] = ode45 (@(t, y) y * cos (t), [0 2], 1, opts);
printf ("%.7f\n", y(end) - exp (sin (2)));
[t, y] = ode23 (@(t, y) t - y, [0 2], 0);
printf ("%.2f\n", y(end));
sol = ode45 (@(t, y) 1, [0 3], 0);
fieldnames (sol)'
sol.solver
printf ("%.6f\n", sol.y(end));
function [value, stops, direction] = ground (t, y)
  value = y(1); stops = 1; direction = -1;
end
opts = odeset ("Events", @ground, "RelTol", 1e-6);
[t, y, te, ye, ie] = ode45 (@(t, y) [y(2); -9.81], [0 5], [0; 10], opts);
printf ("%.3f %.3f %d\n", te, ye(2), ie);
[t, y] = ode45 (@(t, y, a, b) a - b * y, [0 10], 0, odeset (), 3, 2);
printf ("%.2f\n", y(end));
try
  ode45 (@(t, y) y, 1, 1);
catch err
  disp (err.message);
  disp (err.identifier);
end

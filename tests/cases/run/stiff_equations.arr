% Stiff differential equations: a reaction of three substances, an oscillator, and cooling with a switch.
1;

function dx = reaction (x, t)
  dx = [-0.04 * x(1) + 1e4 * x(2) * x(3); 0; 3e7 * x(2)^2];
  dx(2) = -dx(1) - dx(3);
end

function j = slopes (x, t)
  j = [-0.04, 1e4 * x(3), 1e4 * x(2); 0.04, -1e4 * x(3) - 6e7 * x(2), -1e4 * x(2); 0, 6e7 * x(2), 0];
end

function q = heat (t)
  if t < 2
    q = 50;
  else
    q = 10;
  end
end

times = [0, 0.4 * 10 .^ (0:5)];
[x, state, message] = lsode ("reaction", [1; 0; 0], times);
printf ("%8g  %.4f  %.3e  %.4f\n", [times; x']);
printf ("%d, %s\n", state, message);
with_slopes = lsode ({@reaction, @slopes}, [1; 0; 0], times);
printf ("the same with the Jacobian: %d\n", norm (x - with_slopes, Inf) < 1e-5);

% Back in time, the same time twice, and one time only.
x = lsode (@(x, t) -x, [1, 2], [1, 0.5, 0.5, 0]);
printf ("%.5f %.5f\n", x');
disp (lsode (@(x, t) -x, [1, 2], 3))

% No step passes over the time at which the heating is switched off.
x = lsode (@(x, t) heat (t) - x, 20, [0, 1, 3], 2);
printf ("%.4f\n", x);

lsode_options ("relative tolerance", 1e-4);
printf ("%g %s\n", lsode_options ("relative tolerance"), lsode_options ("integration method"));
lsode_options ("integration method", "adams");
x = lsode (@(x, t) [x(2); -x(1)], [0; 1], [0, pi/2]);
printf ("%.3f\n", x(2,1));
try
  lsode_options ("integration method", "euler");
catch problem
  disp (problem.message)
end

for f = {@(x, t) [1; 2], 7}
  try
    lsode (f{1}, 1, [0, 1]);
  catch problem
    disp (problem.message)
  end
end

oscillator = @(t, y) [y(2); 100 * (1 - y(1)^2) * y(2) - y(1)];
[t, y] = ode23s (oscillator, [0, 50], [2; 0], odeset ("RelTol", 1e-5));
printf ("%d %.2f\n", t(end), y(end,1));
[t, y] = ode23s (@(t, y) -100 * (y - cos (t)), [0, 0.5, 1], 0, odeset ("Jacobian", @(t, y) -100));
printf ("%.1f %.2f\n", [t, y]');
s = ode23s (@(t, y) -y, [0, 1], 1, odeset ("Stats", "on"));
printf ("%s, %d times, %d\n", s.solver, numel (s.x), s.stats.nsteps);
[t, y] = ode23s (@(t, y) [y(2); -y(1)], [0, 1], [1; 0], odeset ("Mass", [1, 0; 0, 2], "RelTol", 1e-6));
printf ("%.3f\n", y(end,1));

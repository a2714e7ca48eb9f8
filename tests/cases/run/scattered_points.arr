% Hulls, triangles and values between scattered points.
x = -3:0.5:3;
y = abs (sin (x));
disp (convhull (x, y)')
x = [0 4 4 0 1 2.2 3 1.7]';
y = [0 0 3 3 1 2 0.7 2.6]';
tri = delaunay (x, y);
area = @(t) polyarea (x(t)', y(t)')';
printf ("%d %g\n", rows (tri), sum (area (tri)));
% No circle has a point inside.
for t = tri'
  m = 2 * [x(t(2:3)) - x(t(1)), y(t(2:3)) - y(t(1))];
  c = m \ [sumsq([x(t(2)) y(t(2))]) - sumsq([x(t(1)) y(t(1))]); sumsq([x(t(3)) y(t(3))]) - sumsq([x(t(1)) y(t(1))])];
  r = hypot (x(t(1)) - c(1), y(t(1)) - c(2));
  assert (all (hypot (x - c(1), y - c(2)) >= r * (1 - 1e-12)));
end
at = tsearch (x, y, tri, [1; 9], [2; 9]);
printf ("%d %d\n", isnan (at));
[k, d] = dsearchn ([x y], [0.2 0.1; 3 3]);
printf ("%d %.4f\n", [k d]');
z = 2 * x - y + 1;
[xi, yi] = meshgrid (0:2:4, 0:1.5:3);
disp (round (1e6 * griddata (x, y, z, xi, yi)) / 1e6)
disp (griddata (x, y, z, xi, yi, "nearest"))
disp (griddata (x, y, z, xi(2,2), yi(2,2), "v4"))
disp (griddata (x, y, z, 7, 7))
disp (rectint ([0 0 1 1; 0.5 0.5 1 1; -1 -1 2 2], [1 1 2 2]))
disp (rectint ([1 2 3 4 5 6], [0 0 0 10 10 10]))
% What overflows or lies far out comes to an end.
disp (lsqnonneg ([1 1e308; 0 1], [1; -1])' < 1e-300)
printf ("%.10g ", besselk (0.3, [250 1000 2^63], 1), besseli (6, [201 250 1e300], 1)); disp ("");

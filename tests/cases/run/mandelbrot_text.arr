% The Mandelbrot set in characters.
[re, im] = meshgrid (-2:0.125:0.5, -1:0.25:1);
c = re + 1i * im;
z = zeros (size (c));
n = zeros (size (c));
for k = 1:30
  alive = abs (z) <= 2;
  z(alive) = z(alive) .^ 2 + c(alive);
  n += alive;
end
shades = " .:-=+*#%@";
levels = min (floor ((n - 1) / 3) + 1, numel (shades));
for row = 1:rows (n)
  printf ("%s\n", shades(levels(row, :)));
end
max (n(:)), min (n(:))

p = [1 -6 11 -6];
r = roots (p);
printf ("%.4f ", sort (r)); printf ("\n");
polyval (p, 0:4)
q = conv (p, [1 1])
[quot, rest] = deconv (q, p)
d = polyder (p)
s = polyint (d)
poly ([1 2 3])
x = 0:5; y = x .^ 2 - 3 * x + 1;
c = polyfit (x, y, 2);
printf ("%.4f ", c); printf ("\n");
pp = spline (0:3, [0 1 8 27]);
ppval (pp, [0.5 1.5 2.5])
interp1 ([1 2 3], [10 20 40], [1.5 2.5])
interp1 ([1 2 3], [10 20 40], 5)
interp1 ([1 2 3], [10 20 40], 1.2, "nearest")
polyout ([1 2 3], "x")
polyreduce ([0 0 1 2])
polyaffine ([1 2], [1 2])
mpoles ([2 3 1 1 2])'
[r, p, k] = residue ([1 2], [1 3 2])
compan ([1 2 3])
polygcd (poly ([1 2]), poly ([2 3]))

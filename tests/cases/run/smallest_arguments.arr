% Functions of arguments so small that their powers are nothing.
printf ("%.10g %.10g %.10g\n", airy (0, [realmin, -1e-20, 5e-5]));
printf ("%.10g %.10g %.10g\n", airy (1, [realmin, -1e-20, 5e-5]));
printf ("%.10g %.10g %.10g\n", airy (2, [realmin, -1e-20, 5e-5]));
printf ("%.10g %.10g\n", besselj (1/3, [1e-150 1e-101]), besseli (0.2, [1e-102 1e-98]), bessely (0.5, [1e-150 1e-98]));

% Nothing of a hundred million times a hundred million random numbers is planned.
x = rand (1e8, 1e8);
disp (x(1:2, 1) < 1);
total = sum (x(:));
printf ("%g\n", total);

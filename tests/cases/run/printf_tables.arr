% Tables by printf.
printf ("%s\n", repmat ("-", 1, 30));
printf ("|%10s|%-8s|%6s|\n", "name", "kind", "n");
rows_of = {"alpha", "x", 1; "beta", "longer kind", 22; "c", "", 333};
for k = 1:rows (rows_of)
  printf ("|%10s|%-8s|%6d|\n", rows_of{k,:});
end
printf ("%5.2f %5.2f\n", magic (3));
printf ("\n");
printf ("%d %s\n", 1, "one", 2, "two");
printf ("%d, ", [1 2 3]); printf ("\n");
printf ("[%5d] [%-5d] [%05d] [%+d] [% d]\n", 42, 42, 42, 42, 42);
printf ("[%8.3f] [%-8.3f] [%08.3f] [%.0f] [%e] [%g] [%G]\n", pi, pi, pi, pi, pi, pi, 1e-10);
printf ("%x %X %o %c %5s|%-5s|\n", 255, 255, 8, "A", "ab", "cd");
printf ("%d %i %u\n", 1.5, 2, 3.25);
printf ("%s %s\n", "text", 65);
printf ("%d\n", "AB");
printf ("%5s|%5.1s|%.2s\n", "abc", "xyz", "long");
printf ("%*d|%-*d|\n", 6, 42, 6, 42);
printf ("%g %g %g %g\n", 1e5, 1e6, 0.0001, 0.00001);
printf ("%g %g %g\n", NaN, Inf, -Inf); printf ("%d %f %x\n", NaN, Inf, -Inf);
printf ("%5d|%-5d|%05d\n", NaN, Inf, -Inf);
printf ("%%|%5%|\n");
printf ("no newline"); printf ("\n");
printf ("%s\n", "a", "b", "c");
printf ("%s=%d;", "x", 1, "y"); printf ("\n");
printf ("%d %d\n", 1, 2, 3); printf ("\n");
printf ("empty: [%s] [%d]\n", "", []);
printf ("%d\n", int8 (5), true, single (2.5));
printf ("%i %f\n", 1e10, 1e10); printf ("%d\n", 2^53, 2^62, -2^62, 1e20);
fprintf ("%s\n", "to stdout"); fprintf (1, "%d\n", 7); fprintf ("%d\n", true);
fprintf ("plain\n"); puts ("puts\n"); fputs (stdout, "fputs\n"); fdisp (stdout, [1 2]); disp ("disp");
x = sprintf ("%d,", 1:5); x(end) = []
sprintf ("%s", [72 101 108 108 111]), sprintf ("%d", []), sprintf ("%c%c%c", "abc")
sprintf ("%.3d", 5), sprintf ("%+.2e", -12345.678), sprintf ("%#o %#x", 8, 255)
sprintf ("%s", pi), sprintf ("%d", pi), sprintf ("%x", 10.5), sprintf ("%c", 3.7), sprintf ("%s", 1e10)
sprintf ("\\n"), sprintf ('\n'), sprintf ("a\tb"), size (sprintf ("")), sprintf ("%5.3s|", "abcdef")

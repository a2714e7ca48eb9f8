% What the optimiser makes of whole programs. Of chains of matrices the order is free only where nobody has set it by
% parentheses or names.
A = rechunk (reshape (sin (1:1200), 40, 30), [10 10]);
v = cos ((1:30)');
applied = @(X, rule) ! isempty (strfind (explain (X), ["after " rule]));
printf ("%d", applied (A' * A * v, "chain"), applied ((A' * A) * v, "chain"), applied (A' * (A * v), "chain"));
B = A' * A;
printf (" %d\n", applied (B * v, "chain"));
% Both orders agree.
printf ("%.10f\n", norm (gather (A' * A * v) - gather (A' * (A * v))));
% Diagonals and traces of products.
C = rechunk (reshape (cos (1:1200), 40, 30), [10 10]);
printf ("%d", applied (trace (A' * C), "diagonal_product"), applied (diag (A * C'), "diagonal_product"));
P = gather (A) * gather (C)';
printf (" %.10f", abs (gather (trace (A * C')) - trace (P)), norm (gather (diag (A * C', 2)) - diag (P, 2)), norm (gather (diag (A * C', -3)) - diag (P, -3)));
% Reductions of what a mask selects.
M = gather (A);
printf ("\n%d", applied (sum (A(A > 0.5)), "masked"), applied (max (A(A < 0)), "masked"), applied (std (A(A < 0)), "masked"));
printf (" %.10f", abs (gather (sum (A(A > 0.5))) - sum (M(M > 0.5))), abs (gather (mean (A(A < 0))) - mean (M(M < 0))));
printf (" %d", gather (max (A(A < 0))) == max (M(M < 0)), gather (nnz (A(A < 0))) == nnz (M < 0));
printf ("\n%s", fpmode ());
fpmode ("strict");
printf (" %s %d\n", fpmode (), applied (A' * A * v, "chain"));

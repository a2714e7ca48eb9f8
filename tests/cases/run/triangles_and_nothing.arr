% Triangles keep the class of their matrix; folds of arrays without elements.
z = reshape (mod (1:20, 3), 4, 5) == 1;
t = triu (z, 1), class (t)
class (tril (int8 (magic (3)))), class (tril (single (magic (3))))
x = rechunk (zeros (0, 4), [100 1]);
p = prod (x, 1), s = sum (x), a = all (x), n = any (x)
size (cumsum (x)), size (sum (x, 2))

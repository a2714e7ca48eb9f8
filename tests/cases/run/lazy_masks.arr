% Masks, lists and find on arrays in chunks: as of arrays in memory.
A = rechunk (magic (6), [4 2]);
A(A > 20)'
B = A; B(B < 10) = 0
[A(A > 100); 7]
r = rechunk (1:20, [1 7]);
r(mod (r, 3) == 0)
find (A > 30)'
find (r > 15)
[i, j, v] = find (A .* (A > 33));
[i j v]
find (A > 5, 3)'
find (A > 5, 2, "last")'
find (rechunk (reshape (1:24, 2, 3, 4), [2 2 2]) > 20)'
[i, j] = find (rechunk (reshape (1:24, 2, 3, 4), [2 2 2]) > 20);
[i j]
B = A; B([5 1], :) = -1
B = A; B([6 2 6], [1 3 4]) = [1 2 3; 4 5 6; 7 8 9]
B = A; B([4 1 2], 2) = [10; 20; 30]
A([true false true false false true], [3 1])
A(logical ([1 0 0 0 0 1]), :)
A([3 3 1], 2)'
A([36 2; 7 7])
sum (A(A > 10))
islazy (A(A > 20))

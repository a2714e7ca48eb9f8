% Equality across classes and containers, in memory and of arrays that wait.
isequal ("a", 97), isequal ([1 2], int8 ([1 2])), isequal (1, [1 2])
isequal (NaN, NaN), isequaln ([NaN 1], [NaN 1])
isequal (intmax ("int64"), intmax ("int64") - 1)
isequal ({1, "b", [1 2 3]}, {1, "b", [1 2 3]}), isequal (struct ("a", {{1}}), struct ("a", {{2}}))
isequal (@sin, @sin), isequal (@(x) x + 1, @(x) x + 1)
isequal ([1 2; 3 4], [1 2; 3 4], [1 2; 3 5])
A = rechunk (reshape (1:24, 6, 4), [2 2]);
isequal (A, reshape (1:24, 6, 4)), isequal (reshape (1:24, 4, 6), A), isequal (A, A, A + 0)
isequal ({A, 1}, {A, 1}), isequal (A, "text"), isequal (A, A')
B = rechunk ([1 NaN; 3 4], [1 2]);
isequal (B, B), isequaln (B, [1 NaN; 3 4]), isequaln (B, [1 NaN; 3 5])

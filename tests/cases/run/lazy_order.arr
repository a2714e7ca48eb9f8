% What orders, searches and counts, of arrays in chunks: as of arrays in memory.
M = [5 3 NaN 1; 2 3 7 1; 9 -4 7 0; 2 8 -1 6];
A = rechunk (M, [3 2]);
[y, i, j] = unique (A(:,[1 2 4]))
unique (A(3,:))
[y, i, j] = unique (A(:,[2 4]), "rows")
[y, i] = unique (A(:,1)', "stable")
[c, ia, ib] = union (A(:,1), A(:,4))
[c, ia, ib] = intersect (A(:,1)', A(:,2)')
[c, ia] = setdiff (A(:,[2 4]), [3 7])
[c, ia, ib] = setxor (A(:,1), A(:,2))
[tf, at] = ismember (A, [7 3 1 3])
ismember (A(:,1:2), [2 3; 9 -4; 5 8], "rows")'
[s, i] = sortrows (A, [4 -2])
sortrows (A(:,[1 2]))
issorted (A(:,1))
issorted (A([2 1 3],1)), issorted (A(:,4), "descend"), issorted (A(:,[4 1]), "rows")
[m, f, c] = mode (A(:))
mode (A, 2)
[n, idx] = histc (A, [-4 0 3 9])
[nn, xx] = hist (A(:,1:2), 3)
hist (A(:,1)', 4, 1)(:)'
accumarray (A(:,1), A(:,2))'
accumarray (A(:,[1 4]) + 1, A(:,2), [10 7])(3:10,:)
accumarray (A(:,1), A(:,2), [], @(v) sum (v .^ 2))'
lookup ([-4 1 5], A)
lookup ([9 5 1], A(1:2,:)), lookup ([1 3 9], A(2:4,:), "m")
interp1 ([0 2 9], [1 5 -2], A)
interp1 ([0 2 4 9], [1 5 3 -2], A(:,1), "spline")'
nnz (A), find (A > 2, 3)', find (A > 2, 2, "last")'
[i, j, v] = find (A > 6)

g = [5 3 4 6 7 8 9 1 2; 6 7 2 1 9 5 3 4 8; 1 9 8 3 4 2 5 6 7; 8 5 9 7 6 1 4 2 3; 4 2 6 8 5 3 7 9 1; ...
     7 1 3 9 2 4 8 5 6; 9 6 1 5 3 7 2 8 4; 2 8 7 4 1 9 6 3 5; 3 4 5 2 8 6 1 7 9];
rows_ok = all (all (sort (g, 2) == repmat (1:9, 9, 1)))
cols_ok = isequal (sort (g), repmat ((1:9)', 1, 9))
blocks = mat2cell (g, [3 3 3], [3 3 3]);
blocks_ok = all (cellfun (@(b) isequal (sort (b(:))', 1:9), blocks)(:))
h = g; h(1, 1) = 3;
bad_rows = find (any (sort (h, 2) != 1:9, 2))
blocks{2, 2}
sum (diag (g))
g(g > 7)(1:5)'
where = arrayfun (@(d) find (g(1, :) == d), 1:9)

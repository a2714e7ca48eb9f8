A = reshape (1:16, 4, 4)';
B = mat2cell (A, [2 2], [3 1])
cellfun (@(x) sum (x(:)), B)
C = cell2mat (B);
isequal (A, C)
blk = blkdiag ([1 2], 3)
idx = reshape (1:8, 2, 2, 2);
idx(:, :, 2)
sum (idx, 3), size (permute (idx, [3 1 2])), squeeze (idx(1, 1, :))
cat (1, A(1, :), A(3, :))
horzcat ([1; 2], [3; 4]), vertcat ([1 2], [3 4])
accumarray ([1 1; 2 2; 1 1], [10 20 30])
bsxfun (@plus, [1 2 3], [10; 20])
[1 2 3] + [10; 20]
nnz (A > 8), cumsum (A, 2)(1, :)
prepad ([1 2], 4), postpad ([1 2], 3), resize ([1 2; 3 4], 3, 3)
vec ([1 2; 3 4])'
triu (ones (3), 1)
idivide (int32 ([7 8]), int32 (2))
colon (1, 3)
nextpow2 (100), sign ([-2 0 3]), hypot (3, 4), exp (1), log2 (8)
fix (-2.5), floor (-2.5), ceil (-2.5), round (-2.5), rem (5, 3)
primes (20), max ([1 5; 7 2]), min ([1 5; 7 2], [], 2), max (3, [1 5])

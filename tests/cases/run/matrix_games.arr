A = magic (4)
A(2:3, [1 end])
A(:, 2)'
A(end, :) = []
A(:, 2) = []
B = reshape (1:6, 2, 3);
B(:)'
C = [B; 7 8 9]
C'
triu (C), tril (C, -1)
diag (C)', sum (diag (C)), trace (C)
C(logical (eye (3))) = 0
any (C == 0), all (C >= 0)
[r, c] = find (C > 6)
kron ([1 2], [1; 1])
flipud (C), fliplr (C), rot90 (C)
circshift (C, 1), circshift (C, 1, 2)
cat (3, [1 2], [3 4])
repmat ([1 2; 3 4], 1, 2)
isequal (C, C'), numel (C), ndims (C), columns (C)
D = eye (3)
D(2, :) *= 5
inv ([2 0; 0 4])

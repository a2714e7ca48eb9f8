A = [4 -2; 1 1];
[V, D] = eig (A);
disp (sort (diag (D))')
[L, U] = lu ([1 2; 3 4])
[Q, R] = qr ([3 1; 4 2]);
disp (round (abs (R) * 1e4) / 1e4)
norm (Q * R - [3 1; 4 2]) < 1e-12
chol ([4 2; 2 3])
s = svd ([3 0; 0 4])
rank (magic (4)), det (magic (3)), trace (magic (3))
null ([1 1; 1 1])' * [1; 1] < 1e-12
norm ([3 4]), norm ([1 2; 3 4], 1), norm ([1 2; 3 4], Inf), norm ([1 2; 3 4], "fro")
expm ([0 1; 0 0])
cross ([1 0 0], [0 1 0]), dot ([1 2 3], [4 5 6])
kron (eye (2), [1 2])
A \ [2; 3]
[2 3] / A
pinv ([1 2; 3 4; 5 6])
cond ([1 2; 3 4])

A ^ 2, A .^ 2, A ^ -1
issquare (A), isdiag (eye (3)), istriu ([1 2; 0 3]), isbanded ([1 1; 0 1], 0, 1)
vander ([1 2 3]), hilb (2), toeplitz ([1 2 3]), hankel ([1 2 3])
x = lsqnonneg ([1 0; 0 1], [1; -1])
trace (A * A') == sumsq (A(:))
givens (1, 1)
sqrtm ([4 0; 0 9])

% Arrays in chunks turned, shifted and cut: as of arrays in memory.
A = rechunk (magic (4)(:,1:3), [3 2]);
rot90 (A)
rot90 (A, 2)
rot90 (A, -1)
circshift (A, 1)
circshift (A, -1, 2)
circshift (A, [1 2])
fftshift (A)
ifftshift (A)
tril (A)
triu (A, 1)
tril (int8 (A), -1)
diag (A)'
diag (A, -1)'
diag (A, 2)'
kron (A(1:2,1:2), [1 -1; 0 2])
kron ([1 2], A(3:4,:))
islazy (triu (A))
islazy (kron (A, A))
flip (A, 2)
permute (rechunk (reshape (1:12, 2, 3, 2), [1 2 2]), [3 1 2])
repmat (A(1:2,:), 2, 2)
squeeze (cat (3, A(1:2,1), A(1:2,2)))

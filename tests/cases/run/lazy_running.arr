% Running results and reshapes of arrays in chunks: as of arrays in memory.
A = rechunk (magic (6), [2 4]);
cumsum (A)
cumsum (A, 2)
cumprod (single (A(1:3,1:3)))
isequal (gather (cumsum (A(:))), cumsum (magic (6)(:)))
reshape (A, 4, 9)
B = reshape (A, 3, 4, 3);
squeeze (B(2,:,:))
sum (reshape (A, 9, 4)(:))
A(:)(7:9)'
islazy (reshape (A, 12, 3))
cummax (A, 2)

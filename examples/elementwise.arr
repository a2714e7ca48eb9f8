% ((A + 1) * 2) .^ 3: three operations, one fused task for each block.
A = rechunk (reshape (1:24, 6, 4), [2 4]);
B = ((A + 1) * 2) .^ 3

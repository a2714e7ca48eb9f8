% A' * B - mean (B): the cheap mean goes first, so that no block of the product waits for it.
A = rechunk (reshape (1:60, 12, 5), [4 5]);
B = rechunk (reshape (mod (1:72, 7), 12, 6), [4 6]);
C = A' * B - mean (B)

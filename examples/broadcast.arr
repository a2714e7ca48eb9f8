% (B - mean (B)) + (B' / std (B(:))): a square array, its transpose, a row and a scalar.
B = rechunk (magic (6), [2 3]);
C = (B - mean (B)) + (B' / std (B(:)))

% Functions of whole columns or rows of arrays in chunks: as of arrays in memory.
M = [5 3 NaN 1; 2 3 7 1; 9 -4 7 0; 2 8 -1 6];
A = rechunk (M, [3 2]);
islazy (sort (A))
sort (A)
[s, i] = sort (A, 2, "descend")
sort (A(:))'
median (A)
median (A, 2)'
[m, f] = mode (A)
quantile (A, [0.25 0.5], 2)
prctile (A(:,1), 30)
iqr (A(:,[1 2 4]))
[w, iw] = cummax (A)
diff (A)
diff (A, 2, 2)
B = rechunk (magic (4), [2 3]);
abs (fft (B))
fft (single (B(:,1:2)), 3, 2)
real (ifft (fft (B)))
filter ([1 2], [2 1], B)
filter (1, [1 -0.5], B, [], 2)
movmean (B, 3)
movmax (B, [1 0], 2)
ranks (B(:,1:2))
nth_element (B, 2:3)
center (B)
trapz (B)
cumtrapz ([0 1 3 4], B, 2)
range (B)
mad (B)
skewness (B)

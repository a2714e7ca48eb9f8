% Queues, windows and ring buffers over a stream of numbers.
data = [3 8 1 9 4 7 2 6 5];
window = [];
for x = data
  window(end+1) = x;
  if numel (window) > 3, window(1) = []; end
  printf ("%-8s mean %.2f max %d\n", mat2str (window), mean (window), max (window));
end
movmean (data, 3)
movmax (data, [1 0])
filter (ones (1, 3) / 3, 1, data)
conv (data, [1 -1], "valid")
cummax (data), cummin (data)
peaks_at = find (data(2:end-1) > data(1:end-2) & data(2:end-1) > data(3:end)) + 1
[sorted, at] = sort (data, "descend");
sorted(1:3), at(1:3)
acc = accumarray (mod (data, 3)' + 1, data')'
buckets = cell (1, 3);
for x = data
  buckets{mod (x, 3) + 1}(end+1) = x;
end
buckets
runs = diff ([0 find(diff (data > 4)) numel(data)])
any (data > 8), all (data > 0), nnz (data > 4)
reshape (data, 3, [])
reshape (data, [], 3)'
cumsum (reshape (data, 3, 3), 2)
interp1 (1:9, data, 1.5:2:7.5)
histc (data, 0:3:9)
median (data), mode ([1 2 2 3 3]), std (data), var (data, 1)
circshift (data, 2), fliplr (data)
trapz (data), polyfit (1:9, data, 1)

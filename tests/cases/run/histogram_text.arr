% A histogram in characters.
data = [3 7 1 4 4 9 8 4 3 5 6 7 7 2 5 5 5 6];
edges = 0:2:10;
counts = histc (data, edges);
for k = 1:numel (edges) - 1
  printf ("%2d-%2d | %s %d\n", edges(k), edges(k+1), repmat ("*", 1, counts(k)), counts(k));
end
[nn, xx] = hist (data, 4)
u = unique (data)
tally = accumarray (data', 1)'
[m, f] = mode (data)
bar = arrayfun (@(n) repmat ("#", 1, n), counts(1:5), "UniformOutput", false)
cdf = cumsum (counts) / numel (data)

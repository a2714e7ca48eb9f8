% Levenshtein distance, with the table of the last pair.
function [d, T] = distance (a, b)
  m = length (a); n = length (b);
  T = zeros (m + 1, n + 1);
  T(:, 1) = 0:m;
  T(1, :) = 0:n;
  for i = 1:m
    for j = 1:n
      cost = a(i) != b(j);
      T(i+1, j+1) = min ([T(i, j+1) + 1, T(i+1, j) + 1, T(i, j) + cost]);
    end
  end
  d = T(end, end);
end

pairs = {"kitten", "sitting"; "flaw", "lawn"; "", "abc"; "same", "same"};
for k = 1:rows (pairs)
  d = distance (pairs{k, :});
  printf ("%-8s %-8s %d\n", ["'" pairs{k, 1} "'"], ["'" pairs{k, 2} "'"], d);
end
[d, T] = distance ("sun", "sand")
words = {"apple", "ample", "maple", "apply"};
D = cellfun (@(w) distance ("appel", w), words)
[~, nearest] = min (D);
words{nearest}

% edit distance, knapsack, longest common subsequence
function d = edit (a, b)
  m = length (a); n = length (b);
  D = zeros (m + 1, n + 1);
  D(:, 1) = (0:m)'; D(1, :) = 0:n;
  for i = 1:m
    for j = 1:n
      cost = a(i) != b(j);
      D(i+1, j+1) = min ([D(i, j+1) + 1, D(i+1, j) + 1, D(i, j) + cost]);
    end
  end
  d = D(end, end);
end
edit ("kitten", "sitting")
w = [1 3 4 5]; v = [1 4 5 7]; cap = 7;
best = zeros (1, cap + 1);
for i = 1:numel (w)
  for c = cap:-1:w(i)
    best(c+1) = max (best(c+1), best(c-w(i)+1) + v(i));
  end
end
best
a = "AGGTAB"; b = "GXTXAYB";
L = zeros (numel (a) + 1, numel (b) + 1);
for i = 1:numel (a)
  for j = 1:numel (b)
    if a(i) == b(j)
      L(i+1, j+1) = L(i, j) + 1;
    else
      L(i+1, j+1) = max (L(i, j+1), L(i+1, j));
    end
  end
end
L(end, end)
i = numel (a); j = numel (b); out = "";
while i > 0 && j > 0
  if a(i) == b(j)
    out = [a(i), out]; i--; j--;
  elseif L(i, j+1) >= L(i+1, j)
    i--;
  else
    j--;
  end
end
out

% Best order of a chain of matrix products.
dims = [30 35 15 5 10 20 25];
n = numel (dims) - 1;
cost = zeros (n);
split = cell (n);
for len = 2:n
  for i = 1:n-len+1
    j = i + len - 1;
    cost(i, j) = Inf;
    for k = i:j-1
      c = cost(i, k) + cost(k+1, j) + dims(i) * dims(k+1) * dims(j+1);
      if c < cost(i, j)
        cost(i, j) = c;
        split{i, j} = k;
      end
    end
  end
end
function s = order (split, i, j)
  if i == j
    s = sprintf ("A%d", i);
  else
    k = split{i, j};
    s = ["(" order(split, i, k) " " order(split, k + 1, j) ")"];
  end
end
cost
order (split, 1, n)
split(1, :)

n = 8;
parent = 1:n;
function r = root (parent, x)
  while parent(x) != x, x = parent(x); end
  r = x;
end
edges = [1 2 4; 2 3 8; 1 3 11; 4 5 2; 5 6 3; 4 6 9; 3 4 7; 7 8 1; 6 7 6];
edges = sortrows (edges, 3);
tree = [];
for e = edges'
  a = root (parent, e(1)); b = root (parent, e(2));
  if a != b
    parent(a) = b;
    tree(end+1, :) = e';
  end
end
tree
weight = sum (tree(:, 3))
sets = arrayfun (@(x) root (parent, x), 1:n);
numel (unique (sets))
degree = accumarray ([tree(:, 1); tree(:, 2)], 1)'

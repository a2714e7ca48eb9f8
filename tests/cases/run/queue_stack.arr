stack = [];
for k = 1:4, stack(end+1) = k ^ 2; end
while ! isempty (stack)
  printf ("%d ", stack(end));
  stack(end) = [];
end
disp ("");
queue = {};
queue{end+1} = "a"; queue{end+1} = [1 2]; queue{end+1} = {3};
while numel (queue)
  item = queue{1}; queue(1) = [];
  printf ("%s ", class (item));
end
disp ("");
% breadth-first search
adj = {[2 3], 4, 4, 5, []};
dist = -ones (1, 5); dist(1) = 0; todo = 1;
while ! isempty (todo)
  u = todo(1); todo(1) = [];
  for v = adj{u}
    if dist(v) < 0
      dist(v) = dist(u) + 1;
      todo(end+1) = v;
    end
  end
end
dist
% a matrix grown by rows and columns
M = [];
for i = 1:3, M(end+1, :) = [i, i ^ 2]; end
M
M(:, end+1) = sum (M, 2)

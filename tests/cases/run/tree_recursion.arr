% A binary search tree in nested structs.
function t = insert (t, v)
  if isempty (t)
    t = struct ("value", v, "left", [], "right", []);
  elseif v < t.value
    t.left = insert (t.left, v);
  else
    t.right = insert (t.right, v);
  end
end
function list = walk (t)
  if isempty (t)
    list = [];
  else
    list = [walk(t.left), t.value, walk(t.right)];
  end
end
function d = depth (t)
  if isempty (t), d = 0; else, d = 1 + max (depth (t.left), depth (t.right)); end
end
t = [];
for v = [5 2 8 1 9 3 7]
  t = insert (t, v);
end
walk (t)
depth (t)
t.left.value
t.right
function r = ackermann (m, n)
  if m == 0
    r = n + 1;
  elseif n == 0
    r = ackermann (m - 1, 1);
  else
    r = ackermann (m - 1, ackermann (m, n - 1));
  end
end
ackermann (2, 3)
fib = @(f, n) merge (n < 2, @() n, @() f (f, n - 1) + f (f, n - 2)) ();
fib (fib, 10)
function r = power_set (s)
  if isempty (s)
    r = {[]};
  else
    rest = power_set (s(2:end));
    r = [rest, cellfun(@(x) [s(1) x], rest, "UniformOutput", false)];
  end
end
numel (power_set (1:4))
cellfun (@numel, power_set (1:3))

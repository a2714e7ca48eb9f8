function [dist, prev] = shortest (W, from)
  n = rows (W);
  dist = Inf (1, n); dist(from) = 0;
  prev = zeros (1, n);
  todo = true (1, n);
  while any (todo)
    d = dist; d(! todo) = Inf;
    [best, u] = min (d);
    if isinf (best), break; end
    todo(u) = false;
    for v = find (W(u, :) > 0)
      alt = dist(u) + W(u, v);
      if alt < dist(v)
        dist(v) = alt; prev(v) = u;
      end
    end
  end
end
W = zeros (6);
edges = [1 2 7; 1 3 9; 1 6 14; 2 3 10; 2 4 15; 3 4 11; 3 6 2; 4 5 6; 6 5 9];
for e = edges'
  W(e(1), e(2)) = W(e(2), e(1)) = e(3);
end
[dist, prev] = shortest (W, 1)
route = 5;
while prev(route(1)), route = [prev(route(1)) route]; end
disp (route)
printf ("%s\n", strjoin (arrayfun (@num2str, route, "UniformOutput", false), " -> "));

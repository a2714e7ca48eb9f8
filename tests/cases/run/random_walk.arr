% A walk on a ring with a fixed sequence of steps; visits are counted.
steps = [1 1 -1 1 -1 -1 -1 1 1 1 1 -1 1 -1 1 1];
n = 5;
position = 0;
visits = zeros (1, n);
trail = "";
for s = steps
  position = mod (position + s, n);
  visits(position + 1)++;
  trail(end+1) = char ('0' + position);
end
visits
trail
path = cumsum ([0 steps])
[furthest, when] = max (path)
returns = find (path == 0)
P = toeplitz ([0 .5 0 0 .5]);
Q = P ^ 50; stationary = Q(1, :)

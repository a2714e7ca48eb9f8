% Colour maps: rows of red, green and blue from 0 to 1.

function map = gray (n = 64)
  n = colours ("gray", n);
  map = repmat ((0:n-1)' / max (n - 1, 1), 1, 3);
end

% Black, red, yellow, white: the first three eighths of the map bring red, the next green, the rest blue.
function map = hot (n = 64)
  n = colours ("hot", n);
  ramp = floor (3 / 8 * n);
  if n < 3
    map = [1 1 1/2; 1 1 1](3-n:2, :);
    return;
  end
  k = (1:n)';
  red = min (k / ramp, 1);
  green = min (max ((k - ramp) / ramp, 0), 1);
  blue = max ((k - 2 * ramp) / (n - 2 * ramp), 0);
  map = [red, green, blue];
end

% Dark blue, blue, cyan, yellow, red, dark red: the same trapezium for each colour, a quarter of the map apart.
function map = jet (n = 64)
  n = colours ("jet", n);
  if n < 3
    map = [0 0 1; 0 1 1](3-n:2, :);
    return;
  end
  ramp = ceil (n / 4);
  up = (1:ramp) / ramp;
  shape = [up, ones(1, ramp - 1), fliplr(up)];
  map = zeros (n, 3);
  green = ceil (ramp / 2) - (mod (n, 4) == 1) + (1:numel (shape));
  for colour = 1:3
    at = green + (2 - colour) * ramp;
    there = at >= 1 & at <= n;
    map(at(there), colour) = shape(there);
  end
end

function n = colours (who, n)
  if ! isscalar (n)
    error ("%s: N must be a scalar", who);
  end
  n = max (double (n), 0);
end

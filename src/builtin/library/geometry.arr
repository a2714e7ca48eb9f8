% Figures in the plane, rotations of space, surfaces for trying things out.

function r = turned (who, degrees)
  if ! isscalar (degrees)
    error ("Invalid call to %s", who);
  end
end

function r = rotx (angle)
  turned ("rotx", angle);
  c = cos (angle * pi / 180);
  s = sin (angle * pi / 180);
  r = [1, 0, 0; 0, c, -s; 0, s, c];
end

function r = roty (angle)
  turned ("roty", angle);
  c = cos (angle * pi / 180);
  s = sin (angle * pi / 180);
  r = [c, 0, s; 0, 1, 0; -s, 0, c];
end

function r = rotz (angle)
  turned ("rotz", angle);
  c = cos (angle * pi / 180);
  s = sin (angle * pi / 180);
  r = [c, -s, 0; s, c, 0; 0, 0, 1];
end

function area = rectint (a, b)
  n = columns (a) / 2;
  if columns (a) != columns (b) || n < 1 || n != fix (n)
    error ("rectint: A and B must have an even number of columns, the same for both");
  elseif any ([a(:,n+1:end)(:); b(:,n+1:end)(:)] < 0)
    error ("rectint: all widths and heights must be positive");
  end
  area = 1;
  for k = 1:n
    common = min (a(:,k) + a(:,n+k), (b(:,k) + b(:,n+k))') - max (a(:,k), b(:,k)');
    area = area .* max (common, 0);
  end
end

function [in, on] = inpolygon (x, y, xv, yv)
  if ! isreal (x) || ! isreal (y) || ! isnumeric (x) || ! isnumeric (y)
    error ("inpolygon: X and Y must be real arrays");
  elseif ! isequal (size (x), size (y))
    error ("inpolygon: X and Y must be real arrays of the same size");
  elseif ! isreal (xv) || ! isreal (yv) || ! isvector (xv) || ! isvector (yv) || numel (xv) != numel (yv)
    error ("inpolygon: XV and YV must be real vectors of the same size");
  end
  n = numel (xv);
  in = on = false (size (x));
  last = n;
  for k = 1:n
    dx = xv(last) - xv(k);
    dy = yv(last) - yv(k);
    side = dx .* (y - yv(k)) - (x - xv(k)) .* dy;
    % A ray to the right of the point crosses the edge.
    between = (yv(k) <= y & y < yv(last)) | (yv(last) <= y & y < yv(k));
    crosses = between & (side * sign (dy) > 0);
    in = xor (in, crosses);
    within = ((xv(k) <= x & x <= xv(last)) | (xv(last) <= x & x <= xv(k))) ...
             & ((yv(k) <= y & y <= yv(last)) | (yv(last) <= y & y <= yv(k)));
    on |= within & side == 0;
    last = k;
  end
  in |= on;
end

function [x, y, z] = peaks (x, y)
  if nargin == 0
    x = y = linspace (-3, 3, 49);
  elseif nargin == 1
    if isscalar (x)
      x = y = linspace (-3, 3, x);
    elseif isvector (x)
      y = x;
    else
      y = x;
    end
  end
  if isvector (x) && isvector (y)
    [x, y] = meshgrid (x, y);
  end
  height = 3 * (1 - x) .^ 2 .* exp (-x .^ 2 - (y + 1) .^ 2) ...
           - 10 * (x / 5 - x .^ 3 - y .^ 5) .* exp (-x .^ 2 - y .^ 2) ...
           - 1 / 3 * exp (-(x + 1) .^ 2 - y .^ 2);
  if nargout <= 1
    x = height;
  else
    z = height;
  end
end

function [x, y] = humps (x)
  if nargin == 0
    x = 0:0.05:1;
  end
  height = 1 ./ ((x - 0.3) .^ 2 + 0.01) + 1 ./ ((x - 0.9) .^ 2 + 0.04) - 6;
  if nargout <= 1
    x = height;
  else
    y = height;
  end
end

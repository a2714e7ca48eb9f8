% Interpolation between the values on a grid. Nearest and linear read the corners of the cell that a point lies in;
% a spline of several dimensions is linear in the values, so that it is one product with the weights of each dimension;
% the cubic of two dimensions is Hermite's, with the slopes of monotone cubics.

function zi = interp2 (varargin)
  methods = {"nearest", "linear", "pchip", "cubic", "spline"};
  [grid, method, extrap] = gridded_arguments ("interp2", methods, varargin);
  n = numel (grid);
  if n > 5 || n == 4
    print_usage ();
  end
  z = grid{min (n, 3)};
  if n < 5
    z = grid{1};
  end
  if ! (isnumeric (z) || islogical (z)) || ndims (z) != 2 || isvector (z) || isempty (z)
    error ("interp2: Z must be a 2-D matrix");
  end
  [rows, columns] = size (z);
  x = 1:columns;
  y = 1:rows;
  if n < 3
    step = refinement ("interp2", grid(2:end));
    xi = 1:step:columns;
    yi = (1:step:rows).';
  else
    [xi, yi] = grid{end-1:end};
  end
  if n == 5
    [x, y] = grid{1:2};
    if ! isvector (x) && isequal (size (x), size (z))
      x = x(1, :);
    end
    if ! isvector (y) && isequal (size (y), size (z))
      y = y(:, 1);
    end
    if numel (x) != columns || numel (y) != rows
      error ("interp2: X and Y size must match the dimensions of Z");
    end
  end
  if ! isreal (xi) || ! isreal (yi) || ! isnumeric (xi) || ! isnumeric (yi)
    error ("interp2: XI, YI must be numeric");
  end
  [y, z] = ascending ("interp2", "Y", y, z, 1);
  [x, z] = ascending ("interp2", "X", x, z, 2);
  if isvector (xi) && isvector (yi) && ! isequal (size (xi), size (yi)) && rows_cross (xi, yi)
    [xi, yi] = meshgrid (xi, yi);
  elseif ! isequal (size (xi), size (yi))
    error ("interp2: XI and YI must be matrices of equal size");
  end
  if any (strcmp (method, {"pchip", "cubic"}))
    zi = hermite_surface (x, y, z, xi, yi);
  else
    zi = on_grid ({y, x}, z, {yi, xi}, method);
  end
  if isempty (extrap) && ! strcmp (method, "spline")
    extrap = NA;
  end
  if ! isempty (extrap)
    zi(outside ({y, x}, {yi, xi})) = extrap;
  end
end

function crossing = rows_cross (xi, yi)
  crossing = isscalar (xi) || isscalar (yi) || isrow (xi) != isrow (yi);
end

function vi = interp3 (varargin)
  methods = {"nearest", "linear", "cubic", "spline"};
  if nargin < 1
    print_usage ();
  end
  [grid, method, extrap] = gridded_arguments ("interp3", methods, varargin);
  n = numel (grid);
  if n > 7 || ! (n < 3 || n == 4 || n == 7)
    error ("interp3: wrong number or incorrectly formatted input arguments");
  end
  % The first coordinate runs along the columns: it is the second dimension.
  if n >= 4
    points = grid(end-2:end);
    if all (cellfun (@isvector, points)) && ! alike (points)
      [points{:}] = meshgrid (points{:});
    end
    grid(end-2:end) = points([2 1 3]);
  end
  if n == 7
    grid(1:3) = grid([2 1 3]);
  end
  more = {};
  if ! isempty (extrap)
    more = {extrap};
  end
  vi = interpn (grid{:}, method, more{:});
end

function vi = interpn (varargin)
  methods = {"nearest", "linear", "pchip", "cubic", "spline"};
  if nargin < 1
    print_usage ();
  end
  [grid, method, extrap] = gridded_arguments ("interpn", methods, varargin);
  n = numel (grid);
  if any (strcmp (method, {"pchip", "cubic"}))
    error ("interpn: %s interpolation not yet implemented", method);
  elseif n < 3
    v = grid{1};
    step = refinement ("interpn", grid(2:end));
    x = arrayfun (@(k) 1:k, size (v), "UniformOutput", false);
    xi = cell (1, ndims (v));
    fine = arrayfun (@(k) 1:step:k, size (v), "UniformOutput", false);
    [xi{:}] = ndgrid (fine{:});
  elseif n == ndims (grid{1}) + 1
    v = grid{1};
    x = arrayfun (@(k) 1:k, size (v), "UniformOutput", false);
    xi = grid(2:end);
  elseif rem (n, 2) == 1 && n == 2 * ndims (grid{(n + 1) / 2}) + 1
    v = grid{(n + 1) / 2};
    x = grid(1:(n - 1) / 2);
    xi = grid((n + 3) / 2:end);
  else
    error ("interpn: wrong number or incorrectly formatted input arguments");
  end
  for k = 1:ndims (v)
    if ! isvector (x{k}) && isequal (size (x{k}), size (v))
      x{k} = permute (x{k}, [k, 1:k-1, k+1:ndims(v)])(:, 1);
    elseif numel (x{k}) != size (v, k)
      error ("interpn: incorrect dimensions of input matrices");
    end
    [x{k}, v] = ascending ("interpn", "X", x{k}, v, k);
  end
  if ! alike (xi)
    if ! all (cellfun (@isvector, xi))
      error ("interpn: incorrect dimensions of input matrices");
    end
    [xi{:}] = ndgrid (xi{:});
  end
  vi = on_grid (x, v, xi, method);
  if isempty (extrap) && ! strcmp (method, "spline")
    extrap = NA;
  end
  if ! isempty (extrap)
    vi(outside (x, xi)) = extrap;
  end
end

% The numeric arguments before the name of the method, and the value beyond the grid.
function [grid, method, extrap] = gridded_arguments (who, methods, given)
  method = "linear";
  extrap = [];
  at = find (cellfun (@ischar, given), 1);
  if isempty (at)
    grid = given;
    return;
  end
  grid = given(1:at-1);
  if isempty (grid) || numel (given) > at + 1
    error ("Octave:invalid-fun-call", "Invalid call to %s", who);
  end
  method = validatestring (given{at}, methods);
  if numel (given) > at
    extrap = given{at+1};
    if ! isnumeric (extrap) || ! isscalar (extrap)
      error ("%s: EXTRAP must be a numeric scalar", who);
    end
  end
end

% The distance of points when every cell is halved so many times.
function step = refinement (who, times)
  halvings = 1;
  if ! isempty (times)
    halvings = times{1};
  end
  if ! (isscalar (halvings) && isnumeric (halvings) && halvings == fix (halvings) && halvings >= 0)
    error ("%s: N must be an integer >= 0", who);
  end
  step = 2 ^ -halvings;
end

function same = alike (arrays)
  same = all (cellfun (@(a) isequal (size (a), size (arrays{1})), arrays));
end

% The values turned around where a coordinate falls.
function [x, v] = ascending (who, name, x, v, dim)
  x = double (x(:));
  steps = diff (x);
  if all (steps < 0)
    x = flip (x);
    v = flip (v, dim);
  elseif ! all (steps > 0)
    error ("%s: %s must be strictly monotonic", who, name);
  end
  if ! isfloat (v)
    v = double (v);
  end
end

function beyond = outside (x, xi)
  beyond = false (size (xi{1}));
  for k = 1:numel (x)
    beyond |= xi{k} < x{k}(1) | xi{k} > x{k}(end);
  end
end

% The cell of each point along one dimension, and how far in it the point lies, from 0 to 1.
function [cell_at, t] = place (x, xi)
  cell_at = lookup (x, xi(:), "lr");
  t = (xi(:) - x(cell_at)) ./ (x(cell_at + 1) - x(cell_at));
end

function vi = on_grid (x, v, xi, method)
  if strcmp (method, "spline")
    vi = by_weights (x, v, xi);
  else
    vi = by_corners (x, v, xi, strcmp (method, "nearest"));
  end
end

function vi = by_corners (x, v, xi, nearest)
  d = numel (x);
  points = numel (xi{1});
  stride = [1, cumprod(size (v))];
  base = ones (points, 1);
  share = cell (1, d);
  for k = 1:d
    if numel (x{k}) == 1
      share{k} = zeros (points, 1);
      continue;
    end
    [at, t] = place (x{k}, xi{k});
    if nearest
      at += (t >= 0.5);
    end
    base += (at - 1) * stride(k);
    share{k} = t;
  end
  if nearest
    vi = reshape (v(base), size (xi{1}));
    return;
  end
  vi = zeros (points, 1, class (v));
  for corner = 0:2 ^ d - 1
    at = base;
    weight = ones (points, 1);
    for k = 1:d
      if bitand (corner, 2 ^ (k - 1))
        at += stride(k) * (numel (x{k}) > 1);
        weight .*= share{k};
      else
        weight .*= 1 - share{k};
      end
    end
    vi += weight .* v(at)(:);
  end
  vi = reshape (vi, size (xi{1}));
end

% Column i of the weights is the spline through the i-th unit vector.
function vi = by_weights (x, v, xi)
  points = numel (xi{1});
  vi = reshape (v, 1, []);
  for k = 1:numel (x)
    n = numel (x{k});
    if n == 1
      continue;
    end
    weights = interp1 (x{k}, eye (n), xi{k}(:), "spline", "extrap");
    if rows (vi) == 1
      vi = weights * reshape (vi, n, []);
    else
      vi = reshape (sum (reshape (vi, points, n, []) .* weights, 2), points, []);
    end
  end
  vi = reshape (vi, size (xi{1}));
end

function zi = hermite_surface (x, y, z, xi, yi)
  along_x = slopes (x, z.').';
  along_y = slopes (y, z);
  twist = (slopes (x, along_y.').' + slopes (y, along_x)) / 2;
  [j, s] = place (x, xi);
  [i, t] = place (y, yi);
  wide = x(j + 1) - x(j);
  high = y(i + 1) - y(i);
  [values_x, slopes_x] = hermite_basis (s);
  [values_y, slopes_y] = hermite_basis (t);
  zi = zeros (numel (xi), 1);
  for right = 0:1
    for below = 0:1
      at = sub2ind (size (z), i + below, j + right);
      [a, b] = deal (values_x(:, right + 1), slopes_x(:, right + 1) .* wide);
      [c, d] = deal (values_y(:, below + 1), slopes_y(:, below + 1) .* high);
      zi += a .* c .* z(at)(:) + b .* c .* along_x(at)(:) + a .* d .* along_y(at)(:) + b .* d .* twist(at)(:);
    end
  end
  zi = reshape (zi, size (xi));
end

% Of the cubics on [0, 1] by their values and slopes at both ends.
function [values, slopes] = hermite_basis (t)
  values = [(1 + 2 * t) .* (1 - t) .^ 2, t .^ 2 .* (3 - 2 * t)];
  slopes = [t .* (1 - t) .^ 2, t .^ 2 .* (t - 1)];
end

% The slopes of the monotone cubics through the columns of z.
function m = slopes (x, z)
  n = numel (x);
  if n == 2
    m = repmat (diff (z) / diff (x), 2, 1);
    return;
  end
  m = reshape (ppval (ppder (pchip (x.', z.')), x.'), columns (z), n).';
end

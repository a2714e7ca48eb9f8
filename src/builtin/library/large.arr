% What functions of arrays in memory do with those that memory does not hold: the same, said by operations that work on
% blocks. Arguments were looked at before.

function z = cross (x, y, dim)
  if nargin < 3
    dim = find (size (x) == 3, 1);
  end
  for k = 1:3
    a{k} = layers_of (x, dim, k, k);
    b{k} = layers_of (y, dim, k, k);
  end
  z = cat (dim, a{2} .* b{3} - a{3} .* b{2}, a{3} .* b{1} - a{1} .* b{3}, a{1} .* b{2} - a{2} .* b{1});
end

function y = detrend (x, p = 1)
  if ischar (p)
    p = double (strcmp (p, "linear"));
  end
  column = x;
  if isrow (x)
    column = x(:);
  end
  n = rows (column);
  basis = ((1:n)' / n) .^ (0:p);
  if islazy (basis)
    fit = basis * (basis \ column);
  else
    [q, ~] = qr (basis, 0);
    fit = q * (q' * column);
  end
  y = reshape (column - fit, size (x));
end

function [b, r] = deconv (y, a)
  [ny, na] = deal (numel (y), numel (a));
  if na > ny
    b = zeros (class (y));
    r = y;
    return
  end
  count = ny - na + 1;
  b = filter (1, a, y(1:count));
  if nargout > 1
    product = conv (b, a);
    rest = y(count+1:ny) - product(count+1:ny);
    r = cat (2 - iscolumn (y), zeros (size (y(1:count)), class (y)), rest);
  end
end

function [p, s, mu] = polyfit (x, y, n)
  mask = true (1, n(1) + 1);
  if islogical (n) && ! isscalar (n)
    mask = n;
  end
  [shape, x, y] = deal (size (y), x(:), y(:));
  if nargout > 2
    mu = [mean(x), std(x)];
    x = (x - mu(1)) / mu(2);
  end
  exponents = numel (mask)-1:-1:0;
  a = x .^ exponents(mask);
  found = a \ y;
  p = zeros (1, numel (mask), class (found));
  p(mask) = found;
  if nargout > 1
    fitted = a * found;
    r = qr (a, 0);
    inverse = inv (r);
    s = struct ("yf", reshape (fitted, shape), "X", a, "R", r, "C", inverse * inverse', ...
                "df", numel (y) - columns (a), "normr", norm (y - fitted));
  end
end

function d = del2 (m, varargin)
  d = 0;
  for axis = 1:ndims (m)
    n = size (m, axis);
    if n < 3
      continue
    end
    % Spacings come as x, y, z: that of columns first.
    spacing = 1;
    if numel (varargin) == 1
      spacing = varargin{1};
    elseif ! isempty (varargin)
      spacing = varargin{[2 1 3:numel(varargin)](axis)};
    end
    if isscalar (spacing)
      at = spacing * (1:n);
    else
      at = spacing(:).';
    end
    along = ones (1, ndims (m));
    along(axis) = n - 2;
    along = @(v) reshape (v, along);
    low = along (at(2:n-1) - at(1:n-2));
    high = along (at(3:n) - at(2:n-1));
    part = @(from, to) layers_of (m, axis, from, to);
    middle = part (2, n - 1);
    inner = 2 * ((part (3, n) - middle) ./ high - (middle - part (1, n - 2)) ./ low) ./ (low + high);
    of = @(k) layers_of (inner, axis, k, k);
    first = of (1);
    last = of (n - 2);
    if n > 3
      first += (of (1) - of (2)) * (at(1) - at(2)) / (at(2) - at(3));
      last += (of (n - 2) - of (n - 3)) * (at(n) - at(n-1)) / (at(n-1) - at(n-2));
    end
    d = d + cat (axis, first, inner, last);
  end
  d = d / (2 * ndims (m)) + zeros (size (m));
end

function part = layers_of (x, axis, from, to)
  at = repmat ({':'}, 1, ndims (x));
  at{axis} = from:to;
  part = x(at{:});
end

function rho = spearman (x, y)
  if nargin < 2
    y = x;
  end
  columned = @(v) reshape (v, numel (v) / max (columns (v) * ! isrow (v), 1), []);
  rho = corr (ranks (columned (x)), ranks (columned (y)));
end

function [count, value] = runlength (x)
  x = x(:).';
  last = [find(x(1:end-1) != x(2:end)), numel(x)];
  count = diff ([0, last]);
  value = double (x(last));
end

function counts = run_count (x, n, dim)
  if nargin < 3
    dim = find (size (x) != 1, 1);
  end
  counts = by_columns (@(v) runs_of (v, n), x, dim);
end

function counts = runs_of (x, n)
  last = [find(x(2:end) < x(1:end-1)); numel(x)];
  counts = accumarray (min (diff ([0; last]), n), 1, [n, 1]);
end

function y = movfun (f, x, window, varargin)
  dim = find (size (x) != 1, 1);
  option = @(name) find (cellfun (@(v) ischar (v) && strcmpi (v, name), varargin), 1);
  at = option ("dim");
  if ! isempty (at)
    dim = varargin{at+1};
    varargin(at:at+1) = [];
  end
  at = option ("Endpoints");
  periodic = ! isempty (at) && ischar (varargin{at+1}) && strcmpi (varargin{at+1}, "periodic");
  if periodic
    varargin{at+1} = "shrink";
  end
  if isscalar (window)
    window = [floor(window / 2), ceil(window / 2) - 1];
  end
  y = by_columns (@(v) moved (f, v, window, periodic, varargin), x, dim);
end

function y = moved (f, x, window, periodic, options)
  if ! periodic
    y = builtin ("movfun", f, x, window, options{:});
    return
  end
  n = numel (x);
  y = builtin ("movfun", f, [x(n-window(1)+1:n); x; x(1:window(2))], window, options{:});
  y = y(window(1) + (1:n));
end

% What a function makes of each lane, as a column, along a dimension.
function y = by_columns (f, x, dim)
  order = [dim, 1:dim-1, dim+1:ndims(x)];
  x = permute (x, order);
  extents = size (x);
  x = reshape (x, extents(1), []);
  for k = 1:columns (x)
    parts{k} = f (x(:,k));
  end
  y = [parts{:}];
  y = ipermute (reshape (y, [rows(y), extents(2:end)]), order);
end

function at = lookup (table, y, option = "")
  n = numel (table);
  [x, values] = deal (table(:), y(:));
  falls = n > 1 && x(1) > x(n);
  if falls
    x = x(n:-1:1);
  end
  if numel (values) <= 100
    % A pass over the table for each value, all at once; from above where it falls.
    if falls
      at = n - sum (x < values.', 1).';
    else
      at = sum (! (x > values.'), 1).';
    end
  elseif falls
    at = n - places_among (x, values, false);
    at(isnan (values)) = n;
  else
    at = places_among (x, values, true);
  end
  if any (option == "m" | option == "b")
    found = at > 0 & table(max (at, 1))(:) == values;
    if any (option == "b")
      at = found;
    else
      at = at .* found;
    end
  else
    if any (option == "l")
      at = max (at, 1);
    end
    if any (option == "r")
      at = min (at, n - 1);
    end
  end
  at = reshape (at, size (y));
end

% How many elements of a rising table come before each value, by sorting all together; equal ones, too, if asked for.
function at = places_among (x, values, equal)
  [n, m] = deal (numel (x), numel (values));
  if equal
    [~, order] = sort ([x; values]);
    is_table = order <= n;
  else
    [~, order] = sort ([values; x]);
    is_table = order > m;
  end
  counts = cumsum (is_table);
  at = zeros (n + m, 1);
  at(order) = counts;
  if equal
    at = at(n+1:n+m);
  else
    at = at(1:m);
  end
end

function yi = interp1 (x, y, xi, varargin)
  [method, outside] = deal ("linear", NA);
  if nargin < 3 || ischar (xi)
    if nargin > 2
      varargin = [{xi}, varargin];
    end
    [x, y, xi] = deal ((1:numel (x))', x, y);
  end
  for option = varargin
    option = option{1};
    if ! ischar (option)
      outside = option;
    elseif strcmpi (option, "extrap")
      outside = [];
    elseif any (strcmpi (option, {"nearest", "previous", "next", "linear"}))
      method = lower (option);
    else
      error ("interp1: '%s' of a table that memory does not hold: nearest, previous, next and linear are there", option);
    end
  end
  if ! isvector (y)
    error ("interp1: of a matrix of values that memory does not hold: go by its columns");
  end
  n = numel (x);
  [x, y, at] = deal (x(:), y(:), xi(:));
  if ! issorted (x)
    [x, order] = sort (x);
    y = y(order);
  end
  k = lookup (x, at, "lr");
  [from, to] = deal (x(k), x(k+1));
  switch method
    case "linear"
      low = y(k);
      yi = low + (at - from) ./ (to - from) .* (y(k+1) - low);
    case "nearest"
      yi = y(k + (at >= (from + to) / 2));
    case "previous"
      yi = y(k + (at >= to));
    case "next"
      yi = y(k + (at > from));
  end
  if isempty (outside)
    yi(isnan (at)) = NA;
  else
    yi(! (at >= x(1) & at <= x(n))) = outside;
  end
  yi = reshape (yi, size (xi));
end

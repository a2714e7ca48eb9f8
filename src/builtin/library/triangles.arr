% Scattered points: the triangles and the neighbours they lie in, and what is between them.

function at = tsearch (x, y, t, xi, yi)
  if nargin != 5
    print_usage ();
  end
  at = tsearchn ([x(:), y(:)], t, [xi(:), yi(:)]);
end

function [at, weights] = tsearchn (x, t, xi)
  if nargin != 3
    print_usage ();
  elseif columns (x) != columns (xi)
    error ("tsearchn: number of dimensions of X and XI must match");
  elseif columns (t) != columns (x) + 1
    error ("tsearchn: T must have as many columns as a simplex has corners");
  end
  n = columns (x);
  at = NaN (rows (xi), 1);
  weights = NaN (rows (xi), n + 1);
  for k = 1:rows (t)
    corners = x(t(k,:),:);
    edges = corners(1:n,:) - corners(n+1,:);
    % A flat one has nothing inside.
    if rank (edges) < n
      continue
    end
    found = (xi - corners(n+1,:)) / edges;
    found(:,n+1) = 1 - sum (found, 2);
    inside = isnan (at) & all (found >= -1e-12, 2);
    at(inside) = k;
    weights(inside,:) = found(inside,:);
  end
end

function [at, distance] = dsearch (x, y, varargin)
  if nargin < 4 || nargin > 5
    print_usage ();
  end
  [xi, yi] = varargin{end-1:end};
  [at, distance] = nearest_of ([x(:), y(:)], [xi(:), yi(:)]);
  [at, distance] = deal (reshape (at, size (xi)), reshape (distance, size (xi)));
end

function [at, distance] = dsearchn (x, varargin)
  if nargin < 2 || nargin > 4
    print_usage ();
  end
  outside = [];
  switch numel (varargin)
    case 1
      xi = varargin{1};
    case 2
      [tri, xi] = varargin{:};
    otherwise
      [tri, xi, outside] = varargin{:};
  end
  [at, distance] = nearest_of (x, xi);
  if ! isempty (outside)
    beyond = isnan (tsearchn (x, tri, xi));
    at(beyond) = outside;
    distance(beyond) = outside;
  end
end

function [at, distance] = nearest_of (x, xi)
  [at, distance] = deal (zeros (rows (xi), 1));
  for k = 1:rows (xi)
    [square, at(k)] = min (sum ((x - xi(k,:)) .^ 2, 2));
    distance(k) = sqrt (square);
  end
end

function [rx, ry, vi] = griddata (x, y, z, varargin)
  if nargin < 5
    print_usage ();
  end
  method = "linear";
  if numel (varargin) > 2 && ! isnumeric (varargin{3})
    method = varargin{3};
  elseif numel (varargin) > 2
    error ("griddata: points in space are not supported: only X and Y");
  end
  if ! ischar (method)
    error ("griddata: METHOD must be a string");
  end
  method = lower (method);
  if any (strcmp (method, {"cubic", "natural"}))
    error ('griddata: method "%s" not implemented; there are "linear", "nearest" and "v4"', method);
  elseif ! any (strcmp (method, {"linear", "nearest", "v4"}))
    error ('griddata: unknown interpolation METHOD: "%s"', method);
  end
  if isvector (x) && isvector (y) && ! isvector (z)
    if ! isequal (size (z), [numel(y), numel(x)])
      error ("griddata: lengths of X, Y must match the columns and rows of Z");
    end
    [x, y] = meshgrid (x, y);
  elseif ! (numel (x) == numel (y) && numel (y) == numel (z))
    error ("griddata: X, Y, and Z must have the same number of elements");
  end
  [xi, yi] = varargin{1:2};
  if isrow (xi) && iscolumn (yi) && ! (isscalar (xi) && isscalar (yi))
    [xi, yi] = meshgrid (xi, yi);
  elseif isvector (xi) && isvector (yi)
    if numel (xi) != numel (yi)
      error ("griddata: XI and YI must have the same number of elements");
    end
    yi = reshape (yi, size (xi));
  elseif ! isequal (size (xi), size (yi))
    error ("griddata: XI and YI must be vectors or matrices of same size");
  end
  [x, y, z] = deal (double (x(:)), double (y(:)), z(:));
  switch method
    case "linear"
      tri = delaunay (x, y);
      [at, weights] = tsearchn ([x, y], tri, [xi(:), yi(:)]);
      values = NaN (numel (xi), 1);
      inside = ! isnan (at);
      corners = reshape (z(tri(at(inside),:)), [], 3);
      values(inside) = sum (corners .* weights(inside,:), 2);
    case "nearest"
      values = z(nearest_of ([x, y], [xi(:), yi(:)]));
    case "v4"
      % Sandwell's biharmonic spline, Geophysical Research Letters 14 (1987).
      green = @(d) d .^ 2 .* (log (max (d, realmin)) - 1);
      weights = green (abs ((x - x.') + 1i * (y - y.'))) \ z;
      values = green (abs ((xi(:) - x.') + 1i * (yi(:) - y.'))) * weights;
  end
  values = reshape (values, size (xi));
  if nargout < 2
    rx = values;
  else
    [rx, ry, vi] = deal (xi, yi, values);
  end
end

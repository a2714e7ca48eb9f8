% Equations of matrices, estimates of norms, eigenvalues of triangular pairs.

function x = sylvester (a, b, c)
  if ! isnumeric (a) || ! isnumeric (b) || ! isnumeric (c)
    error ("sylvester: A, B and C must be numeric matrices");
  elseif rows (a) != columns (a)
    error ("sylvester: A must be a square matrix");
  elseif rows (b) != columns (b)
    error ("sylvester: B must be a square matrix");
  elseif rows (a) != rows (c) || columns (b) != columns (c)
    error ("sylvester: nonconformant matrices");
  end
  if isempty (c)
    x = zeros (size (c));
    return
  end
  % With both in triangular form one column follows from those before it (Bartels and Stewart, CACM 15, 1972).
  [u, s] = schur (complex (double (a)), "complex");
  [v, t] = schur (complex (double (b)), "complex");
  f = u' * c * v;
  n = rows (a);
  y = zeros (n, columns (b));
  for k = 1:columns (b)
    y(:, k) = (s + t(k, k) * eye (n)) \ (f(:, k) - y(:, 1:k-1) * t(1:k-1, k));
  end
  x = u * y * v';
  if isreal (a) && isreal (b) && isreal (c)
    x = real (x);
  end
  if isa (a, "single") || isa (b, "single") || isa (c, "single")
    x = single (x);
  end
end

function [beta, v, r] = gls (y, x, o)
  if ! isnumeric (y) || ! isnumeric (x) || ! isnumeric (o)
    error ("gls: arguments must be numeric matrices or vectors");
  elseif ndims (x) != 2 || ndims (y) != 2 || ndims (o) != 2
    error ("gls: X, Y and O must be 2-D matrices or vectors");
  elseif rows (x) != rows (y)
    error ("gls: number of rows of X and Y must be equal");
  elseif rows (o) != columns (o)
    error ("gls: O must be a square matrix");
  elseif rows (o) != rows (y) * columns (y)
    error ("gls: size of matrix O is (%d,%d), but Y is (%d,%d)", rows (o), columns (o), rows (y), columns (y));
  end
  y = double (y);
  x = double (x);
  half = double (o) ^ (-1 / 2);
  z = half * kron (eye (columns (y)), x);
  answer = half * reshape (y, [], 1);
  solved = ols (answer, z);
  beta = reshape (solved, columns (x), columns (y));
  r = y - x * beta;
  weighted = half * reshape (r, [], 1);
  v = weighted' * weighted / (rows (y) * columns (y) - rank (x));
end

function [nest, v, w, iter] = normest1 (a, t, x0, varargin)
  % Higham and Tisseur, SIAM Journal on Matrix Analysis 21 (2000); small matrices are simply measured.
  if nargin < 2 || isempty (t), t = 2; end
  if is_function_handle (a)
    n = a ("dim", [], varargin{:});
    forward = @(x) a ("notransp", x, varargin{:});
    backward = @(x) a ("transp", x, varargin{:});
  else
    if ! isnumeric (a) || ndims (a) != 2 || rows (a) != columns (a)
      error ("normest1: A must be a square matrix or a function handle");
    end
    n = rows (a);
    forward = @(x) a * x;
    backward = @(x) a' * x;
  end
  if ! isnumeric (t) || ! isscalar (t)
    error ("normest1: T must be a positive integer");
  end
  t = max (min (t, n), 1);
  if t == n || n <= 4
    whole = forward (eye (n));
    [nest, at] = max (sum (abs (whole), 1));
    v = zeros (n, 1);
    v(at) = 1;
    w = whole(:, at);
    iter = [0; 1];
    return
  end
  if nargin < 3 || isempty (x0)
    x = [ones(n, 1), sign(rand (n, t - 1) - 0.5)];
    x(x == 0) = 1;
    x /= n;
  else
    if rows (x0) != n
      error ("normest1: X0 must have as many rows as A");
    end
    x = x0;
    t = columns (x);
  end
  nest = 0;
  seen = [];
  places = [];
  products = 0;
  for turn = 1:5
    y = forward (x);
    products++;
    [found, best] = max (sum (abs (y), 1));
    if turn > 1 && found <= nest
      break
    end
    nest = found;
    w = y(:, best);
    v = x(:, best);
    s = sign (y);
    s(s == 0) = 1;
    h = max (abs (backward (s)), [], 2);
    products++;
    [~, order] = sort (h, "descend");
    order = setdiff (order, seen, "stable");
    if isempty (order) || (turn > 1 && h(order(1)) == max (h(places)))
      break
    end
    places = order(1:min (t, numel (order)));
    seen = [seen; places(:)];
    x = zeros (n, numel (places));
    x(sub2ind (size (x), places(:)', 1:numel (places))) = 1;
  end
  iter = [turn; products];
end

function lambda = of_blocks (a)
  n = rows (a);
  lambda = diag (a);
  k = 1;
  while k < n
    if a(k+1, k) != 0
      lambda(k:k+1) = eig (a(k:k+1, k:k+1));
      k++;
    end
    k++;
  end
end

function lambda = ordeig (a, b)
  if ! isnumeric (a) || ndims (a) != 2 || rows (a) != columns (a)
    error ("ordeig: A must be a square matrix");
  end
  if nargin < 2
    if ! isbanded (a, 1, rows (a))
      error ("ordeig: A must be quasi-triangular (i.e., upper block triangular with 1x1 or 2x2 blocks on the diagonal)");
    end
    lambda = of_blocks (a);
    return
  end
  if ! isnumeric (b) || ndims (b) != 2 || rows (b) != columns (b)
    error ("ordeig: B must be a square matrix");
  elseif rows (a) != rows (b)
    error ("ordeig: A and B must be the same size");
  elseif ! isbanded (a, 1, rows (a)) || ! isbanded (b, 1, rows (b))
    error ("ordeig: A and B must be quasi-triangular");
  end
  n = rows (a);
  lambda = diag (a) ./ diag (b);
  k = 1;
  while k < n
    if a(k+1, k) != 0
      lambda(k:k+1) = eig (a(k:k+1, k:k+1), b(k:k+1, k:k+1));
      k++;
    end
    k++;
  end
end

function [c, varargout] = condeig (a)
  if ! isnumeric (a) || ndims (a) != 2 || rows (a) != columns (a)
    error ("condeig: A must be a square numeric matrix");
  end
  if isempty (a)
    [v, d] = deal ([]);
    c = [];
  else
    if ! all (isfinite (a(:)))
      error ("condeig: A must not contain Inf or NaN values");
    end
    [v, d] = eig (a);
    w = inv (v)';
    c = abs (norm (v, 2, "cols") .* norm (w, 2, "cols"))';
  end
  if nargout > 1
    varargout = {d};
    [c, varargout] = deal (v, {d, c});
  end
end

function x = blkmm (a, b)
  if ! isnumeric (a) || ! isnumeric (b)
    error ("blkmm: A and B must be numeric");
  end
  s = size (a);
  t = size (b);
  if s(2) != t(1) || ! isequal (s(3:end), t(3:end))
    shown = @(d) strjoin (arrayfun (@num2str, d, "UniformOutput", false), "x");
    error ("blkmm: A and B dimensions don't match: (%s) and (%s)", shown (s), shown (t));
  end
  x = zeros ([s(1), t(2), s(3:end)], class (cast (1, class (a)) * cast (1, class (b))));
  for k = 1:prod (s(3:end))
    x(:, :, k) = a(:, :, k) * b(:, :, k);
  end
end

function varargout = svds (a, k, sigma)
  % A randomised block Krylov space (Halko, Martinsson and Tropp, SIAM Review 53, 2011; Musco and Musco, NIPS 2015).
  if nargin < 1
    print_usage ();
  elseif ! isnumeric (a) || ndims (a) != 2
    error ("svds: A must be a 2-D matrix");
  end
  if nargin < 2 || isempty (k)
    k = 6;
  elseif ! isnumeric (k) || ! isscalar (k) || k < 0 || k != fix (k)
    error ("svds: K must be a non-negative integer");
  end
  if nargin > 2 && ! (ischar (sigma) && any (strcmpi (sigma, {"L", "largest"})))
    error ("svds: only the largest singular values can be found");
  end
  [m, n] = size (a);
  k = min (k, min (m, n));
  width = k + max (k, 10);
  steps = min (6, fix (min (m, n) / 2 / width) - 1);
  if ! islazy (a) || max (m, n) >= 2 * min (m, n) || steps < 1
    if nargout < 2
      s = svd (a);
      varargout{1} = s(1:k);
      return
    end
    [u, s, v] = svd (a, "econ");
    s = diag (s);
  else
    state = randn ("state");
    randn ("state", 271828);
    y = a * cast (randn (n, width), class (a));
    randn ("state", state);
    found = cell (1, steps + 1);
    [found{1}, ~] = qr (y, 0);
    for step = 1:steps
      [z, ~] = qr (a' * found{step}, 0);
      [found{step+1}, ~] = qr (a * z, 0);
    end
    [basis, ~] = qr ([found{:}], 0);
    if nargout < 2
      s = svd (a' * basis);
      varargout{1} = s(1:k);
      return
    end
    [v, s, inner] = svd (a' * basis, "econ");
    s = diag (s);
    u = basis * inner(:, 1:k);
  end
  varargout = {u(:, 1:k), diag(s(1:k)), v(:, 1:k)};
end

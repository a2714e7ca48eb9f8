% Famous matrices. Definitions after Higham, The Test Matrix Toolbox for Matlab (1995), and the papers it names.

function varargout = gallery (name, varargin)
  families = struct ( ...
    "cauchy", @cauchy, "chebspec", @chebspec, "chebvand", @chebvand, "chow", @chow, ...
    "circul", @circul, "clement", @clement, "compar", @compar, "condex", @condex, "cycol", @cycol, ...
    "dorr", @dorr, "dramadah", @dramadah, "fiedler", @fiedler, "forsythe", @forsythe, "frank", @frank, ...
    "gcdmat", @(n) gcd (repmat ((1:n)', 1, n), repmat (1:n, n, 1)), "gearmat", @gearmat, "grcar", @grcar, ...
    "hanowa", @hanowa, "house", @house, "integerdata", @integerdata, "invhess", @invhess, "invol", @invol, ...
    "ipjfact", @ipjfact, "jordbloc", @jordbloc, "kahan", @kahan, "kms", @kms, "krylov", @krylov_vectors, ...
    "lauchli", @lauchli, "lehmer", @(n) min ((1:n)', 1:n) ./ max ((1:n)', 1:n), ...
    "lesp", @lesp, "lotkin", @lotkin, "minij", @(n) min ((1:n)', 1:n), "moler", @moler, "neumann", @neumann, ...
    "normaldata", @(varargin) seeded (@randn, varargin), "orthog", @orthog, ...
    "parter", @(n) 1 ./ ((1:n)' - (1:n) + 0.5), "pei", @pei, "poisson", @poisson, ...
    "prolate", @prolate, "qmult", @qmult, "rando", @rando, "randhess", @randhess, "randsvd", @randsvd, ...
    "redheff", @redheff, "riemann", @riemann, "ris", @(n) 0.5 ./ (n - (1:n)' - (1:n) + 1.5), ...
    "smoke", @smoke, "toeppd", @toeppd, "toeppen", @toeppen, "tridiag", @tridiag, ...
    "triw", @triw, "uniformdata", @(varargin) seeded (@rand, varargin), "wathen", @wathen, "wilk", @wilk);
  % Those whose first argument is their order.
  sized = {"chebspec", "chow", "clement", "condex", "dorr", "dramadah", "frank", "gcdmat", "gearmat", "grcar", ...
    "hanowa", "invol", "ipjfact", "jordbloc", "kms", "lauchli", "lehmer", "lesp", "minij", "moler", "orthog", ...
    "parter", "pei", "poisson", "prolate", "redheff", "riemann", "ris", "smoke", "toeppd", "toeppen"};
  if ischar (name)
    if ! isfield (families, name)
      error ("gallery: unknown matrix '%s'; known are %s", name, strjoin (fieldnames (families).', ", "));
    end
    if any (strcmp (name, sized))
      if isempty (varargin)
        print_usage ();
      end
      check_size (name, varargin{1});
    end
    [varargout{1:max (nargout, 1)}] = families.(name) (varargin{:});
  elseif isequal (name, 3)
    varargout{1} = [-149 -50 -154; 537 180 546; -27 -9 -25];
  elseif isequal (name, 5)
    varargout{1} = [-9 11 -21 63 -252; 70 -69 141 -421 1684; -575 575 -1149 3451 -13801; ...
                    3891 -3891 7782 -23345 93365; 1024 -1024 2048 -6144 24572];
  else
    error ("gallery: unknown matrix; the numbers known are 3 and 5");
  end
end

function check_size (who, n)
  if ! isnumeric (n) || ! isscalar (n) || n != fix (n) || n < 0
    error ("gallery: N must be an integer for %s matrix", who);
  end
end

% A vector, or 1:N for a number.
function v = listed (who, v)
  if ! isnumeric (v) || ! (isvector (v) || isempty (v))
    error ("gallery: the argument must be a number or a vector for %s matrix", who);
  elseif isscalar (v)
    check_size (who, v);
    v = 1:v;
  end
  v = v(:);
end

function A = cauchy (x, y)
  x = listed ("cauchy", x);
  if nargin < 2
    y = x;
  end
  y = listed ("cauchy", y);
  if numel (x) != numel (y)
    error ("gallery: X and Y must be vectors of the same length for cauchy matrix");
  end
  A = 1 ./ (x + y.');
end

function C = chebspec (n, k = 0)
  if k != 0 && k != 1
    error ("gallery: K must be 0 or 1 for chebspec matrix");
  end
  n -= 1 - k;
  x = cos ((0:n)' * pi / n);
  ends = [2; ones(n - 1, 1); 2];
  flips = (-1) .^ ((0:n)' + (0:n));
  C = flips .* (ends ./ ends.') ./ (x - x.' + eye (n + 1));
  corner = (2 * n ^ 2 + 1) / 6;
  inner = -x(2:n) ./ (2 * (1 - x(2:n) .^ 2));
  C(1:n+2:end) = [corner; inner; -corner];
  if k == 1
    C = C(2:end, 2:end);
  end
end

function C = chebvand (m, p)
  if nargin < 2
    p = m;
  end
  if isscalar (p)
    p = linspace (0, 1, p);
  end
  p = p(:).';
  if nargin < 2
    m = numel (p);
  end
  C = ones (m, numel (p));
  if m > 1
    C(2,:) = p;
  end
  for k = 3:m
    C(k,:) = 2 * p .* C(k-1,:) - C(k-2,:);
  end
end

function A = chow (n, alpha = 1, delta = 0)
  A = toeplitz (alpha .^ (1:n), [alpha, 1, zeros(1, n - 2)](1:n)) + delta * eye (n);
end

function C = circul (v)
  v = listed ("circul", v);
  C = toeplitz ([v(1); flipud(v(2:end))], v);
end

function A = clement (n, k = 0)
  down = n-1:-1:1;
  up = 1:n-1;
  if k != 0
    down = up = sqrt (down .* up);
  end
  A = diag (down, -1) + diag (up, 1);
end

function C = compar (A, k = 0)
  if k == 0
    C = -abs (A);
  else
    widest = max (abs (A), [], 2);
    C = repmat (-widest, 1, columns (A));
    if isequal (A, tril (A))
      C = tril (C);
    elseif isequal (A, triu (A))
      C = triu (C);
    end
  end
  at = 1:rows (A) + 1:rows (A) * min (size (A));
  C(at) = abs (A(at));
end

function A = condex (n, k = 3, theta = 100)
  switch k
    case 1
      A = [1 -1 -2*theta 0; 0 1 theta -theta; 0 1 1+theta -(theta+1); 0 0 0 theta];
    case 2
      A = [1 1-2/theta^2 -2; 0 1/theta -1/theta; 0 0 1];
    case 3
      A = triw (n, -1)';
      A(n,n) = -1;
    case 4
      steps = (0:n-1)';
      Q = orth ([ones(n, 1), steps == 0, (-1) .^ steps .* (1 + steps / (n - 1))]);
      A = eye (n) + theta * (eye (n) - Q * Q');
    otherwise
      error ("gallery: unknown estimator K '%d' for condex matrix", k);
  end
  A = blkdiag (A, eye (max (n - rows (A), 0)));
end

function A = cycol (n, k)
  n = [n(:).', n(end)](1:2);
  if nargin < 2
    k = max (round (n(2) / 4), 1);
  end
  A = randn (n(1), k)(:, rem (0:n(2)-1, k) + 1);
end

function varargout = dorr (n, theta = 0.01)
  h = 1 / (n + 1);
  i = (1:n)';
  left = i <= floor ((n + 1) / 2);
  drift = (0.5 - i * h) / h;
  low = high = repmat (-theta / h ^ 2, n, 1);
  high(left) -= drift(left);
  low(! left) += drift(! left);
  middle = -(low + high);
  parts = {low(2:end), middle, high(1:end-1)};
  if nargout > 1
    varargout = parts;
  else
    varargout = {tridiag(parts{:})};
  end
end

function A = dramadah (n, k = 1)
  switch k
    case 1
      c = ones (n, 1);
      c(rem (0:n-1, 4) == 1 | rem (0:n-1, 4) == 2) = 0;
      r = [1, 1, 0, 1, zeros(1, max (n - 4, 0))](1:n);
    case 2
      c = [1; zeros(n - 1, 1)];
      r = ones (1, n);
      r(3:2:n) = 0;
    case 3
      c = ones (n, 1);
      c(2:2:n) = 0;
      r = [1, 1, zeros(1, n)](1:n);
    otherwise
      error ("gallery: unknown K '%d' for dramadah matrix", k);
  end
  A = toeplitz (c, r);
end

function A = fiedler (c)
  c = listed ("fiedler", c);
  A = abs (c - c.');
end

function A = forsythe (n, alpha = sqrt (eps), lambda = 0)
  A = jordbloc (n, lambda);
  A(n,1) = alpha;
end

function F = frank (n, k = 0)
  p = n:-1:1;
  F = triu (repmat (p, n, 1) - diag (ones (n - 1, 1), -1), -1);
  if k != 0
    F = F(p, p)';
  end
end

function A = gearmat (n, i, j)
  if nargin < 2
    i = n;
  end
  if nargin < 3
    j = -n;
  end
  A = diag (ones (n - 1, 1), -1) + diag (ones (n - 1, 1), 1);
  A(1, abs (i)) = sign (i);
  A(n, n + 1 - abs (j)) = sign (j);
end

function A = grcar (n, k = 3)
  A = tril (triu (ones (n)), k) - diag (ones (n - 1, 1), -1);
end

function A = hanowa (n, d = -1)
  if rem (n, 2)
    error ("gallery: N must be even for hanowa matrix");
  end
  m = n / 2;
  A = [d * eye(m), -diag(1:m); diag(1:m), d * eye(m)];
end

function [v, beta, s] = house (x, k = 0)
  x = x(:);
  s = norm (x) * (sign (x(1)) + (x(1) == 0));
  if k == 0 || (k == 2 && x(1) == 0)
    s = -s;
  elseif k == 1 || k == 2
    s = norm (x);
  end
  v = x;
  v(1) -= s;
  beta = 0;
  if any (v)
    beta = 2 / (v' * v);
  end
end

% Random numbers of a size, the same ones for the same J.
function A = seeded (draw, sizes)
  j = sizes{end};
  state = {rand("state"), randn("state")};
  rand ("state", j);
  randn ("state", j);
  A = draw (sizes{1:end-1});
  rand ("state", state{1});
  randn ("state", state{2});
end

function A = integerdata (imax, varargin)
  bounds = [1, imax(:).'];
  A = seeded (@(varargin) randi (bounds(end-1:end), varargin{:}), varargin);
end

function A = invhess (x, y)
  x = listed ("invhess", x);
  if nargin < 2
    y = -x(1:end-1);
  end
  n = numel (x);
  A = tril (repmat (x.', n, 1)) + triu (repmat ([y(:); 0](1:n), 1, n), 1);
end

function A = invol (n)
  A = hilb (n);
  d = -n;
  A(:,1) *= d;
  for i = 1:n-1
    d *= -(n + i) * (n - i) / i ^ 2;
    A(i+1,:) *= d;
  end
end

function [A, d] = ipjfact (n, k = 0)
  if k != 0 && k != 1
    error ("gallery: K must be 0 or 1 for ipjfact matrix");
  end
  A = factorial ((1:n)' + (1:n));
  d = prod (factorial (0:n-1) .* factorial (2:n+1));
  if k == 1
    A = 1 ./ A;
    d = det (A);
  end
end

function J = jordbloc (n, lambda = 1)
  J = lambda * eye (n) + diag (ones (n - 1, 1), 1);
end

function U = kahan (n, theta = 1.2, pert = 25)
  n = [n(:).', n(end)](1:2);
  m = min (n);
  U = eye (n) - cos (theta) * triu (ones (n), 1);
  U = [sin(theta) .^ (0:m-1), zeros(1, n(1) - m)].' .* U;
  U(1:m, 1:m) += pert * eps * diag (m:-1:1);
end

function A = kms (n, rho = 0.5)
  A = rho .^ abs ((1:n)' - (1:n));
  if iscomplex (rho)
    A = conj (tril (A, -1)) + triu (A);
  end
end

function B = krylov_vectors (A, x, j)
  if isscalar (A)
    A = randn (A);
  end
  n = rows (A);
  if nargin < 2
    x = ones (n, 1);
  end
  if nargin < 3
    j = n;
  end
  B = zeros (n, j);
  B(:,1) = x(:);
  for k = 2:j
    B(:,k) = A * B(:,k-1);
  end
end

function A = lauchli (n, mu = sqrt (eps))
  A = [ones(1, n); mu * eye(n)];
end

function T = lesp (n)
  x = 2:n;
  T = tridiag (1 ./ x, -(2 * [x, n + 1] + 1), x);
end

function A = lotkin (n)
  A = hilb (n);
  A(1,:) = 1;
end

function A = moler (n, alpha = -1)
  U = triw (n, alpha);
  A = U' * U;
end

function [A, null_vector] = neumann (n)
  if isscalar (n)
    n = [sqrt(n), sqrt(n)];
    if n(1) != fix (n(1))
      error ("gallery: N must be a perfect square for neumann matrix");
    end
  end
  A = kron (mirrored (n(1)), eye (n(2))) + kron (eye (n(1)), mirrored (n(2)));
  null_vector = ones (prod (n), 1);
end

function T = mirrored (m)
  T = tridiag (m);
  T(1,2) = T(m,m-1) = -2;
end

function Q = orthog (n, k = 1)
  i = (1:n)';
  j = 1:n;
  switch k
    case 1
      Q = sin (i * j * pi / (n + 1)) * sqrt (2 / (n + 1));
    case 2
      Q = sin (i * j * 2 * pi / (2 * n + 1)) * 2 / sqrt (2 * n + 1);
    case 3
      Q = exp (2i * pi * (i - 1) * (j - 1) / n) / sqrt (n);
    case 4
      Q = tril (ones (n)) - diag (j);
      Q(1,:) = 1;
      Q ./= sqrt ([n; i(2:end) .* (i(2:end) - 1)]);
    case 5
      turn = (i - 1) * (j - 1) * 2 * pi / n;
      Q = (cos (turn) + sin (turn)) / sqrt (n);
    case 6
      Q = sqrt (2 / n) * cos ((i - 0.5) * (j - 0.5) * pi / n);
    case -1
      Q = cos ((i - 1) * (j - 1) * pi / (n - 1));
    case -2
      Q = cos ((i - 1) * (j - 0.5) * pi / n);
    otherwise
      error ("gallery: unknown K '%d' for orthog matrix", k);
  end
end

function P = pei (n, alpha = 1)
  P = alpha * eye (n) + ones (n);
end

function A = poisson (n)
  T = tridiag (n);
  A = kron (T, eye (n)) + kron (eye (n), T);
end

function A = prolate (n, w = 0.25)
  k = 1:n-1;
  A = toeplitz ([2 * w, sin(2 * pi * w * k) ./ (pi * k)]);
end

function B = qmult (A)
  if isscalar (A)
    A = eye (A);
  end
  [Q, R] = qr (randn (rows (A)));
  B = Q * diag (sign (diag (R))) * A;
end

function A = rando (n, k = 1)
  n = [n(:).', n(end)](1:2);
  switch k
    case 1
      A = round (rand (n));
    case 2
      A = 2 * round (rand (n)) - 1;
    case 3
      A = round (3 * rand (n) - 1.5);
    otherwise
      error ("gallery: unknown K '%d' for rando matrix", k);
  end
end

function H = randhess (x)
  if isscalar (x)
    x = rand (x - 1, 1) * 2 * pi;
  end
  n = numel (x) + 1;
  H = eye (n);
  H(n,n) = (-1) ^ (rand < 0.5);
  for k = n-1:-1:1
    turn = [cos(x(k)), sin(x(k)); -sin(x(k)), cos(x(k))];
    H(k:k+1, :) = turn * H(k:k+1, :);
  end
end

function A = randsvd (n, kappa = sqrt (1 / eps), mode = 3)
  n = [n(:).', n(end)](1:2);
  p = min (n);
  definite = kappa < 0;
  kappa = abs (kappa);
  steps = (0:p-1)' / max (p - 1, 1);
  switch abs (mode)
    case 1
      sigma = [1; ones(p - 1, 1) / kappa];
    case 2
      sigma = [ones(p - 1, 1); 1 / kappa];
    case 3
      sigma = kappa .^ -steps;
    case 4
      sigma = 1 - (1 - 1 / kappa) * steps;
    case 5
      sigma = exp (-rand (p, 1) * log (kappa));
    otherwise
      error ("gallery: unknown MODE '%d' for randsvd matrix", mode);
  end
  if mode < 0
    sigma = flipud (sigma);
  end
  S = zeros (n);
  S(1:p, 1:p) = diag (sigma);
  if definite
    Q = qmult (p);
    A = Q' * S * Q;
    A = (A + A') / 2;
    return;
  end
  A = qmult (qmult (S.').');
end

function A = redheff (n)
  A = double (rem (1:n, (1:n)') == 0);
  A(:,1) = 1;
end

function A = riemann (n)
  i = (2:n+1)';
  A = i .* (rem (i.', i) == 0) - 1;
end

function A = smoke (n, k = 0)
  A = diag ([exp(2i * pi * (1:n-1) / n), 1]) + diag (ones (n - 1, 1), 1);
  if k == 0
    A(n,1) = 1;
  end
end

function T = toeppd (n, m, x, theta)
  if nargin < 2
    m = n;
  end
  if nargin < 3
    x = rand (m, 1);
  end
  if nargin < 4
    theta = rand (m, 1);
  end
  lag = (1:n)' - (1:n);
  T = zeros (n);
  for k = 1:m
    T += x(k) * cos (2 * pi * theta(k) * lag);
  end
end

function P = toeppen (n, a = 1, b = -10, c = 0, d = 10, e = 1)
  band = @(v, k) diag (repmat (v, 1, max (n - abs (k), 0)), k)(1:n, 1:n);
  P = band (b, -1) + band (c, 0) + band (d, 1);
  if n > 2
    P += band (a, -2) + band (e, 2);
  end
end

function T = tridiag (n, x = -1, y = 2, z = -1)
  if nargin == 3
    [z, y, x] = deal (y, x, n);
    if numel (x) != numel (y) - 1 || numel (z) != numel (y) - 1
      error ("gallery: X, Y, and Z must have lengths N-1, N, and N-1 for tridiag matrix");
    end
  elseif nargin == 1 || nargin == 4
    check_size ("tridiag", n);
    [x, y, z] = deal (repmat (x, n - 1, 1), repmat (y, n, 1), repmat (z, n - 1, 1));
  else
    error ("Octave:invalid-fun-call", "Invalid call to gallery");
  end
  T = diag (x, -1) + diag (y) + diag (z, 1);
end

function T = triw (n, alpha = -1, k)
  n = [n(:).', n(end)](1:2);
  if nargin < 3
    k = n(2) - 1;
  end
  T = tril (eye (n) + alpha * triu (ones (n), 1), k);
end

% The mass matrix of a grid of elements with eight nodes each.
function A = wathen (nx, ny, k = 0)
  check_size ("wathen", nx);
  check_size ("wathen", ny);
  same = [6 -6 2 -8; -6 32 -6 20; 2 -6 6 -6; -8 20 -6 32];
  other = [3 -8 2 -6; -8 16 -8 20; 2 -8 3 -8; -6 20 -8 16];
  element = [same, other; other', same] / 45;
  A = zeros (3 * nx * ny + 2 * (nx + ny) + 1);
  weights = 100 * rand (nx, ny);
  for j = 1:ny
    for i = 1:nx
      first = 3 * j * nx + 2 * i + 2 * j + 1;
      middle = (3 * j - 1) * nx + 2 * j + i - 1;
      last = 3 * (j - 1) * nx + 2 * i + 2 * j - 3;
      at = [first, first - 1, first - 2, middle, last, last + 1, last + 2, middle + 1];
      A(at, at) += element * weights(i, j);
    end
  end
  if k == 1
    A = diag (diag (A)) \ A;
  end
end

function [A, b] = wilk (n)
  b = [];
  switch n
    case 3
      A = [1e-10 0.9 -0.4; 0 0.9 -0.4; 0 0 1e-10];
      b = [0; 0; 1];
    case 4
      A = [0.9143e-4 0 0 0; 0.8762 0.7156e-4 0 0; 0.7943 0.8143 0.9504e-4 0; 0.8017 0.6123 0.7165 0.7123e-4];
      b = [0.6524; 0.3127; 0.4186; 0.7853];
    case 20
      A = diag (1:20) + diag (repmat (20, 19, 1), 1);
    case 21
      A = wilkinson (21);
    otherwise
      error ("gallery: unknown N '%d' for wilk matrix", n);
  end
end

% Linear systems by iteration: only products with the matrix are needed.

function [x, flag, relres, iter, resvec] = pcg (a, b, tol, maxit, m1, m2, x0, varargin)
  [a, b, tol, maxit, m, x] = system_of ("pcg", a, b, varargin, ...
    default (nargin, 3, @() tol), default (nargin, 4, @() maxit), default (nargin, 5, @() m1), ...
    default (nargin, 6, @() m2), default (nargin, 7, @() x0));
  r = b - a (x);
  target = tol * norm (b);
  resvec = norm (r);
  flag = 1;
  iter = 0;
  z = m (r);
  p = z;
  rz = r' * z;
  while iter < maxit && resvec(end) > target
    q = a (p);
    curvature = p' * q;
    if curvature == 0 || ! isfinite (curvature)
      flag = 4;
      break;
    end
    step = rz / curvature;
    x += step * p;
    r -= step * q;
    iter++;
    resvec(end+1,1) = norm (r);
    z = m (r);
    next = r' * z;
    p = z + (next / rz) * p;
    rz = next;
  end
  [flag, relres] = verdict ("pcg", flag, resvec(end), target, b, nargout);
end

function [x, flag, relres, iter, resvec] = bicgstab (a, b, tol, maxit, m1, m2, x0, varargin)
  [a, b, tol, maxit, m, x] = system_of ("bicgstab", a, b, varargin, ...
    default (nargin, 3, @() tol), default (nargin, 4, @() maxit), default (nargin, 5, @() m1), ...
    default (nargin, 6, @() m2), default (nargin, 7, @() x0));
  r = b - a (x);
  target = tol * norm (b);
  resvec = norm (r);
  flag = 1;
  iter = 0;
  shadow = p = r;
  rho = shadow' * r;
  while iter < maxit && resvec(end) > target
    q = m (p);
    v = a (q);
    alpha = rho / (shadow' * v);
    if ! isfinite (alpha)
      flag = 4;
      break;
    end
    x += alpha * q;
    s = r - alpha * v;
    resvec(end+1,1) = norm (s);
    iter += 0.5;
    if resvec(end) <= target
      break;
    end
    y = m (s);
    t = a (y);
    omega = (t' * s) / (t' * t);
    x += omega * y;
    r = s - omega * t;
    resvec(end+1,1) = norm (r);
    iter += 0.5;
    next = shadow' * r;
    if next == 0 || omega == 0
      flag = 4;
      break;
    end
    p = r + (next / rho) * (alpha / omega) * (p - omega * v);
    rho = next;
  end
  [flag, relres] = verdict ("bicgstab", flag, resvec(end), target, b, nargout);
end

function [x, flag, relres, iter, resvec] = cgs (a, b, tol, maxit, m1, m2, x0, varargin)
  [a, b, tol, maxit, m, x] = system_of ("cgs", a, b, varargin, ...
    default (nargin, 3, @() tol), default (nargin, 4, @() maxit), default (nargin, 5, @() m1), ...
    default (nargin, 6, @() m2), default (nargin, 7, @() x0));
  r = b - a (x);
  target = tol * norm (b);
  resvec = norm (r);
  flag = 1;
  iter = 0;
  shadow = u = p = r;
  rho = shadow' * r;
  while iter < maxit && resvec(end) > target
    v = a (m (p));
    alpha = rho / (shadow' * v);
    if ! isfinite (alpha)
      flag = 4;
      break;
    end
    q = u - alpha * v;
    step = m (u + q);
    x += alpha * step;
    r -= alpha * a (step);
    iter++;
    resvec(end+1,1) = norm (r);
    next = shadow' * r;
    beta = next / rho;
    u = r + beta * q;
    p = u + beta * (q + beta * p);
    rho = next;
  end
  [flag, relres] = verdict ("cgs", flag, resvec(end), target, b, nargout);
end

function [x, flag, relres, iter, resvec] = gmres (a, b, restart, tol, maxit, m1, m2, x0, varargin)
  [a, b, tol, maxit, m, x] = system_of ("gmres", a, b, varargin, ...
    default (nargin, 4, @() tol), default (nargin, 5, @() maxit), default (nargin, 6, @() m1), ...
    default (nargin, 7, @() m2), default (nargin, 8, @() x0));
  n = numel (b);
  inner = default (nargin, 3, @() restart);
  if isempty (inner)
    inner = min (n, maxit);
    maxit = 1;
  end
  inner = min (inner, n);
  r = m (b - a (x));
  target = tol * norm (m (b));
  resvec = norm (r);
  flag = 1;
  iter = [0, 0];
  while iter(1) < maxit && resvec(end) > target
    iter = [iter(1) + 1, 0];
    v = r / norm (r);
    h = zeros (1, 0);
    g = norm (r);
    for k = 1:inner
      w = m (a (v(:,k)));
      for j = 1:k
        h(j,k) = v(:,j)' * w;
        w -= h(j,k) * v(:,j);
      end
      h(k+1,k) = norm (w);
      iter(2) = k;
      right = [g; zeros(k, 1)];
      y = h \ right;
      resvec(end+1,1) = norm (right - h * y);
      if h(k+1,k) <= eps * abs (h(1,1)) || resvec(end) <= target
        break;
      end
      v(:,k+1) = w / h(k+1,k);
    end
    x += v(:,1:k) * y;
    r = m (b - a (x));
  end
  [flag, relres] = verdict ("gmres", flag, resvec(end), target, m (b), nargout);
end

% An argument that was given, or [].
function value = default (given, place, argument)
  value = [];
  if given >= place
    value = argument ();
  end
end

function [a, b, tol, maxit, m, x] = system_of (who, a, b, extra, tol, maxit, m1, m2, x)
  if isnumeric (a)
    if rows (a) != columns (a)
      error ("%s: A must be a square matrix", who);
    elseif rows (b) != rows (a)
      error ("%s: B must have as many rows as A", who);
    end
    matrix = a;
    a = @(v) matrix * v;
  elseif is_function_handle (a) || ischar (a)
    product = a;
    a = @(v) feval (product, v, extra{:});
  else
    error ("%s: A must be a square matrix or a function handle", who);
  end
  if columns (b) != 1
    error ("%s: B must be a column vector", who);
  end
  if isempty (tol)
    tol = 1e-6;
  end
  if isempty (maxit)
    maxit = min (rows (b), 20);
  end
  if isempty (x)
    x = zeros (size (b));
  end
  m = @(v) divided (m2, divided (m1, v, extra), extra);
end

% A preconditioner as a matrix that divides, or a function.
function v = divided (m, v, extra)
  if is_function_handle (m) || ischar (m)
    v = feval (m, v, extra{:});
  elseif ! isempty (m)
    v = m \ v;
  end
end

function [flag, relres] = verdict (who, flag, left, target, b, results)
  if left <= target
    flag = 0;
  end
  relres = left / norm (b);
  if norm (b) == 0
    relres = left;
  end
  if flag != 0 && results < 2
    warning ("%s: stopped without reaching the tolerance; the relative residual is %g", who, relres);
  end
end

% Quadratic programs.

function [x, obj, info, lambda] = qp (x0, H, varargin)
  if nargin < 2 || nargin == 4 || nargin == 6 || nargin == 8 || nargin == 9
    print_usage ();
  end
  options = struct ();
  if numel (varargin) > 0 && isstruct (varargin{end})
    options = varargin{end};
    varargin(end) = [];
  end
  varargin(end+1:8) = {[]};
  [q, A, b, lb, ub, A_lb, A_in, A_ub] = varargin{:};
  if ! (isnumeric (H) && issquare (H))
    error ("qp: quadratic penalty matrix must be square");
  end
  n = rows (H);
  if isempty (x0)
    x0 = zeros (n, 1);
  elseif numel (x0) != n
    error ("qp: the initial guess has incorrect length");
  end
  x = x0(:);
  if isempty (q)
    q = zeros (n, 1);
  elseif numel (q) != n
    error ("qp: the linear term has incorrect length");
  end
  q = q(:);
  if isempty (A)
    A = zeros (0, n);
    b = zeros (0, 1);
  elseif columns (A) != n || rows (A) != numel (b)
    error ("qp: equality constraint matrix has incorrect column dimension");
  end
  b = b(:);
  if rank (A) < rows (A)
    error ("qp: equality constraint matrix must be full row rank");
  end
  [C, d] = deal (zeros (0, n), zeros (0, 1));
  bounds = {lb, 1; ub, -1};
  for k = 1:2
    [bound, side] = bounds{k,:};
    if isempty (bound)
      continue
    elseif numel (bound) != n
      error ("qp: %s bound has incorrect length", {"lower", "upper"}{k});
    end
    finite = isfinite (bound(:));
    C = [C; side * eye(n)(finite,:)];
    d = [d; side * bound(finite)(:)];
  end
  if ! isempty (lb) && ! isempty (ub) && any (lb(:) > ub(:))
    error ("qp: lower bound exceeds upper bound");
  end
  if ! isempty (A_in)
    if columns (A_in) != n
      error ("qp: inequality constraint matrix has incorrect column dimension, expected %i", n);
    end
    limits = {A_lb, 1; A_ub, -1};
    for k = 1:2
      [limit, side] = limits{k,:};
      if isempty (limit)
        continue
      elseif numel (limit) != rows (A_in)
        error ("qp: inequality constraint matrix and %s bound are inconsistent", {"lower", "upper"}{k});
      end
      finite = isfinite (limit(:));
      C = [C; side * A_in(finite,:)];
      d = [d; side * limit(finite)(:)];
    end
  end
  most = 200;
  if isfield (options, "MaxIter") && ! isempty (options.MaxIter)
    most = options.MaxIter;
  end
  [x, found] = feasible_point (x, A, b, C, d);
  if ! found
    info = struct ("solveiter", 0, "info", 6);
    [x, obj, lambda] = deal (x0(:), [], []);
    return
  end
  [x, lambda, code, steps] = active_set (x, H, q, A, b, C, d, most);
  obj = 0.5 * x' * H * x + q' * x;
  info = struct ("solveiter", steps, "info", code);
end

% A point that meets all constraints, as near to the given one as is easily found.
function [x, found] = feasible_point (x, A, b, C, d)
  tolerance = 1e-10 * max ([1; abs(b); abs(d(isfinite (d)))]);
  if ! isempty (A)
    x += pinv (A) * (b - A * x);
    if any (abs (A * x - b) > 1e3 * tolerance)
      found = false;
      return
    end
  end
  found = all (C * x >= d - tolerance);
  if found
    return
  end
  n = numel (x);
  % The least violation t that A * x = b and C * x + t >= d leave.
  rows_of = [A, zeros(rows (A), 1); C, ones(rows (C), 1)];
  kinds = [repmat("S", 1, rows (A)), repmat("L", 1, rows (C))];
  [y, least] = glpk ([zeros(n, 1); 1], rows_of, [b; d], [-Inf(n, 1); 0], Inf (n + 1, 1), kinds);
  found = least <= 1e4 * tolerance;
  if found
    x = y(1:n);
  end
end

% The active set method in the null space of what is active. Nocedal and Wright, Numerical Optimization, algorithm 16.3.
% Codes: 0 solved, 2 not convex and unbounded, 3 steps used up or unbounded.
function [x, lambda, code, steps] = active_set (x, H, q, A, b, C, d, most)
  [n, equal] = deal (numel (x), rows (A));
  active = find (abs (C * x - d) <= 1e-9 * max (1, abs (d)))';
  convex = true;
  for steps = 1:most
    gradient = H * x + q;
    working = [A; C(active,:)];
    if isempty (working)
      space = eye (n);
    else
      space = null (working);
    end
    unbounded = false;
    p = zeros (n, 1);
    if ! isempty (space)
      reduced = space' * H * space;
      slope = space' * gradient;
      [values, vectors] = curvatures (reduced);
      least = 1e-10 * max (1, max (abs (values)));
      if values(1) < -least
        % Downhill for ever where nothing stops it.
        convex = false;
        unbounded = true;
        p = space * vectors(:,1);
        if gradient' * p > 0
          p = -p;
        end
      else
        along = vectors' * slope;
        flat = abs (values) <= least;
        if any (abs (along(flat)) > 1e-8 * max (1, norm (gradient)))
          unbounded = true;
          along(! flat) = 0;
          p = -space * (vectors * along);
        else
          values(flat) = Inf;
          p = -space * (vectors * (along ./ values));
        end
      end
    end
    if norm (p) <= 1e-12 * max (1, norm (x))
      multipliers = working' \ gradient;
      own = multipliers(equal+1:end);
      [least, k] = min (own);
      if isempty (own) || least >= -1e-9 * max (1, norm (gradient))
        lambda = zeros (equal + rows (C), 1);
        lambda(1:equal) = multipliers(1:equal);
        lambda(equal + active) = own;
        code = 0;
        return
      end
      active(k) = [];
      continue
    end
    towards = C * p;
    blocking = setdiff (find (towards < -1e-12 * norm (p))', active);
    lengths = max (0, (d(blocking) - C(blocking,:) * x) ./ towards(blocking));
    [length_of, k] = min (lengths);
    limit = 1;
    if unbounded
      limit = Inf;
    end
    if isempty (blocking) || length_of >= limit
      if unbounded
        code = 2 + convex;
        lambda = [];
        return
      end
      x += p;
    else
      x += length_of * p;
      active = [active, blocking(k)];
    end
  end
  code = 3;
  lambda = zeros (equal + rows (C), 1);
end

function [values, vectors] = curvatures (m)
  [vectors, values] = eig ((m + m') / 2);
  values = diag (values);
end

% Linear, quadratic and smooth programs with constraints.

function [x, fmin, errnum, extra] = glpk (c, A, b, lb, ub, ctype, vartype, sense, param)
  if nargin < 3
    print_usage ();
  end
  if isempty (c) || ! isnumeric (c) || ! isreal (c) || any (isnan (c(:)))
    error ("glpk: C value must be a real vector");
  elseif isempty (A) || ! isnumeric (A) || ! isreal (A) || any (isnan (A(:)))
    error ("glpk: A cannot be an empty matrix");
  elseif isempty (b) || ! isnumeric (b) || ! isreal (b) || any (isnan (b(:)))
    error ("glpk: B cannot be an empty vector");
  end
  c = c(:);
  b = b(:);
  n = numel (c);
  if columns (A) != n
    error ("glpk: number of columns of A must be the number of elements of C");
  elseif rows (A) != numel (b)
    error ("glpk: number of rows of A must be the number of elements of B");
  end
  if nargin < 4 || isempty (lb)
    lb = zeros (n, 1);
  elseif numel (lb) != n || any (isnan (lb(:)))
    error ("glpk: LB must be a real valued vector of length %d", n);
  end
  if nargin < 5 || isempty (ub)
    ub = Inf (n, 1);
  elseif numel (ub) != n || any (isnan (ub(:)))
    error ("glpk: UB must be a real valued vector of length %d", n);
  end
  if nargin < 6 || isempty (ctype)
    ctype = repmat ("S", 1, numel (b));
  elseif ! ischar (ctype) || numel (ctype) != numel (b)
    error ("glpk: CTYPE must be a char array of length %d", numel (b));
  elseif any (! ismember (ctype(:)', "FULSD"))
    error ('glpk: CTYPE must contain only "F", "U", "S", "L", or "D"');
  end
  if nargin < 7 || isempty (vartype)
    vartype = repmat ("C", 1, n);
  elseif ! ischar (vartype) || numel (vartype) != n
    error ("glpk: VARTYPE must be a char array of length %d", n);
  elseif any (! ismember (vartype(:)', "CI"))
    error ('glpk: VARTYPE must contain only "C" or "I"');
  end
  if nargin < 8 || isempty (sense)
    sense = 1;
  elseif ! isnumeric (sense) || ! isscalar (sense) || isnan (sense)
    error ("glpk: SENSE must be an integer value");
  end
  if nargin > 8 && ! isstruct (param)
    error ("glpk: PARAM must be a structure");
  end
  started = time ();
  direction = 2 * (sense >= 0) - 1;
  whole = vartype(:)' == "I";
  [x, status] = mixed_program (direction * c, A, b, lb(:), ub(:), upper (ctype(:)'), whole);
  errnum = 0;
  fmin = c' * x;
  if status != 5
    % What the library of that name says of a program without a solution, and of one without an end.
    errnum = 10 + (status == 6);
    status = -1;
    x = NA (n, 1);
    fmin = NA;
  end
  extra = struct ();
  if ! any (whole)
    [extra.lambda, extra.redcosts] = prices (c, A, b, x, lb(:), ub(:));
  end
  extra.time = floor (time () - started);
  extra.status = status;
end

% The prices of the constraints that are met exactly, so that variables between their bounds have no reduced cost.
function [lambda, reduced] = prices (c, A, b, x, lb, ub)
  near = @(u, v) isfinite (v) & abs (u - v) <= 1e-8 * max (1, abs (v));
  free = ! near (x, lb) & ! near (x, ub);
  tight = near (A * x, b);
  lambda = zeros (rows (A), 1);
  if any (isna (x))
    lambda(:) = NA;
  elseif any (free) && any (tight)
    lambda(tight) = pinv (A(tight,free)') * c(free);
  end
  reduced = c - A' * lambda;
  reduced(free) = 0;
end

% Branch and bound over the variables that must be whole.
function [x, status] = mixed_program (c, A, b, lb, ub, ctype, whole)
  best = Inf;
  x = NaN (numel (c), 1);
  status = 4;
  open = {{lb, ub}};
  while ! isempty (open)
    [lb, ub] = open{end}{:};
    open(end) = [];
    [at, found] = linear_program (c, A, b, lb, ub, ctype);
    if found == 6 && ! isfinite (best)
      status = 6;
      return
    end
    if found != 5 || c' * at >= best - 1e-9 * max (1, abs (best))
      continue
    end
    off = abs (at - round (at));
    off(! whole) = 0;
    [most, k] = max (off);
    if most <= 1e-7
      at(whole) = round (at(whole));
      [x, best, status] = deal (at, c' * at, 5);
      continue
    end
    [below, above] = deal (ub, lb);
    below(k) = floor (at(k));
    above(k) = ceil (at(k));
    % The nearer side is looked at first.
    sides = {{lb, below}, {above, ub}};
    if at(k) - floor (at(k)) < 0.5
      sides = sides([2 1]);
    end
    open = [open, sides];
  end
end

% min c' * x with rows of A * x below ("U"), above ("L") or at ("S") those of b. Status: 5 optimal, 4 infeasible, 6 unbounded.
% The simplex method on a tableau in two phases, by Dantzig's rule, and by Bland's where that goes nowhere.
function [x, status] = linear_program (c, A, b, lb, ub, ctype)
  n = numel (c);
  [x, status] = deal (NaN (n, 1), 4);
  if any (lb > ub)
    return
  end
  % Variables that are not negative: from the lower bound up, from the upper one down, or a difference of two.
  up = isfinite (lb);
  down = ! up & isfinite (ub);
  turn = ones (1, n);
  turn(down) = -1;
  base = zeros (n, 1);
  base(up) = lb(up);
  base(down) = ub(down);
  free = find (! up & ! down);
  kept = ctype != "F";
  [A, b, ctype] = deal (A(kept,:), b(kept), ctype(kept));
  double_ended = ctype == "D";
  A = [A; A(double_ended,:)];
  b = [b; -abs(b(double_ended))];
  b(double_ended) = abs (b(double_ended));
  ctype(double_ended) = "U";
  ctype = [ctype, repmat("L", 1, sum (double_ended))];
  M = [A .* turn, -A(:,free)];
  r = b - A * base;
  boxed = find (up & isfinite (ub));
  box = zeros (numel (boxed), columns (M));
  box(sub2ind (size (box), (1:numel (boxed))', boxed)) = 1;
  M = [M; box];
  r = [r; ub(boxed) - lb(boxed)];
  ctype = [ctype, repmat("U", 1, numel (boxed))];
  cost = [c' .* turn, -c(free)'];
  slack = (ctype == "U") - (ctype == "L");
  m = rows (M);
  S = diag (slack)(:,slack != 0);
  M = [M, S];
  flip = r < 0;
  M(flip,:) = -M(flip,:);
  r(flip) = -r(flip);
  count = columns (M);
  cost = [cost, zeros(1, count - numel (cost))];
  basis = count + (1:m);
  T = [M, eye(m), r];
  scale = max (1, max (abs (r)));
  [T, basis, bounded] = simplex (T, basis, [zeros(1, count), ones(1, m)], count + m);
  if sum (T(basis > count, end)) > 1e-9 * scale
    return
  end
  % Artificial variables leave the basis where a real one can take their place; other rows say nothing.
  for row = find (basis > count)
    [most, column] = max (abs (T(row,1:count)));
    if most > 1e-9
      T = pivoted (T, row, column);
      basis(row) = column;
    end
  end
  keep = basis <= count;
  T = T(keep,[1:count, count+m+1]);
  basis = basis(keep);
  [T, basis, bounded] = simplex (T, basis, cost, count);
  if ! bounded
    status = 6;
    return
  end
  y = zeros (count, 1);
  y(basis) = T(:,end);
  x = base + turn' .* y(1:n);
  x(free) -= y(n + (1:numel (free)));
  status = 5;
end

function [T, basis, bounded] = simplex (T, basis, cost, count)
  bounded = true;
  reduced = cost - cost(basis) * T(:,1:count);
  step = 0;
  while true
    step += 1;
    entering = find (reduced < -1e-9);
    if isempty (entering)
      return
    end
    if step < 50 * (rows (T) + 10)
      [~, k] = min (reduced(entering));
      column = entering(k);
    else
      column = entering(1);
    end
    can = find (T(:,column) > 1e-9);
    if isempty (can)
      bounded = false;
      return
    end
    ratios = T(can,end) ./ T(can,column);
    tied = can(ratios <= min (ratios) + 1e-12);
    [~, k] = min (basis(tied));
    row = tied(k);
    T = pivoted (T, row, column);
    basis(row) = column;
    reduced = cost - cost(basis) * T(:,1:count);
  end
end

function T = pivoted (T, row, column)
  T(row,:) = T(row,:) / T(row,column);
  factors = T(:,column);
  factors(row) = 0;
  T -= factors * T(row,:);
end

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
  [y, status] = linear_program ([zeros(n, 1); 1], rows_of, [b; d], [-Inf(n, 1); 0], Inf (n + 1, 1), kinds);
  found = status == 5 && y(end) <= 1e4 * tolerance;
  if found
    x = y(1:n);
  end
end

% The active set method in the null space of what is active. Nocedal and Wright, Numerical Optimization, algorithm 16.3.
% Codes: 0 solved, 2 not convex and unbounded, 3 steps used up or unbounded.
function [x, lambda, code, steps] = active_set (x, H, q, A, b, C, d, most)
  [n, equal] = deal (numel (x), rows (A));
  tolerance = sqrt (eps);
  active = find (abs (C * x - d) <= 1e-9 * max (1, abs (d)))';
  code = 0;
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

function [x, obj, info, iter, nf, lambda] = sqp (x0, objf, cef, cif, lb, ub, maxiter, tolerance)
  if nargin < 2 || nargin > 8 || nargin == 5
    print_usage ();
  end
  if ! isvector (x0)
    error ("sqp: X0 must be a vector");
  end
  x = x0(:);
  n = numel (x);
  if iscell (objf) && numel (objf) > 3
    error ("sqp: invalid objective function specification");
  end
  objective = one_of (objf, 1);
  gradient_of = one_of (objf, 2);
  hessian_of = one_of (objf, 3);
  [equalities, equalities_at] = deal ([]);
  [inequalities, inequalities_at] = deal ([]);
  if nargin > 2 && ! isempty (cef)
    if iscell (cef) && numel (cef) > 2
      error ("sqp: invalid equality constraint function specification");
    end
    [equalities, equalities_at] = deal (one_of (cef, 1), one_of (cef, 2));
  end
  if nargin > 3 && ! isempty (cif)
    if iscell (cif) && numel (cif) > 2
      error ("sqp: invalid inequality constraint function specification");
    end
    [inequalities, inequalities_at] = deal (one_of (cif, 1), one_of (cif, 2));
  end
  [low, high] = deal (-Inf (n, 1), Inf (n, 1));
  if nargin > 4
    if ! isempty (lb)
      low = bound_of (lb, n, "lower");
    end
    if ! isempty (ub)
      high = bound_of (ub, n, "upper");
    end
    if any (low > high)
      error ("sqp: upper bound smaller than lower bound");
    end
  end
  if nargin < 7 || isempty (maxiter)
    maxiter = 100;
  elseif ! isscalar (maxiter) || maxiter < 1 || maxiter != fix (maxiter)
    error ("sqp: invalid number of maximum iterations");
  end
  if nargin < 8 || isempty (tolerance)
    tolerance = sqrt (eps);
  elseif ! isscalar (tolerance) || tolerance < 0
    error ("sqp: invalid value for TOLERANCE");
  end
  x = min (max (x, low), high);
  nf = 0;
  value = @(x) objective (x);
  gradient = @(x) derivative_of (value, gradient_of, x)';
  fixed = @(x) constraint_of (equalities, x);
  fixed_at = @(x) jacobian_of (fixed, equalities_at, x);
  above = @(x) [constraint_of(inequalities, x); x(isfinite (low)) - low(isfinite (low)); ...
                high(isfinite (high)) - x(isfinite (high))];
  unit = eye (n);
  above_at = @(x) [jacobian_of(@(x) constraint_of (inequalities, x), inequalities_at, x); ...
                   unit(isfinite (low),:); -unit(isfinite (high),:)];
  obj = value (x);
  nf = 1;
  c = gradient (x);
  [ce, F] = deal (fixed (x), fixed_at (x));
  [ci, C] = deal (above (x), above_at (x));
  H = unit;
  lambda = zeros (numel (ce) + numel (ci), 1);
  penalty = 0;
  info = 103;
  for iter = 1:maxiter
    if ! isempty (hessian_of)
      H = hessian_of (x);
    end
    % The step of the quadratic program; where its constraints contradict each other, one that lets them go a little.
    report.info = 6;
    if rank (F) == rows (F)
      [p, ~, report, multipliers] = qp (zeros (n, 1), H, c, F, -ce, [], [], -ci, C, Inf (size (ci)));
    end
    if report.info == 6 || isempty (multipliers)
      p = -pinv ([F; C(ci < 0,:)]) * [ce; ci(ci < 0)];
      multipliers = lambda;
    end
    lambda = multipliers;
    residual = norm (c - [F', C'] * lambda);
    if norm (residual) < tolerance * (1 + norm (c)) && all (abs (ce) < tolerance * (1 + norm (x))) ...
       && all (ci >= -tolerance * (1 + norm (x))) && all (abs (lambda(numel (ce)+1:end) .* ci) < tolerance * (1 + abs (obj)))
      info = 104;
      return
    end
    % An exact penalty, Powell's rule for its weight, and Armijo's for the step.
    penalty = max (norm (lambda, Inf) * 1.1 + eps, penalty / 2);
    merit = @(f, ce, ci) f + penalty * (sum (abs (ce)) + sum (max (-ci, 0)));
    now = merit (obj, ce, ci);
    slope = c' * p - penalty * (sum (abs (ce)) + sum (max (-ci, 0)));
    step = 1;
    while true
      next = x + step * p;
      next = min (max (next, low), high);
      next_obj = value (next);
      nf += 1;
      [next_ce, next_ci] = deal (fixed (next), above (next));
      if merit (next_obj, next_ce, next_ci) <= now + 1e-4 * step * min (slope, 0) || step < 1e-10
        break
      end
      step /= 2;
    end
    delta = next - x;
    next_c = gradient (next);
    [next_F, next_C] = deal (fixed_at (next), above_at (next));
    if isempty (hessian_of)
      [H, updated] = damped_update (H, delta, next_c - [next_F', next_C'] * lambda - (c - [F', C'] * lambda));
    end
    moved = norm (delta);
    [x, obj, c, ce, ci, F, C] = deal (next, next_obj, next_c, next_ce, next_ci, next_F, next_C);
    if moved <= tolerance * tolerance * max (1, norm (x)) || step < 1e-10
      info = 104;
      return
    end
  end
end

function f = one_of (functions, k)
  f = [];
  if iscell (functions)
    if numel (functions) >= k
      f = functions{k};
    end
  elseif k == 1
    f = functions;
  end
  if ischar (f)
    f = str2func (f);
  end
end

function bound = bound_of (bound, n, name)
  if isscalar (bound)
    bound = repmat (bound, n, 1);
  elseif ! isvector (bound) || numel (bound) != n
    error ("sqp: invalid %s bound", name);
  end
  bound = bound(:);
end

function c = constraint_of (f, x)
  if isempty (f)
    c = zeros (0, 1);
  else
    c = f (x)(:);
  end
end

function J = jacobian_of (f, given, x)
  if ! isempty (given)
    J = given (x);
  else
    J = derivative_of (f, [], x);
  end
  J = reshape (J, [], numel (x));
end

% The derivative by central differences, a row for each value.
function J = derivative_of (f, given, x)
  if ! isempty (given)
    J = given (x)(:).';
    return
  end
  h = eps ^ (1/3) * max (1, abs (x));
  J = [];
  for k = 1:numel (x)
    [ahead, behind] = deal (x);
    ahead(k) += h(k);
    behind(k) -= h(k);
    J(:,k) = (f (ahead) - f (behind)) / (ahead(k) - behind(k));
  end
end

% Powell's damped BFGS update, which keeps H positive definite. Nocedal and Wright, procedure 18.2.
function [H, updated] = damped_update (H, s, y)
  bent = s' * H * s;
  updated = bent > 0 && norm (s) > 0;
  if ! updated
    return
  end
  straight = s' * y;
  if straight < 0.2 * bent
    theta = 0.8 * bent / (bent - straight);
    y = theta * y + (1 - theta) * H * s;
    straight = s' * y;
  end
  H = H - (H * s) * (H * s)' / bent + y * y' / straight;
end

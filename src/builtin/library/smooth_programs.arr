% Smooth programs.

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
  gradient = @(x) derivative_of (objective, gradient_of, x)';
  fixed = @(x) constraint_of (equalities, x);
  fixed_at = @(x) jacobian_of (fixed, equalities_at, x);
  above = @(x) [constraint_of(inequalities, x); x(isfinite (low)) - low(isfinite (low)); ...
                high(isfinite (high)) - x(isfinite (high))];
  unit = eye (n);
  above_at = @(x) [jacobian_of(@(x) constraint_of (inequalities, x), inequalities_at, x); ...
                   unit(isfinite (low),:); -unit(isfinite (high),:)];
  obj = objective (x);
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
    if residual < tolerance * (1 + norm (c)) && all (abs (ce) < tolerance * (1 + norm (x))) ...
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
      next_obj = objective (next);
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
      H = damped_update (H, delta, next_c - [next_F', next_C'] * lambda - (c - [F', C'] * lambda));
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
function H = damped_update (H, s, y)
  bent = s' * H * s;
  if ! (bent > 0)
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

% Systems of equations that are not linear, and their kin.

function [x, fval, info, output, jacobian] = fsolve (f, x0, options)
  if nargin < 3
    options = struct ();
  end
  if ischar (f)
    f = str2func (f);
  elseif iscell (f)
    g = f;
    f = @(x) pair_of (g, x);
    options.Jacobian = "on";
  end
  if ! isnumeric (x0)
    error ("fsolve: X0 must be a numeric array");
  end
  given = strcmpi (optimget (options, "Jacobian", "off"), "on");
  tolx = optimget (options, "TolX", 1e-6);
  tolf = optimget (options, "TolFun", 1e-6);
  most = optimget (options, "MaxIter", 400);
  most_calls = optimget (options, "MaxFunEvals", Inf);
  watch = optimget (options, "OutputFcn", []);
  shape = size (x0);
  x = double (x0(:));
  if isempty (x)
    error ("fsolve: X0 must not be empty");
  end
  [v, jacobian, fval] = values_at (f, x, shape, given);
  if ! any (isfinite (v))
    error ("fsolve: the function has no finite value at X0");
  end
  calls = 1;
  size_v = norm (v);
  radius = Inf;
  info = 0;
  steps = accepted = 0;
  while steps < most && calls < most_calls
    if ! given
      jacobian = slopes (f, x, v, shape);
      calls += numel (x);
    end
    if size_v <= tolf * numel (v) * eps^0.25
      info = 1;
    end
    if info != 0 || stopped_by (watch, x, shape, steps, fval, size_v)
      if info == 0
        info = -1;
      end
      break;
    end
    % The step of Powell's dog leg: towards Newton's, as far as the model is trusted.
    gradient = jacobian' * v;
    newton = -(pinv (jacobian) * v);
    if isinf (radius)
      radius = max (norm (newton), 1);
    end
    moved = false;
    while ! moved
      steps++;
      step = newton;
      if norm (newton) > radius
        step = dog_leg (jacobian, gradient, newton, radius);
      end
      [w, next_jacobian, next_fval] = values_at (f, x + step, shape, given);
      calls++;
      size_w = norm (w);
      foreseen = size_v^2 - norm (v + jacobian * step)^2;
      ratio = (size_v^2 - size_w^2) / max (foreseen, realmin);
      moved = isfinite (size_w) && ratio > 1e-4;
      if ! moved || ratio < 0.25
        radius = norm (step) / 4;
      elseif ratio > 0.75
        radius = max (radius, 2 * norm (step));
      end
      if ! moved && (radius <= tolx * max (norm (x), 1) * 1e-3 || steps >= most)
        break;
      end
    end
    if ! moved
      info = 1;
      if size_v > sqrt (tolf) * max (1, norm (x))
        info = -3;
      end
      break;
    end
    change = norm (step);
    accepted++;
    x += step;
    v = w;
    fval = next_fval;
    if given
      jacobian = next_jacobian;
    end
    fallen = size_v - size_w;
    size_v = size_w;
    if size_v <= tolf * numel (v) * eps^0.25
      info = 1;
    elseif change <= tolx * norm (x) * 1e-2
      info = 2;
    elseif fallen <= tolf * size_v * 1e-2 && size_v > tolf
      info = 3;
    end
    if info != 0
      break;
    end
  end
  if info == 2 || info == 3
    info = ifelse_number (size_v <= max (1, norm (x)) * sqrt (tolf), 1, info);
  end
  x = reshape (x, shape);
  output = struct ("iterations", steps, "successful", accepted, "funcCount", calls);
end

function [v, j] = pair_of (functions, x)
  v = functions{1} (x);
  j = functions{2} (x);
end

function r = ifelse_number (condition, yes, no)
  r = no;
  if condition
    r = yes;
  end
end

function [v, j, fval] = values_at (f, x, shape, given)
  j = [];
  if given
    [fval, j] = f (reshape (x, shape));
  else
    fval = f (reshape (x, shape));
  end
  v = fval(:);
end

function j = slopes (f, x, v, shape)
  j = zeros (numel (v), numel (x));
  for k = 1:numel (x)
    h = sqrt (eps) * max (abs (x(k)), 1);
    y = x;
    y(k) += h;
    j(:,k) = (f (reshape (y, shape))(:) - v) / (y(k) - x(k));
  end
end

function step = dog_leg (j, gradient, newton, radius)
  steepest = -gradient * (norm (gradient) / norm (j * gradient))^2;
  if norm (steepest) >= radius
    step = steepest * (radius / norm (steepest));
    return;
  end
  d = newton - steepest;
  a = real (d' * d);
  b = 2 * real (steepest' * d);
  c = real (steepest' * steepest) - radius^2;
  step = steepest + d * ((-b + sqrt (b^2 - 4 * a * c)) / (2 * a));
end

function stop = stopped_by (watch, x, shape, steps, fval, size_v)
  stop = false;
  if ! isempty (watch)
    state = struct ("iter", steps, "fval", fval, "funccount", steps);
    stop = watch (reshape (x, shape), state, "iter");
  end
end

function [x, value, info, output, lambda] = pqpnonneg (c, d, x0, options)
  if ! (isnumeric (c) && ismatrix (c)) || ! (isnumeric (d) && ismatrix (d))
    error ("pqpnonneg: C and D must be numeric matrices");
  elseif rows (c) != columns (c)
    error ("pqpnonneg: C must be a square matrix");
  elseif columns (d) != 1 || rows (c) != rows (d)
    error ("pqpnonneg: D must be a column vector with as many rows as C");
  end
  % With C = R' * R, x' C x / 2 + d' x is half the square of R x + R' \ d, but for a constant.
  [r, failed] = chol (c);
  if failed
    error ("pqpnonneg: C must be positive definite");
  end
  if nargin < 3
    x = lsqnonneg (r, -(r' \ d));
  else
    x = lsqnonneg (r, -(r' \ d), x0);
  end
  value = x' * c * x / 2 + d' * x;
  info = 1;
  output = struct ("algorithm", "nnls-cholesky", "iterations", nnz (x));
  lambda = -(c * x + d);
  lambda(x > 0) = 0;
end

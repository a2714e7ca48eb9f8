% Minima of functions of several variables by quasi-Newton steps.

function [x, fval, info, output, gradient, hessian] = fminunc (f, x0, options)
  if nargin < 3
    options = struct ();
  end
  if ischar (f)
    f = str2func (f);
  end
  if ! isnumeric (x0)
    error ("fminunc: X0 must be a numeric array");
  end
  given = strcmpi (optimget (options, "GradObj", "off"), "on");
  checked = strcmpi (optimget (options, "FunValCheck", "off"), "on");
  tolx = optimget (options, "TolX", 1e-7);
  tolf = optimget (options, "TolFun", 1e-7);
  most = optimget (options, "MaxIter", 400);
  most_calls = optimget (options, "MaxFunEvals", Inf);
  watch = optimget (options, "OutputFcn", []);
  shape = size (x0);
  n = numel (x0);
  x = double (x0(:));
  calls = 1;
  [fval, gradient] = value_and_slope (f, x, shape, given, checked);
  if ! given
    calls += 2 * n;
  end
  hessian = eye (n);
  info = 0;
  steps = 0;
  while steps < most && calls < most_calls
    if norm (gradient, Inf) <= tolf * max (1, abs (fval)) * 1e-2
      info = 1;
      break;
    end
    if ! isempty (watch)
      state = "iter";
      if steps == 0
        state = "init";
      end
      told = struct ("iter", steps, "funccount", calls, "fval", fval, "searchdirection", -gradient);
      if watch (reshape (x, shape), told, state)
        info = -1;
        break;
      end
    end
    steps++;
    step = -(hessian \ gradient);
    slope = gradient' * step;
    if ! (slope < 0)
      hessian = eye (n);
      step = -gradient;
      slope = -gradient' * gradient;
    end
    if steps == 1
      step /= max (1, norm (step));
      slope = gradient' * step;
    end
    % Shorter until the value falls as the slope promises, longer where the slope at the end still falls as steeply.
    t = 1;
    low = 0;
    high = Inf;
    for k = 1:60
      [fnext, gnext] = value_and_slope (f, x + t * step, shape, given, checked);
      calls += 1 + 2 * n * ! given;
      if ! (fnext <= fval + 1e-4 * t * slope)
        high = t;
      elseif gnext' * step < 0.9 * slope
        low = t;
      else
        break;
      end
      if isinf (high)
        t *= 2;
      else
        t = (low + high) / 2;
      end
    end
    if ! (fnext < fval)
      info = 3;
      if norm (gradient, Inf) <= sqrt (tolf)
        info = 1;
      end
      break;
    end
    moved = t * step;
    turned = gnext - gradient;
    if moved' * turned > 0
      if steps == 1
        hessian *= (turned' * turned) / (moved' * turned);
      end
      pushed = hessian * moved;
      hessian += turned * turned' / (turned' * moved) - pushed * pushed' / (moved' * pushed);
    end
    fallen = fval - fnext;
    x += moved;
    fval = fnext;
    gradient = gnext;
    if norm (moved) <= tolx * norm (x) * 1e-2
      info = 2;
    elseif fallen <= tolf * abs (fval) * 1e-4
      info = 3;
    end
    if info != 0
      break;
    end
  end
  output = struct ("iterations", steps, "successful", steps, "funcCount", calls);
  x = reshape (x, shape);
  gradient = reshape (gradient, shape);
end

% The value at a point, and its slopes there: given, or by differences to both sides.
function [value, slope] = value_and_slope (f, x, shape, given, checked)
  if given
    [value, slope] = f (reshape (x, shape));
    slope = double (slope(:));
  else
    value = f (reshape (x, shape));
  end
  if checked
    if ! isreal (value)
      error ("Octave:fminunc:notreal", "fminunc: non-real value encountered");
    elseif isnan (value)
      error ("Octave:fminunc:isnan", "fminunc: NaN value encountered");
    end
  end
  if given
    return;
  end
  slope = zeros (numel (x), 1);
  for k = 1:numel (x)
    h = cbrt (eps) * max (abs (x(k)), 1);
    to = x;
    to(k) += h;
    from = x;
    from(k) -= h;
    slope(k) = (f (reshape (to, shape)) - f (reshape (from, shape))) / (to(k) - from(k));
  end
end

% Distributions given by a list of values and their weights, or by a sample.

function [v, p] = weighted (who, v, p)
  if ! isvector (v)
    error ("%s: V must be a vector", who);
  elseif any (isnan (v(:)))
    error ("%s: V must not have any NaN elements", who);
  elseif ! isvector (p) || numel (p) != numel (v)
    error ("%s: P must be a vector with length (V) elements", who);
  elseif any (isnan (p(:)))
    error ("%s: P must not have any NaN elements", who);
  elseif ! (all (p(:) >= 0) && any (p(:)))
    error ("%s: P must be a nonzero, non-negative vector", who);
  end
  [v, order] = sort (v(:));
  p = p(order)(:) / sum (p(:));
end

function [x, v, p] = alike (x, v, p)
  if isa (x, "single") || isa (v, "single") || isa (p, "single")
    x = single (x);
    v = single (v);
    p = single (p);
  else
    x = double (x);
  end
end

function y = discrete_pdf (x, v, p)
  [v, p] = weighted ("discrete_pdf", v, p);
  [x, v, p] = alike (x, v, p);
  y = zeros (size (x), class (x));
  for k = 1:numel (v)
    y(x == v(k)) += p(k);
  end
  y(isnan (x)) = NaN;
end

function y = discrete_cdf (x, v, p)
  [v, p] = weighted ("discrete_cdf", v, p);
  [x, v, p] = alike (x, v, p);
  y = zeros (size (x), class (x));
  for k = 1:numel (v)
    y(x >= v(k)) += p(k);
  end
  y(x >= v(end)) = 1;
  y(isnan (x)) = NaN;
end

function y = discrete_inv (x, v, p)
  [v, p] = weighted ("discrete_inv", v, p);
  [x, v, p] = alike (x, v, p);
  y = NaN (size (x), class (x));
  reached = cumsum (p);
  for k = 1:numel (x)
    if x(k) == 0
      y(k) = v(1);
    elseif x(k) == 1
      y(k) = v(end);
    elseif x(k) > 0 && x(k) < 1
      y(k) = v(min (sum (reached < x(k)) + 1, numel (v)));
    end
  end
end

function y = discrete_rnd (v, p, varargin)
  [v, p] = weighted ("discrete_rnd", v, p);
  if isempty (varargin)
    dims = {1};
  elseif numel (varargin) == 1 && isscalar (varargin{1}) && isnumeric (varargin{1}) && varargin{1} >= 0
    dims = {varargin{1}, varargin{1}};
  elseif numel (varargin) == 1
    if ! isnumeric (varargin{1}) || ! isrow (varargin{1}) || any (varargin{1} < 0)
      error ("discrete_rnd: dimension vector must be row vector of non-negative integers");
    end
    dims = num2cell (varargin{1});
  else
    if any (cellfun (@(n) ! isscalar (n) || ! isnumeric (n) || n < 0, varargin))
      error ("discrete_rnd: dimensions must be non-negative integers");
    end
    dims = varargin;
  end
  u = rand (dims{:});
  y = reshape (v(lookup (cumsum (p(1:end-1)), u) + 1), size (u));
end

function data = observed (who, data)
  if ! isvector (data)
    error ("%s: DATA must be a vector", who);
  end
end

function y = empirical_pdf (x, data)
  data = observed ("empirical_pdf", data);
  y = discrete_pdf (x, data, ones (size (data)));
end

function y = empirical_cdf (x, data)
  data = observed ("empirical_cdf", data);
  y = discrete_cdf (x, data, ones (size (data)));
end

function y = empirical_inv (x, data)
  data = observed ("empirical_inv", data);
  y = discrete_inv (x, data, ones (size (data)));
end

function y = empirical_rnd (data, varargin)
  data = observed ("empirical_rnd", data);
  y = discrete_rnd (data, ones (size (data)), varargin{:});
end

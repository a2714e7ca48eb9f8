% Integrals over boxes and regions, made of integrals of one dimension.

function [q, err, calls] = quadcc (f, a, b, tol, breaks)
  if nargin < 3
    print_usage ();
  elseif ! isreal (a) || ! isscalar (a)
    error ("quadcc: lower limit of integration (A) must be a real scalar");
  elseif ! isreal (b) || ! isscalar (b)
    error ("quadcc: upper limit of integration (B) must be a real scalar");
  end
  absolute = 1e-10;
  relative = 1e-10;
  if nargin > 3 && ! isempty (tol)
    if ! isnumeric (tol) || numel (tol) > 2
      error ("quadcc: TOL must be a 1- or 2-element vector");
    elseif any (tol < 0)
      error ("quadcc: absolute and relative tolerance must be >=0");
    end
    absolute = tol(1);
    if numel (tol) > 1
      relative = tol(2);
    end
  end
  options = {"AbsTol", absolute, "RelTol", relative};
  if nargin > 4 && ! isempty (breaks)
    if ! isreal (breaks)
      error ("quadcc: list of singularities (SING) must be a vector of real values");
    end
    options = [options, {"Waypoints", breaks}];
  end
  if ischar (f)
    f = str2func (f);
  end
  [q, err] = quadgk (f, a, b, options{:});
  calls = 0;
end

function q = triplequad (f, xa, xb, ya, yb, za, zb, tol, rule, varargin)
  if nargin < 8 || isempty (tol), tol = 1e-6; end
  if nargin < 9 || isempty (rule), rule = @quadcc; end
  if ischar (f)
    f = str2func (f);
  end
  plane = @(z) dblquad (@(x, y) f (x, y, z, varargin{:}), xa, xb, ya, yb, tol, rule);
  q = rule (@(z) arrayfun (plane, z), za, zb, tol);
end

function limit = bound (who, name, x, arity)
  if is_function_handle (x)
    limit = x;
  elseif isreal (x) && isscalar (x) && isnumeric (x)
    limit = x;
  else
    error ("%s: %s must be a real scalar or a function", who, name);
  end
end

function [q, err] = quad2d (f, xa, xb, ya, yb, varargin)
  if rem (numel (varargin), 2) != 0
    print_usage ();
  end
  if ischar (f)
    f = str2func (f);
  end
  if ! is_function_handle (f)
    print_usage ();
  end
  bound ("quad2d", "YA", ya);
  bound ("quad2d", "YB", yb);
  options = {"AbsTol", 1e-10, "RelTol", 1e-6};
  for k = 1:2:numel (varargin)
    value = varargin{k+1};
    switch tolower (varargin{k})
      case {"abstol", "reltol"}
        name = varargin{k};
        if ! isnumeric (value) || ! isscalar (value)
          error ("quad2d: %s must be a numeric scalar", name);
        elseif value < 0
          error ("quad2d: %s value must be a numeric value >= 0", name);
        end
        options = [options, {name, value}];
      case "maxfunevals"
        if ! isnumeric (value) || ! isscalar (value) || value < 1
          error ("quad2d: MaxFunEvals value must be a scalar integer >= 1");
        end
      case "singular"
        if ! isscalar (value) || ! (islogical (value) || isnumeric (value))
          error ("quad2d: Singular must be a logical value");
        end
      case "vectorized"
        if ! isscalar (value) || ! (islogical (value) || isnumeric (value))
          error ("quad2d: Vectorized must be a logical value");
        end
        options = [options, {"Vectorized", logical(value)}];
      case "failureplot"
        if ! isscalar (value) || ! (islogical (value) || isnumeric (value))
          error ("quad2d: FailurePlot must be a logical value");
        end
      otherwise
        error ("quad2d: unknown property '%s'", varargin{k});
    end
  end
  [q, err] = integral2 (f, xa, xb, ya, yb, "Method", "iterated", options{:});
end


function q = integral3 (f, xa, xb, ya, yb, za, zb, varargin)
  if nargin < 7 || rem (numel (varargin), 2) != 0
    print_usage ();
  end
  if ischar (f)
    f = str2func (f);
  end
  if ! is_function_handle (f)
    print_usage ();
  end
  if ! (isreal (xa) && isscalar (xa) && isreal (xb) && isscalar (xb))
    print_usage ();
  end
  bound ("integral3", "YA", ya);
  bound ("integral3", "YB", yb);
  bound ("integral3", "ZA", za);
  bound ("integral3", "ZB", zb);
  absolute = 1e-10;
  relative = 1e-6;
  vectorized = true;
  for k = 1:2:numel (varargin)
    value = varargin{k+1};
    switch tolower (varargin{k})
      case "abstol"
        if ! isnumeric (value) || ! isscalar (value)
          error ("integral3: AbsTol value must be a numeric scalar");
        elseif value < 0
          error ("integral3: AbsTol value must be >= 0");
        end
        absolute = value;
      case "reltol"
        if ! isnumeric (value) || ! isscalar (value)
          error ("integral3: RelTol value must be a numeric scalar");
        elseif value < 0
          error ("integral3: RelTol value must be >= 0");
        end
        relative = value;
      case "method"
        if ! any (strcmp (value, {"tiled", "auto", "iterated", "default"}))
          error ("integral3: unrecognized method '%s'", value);
        end
      case "vectorized"
        if ! isscalar (value) || ! (islogical (value) || isnumeric (value))
          error ("integral3: Vectorized must be a logical value");
        end
        vectorized = logical (value);
      otherwise
        error ("integral3: unknown property '%s'", varargin{k});
    end
  end
  if ! vectorized
    f = @(x, y, z) arrayfun (f, x, y, z);
  end
  fixed = @(limit, varargin) limit_at (limit, varargin{:});
  options = {"AbsTol", absolute, "RelTol", relative};
  inner = @(x, y) quadgk (@(z) f (x * ones (size (z)), y * ones (size (z)), z), ...
                          fixed (za, x, y), fixed (zb, x, y), options{:});
  middle = @(x) quadgk (@(y) arrayfun (@(y) inner (x, y), y), fixed (ya, x), fixed (yb, x), options{:});
  q = quadgk (@(x) arrayfun (middle, x), xa, xb, options{:});
end

function value = limit_at (limit, varargin)
  value = limit;
  if is_function_handle (limit)
    value = limit (varargin{:});
  end
end

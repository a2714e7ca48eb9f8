% Demands on the value of an argument.

function name = named (label)
  if isempty (label)
    name = "input";
  else
    name = label;
  end
end

function demand (name, good, what)
  bad = find (! good(:));
  if ! isempty (bad)
    error ("%s: %s must be %s; found %d elements that were not: indexes %s", name.function, name.value, what, ...
           numel (bad), mat2str (bad'));
  end
end

function n = subject (who, label)
  n = struct ("function", who, "value", named (label));
end

function mustBeFinite (x)
  bad = find (! isfinite (x(:)));
  if ! isempty (bad)
    error ("mustBeFinite: %s must be finite; found %d non-finite elements: indexes %s", named (inputname (1, false)), ...
           numel (bad), mat2str (bad'));
  end
end

function mustBeGreaterThan (x, c)
  demand (subject ("mustBeGreaterThan", inputname (1, false)), x > c, sprintf ("greater than %g", c));
end

function mustBeGreaterThanOrEqual (x, c)
  demand (subject ("mustBeGreaterThanOrEqual", inputname (1, false)), x >= c, sprintf ("greater than or equal to %g", c));
end

function mustBeLessThan (x, c)
  demand (subject ("mustBeLessThan", inputname (1, false)), x < c, sprintf ("less than %g", c));
end

function mustBeLessThanOrEqual (x, c)
  demand (subject ("mustBeLessThanOrEqual", inputname (1, false)), x <= c, sprintf ("less than or equal to %g", c));
end

function mustBeInteger (x)
  name = named (inputname (1, false));
  if isinteger (x) || islogical (x)
    return
  end
  why = "";
  if ! isnumeric (x)
    why = sprintf ("it was non-numeric (got a %s)", class (x));
  elseif ! isreal (x)
    why = "it was complex";
  elseif any (! isfinite (x(:)))
    why = "there were non-finite values";
  elseif any (x(:) != fix (x(:)))
    why = "it had fractional values in some elements";
  end
  if ! isempty (why)
    error ("mustBeInteger: %s must be integer-valued; but %s", name, why);
  end
end

function mustBeMember (x, valid)
  name = named (inputname (1, false));
  bad = nnz (! ismember (x, valid));
  if bad
    error ("mustBeMember: %s must be a member of the specified set; found %d elements that were not", name, bad);
  end
end

function mustBeNegative (x)
  demand (subject ("mustBeNegative", inputname (1, false)), x < 0, "negative");
end

function mustBePositive (x)
  demand (subject ("mustBePositive", inputname (1, false)), x > 0, "positive");
end

function mustBeNonnegative (x)
  demand (subject ("mustBeNonnegative", inputname (1, false)), x >= 0, "non-negative");
end

function mustBeNonpositive (x)
  demand (subject ("mustBeNonpositive", inputname (1, false)), x <= 0, "non-positive");
end

function mustBeNonzero (x)
  demand (subject ("mustBeNonzero", inputname (1, false)), x != 0, "non-zero");
end

function mustBeNonNan (x)
  demand (subject ("mustBeNonNan", inputname (1, false)), ! isnan (x), "non-NaN");
end

function mustBeNonempty (x)
  if isempty (x)
    error ("mustBeNonempty: %s must not be empty", named (inputname (1, false)));
  end
end

function mustBeNumeric (x)
  if ! isnumeric (x)
    error ("mustBeNumeric: %s must be numeric; found a %s", named (inputname (1, false)), class (x));
  end
end

function mustBeNumericOrLogical (x)
  if ! (isnumeric (x) || islogical (x))
    error ("mustBeNumericOrLogical: %s must be numeric or logical; found a %s", named (inputname (1, false)), class (x));
  end
end

function mustBeReal (x)
  if ! isreal (x)
    error ("mustBeReal: %s must be real; found a complex value", named (inputname (1, false)));
  end
end

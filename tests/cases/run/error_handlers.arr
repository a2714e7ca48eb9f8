% cellfun and arrayfun with handlers of errors.
1;
function varargout = note (err, varargin)
  printf ("%d: %s [%s] given %s\n", err.index, err.message, err.identifier, mat2str (varargin{1}));
  varargout{1} = NaN;
end
function y = strict (x)
  if x < 0
    error ("lib:negative", "%d is negative", x);
  end
  y = sqrt (x);
end
r = cellfun (@(x) 1 / strict (x), {1, -1, 4}, "ErrorHandler", @note)
r = arrayfun (@(x) strict (x), [4 -9 16], "ErrorHandler", @note)
r = cellfun (@(x) strict (x), {9, -2}, "ErrorHandler", @(e, x) {e.message}, "UniformOutput", false)
r = arrayfun (@(x) error ("plain"), 1:2, "ErrorHandler", @(e, varargin) e.index)
try
  cellfun (@(x) strict (x), {1, -3});
catch err
  disp (err.message), disp (err.identifier)
end
try
  cellfun (@(x) [x x], {1, 2});
catch err
  disp (err.message), disp (err.identifier)
end
try
  arrayfun (@(x) "ab", 1:2);
catch err
  disp (err.message)
end
[a, b] = cellfun (@max, {[1 5 2], [7 3]})
[lo, hi] = arrayfun (@(k) deal (k, k^2), 1:3)
cellfun (@(x, y) [x y], {"a", "b"}, {"c", "d"}, "UniformOutput", false)
cellfun (@numel, {"abc", [], {1, 2}})
cellfun ("isempty", {"", 0, {}})
structfun (@(v) numel (v), struct ("a", "xyz", "b", 1:5))
structfun (@(v) v * 2, struct ("p", 2, "q", 3), "UniformOutput", false)

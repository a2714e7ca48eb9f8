function varargout = spread (varargin)
  printf ("%d in, %d out\n", nargin, nargout);
  for k = 1:nargout
    varargout{k} = varargin{k} * 10;
  end
end
function r = opt (a, b)
  if nargin < 2, b = 5; end
  if ! exist ("a", "var") || isempty (a), a = 1; end
  r = a + b;
end
function [s, p] = both (x, y)
  s = x + y;
  if nargout > 1, p = x * y; end
end
[a, b] = spread (1, 2, 3)
spread (4);
c = spread (7, 8)
opt (), opt (2), opt (2, 3), opt ([], 1)
[s, p] = both (3, 4)
s = both (5, 6)
args = {2, 9};
both (args{:})
f = @(varargin) numel (varargin);
f (1, 2, 3), f ()
g = @() deal (1, 2);
[x, y] = g ()
h = @both;
[u, v] = h (2, 3)
cellfun (@(x) x * 2, {1, 2, 3})
[mx, ix] = cellfun (@max, {[1 5 2], [7 3]})
nargin ("both"), nargout ("both"), nargin ("spread")
func2str (@(x) x + 1), func2str (h)
is_function_handle (f)
feval (@plus, 1, 2), feval ("minus", 5, 2)
[~, second] = both (2, 8)

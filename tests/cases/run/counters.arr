% Persistent and global state.
1;
function n = tick (step)
  persistent count = 0;
  persistent history;
  if nargin == 0
    step = 1;
  end
  count += step;
  history(end+1) = count;
  n = history;
end
function reset_total ()
  global TOTAL
  TOTAL = 0;
end
function add (x)
  global TOTAL
  TOTAL += x;
end
tick ();
tick (5);
h = tick ()
global TOTAL
TOTAL
reset_total ();
for k = 1:4, add (k^2); end
TOTAL
function r = memo_fib (n)
  persistent known;
  if isempty (known), known = containers.Map ("KeyType", "double", "ValueType", "double"); end
  if n < 2
    r = n;
  elseif isKey (known, n)
    r = known(n);
  else
    r = memo_fib (n - 1) + memo_fib (n - 2);
    known(n) = r;
  end
end
memo_fib (60)
isglobal ("TOTAL"), isglobal ("h")
clear -global TOTAL
exist ("TOTAL")
function varargout = multi (varargin)
  persistent calls
  if isempty (calls), calls = 0; end
  calls++;
  for k = 1:nargout, varargout{k} = calls * k; end
end
[a, b, c] = multi ();
[a, b] = multi ();
[a b c]

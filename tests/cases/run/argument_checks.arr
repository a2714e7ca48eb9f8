% nargin, nargout, defaults, checks.
1;
function [s, p, q] = figures (a, b, c)
  printf ("in %d out %d\n", nargin, nargout);
  if nargin < 2, b = 10; end
  if nargin < 3 || isempty (c), c = 100; end
  s = a + b + c;
  if nargout > 1, p = a * b * c; end
  if isargout (3), q = "third"; end
end
figures (1);
x = figures (1, 2)
[x, y] = figures (1, 2, [])
[~, ~, z] = figures (1, 2, 3)
function r = total (varargin)
  narginchk (1, 3);
  r = sum ([varargin{:}]);
end
total (1, 2)
function attempt (f)
  try
    f ();
  catch err
    printf ("%s | %s\n", err.message, err.identifier);
  end
end
attempt (@() total ());
attempt (@() total (1, 2, 3, 4));
attempt (@() figures (1, 2, 3, 4));
attempt (@() figures ());
function need (x)
  if ! ischar (x)
    print_usage ();
  end
end
attempt (@() validatestring ("gre", {"red", "green"}));
validatestring ("gre", {"red", "green"})
attempt (@() validatestring ("blue", {"red", "green"}));
attempt (@() validateattributes ([1 2; 3 4], {"numeric"}, {"vector"}));
attempt (@() validateattributes ("x", {"numeric"}, {}));
nargin ("figures"), nargout ("figures"), nargin ("total"), nargin (@(a, b) a)
function r = defaults (options)
  r = struct ("color", "red", "size", 3);
  for [value, key] = options
    r.(key) = value;
  end
end
defaults (struct ("size", 9))
inputname_absent = exist ("no_such_function")
function show (varargin)
  printf ("<%s>", varargin{:}); printf ("\n");
end
show a bc 'd e'

% Arguments of a function taken apart.
1;
function r = box (varargin)
  p = inputParser ();
  p.FunctionName = "box";
  p.addRequired ("width", @(x) isnumeric (x) && x > 0);
  p.addOptional ("height", 2, @isnumeric);
  p.addParameter ("unit", "cm", @ischar);
  p.addParameter ("scale", 1);
  p.addSwitch ("verbose");
  p.parse (varargin{:});
  r = p.Results;
  if r.verbose
    printf ("defaults: %s\n", strjoin (p.UsingDefaults, " "));
  end
end
box (3)
r = box (3, 4, "unit", "m", "verbose");
printf ("%d x %d %s (%g)\n", r.width, r.height, r.unit, r.scale);
r = box (3, "SCALE", 0.5);
r.scale
function tell (varargin)
  try
    box (varargin{:});
  catch err
    disp (err.message);
  end
end
tell (-1)
tell (3, 4, "unit", 5)
tell (3, 4, "colour", "red")
tell (3, 4, 5)
p = inputParser;
p.KeepUnmatched = true;
p.addParameter ("tol", 1e-3);
p.addParameter ("steps", 10);
p.parse ("steps", 20, "other", "x", struct ("more", 1));
p.Results
p.Unmatched
p.UsingDefaults
p
class (p), isobject (p)
q = p;
q.CaseSensitive = true;
p.CaseSensitive
p.Parameters

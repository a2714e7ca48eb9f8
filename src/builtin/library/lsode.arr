% Differential equations as `lsode` takes them.

function [x, istate, msg] = lsode (fcn, x0, t, crit = [])
  if ! (isnumeric (x0) || islogical (x0))
    error ("lsode: initial state X_0 must be a vector");
  elseif ! (isnumeric (t) || islogical (t))
    error ("lsode: output time variable T must be a vector");
  end
  [right, jacobian] = right_side (fcn);
  [x0, t] = deal (double (x0(:)), double (t(:)));
  [istate, msg] = deal (0, "unknown error state");
  if numel (t) < 2
    x = repmat (x0.', numel (t), 1);
    if isempty (t)
      x = [];
    end
    return
  end
  if numel (right (t(1), x0)) != numel (x0)
    error ("lsode: inconsistent sizes for state and derivative vectors");
  end
  options = odeset ("RelTol", lsode_options ("relative tolerance"), "AbsTol", lsode_options ("absolute tolerance"), ...
                    "MaxStep", max (abs (t - t(1))), "Jacobian", jacobian);
  for limit = {"initial step size", "maximum step size"; "InitialStep", "MaxStep"}
    if lsode_options (limit{1}) > 0
      options.(limit{2}) = lsode_options (limit{1});
    end
  end
  solver = @ode15s;
  if any (strcmp (lsode_options ("integration method"), {"adams", "non-stiff"}))
    solver = @ode45;
  end
  % Where it stops: at the times that are shown, and at critical ones between them, which no step passes over.
  [stops, shown] = deal (t(1), true);
  for k = 2:numel (t)
    inside = sort (crit(crit > min (t(k-1:k)) & crit < max (t(k-1:k)))(:));
    if t(k) < t(k-1)
      inside = flipud (inside);
    end
    stops = [stops; inside; t(k)];
    shown = [shown; false(numel (inside), 1); true];
  end
  warning ("off", "integrate_adaptive:unexpected_termination", "local");
  x = zeros (numel (stops), numel (x0));
  x(1,:) = x0;
  at = 1;
  while at < numel (stops)
    direction = sign (stops(at+1) - stops(at));
    if direction == 0
      x(at+1,:) = x(at,:);
      at++;
      continue
    end
    last = at + 1;
    while last < numel (stops) && shown(last) && sign (stops(last+1) - stops(last)) == direction
      last++;
    end
    [times, states] = solver (right, stops(at:last), x(at,:).', options);
    if abs (times(end) - stops(last)) > 16 * eps (max (abs (stops([at, last]))))
      [x, istate] = deal ([], -5);
      msg = sprintf ("repeated convergence failures (t = %g; perhaps bad Jacobian supplied or wrong choice of integration method or tolerances)", times(end));
      return
    end
    if last == at + 1
      states = states([1, end],:);
    end
    x(at+1:last,:) = states(2:end,:);
    at = last;
  end
  x = x(shown,:);
  [istate, msg] = deal (2, "successful exit");
end

% The function of time and state behind FCN, and its Jacobian ([] where none is given).
function [right, jacobian] = right_side (fcn)
  jacobian = [];
  if ischar (fcn) && rows (fcn) == 2
    fcn = cellstr (fcn);
  end
  if iscell (fcn) && any (numel (fcn) == [1, 2])
    if numel (fcn) == 2
      j = callable (fcn{2});
      jacobian = @(t, x) j (x, t);
    end
    fcn = fcn{1};
  end
  f = callable (fcn);
  right = @(t, x) f (x, t)(:);
end

function f = callable (f)
  if ischar (f) && exist (f)
    f = str2func (f);
  elseif ! is_function_handle (f)
    error ("lsode: FCN argument is not a valid function name or handle");
  end
end

function varargout = lsode_options (name, value)
  persistent options = {
    "absolute tolerance", sqrt(eps)
    "relative tolerance", sqrt(eps)
    "integration method", "stiff"
    "initial step size", -1
    "maximum order", -1
    "maximum step size", -1
    "minimum step size", 0
    "step limit", 100000
  };
  if nargin == 0
    printf ("\nOptions for LSODE include:\n\n  %-50s  value\n  %-50s  -----\n", "keyword", "-------");
    for row = options'
      if ischar (row{2})
        printf ("  %-50s  %s\n", row{:});
      else
        printf ("  %-50s  %s\n", row{1}, strtrim (sprintf ("%g  ", row{2})));
      end
    end
    printf ("\n");
    return
  end
  if ! ischar (name)
    error ("lsode_options: expecting keyword as first argument");
  end
  k = find (strncmpi (name, options(:,1), numel (name)));
  if numel (k) != 1
    warning ("lsode_options: no match for `%s'", name);
  elseif nargin == 1
    varargout{1} = options{k,2};
  else
    if k == 3 && ! any (strcmp (value, {"stiff", "bdf", "non-stiff", "adams"}))
      error ("lsode_options: method must be \"stiff\", \"bdf\", \"non-stiff\", or \"adams\"");
    end
    options{k,2} = value;
  end
end

% Linear programs.

function [x, fmin, errnum, extra] = glpk (c, A, b, lb, ub, ctype, vartype, sense, param)
  if nargin < 3
    print_usage ();
  end
  if isempty (c) || ! isnumeric (c) || ! isreal (c) || any (isnan (c(:)))
    error ("glpk: C value must be a real vector");
  elseif isempty (A) || ! isnumeric (A) || ! isreal (A) || any (isnan (A(:)))
    error ("glpk: A cannot be an empty matrix");
  elseif isempty (b) || ! isnumeric (b) || ! isreal (b) || any (isnan (b(:)))
    error ("glpk: B cannot be an empty vector");
  end
  c = c(:);
  b = b(:);
  n = numel (c);
  if columns (A) != n
    error ("glpk: number of columns of A must be the number of elements of C");
  elseif rows (A) != numel (b)
    error ("glpk: number of rows of A must be the number of elements of B");
  end
  if nargin < 4 || isempty (lb)
    lb = zeros (n, 1);
  elseif numel (lb) != n || any (isnan (lb(:)))
    error ("glpk: LB must be a real valued vector of length %d", n);
  end
  if nargin < 5 || isempty (ub)
    ub = Inf (n, 1);
  elseif numel (ub) != n || any (isnan (ub(:)))
    error ("glpk: UB must be a real valued vector of length %d", n);
  end
  if nargin < 6 || isempty (ctype)
    ctype = repmat ("S", 1, numel (b));
  elseif ! ischar (ctype) || numel (ctype) != numel (b)
    error ("glpk: CTYPE must be a char array of length %d", numel (b));
  elseif any (! ismember (ctype(:)', "FULSD"))
    error ('glpk: CTYPE must contain only "F", "U", "S", "L", or "D"');
  end
  if nargin < 7 || isempty (vartype)
    vartype = repmat ("C", 1, n);
  elseif ! ischar (vartype) || numel (vartype) != n
    error ("glpk: VARTYPE must be a char array of length %d", n);
  elseif any (! ismember (vartype(:)', "CI"))
    error ('glpk: VARTYPE must contain only "C" or "I"');
  end
  if nargin < 8 || isempty (sense)
    sense = 1;
  elseif ! isnumeric (sense) || ! isscalar (sense) || isnan (sense)
    error ("glpk: SENSE must be an integer value");
  end
  if nargin > 8 && ! isstruct (param)
    error ("glpk: PARAM must be a structure");
  end
  started = time ();
  direction = 2 * (sense >= 0) - 1;
  whole = vartype(:)' == "I";
  [x, status] = mixed_program (direction * c, A, b, lb(:), ub(:), upper (ctype(:)'), whole);
  errnum = 0;
  fmin = c' * x + 0;
  if status != 5
    % What the library of that name says of a program without a solution, and of one without an end; one that only
    % whole numbers do not solve has status 4.
    if status != 4
      errnum = 10 + (status == 6);
      status = -1;
    end
    x = NA (n, 1);
    fmin = NA;
  end
  extra = struct ();
  if ! any (whole)
    [extra.lambda, extra.redcosts] = prices (c, A, b, x, lb(:), ub(:));
  end
  extra.time = floor (time () - started);
  extra.status = status;
end

% The prices of the constraints that are met exactly, so that variables between their bounds have no reduced cost.
function [lambda, reduced] = prices (c, A, b, x, lb, ub)
  near = @(u, v) isfinite (v) & abs (u - v) <= 1e-8 * max (1, abs (v));
  free = ! near (x, lb) & ! near (x, ub);
  tight = near (A * x, b);
  lambda = zeros (rows (A), 1);
  if any (isna (x))
    lambda(:) = NA;
  elseif any (free) && any (tight)
    lambda(tight) = pinv (A(tight,free)') * c(free);
  end
  reduced = c - A' * lambda;
  reduced(free) = 0;
end

% Branch and bound over the variables that must be whole. Status: 5 optimal, 4 not with whole numbers, 3 infeasible, 6
% unbounded.
function [x, status] = mixed_program (c, A, b, lb, ub, ctype, whole)
  best = Inf;
  x = NaN (numel (c), 1);
  status = 3;
  open = {{lb, ub}};
  while ! isempty (open)
    [lb, ub] = open{end}{:};
    open(end) = [];
    [at, found] = linear_program (c, A, b, lb, ub, ctype);
    if found == 6 && ! isfinite (best)
      status = 6;
      return
    end
    if found == 5 && status == 3
      status = 4;
    end
    if found != 5 || c' * at >= best - 1e-9 * max (1, abs (best))
      continue
    end
    off = abs (at - round (at));
    off(! whole) = 0;
    [most, k] = max (off);
    if most <= 1e-7
      at(whole) = round (at(whole));
      [x, best, status] = deal (at, c' * at, 5);
      continue
    end
    [below, above] = deal (ub, lb);
    below(k) = floor (at(k));
    above(k) = ceil (at(k));
    % The nearer side is looked at first.
    sides = {{lb, below}, {above, ub}};
    if at(k) - floor (at(k)) < 0.5
      sides = sides([2 1]);
    end
    open = [open, sides];
  end
end

% min c' * x with rows of A * x below ("U"), above ("L") or at ("S") those of b. Status: 5 optimal, 3 infeasible, 6 unbounded.
% The simplex method on a tableau in two phases, by Dantzig's rule, and by Bland's where that goes nowhere.
function [x, status] = linear_program (c, A, b, lb, ub, ctype)
  n = numel (c);
  [x, status] = deal (NaN (n, 1), 3);
  if any (lb > ub)
    return
  end
  % Variables that are not negative: from the lower bound up, from the upper one down, or a difference of two.
  up = isfinite (lb);
  down = ! up & isfinite (ub);
  turn = ones (1, n);
  turn(down) = -1;
  base = zeros (n, 1);
  base(up) = lb(up);
  base(down) = ub(down);
  free = find (! up & ! down);
  kept = ctype != "F";
  [A, b, ctype] = deal (A(kept,:), b(kept), ctype(kept));
  double_ended = ctype == "D";
  A = [A; A(double_ended,:)];
  b = [b; -abs(b(double_ended))];
  b(double_ended) = abs (b(double_ended));
  ctype(double_ended) = "U";
  ctype = [ctype, repmat("L", 1, sum (double_ended))];
  M = [A .* turn, -A(:,free)];
  r = b - A * base;
  boxed = find (up & isfinite (ub));
  box = zeros (numel (boxed), columns (M));
  box(sub2ind (size (box), (1:numel (boxed))', boxed)) = 1;
  M = [M; box];
  r = [r; ub(boxed) - lb(boxed)];
  ctype = [ctype, repmat("U", 1, numel (boxed))];
  cost = [c' .* turn, -c(free)'];
  slack = (ctype == "U") - (ctype == "L");
  m = rows (M);
  S = diag (slack)(:,slack != 0);
  M = [M, S];
  flip = r < 0;
  M(flip,:) = -M(flip,:);
  r(flip) = -r(flip);
  count = columns (M);
  cost = [cost, zeros(1, count - numel (cost))];
  basis = count + (1:m);
  T = [M, eye(m), r];
  scale = max (1, max (abs (r)));
  [T, basis, bounded] = simplex (T, basis, [zeros(1, count), ones(1, m)], count + m);
  if sum (T(basis > count, end)) > 1e-9 * scale
    return
  end
  % Artificial variables leave the basis where a real one can take their place; other rows say nothing.
  for row = find (basis > count)
    [most, column] = max (abs (T(row,1:count)));
    if most > 1e-9
      T = pivoted (T, row, column);
      basis(row) = column;
    end
  end
  keep = basis <= count;
  T = T(keep,[1:count, count+m+1]);
  basis = basis(keep);
  [T, basis, bounded] = simplex (T, basis, cost, count);
  if ! bounded
    status = 6;
    return
  end
  y = zeros (count, 1);
  y(basis) = T(:,end);
  x = base + turn' .* y(1:n);
  x(free) -= y(n + (1:numel (free)));
  status = 5;
end

function [T, basis, bounded] = simplex (T, basis, cost, count)
  bounded = true;
  reduced = cost - cost(basis) * T(:,1:count);
  step = 0;
  while true
    step += 1;
    entering = find (reduced < -1e-9);
    if isempty (entering)
      return
    end
    if step < 50 * (rows (T) + 10)
      [~, k] = min (reduced(entering));
      column = entering(k);
    else
      column = entering(1);
    end
    can = find (T(:,column) > 1e-9);
    if isempty (can)
      bounded = false;
      return
    end
    ratios = T(can,end) ./ T(can,column);
    tied = can(ratios <= min (ratios) + 1e-12);
    [~, k] = min (basis(tied));
    row = tied(k);
    T = pivoted (T, row, column);
    basis(row) = column;
    reduced = cost - cost(basis) * T(:,1:count);
  end
end

function T = pivoted (T, row, column)
  T(row,:) = T(row,:) / T(row,column);
  factors = T(:,column);
  factors(row) = 0;
  T -= factors * T(row,:);
end

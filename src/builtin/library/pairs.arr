% Decompositions of two matrices at once, and Schur forms in another order.

function varargout = gsvd (a, b, economy)
  if ! (isnumeric (a) && isnumeric (b)) || ndims (a) > 2 || ndims (b) > 2
    error ("gsvd: A and B must be real or complex matrices");
  elseif ! (all (isfinite (a(:))) && all (isfinite (b(:))))
    error ("gsvd: A and B cannot have Inf or NaN values");
  elseif columns (a) != columns (b)
    error ("gsvd: A and B must have the same number of columns");
  elseif nargin > 2 && ! isequal (economy, 0)
    warning ("gsvd: economy-sized factorization is selected by 0");
  end
  [a, b] = deal (gather (a), gather (b));
  [m, p] = deal (rows (a), rows (b));
  [q, r] = qr ([a; b], 0);
  [u, v, z, cosines, sines] = cosines_sines (q(1:m,:), q(m+1:end,:));
  k = columns (z);
  reached = sum (sines > max (p, k) * eps (class (sines)));
  if nargout < 2
    varargout{1} = [cosines(1:reached) ./ sines(1:reached); Inf(k - reached, 1)];
    return
  end
  % As LAPACK has them: cosines fall, and what B does not reach comes first.
  [c, s] = deal (zeros (m, k, class (q)), zeros (p, k, class (q)));
  c(1:min (m, k),1:min (m, k)) = diag (cosines(k:-1:max (1, k - m + 1)));
  s(1:reached,k-reached+1:k) = diag (sines(reached:-1:1));
  u = u(:,[min(m, k):-1:1, min(m, k)+1:m]);
  v = v(:,[reached:-1:1, reached+1:p]);
  if nargin > 2
    [u, c] = deal (u(:,1:min (m, k)), c(1:min (m, k),:));
    [v, s] = deal (v(:,1:min (p, k)), s(1:min (p, k),:));
  end
  varargout = {u, v, r' * z(:,k:-1:1), c, s};
end

% The factors of two blocks of orthonormal columns: q1 = u * c * z', q2 = v * s * z', where rising cosines end in the last
% place of c and sines stand from the first of s. Golub and Van Loan, Matrix Computations, 2.5.4 and 6.1.6; Van Loan,
% Numerische Mathematik 46 (1985): what is small is found from what is not.
function [u, v, z, cosines, sines] = cosines_sines (q1, q2)
  [m, k] = size (q1);
  p = rows (q2);
  [v, found, z] = svd (q2);
  sines = zeros (k, 1, class (q2));
  sines(1:min (p, k)) = diag (found)(1:min (p, k));
  large = sum (sines > sqrt (1/2));
  t = q1 * z;
  % Columns with large cosines are orthogonal to working precision, the others beyond them.
  [basis, upper] = qr (t(:,large+1:k));
  count = k - large;
  cosines = zeros (k, 1, class (q1));
  cosines(large+1:k) = abs (diag (upper)(1:count));
  u2 = basis(:,1:count) .* phases (diag (upper)(1:count)).';
  beyond = basis(:,count+1:m);
  [u1, small, w] = svd (beyond' * t(:,1:large));
  ranked = min (rows (beyond'), large);
  cosines(large-ranked+1:large) = diag (small)(ranked:-1:1);
  w = w(:,large:-1:1);
  u = [beyond * u1(:,ranked:-1:1), u2, beyond * u1(:,ranked+1:end)];
  z(:,1:large) = z(:,1:large) * w;
  [turned, upper] = qr (sines(1:large) .* w);
  sines(1:large) = abs (diag (upper));
  v(:,1:large) = v(:,1:large) * (turned .* phases (diag (upper)).');
  size_of = hypot (cosines, sines);
  cosines = cosines ./ size_of;
  sines = sines ./ size_of;
end

function d = phases (x)
  d = sign (x);
  d(d == 0) = 1;
end

function [u, s] = ordschur (u, s, select)
  if nargin < 3
    print_usage ();
  end
  n = rows (s);
  if ! issquare (u) || ! issquare (s) || rows (u) != n
    error ("ordschur: U and S must be square and of equal sizes");
  elseif numel (select) != n
    error ("ordschur: SELECT must have same length as the sides of U and S");
  end
  [u, s, select] = deal (gather (u), gather (s), gather (select));
  one = eye (n);
  [s, ~, ~, u] = reordered (s, one, one, u, logical (select), false);
end

function [aa, bb, q, z] = ordqz (aa, bb, q, z, key)
  if nargin < 5
    print_usage ();
  end
  n = rows (aa);
  for x = {aa, bb, q, z}
    if ! isequal (size (x{1}), [n, n])
      error ("ordqz: AA, BB, Q and Z must be square matrices of the same size");
    end
  end
  [aa, bb, q, z, key] = deal (gather (aa), gather (bb), gather (q), gather (z), gather (key));
  if ischar (key)
    switch lower (key)
      case {"lhp", "-"}
        select = @(x) real (x) < 0;
      case {"rhp", "+"}
        select = @(x) real (x) > 0;
      case {"udi", "s"}
        select = @(x) abs (x) < 1;
      case {"udo", "b"}
        select = @(x) abs (x) > 1;
      otherwise
        error ('ordqz: unknown KEYWORD, possible values: lhp, rhp, udi, udo');
    end
  elseif isnumeric (key) || islogical (key)
    if numel (key) != n
      error ("ordqz: SELECT vector has the wrong size");
    end
    select = logical (key);
  else
    error ("ordqz: OPT must be string or logical vector");
  end
  [aa, bb, q, z] = reordered (aa, bb, q', z, select, true);
  q = q';
end

% Moves the chosen blocks of a (quasi-)triangular pair to the front by swapping neighbours; left and right factors take
% part. Without a pair, b is the identity, and both factors are one. Bai and Demmel, Linear Algebra and its Applications
% 186 (1993); Kagstrom, in: Linear Algebra for Large Scale and Real-Time Applications (1993), for pairs.
function [a, b, q, z] = reordered (a, b, q, z, select, paired)
  n = rows (a);
  starts = find ([true; diag(a, -1) == 0])';
  sizes = diff ([starts, n + 1]);
  chosen = false (1, numel (sizes));
  for k = 1:numel (sizes)
    at = starts(k) + (0:sizes(k)-1);
    if islogical (select)
      chosen(k) = any (select(at));
    else
      chosen(k) = all (select (eig (a(at,at), b(at,at))));
    end
  end
  front = 0;
  for k = find (chosen)
    front += 1;
    for j = k-1:-1:front
      at = sum (sizes(1:j-1)) + 1;
      [a, b, q, z] = swapped (a, b, q, z, at, sizes(j), sizes(j+1), paired);
      sizes([j, j+1]) = sizes([j+1, j]);
    end
  end
end

function [a, b, q, z] = swapped (a, b, q, z, at, above, below, paired)
  first = at + (0:above-1);
  second = at + above + (0:below-1);
  both = [first, second];
  if paired
    % a11 * r - l * a22 = a12 and b11 * r - l * b22 = b12.
    right = [kron(eye (below), a(first,first)), -kron(a(second,second).', eye (above));
             kron(eye (below), b(first,first)), -kron(b(second,second).', eye (above))];
    found = right \ [a(first,second)(:); b(first,second)(:)];
    r = reshape (found(1:above*below), above, below);
    l = reshape (found(above*below+1:end), above, below);
    [turn_left, ~] = qr ([-l; eye(below)]);
    [turn_right, ~] = qr ([-r; eye(below)]);
  else
    x = sylvester (a(first,first), -a(second,second), a(first,second));
    [turn_right, ~] = qr ([-x; eye(below)]);
    turn_left = turn_right;
  end
  [a, b, q, z] = turned_by (a, b, q, z, both, turn_left, turn_right, paired);
  low = at + below + (0:above-1);
  high = at + (0:below-1);
  a(low,high) = 0;
  if paired
    b(low,high) = 0;
  end
  for block = {high, low}
    block = block{1};
    if numel (block) == 2
      if paired
        [turn_left, ~] = qr (b(block,block));
        turn_right = eye (2);
      else
        [turn_right, ~] = schur (a(block,block));
        turn_left = turn_right;
      end
      [a, b, q, z] = turned_by (a, b, q, z, block, turn_left, turn_right, paired);
      if paired
        b(block(2),block(1)) = 0;
      end
    end
  end
end

function [a, b, q, z] = turned_by (a, b, q, z, at, left, right, paired)
  a(:,at) = a(:,at) * right;
  a(at,:) = left' * a(at,:);
  z(:,at) = z(:,at) * right;
  if paired
    b(:,at) = b(:,at) * right;
    b(at,:) = left' * b(at,:);
    q(:,at) = q(:,at) * left;
  end
end

function [aa, bb, q, z] = qzhess (a, b)
  if nargin != 2
    print_usage ();
  end
  n = rows (a);
  if ! issquare (a) || ! issquare (b) || rows (b) != n
    error ("qzhess: A and B must be square matrices of the same size");
  end
  [a, b] = deal (gather (a), gather (b));
  [q, bb] = qr (b);
  q = q';
  aa = q * a;
  z = eye (n);
  for j = 1:n-2
    for i = n:-1:j+2
      pair = [i-1, i];
      turn = givens (aa(i-1,j), aa(i,j));
      aa(pair,:) = turn * aa(pair,:);
      bb(pair,:) = turn * bb(pair,:);
      q(pair,:) = turn * q(pair,:);
      turn = givens (-bb(i,i), bb(i,i-1))';
      aa(:,pair) = aa(:,pair) * turn;
      bb(:,pair) = bb(:,pair) * turn;
      z(:,pair) = z(:,pair) * turn;
      [aa(i,j), bb(i,i-1)] = deal (0);
    end
  end
end

% The coefficient of (T*s)^k is (2*n - k)! / (k! * (n - k)!), with alternating signs above (Golub and Van Loan, Matrix
% Computations, 9.3.1).
function [num, den] = padecoef (T, N = 1)
  if ! (isscalar (T) && isnumeric (T) && T >= 0)
    error ("padecoef: T must be a non-negative scalar");
  end
  if ! (isscalar (N) && isnumeric (N) && N >= 0)
    error ("padecoef: N must be a non-negative scalar");
  end
  n = round (double (N));
  k = n:-1:0;
  % Each from the one before it: factorials would be too large long before they cancel.
  above = n:-1:1;
  den = cumprod ([1, above .* (2 * n - above + 1) ./ (n - above + 1)]) .* T .^ k;
  num = den .* (-1) .^ k;
end

% A recursive descent calculator.
function [v, k] = expression (t, k)
  [v, k] = term (t, k);
  while k <= numel (t) && any (t{k} == "+-")
    op = t{k};
    [w, k] = term (t, k + 1);
    if op == "+", v += w; else, v -= w; end
  end
end
function [v, k] = term (t, k)
  [v, k] = factor_of (t, k);
  while k <= numel (t) && any (t{k}(1) == "*/")
    op = t{k};
    [w, k] = factor_of (t, k + 1);
    if op == "*", v *= w; else, v /= w; end
  end
end
function [v, k] = factor_of (t, k)
  if t{k} == "("
    [v, k] = expression (t, k + 1);
    k++;
  elseif t{k} == "-"
    [v, k] = factor_of (t, k + 1);
    v = -v;
  else
    v = str2double (t{k});
    k++;
  end
end
for text = {"1 + 2 * 3", "(1 + 2) * 3", "10 / 4 - 1", "-(2 + 3) * -2", "2 * (3 + (4 - 1)) / 6"}
  tokens = regexp (text{1}, '\d+\.?\d*|[-+*/()]', 'match');
  printf ("%s = %g\n", text{1}, expression (tokens, 1));
end
eval ("1 + 2 * 3")

function v = bubble (v)
  n = numel (v);
  do
    swapped = false;
    for i = 1:n-1
      if v(i) > v(i+1)
        v([i i+1]) = v([i+1 i]);
        swapped = true;
      end
    end
    n--;
  until !swapped
end
function v = quick (v)
  if numel (v) <= 1, return; end
  p = v(1); r = v(2:end);
  v = [quick(r(r < p)), p, quick(r(r >= p))];
end
x = [5 3 9 1 7 3];
bubble (x)
quick (x)
function [k, found] = bsearch (v, t)
  lo = 1; hi = numel (v); found = false; k = 0;
  while lo <= hi
    k = floor ((lo + hi) / 2);
    if v(k) == t
      found = true; return
    elseif v(k) < t
      lo = k + 1;
    else
      hi = k - 1;
    end
  end
end
[k, f] = bsearch (1:2:99, 37)
[~, f] = bsearch (1:2:99, 38)

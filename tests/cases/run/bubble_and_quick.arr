function v = bubble (v)
  do
    swapped = false;
    for k = 1:numel (v) - 1
      if v(k) > v(k+1)
        v([k k+1]) = v([k+1 k]);
        swapped = true;
      end
    end
  until ! swapped
end
function v = quick (v)
  if numel (v) > 1
    p = v(1);
    v = [quick(v(v < p)), v(v == p), quick(v(v > p))];
  end
end
function v = merge_sort (v)
  n = numel (v);
  if n < 2, return, end
  a = merge_sort (v(1:floor (n / 2)));
  b = merge_sort (v(floor (n / 2)+1:end));
  v = [];
  while ! isempty (a) && ! isempty (b)
    if a(1) <= b(1)
      v(end+1) = a(1); a(1) = [];
    else
      v(end+1) = b(1); b(1) = [];
    end
  end
  v = [v a b];
end
data = [5 2 9 1 5 6 -3 0 7.5];
bubble (data)
quick (data)
merge_sort (data)
isequal (bubble (data), quick (data), merge_sort (data), sort (data))
[s, i] = sort (data, "descend")
issorted (s), issorted (bubble (data))

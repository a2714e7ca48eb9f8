function at = find_sorted (list, x)
  lo = 1; hi = numel (list);
  at = 0;
  while lo <= hi
    mid = floor ((lo + hi) / 2);
    if list(mid) == x
      at = mid; return
    elseif list(mid) < x
      lo = mid + 1;
    else
      hi = mid - 1;
    end
  end
end
list = [2 3 5 7 11 13 17 19 23];
for x = [2 7 23 4 100]
  at = find_sorted (list, x);
  if at
    printf ("%d is at %d\n", x, at);
  else
    printf ("%d is not in the list\n", x);
  end
end
lookup (list, [1 2 12 50])
interp1 (list, 1:9, [2.5 12], "linear")
any (list == 11)

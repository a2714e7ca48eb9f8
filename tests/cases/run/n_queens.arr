function [count, first] = queens (n, row, placed, count, first)
  if row > n
    count++;
    if isempty (first), first = placed; end
    return
  end
  for c = 1:n
    earlier = 1:row-1;
    if all (placed(earlier) != c) && all (abs (placed(earlier) - c) != row - earlier)
      placed(row) = c;
      [count, first] = queens (n, row + 1, placed, count, first);
    end
  end
end
for n = 1:6
  [count, first] = queens (n, 1, [], 0, []);
  printf ("%d queens: %d ways\n", n, count);
end
first
board = repmat ('.', 6, 6);
board(sub2ind ([6 6], 1:6, first)) = 'Q'

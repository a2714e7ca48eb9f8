function m = spiral2 (n)
  m = zeros (n);
  top = 1; left = 1; bottom = right = n; v = 1;
  while top <= bottom && left <= right
    for c = left:right, m(top, c) = v++; end
    top++;
    for r = top:bottom, m(r, right) = v++; end
    right--;
    for c = right:-1:left, m(bottom, c) = v++; end
    bottom--;
    for r = bottom:-1:top, m(r, left) = v++; end
    left++;
  end
end
spiral2 (4)
spiral2 (3)
diag (spiral2 (5))'

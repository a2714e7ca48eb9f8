function s = score (rolls)
  s = 0; k = 1;
  for frame = 1:10
    if rolls(k) == 10
      s += 10 + rolls(k+1) + rolls(k+2);
      k++;
    elseif rolls(k) + rolls(k+1) == 10
      s += 10 + rolls(k+2);
      k += 2;
    else
      s += rolls(k) + rolls(k+1);
      k += 2;
    end
  end
end
score (10 * ones (1, 12))
score ([repmat([9 0], 1, 10)])
score ([repmat([5 5], 1, 10) 5])
score ([10 7 3 9 0 10 0 8 8 2 0 6 10 10 10 8 1])

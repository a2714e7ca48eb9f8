function s = lcs (a, b)
  L = zeros (numel (a) + 1, numel (b) + 1);
  for i = 1:numel (a)
    for j = 1:numel (b)
      if a(i) == b(j)
        L(i+1, j+1) = L(i, j) + 1;
      else
        L(i+1, j+1) = max (L(i, j+1), L(i+1, j));
      endif
    endfor
  endfor
  s = "";
  i = numel (a); j = numel (b);
  while i > 0 && j > 0
    if a(i) == b(j)
      s = [a(i) s];
      i--; j--;
    elseif L(i, j+1) >= L(i+1, j)
      i--;
    else
      j--;
    endif
  endwhile
endfunction

lcs ("AGGTAB", "GXTXAYB")
lcs ("abcdef", "acf")
lcs ("abc", "xyz")
size (ans)
x = lcs ("the quick brown fox", "a quack from a box")

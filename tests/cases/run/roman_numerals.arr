function s = roman (n)
  persistent values letters
  if isempty (values)
    values = [1000 900 500 400 100 90 50 40 10 9 5 4 1];
    letters = {"M" "CM" "D" "CD" "C" "XC" "L" "XL" "X" "IX" "V" "IV" "I"};
  end
  s = "";
  for k = 1:numel (values)
    while n >= values(k)
      s = [s letters{k}];
      n -= values(k);
    end
  end
end
function n = unroman (s)
  v = zeros (1, length (s));
  [~, at] = ismember (s, "IVXLCDM");
  v = [1 5 10 50 100 500 1000](at);
  n = sum (v .* (1 - 2 * (v < [v(2:end) 0])));
end
for n = [1 4 9 14 40 90 400 1994 2024 3999]
  r = roman (n);
  fprintf ("%5d %-12s %5d\n", n, r, unroman (r));
end

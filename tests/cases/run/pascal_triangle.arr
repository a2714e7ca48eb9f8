row = 1;
for k = 0:7
  printf ("%s%s\n", blanks (2 * (7 - k)), sprintf ("%4d", row));
  row = [row 0] + [0 row];
end
pascal (4)
abs (pascal (4, 1))
arrayfun (@(k) nchoosek (6, k), 0:6)
binomial = @(n) arrayfun (@(k) bincoeff (n, k), 0:n);
binomial (5)
sum (binomial (10)) == 2 ^ 10
mod (pascal (8), 2)
catalan = arrayfun (@(n) nchoosek (2 * n, n) / (n + 1), 0:7)
fibonacci = arrayfun (@(n) sum (arrayfun (@(k) nchoosek (n - k, k), 0:floor (n / 2))), 0:9)

n = 100;
is = true (1, n); is(1) = false;
for k = 2:floor (sqrt (n))
  if is(k), is(k*k:k:n) = false; end
end
p = find (is)
twins = p([diff(p) == 2, false]);
printf ("(%d,%d) ", [twins; twins + 2]); printf ("\n");
isequal (p, primes (n))
gaps = diff (p);
[counts, sizes] = hist (gaps, unique (gaps))
goldbach = @(m) p(find (ismember (m - p, p), 1));
arrayfun (goldbach, 10:10:50)
sum (p), prod (p(1:5)), numel (p)
cumsum (p)(end)

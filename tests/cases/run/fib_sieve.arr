% number programs
function r = fib (n)
  if n < 2
    r = n;
  else
    r = fib (n - 1) + fib (n - 2);
  end
end
arrayfun_free = zeros (1, 10);
for i = 1:10
  arrayfun_free(i) = fib (i);
end
arrayfun_free
n = 50;
is_p = true (1, n);
is_p(1) = false;
for i = 2:floor (sqrt (n))
  if is_p(i)
    is_p(i*i:i:n) = false;
  end
end
find (is_p)
function g = my_gcd (a, b)
  while b
    [a, b] = deal (b, mod (a, b));
  end
  g = a;
end
my_gcd (48, 36)
c = 27; steps = 0;
while c != 1
  if mod (c, 2) == 0
    c /= 2;
  else
    c = 3 * c + 1;
  end
  steps++;
end
steps

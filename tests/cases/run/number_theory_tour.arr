isprime ([0 1 2 17 91 97])
factor (360)
[p, e] = factor (360)
gcd (84, 36), lcm (4, 6, 10)
[g, u, v] = gcd (240, 46)
divisors = @(n) find (mod (n, 1:n) == 0);
divisors (28)
perfect = [];
for n = 2:500
  if sum (divisors (n)) == 2 * n, perfect(end+1) = n; end
end
perfect
totient = @(n) sum (gcd (1:n, n) == 1);
arrayfun (totient, 1:12)
collatz = 27; steps = 0;
while collatz != 1
  if mod (collatz, 2), collatz = 3 * collatz + 1; else collatz /= 2; end
  steps++;
end
steps
digits = num2str (2 ^ 20) - '0'
sum (digits)
powmod = 1; for k = 1:100, powmod = mod (powmod * 7, 1000); end, powmod
sign (-3:3)
rem (-7, 3), mod (-7, 3), fix (-2.5), idivide (int32 (7), int32 (2))

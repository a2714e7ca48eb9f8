% The sieve of Eratosthenes, element by element.
1;
function c = sieve (n)
  composite = false (1, n);
  c = 0;
  for i = 2:n
    if ! composite(i)
      c++;
      j = i * i;
      while j <= n
        composite(j) = true;
        j += i;
      end
    end
  end
end
printf ("%d\n", sieve (150000));

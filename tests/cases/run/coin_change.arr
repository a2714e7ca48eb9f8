% Number of ways and fewest coins.
coins = [1 5 10 25 50];
amount = 100;
ways = zeros (1, amount + 1); ways(1) = 1;
for c = coins
  for a = c:amount
    ways(a+1) += ways(a-c+1);
  end
end
ways_to_pay = ways(end)
fewest = [0 Inf(1, amount)];
for a = 1:amount
  for c = coins(coins <= a)
    fewest(a+1) = min (fewest(a+1), fewest(a-c+1) + 1);
  end
end
fewest([1 5 12 64 100] + 0)
ways([1 6 11 26 51 101])
fprintf ("%d coins for %d\n", [fewest([42 68 95]+1); 42 68 95]);

% 0/1 knapsack with the choice traced back.
value = [60 100 120 30 75];
weight = [10 20 30 5 15];
room = 50;
n = numel (value);
best = zeros (n + 1, room + 1);
for i = 1:n
  for w = 0:room
    best(i+1, w+1) = best(i, w+1);
    if weight(i) <= w
      candidate = best(i, w - weight(i) + 1) + value(i);
      if candidate > best(i+1, w+1)
        best(i+1, w+1) = candidate;
      end
    end
  end
end
total = best(end, end)
chosen = [];
w = room;
for i = n:-1:1
  if best(i+1, w+1) != best(i, w+1)
    chosen = [i chosen];
    w -= weight(i);
  end
end
chosen
used = sum (weight(chosen))
table = best(:, 1:10:end)

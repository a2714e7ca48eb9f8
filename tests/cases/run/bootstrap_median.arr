data = [2.1 3.4 1.9 5.6 4.4 3.8 2.7 4.9];
seed = 7;
B = 200;
medians = zeros (1, B);
for b = 1:B
  picks = zeros (1, numel (data));
  for k = 1:numel (data)
    seed = mod (16807 * seed, 2147483647);
    picks(k) = 1 + mod (seed, numel (data));
  end
  medians(b) = median (data(picks));
end
m = median (data)
printf ("%.4f %.4f\n", mean (medians), std (medians));
ci = quantile (medians, [0.025 0.975])
sorted = sort (medians)(1:5)
seed

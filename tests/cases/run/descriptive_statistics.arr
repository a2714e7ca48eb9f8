% Summary of two samples, one with a missing value.
heights = [172 165 180 158 175 169 183 177 162 171];
weights = [68 59 81 52 74 63 88 79 NaN 66];

mean_height = mean (heights)
sd_height = std (heights)
med = median (heights)
iqr_height = diff (quantile (heights, [0.25 0.75]))
spread = range (heights)

ok = ! isnan (weights);
printf ("%d of %d weights are known\n", sum (ok), numel (weights));
mean_weight = mean (weights(ok))
r = corr (heights(ok)', weights(ok)')
p = polyfit (heights(ok), weights(ok), 1);
printf ("weight = %.4f * height %+.4f\n", p);
residuals = weights(ok) - polyval (p, heights(ok))
z = (heights - mean (heights)) / std (heights);
disp (round (z * 100) / 100)
q = prctile (heights, [10 50 90])
m = mode ([1 2 2 3 3 3 4])
s = skewness (heights)
k = kurtosis (heights)
c = cov (heights(ok), weights(ok))
h = histc (heights, 150:10:190)

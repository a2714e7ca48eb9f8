% One way analysis of variance by hand.
groups = {[6 8 4 5 3 4], [8 12 9 11 6 8], [13 9 11 8 7 12]};
all_values = [groups{:}];
grand = mean (all_values);
k = numel (groups);
n = numel (all_values);
between = sum (cellfun (@(g) numel (g) * (mean (g) - grand) ^ 2, groups));
within = sum (cellfun (@(g) sumsq (g - mean (g)), groups));
F = (between / (k - 1)) / (within / (n - k));
printf ("%-8s %8s %4s %8s\n", "source", "SS", "df", "MS");
printf ("%-8s %8.2f %4d %8.3f\n", "between", between, k - 1, between / (k - 1));
printf ("%-8s %8.2f %4d %8.3f\n", "within", within, n - k, within / (n - k));
printf ("F = %.4f\n", F);
x = (n - k) / (n - k + (k - 1) * F);
p = betainc (x, (n - k) / 2, (k - 1) / 2);
printf ("p = %.5f\n", p);
cellfun (@mean, groups)
cellfun (@std, groups)

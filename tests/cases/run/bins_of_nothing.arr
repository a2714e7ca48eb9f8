% Histograms of nothing have empty bins.
size (hist (zeros (0, 1), [1 2 3]))
n = hist (false (0, 1), [1 2])
n = hist ([1 2 2 3], 3)

% Daily temperatures: gaps filled, weeks averaged, extremes found.
t = [12.1 13.4 NaN 15.2 14.8 NaN NaN 11.0 10.5 12.3 13.9 14.1 15 16.2];
known = ! isnan (t);
filled = interp1 (find (known), t(known), 1:numel (t));
printf ("%6.2f", filled); printf ("\n");
weeks = reshape (filled, 7, [])
means = mean (weeks)
[hot, day] = max (filled)
[cold, when] = min (filled)
above = find (filled > mean (filled))
changes = diff (filled);
rising = sum (changes > 0)
smooth = conv (filled, ones (1, 3) / 3, "valid");
printf ("%.3f ", smooth(1:5)); printf ("\n");
runs = diff (find (diff ([-1, changes > 0, -1])))
c = cummax (filled(1:6))
quantile (filled, [0.25 0.5 0.75])

x = [1 3 2 5 4 6 8 7];
n = 3;
simple = filter (ones (1, n) / n, 1, x)
centred = conv (x, ones (1, n) / n, "same")
expo = filter (0.5, [1 -0.5], x)
movmean (x, 3)
movmax (x, 3), movmin (x, 3), movsum (x, 2)
movmedian (x, 3)
detrended = detrend (x);
printf ("%.4f ", detrended); printf ("\n");
d = diff (x), d2 = diff (x, 2)
sign_changes = sum (diff (sign (d)) != 0)
w = hamming (4)'
acf = @(k) sum ((x(1:end-k) - mean (x)) .* (x(k+1:end) - mean (x))) / sumsq (x - mean (x));
printf ("%.4f ", arrayfun (acf, 0:3)); printf ("\n");
X = fft (x);
printf ("%.4f ", abs (X)); printf ("\n");
y = real (ifft (X));
max (abs (y - x)) < 1e-12
fftshift (1:5)
cumsum (x), cumprod (x(1:4))

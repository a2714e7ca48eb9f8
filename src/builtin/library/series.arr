% Filters, spectra and models of time series.

function c = fftconv (a, b, n)
  if ! isvector (a) || ! isvector (b)
    error ("fftconv: both A and B must be vectors");
  end
  whole = numel (a) + numel (b) - 1;
  if nargin < 3
    n = whole;
  elseif ! isscalar (n) || n < 0 || n != fix (n)
    error ("fftconv: N must be a scalar integer greater than or equal to 0");
  else
    n = max (n, whole);
  end
  if numel (a) == 1 || numel (b) == 1
    c = a * b;
  else
    upright = iscolumn (a) && iscolumn (b);
    c = ifft (fft (a(:), n) .* fft (b(:), n));
    if isreal (a) && isreal (b)
      c = real (c);
    end
    if ! upright
      c = c.';
    end
  end
end

function y = fftfilt (b, x, n)
  if ! isvector (b) && rows (b) < 1
    error ("fftfilt: B must be a vector");
  elseif nargin > 2 && (! isscalar (n) || n <= 0 || n != fix (n))
    error ("fftfilt: N must be a scalar integer greater than or equal to 0");
  end
  across = isrow (x);
  if across
    x = x.';
  end
  if isvector (b)
    b = b(:);
  end
  if columns (b) == 1
    b = repmat (b, 1, columns (x));
  elseif columns (x) == 1
    x = repmat (x, 1, columns (b));
  end
  y = zeros (rows (x), columns (x));
  for j = 1:columns (x)
    whole = rows (x) + rows (b) - 1;
    product = ifft (fft (x(:, j), whole) .* fft (b(:, j), whole));
    y(:, j) = product(1:rows (x));
  end
  if isreal (b) && isreal (x)
    y = real (y);
    if all (b(:) == fix (b(:))) && all (x(:) == fix (x(:)))
      y = round (y);
    end
  end
  if isa (b, "single") || isa (x, "single")
    y = single (y);
  end
  if across
    y = y.';
  end
end

function x = arma_rnd (a, b, v, t, n)
  if nargin < 5
    n = 100;
  elseif ! isscalar (n)
    error ("arma_rnd: N must be a scalar");
  end
  if (min (size (a)) > 1) || (min (size (b)) > 1)
    error ("arma_rnd: A and B must not be matrices");
  end
  a = a(:);
  b = b(:);
  e = sqrt (v) * randn (t + n, 1);
  x = filter ([1; b], [1; -a], e);
  x = x(n+1:end);
end

function m = autoreg_matrix (y, k)
  if ! isvector (y)
    error ("autoreg_matrix: Y must be a vector");
  end
  y = y(:);
  n = numel (y);
  m = ones (n, k + 1);
  for lag = 1:k
    m(:, lag + 1) = [zeros(lag, 1); y(1:n-lag)];
  end
end

function [pxx, w] = periodogram (x, varargin)
  sided = "";
  options = {};
  rate = [];
  for k = 1:numel (varargin)
    if ischar (varargin{k})
      sided = varargin{k};
    else
      options{end+1} = varargin{k};
    end
  end
  if ! isvector (x) || ! isnumeric (x)
    error ("periodogram: X must be a real or complex vector");
  end
  x = x(:);
  n = numel (x);
  window = [];
  if numel (options) >= 1
    window = options{1};
  end
  if ! isempty (window)
    if ! isvector (window) || numel (window) != n
      error ("periodogram: WIN must be a vector of the same length as X");
    end
    window = window(:);
    x = x .* window;
    power = sumsq (window);
  else
    power = n;
  end
  points = max (256, 2 ^ nextpow2 (n));
  if numel (options) >= 2 && ! isempty (options{2})
    points = options{2};
    if ! isscalar (points) || points <= 0 || points != fix (points)
      error ("periodogram: NFFT must be a positive integer");
    end
  end
  given = numel (options) >= 3;
  if given
    rate = options{3};
    if ! isempty (rate) && (! isscalar (rate) || rate <= 0)
      error ("periodogram: FS must be a positive real scalar");
    end
  end
  if n > points
    folded = zeros (points * ceil (n / points), 1);
    folded(1:n) = x;
    x = sum (reshape (folded, points, []), 2);
  end
  if isempty (rate)
    scale = 2 * pi;
    if given
      scale = 1;
    end
  else
    scale = rate;
  end
  pxx = abs (fft (x, points)) .^ 2 / power / scale;
  both = any (strcmp (sided, {"twosided", "centerdc"})) || (! isreal (x) && ! strcmp (sided, "onesided"));
  if ! both
    half = floor (points / 2) + 1;
    pxx = pxx(1:half);
    last = half - (rem (points, 2) == 0);
    pxx(2:last) *= 2;
  end
  if strcmp (sided, "centerdc")
    pxx = fftshift (pxx);
  end
  w = (0:numel (pxx) - 1)' * (scale / points);
  if isempty (rate)
    w = (0:numel (pxx) - 1)' * (2 * pi / points);
  end
end

function y = sinetone (freq, rate, sec, ampl)
  if nargin < 2, rate = 8000; end
  if nargin < 3, sec = 1; end
  if nargin < 4, ampl = 64; end
  if ! isvector (freq)
    error ("sinetone: FREQ must be a vector or a scalar");
  elseif ! isscalar (rate) || ! isscalar (sec)
    error ("sinetone: RATE and SEC must be scalars");
  elseif ! isvector (ampl) || (numel (ampl) != numel (freq) && ! isscalar (ampl))
    error ("sinetone: AMPL must be a scalar or as long as FREQ");
  end
  t = (1:round (sec * rate))' / rate;
  y = sin (2 * pi * t * freq(:)') .* ampl(:)';
end

function x = sinewave (m, n, d)
  if nargin < 2, n = m; end
  if nargin < 3, d = 0; end
  if ! isscalar (m) || ! isscalar (n) || ! isscalar (d)
    error ("sinewave: M, N and D must be scalars");
  end
  x = sin (((1:m) + d - 1) * 2 * pi / n);
end

function h = hurst (x)
  if isrow (x)
    x = x(:);
  end
  n = rows (x);
  path = cumsum (x - mean (x));
  spread = max (path) - min (path);
  h = log (spread ./ std (x)) / log (n);
end

function z = interpft (x, n, dim)
  if nargin < 2
    print_usage ();
  end
  if ! isscalar (n) || n != fix (n)
    error ("interpft: N must be a scalar integer");
  end
  if nargin < 3
    dim = find (size (x) != 1, 1);
    if isempty (dim)
      dim = 1;
    end
  end
  if dim < 1 || dim > ndims (x)
    error ("interpft: invalid dimension DIM");
  end
  order = 1:ndims (x);
  order([1, dim]) = [dim, 1];
  y = permute (x, order);
  shape = size (y);
  m = shape(1);
  step = max (ceil (m / n), 1);
  long = step * n;
  f = fft (reshape (y, m, []));
  half = ceil (m / 2);
  g = zeros (long, columns (f));
  g(1:half, :) = f(1:half, :);
  g(end - (m - half) + 1:end, :) = f(half+1:end, :);
  if rem (m, 2) == 0 && long > m
    g(half + 1, :) = f(half + 1, :) / 2;
    g(end - half + 1, :) = f(half + 1, :) / 2;
  end
  z = ifft (g) * (long / m);
  if isreal (x)
    z = real (z);
  end
  z = z(1:step:end, :);
  shape(1) = n;
  z = ipermute (reshape (z, shape), order);
end

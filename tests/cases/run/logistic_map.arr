for r = [2.8 3.2 3.5 3.9]
  x = 0.5;
  for k = 1:500, x = r * x * (1 - x); end
  orbit = zeros (1, 8);
  for k = 1:8
    x = r * x * (1 - x);
    orbit(k) = x;
  end
  distinct = numel (unique (round (orbit * 1e6)));
  printf ("r = %.1f: %d values, %s\n", r, distinct, mat2str (round (orbit(1:2) * 1e4) / 1e4));
end

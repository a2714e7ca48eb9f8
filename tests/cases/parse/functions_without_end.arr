function r = f(x)
  if x, r = 1; else, r = 2; end

function g
  global count = 0 total
  persistent seen;
  count++;

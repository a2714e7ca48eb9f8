later (5)
function r = later (x)
  r = x ^ 2;
end
later (6)

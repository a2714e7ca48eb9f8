function r = f(x)
  arguments
    x (1,1) double
  end
  r = x;
end
x = 1;
classdef Point
  properties
    x
  end
end

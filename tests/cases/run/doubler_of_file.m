function f = doubler_of_file ()
  f = @(x) twice_of_file (x) + 0;
end
function y = twice_of_file (x)
  y = 2 * x;
end

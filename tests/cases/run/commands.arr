format long
pi
format
pi
x = 3;
clear x
exist ("x")
a1 = 1; a2 = 2; b1 = 3;
clear a*
who
disp hello
function show (varargin)
  printf ("<%s>", varargin{:}); printf ("\n");
end
show one two 'three four'
show -x +y

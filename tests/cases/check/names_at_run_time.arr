% A program that runs text may define anything.
eval ("a = 1;");
b = a + 1;

function r = strict ()
  r = a;
end

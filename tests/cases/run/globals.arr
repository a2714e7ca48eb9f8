global counter = 5
function bump ()
  global counter
  counter++;
end
bump (); bump ();
counter
global a b
a = 1; b = 2;
a + b
function r = memo (n)
  persistent cache;
  if isempty (cache), cache = zeros (1, 50); end
  if n <= 2
    r = 1; return
  end
  if cache(n)
    r = cache(n); return
  end
  r = memo (n - 1) + memo (n - 2);
  cache(n) = r;
end
memo (40)
isglobal ("a"), isglobal ("nosuch")
clear a
exist ("a")
global a
a

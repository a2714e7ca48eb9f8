function h = push (h, x)
  h(end+1) = x;
  k = numel (h);
  while k > 1 && h(floor (k / 2)) > h(k)
    p = floor (k / 2);
    h([p k]) = h([k p]);
    k = p;
  end
end
function [h, x] = pop (h)
  x = h(1);
  h(1) = h(end);
  h(end) = [];
  k = 1;
  while 2 * k <= numel (h)
    c = 2 * k;
    if c < numel (h) && h(c+1) < h(c), c++; end
    if h(k) <= h(c), break; end
    h([k c]) = h([c k]);
    k = c;
  end
end
h = [];
for x = [5 3 8 1 9 2 7], h = push (h, x); end
h
out = [];
while ! isempty (h)
  [h, x] = pop (h);
  out(end+1) = x;
end
out
isempty (h), size (h)

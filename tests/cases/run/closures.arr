a = 2;
f = @(x) a * x;
a = 100;
f (3)
g = @(x) @(y) x - y;
g (10)(3)
compose = @(f, g) @(x) f (g (x));
h = compose (@(t) t + 1, @(t) t * 10);
h (4)
f
k = @(varargin) numel (varargin);
k (1, 2, 3)
k ()
fs = {@sin, @(x) x .^ 2, @numel};
for i = 1:3
  fs{i} (3)
end
s.op = @plus;
s.op (1, 2)
m = @() deal (7, 8);
[u, v] = m ()
is_function_handle (f)
func2str (f)
w = str2func ("@(n) n + 1");
w (1)
n = 3;
adders = cell (1, n);
for i = 1:n
  adders{i} = @(x) x + i;
end
adders{1} (10) + adders{3} (10)
fact = @(f, n) ifelse_ (n, f);
function r = ifelse_ (n, f)
  if n <= 1
    r = 1;
  else
    r = n * f (f, n - 1);
  end
end
fact (fact, 5)

c = {3, 1, 2};
max (c{1:2})
[c{:}]
d = {c{:}, 4}
[c{1:2}] = deal (9, 8);
c
args = {2, 3};
zeros (args{:})
x = {}; 
y = [1, x{:}, 2]
s = struct ("v", {10, 20, 30});
[s.v]
plus (s(1:2).v)
function varargout = many (n)
  for k = 1:n, varargout{k} = k; end
end
[a, b, c] = many (3)
z = {many(1), 5}
[q{1:3}] = many (3);
q
c = cell (1, 2);
[c{:}] = many (2);
c
t = {1, {2, {3}}};
t{2}{2}{1}
m = {};
m(3) = {7}

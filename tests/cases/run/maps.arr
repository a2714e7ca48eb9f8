m = containers.Map ();
m("one") = 1;
m("two") = 2;
m.Count
m.isKey ("one"), isKey (m, "three")
keys (m)
values (m)
words = {"a", "b", "a", "c", "a"};
h = containers.Map ();
for i = 1:numel (words)
  w = words{i};
  if isKey (h, w)
    h(w) += 1;
  else
    h(w) = 1;
  end
end
for k = keys (h)
  printf ("%s=%d\n", k{1}, h(k{1}));
end
n = containers.Map ("KeyType", "double", "ValueType", "any");
n(3) = "three"; n(1) = [1 2 3];
n.keys ()
n(1)(2)
g = m; g("new") = 5; m.Count
try, m("nokey"), catch e, disp (e.message), end
remove (m, "one"); m.keys ()

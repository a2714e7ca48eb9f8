% Maps from words to counts and back.
m = containers.Map ();
for w = {"apple", "pear", "apple", "fig", "pear", "apple"}
  k = w{1};
  if isKey (m, k)
    m(k) += 1;
  else
    m(k) = 1;
  end
end
keys (m)
values (m)
m.Count
m.isKey ("fig")
remove (m, "fig");
m.keys ()
n = containers.Map ([1 2 3], {"one", "two", "three"});
n(2)
n(4) = "four";
cell2mat (n.keys ())
try
  n(9)
catch err
  disp (err.message)
end
p = containers.Map ("KeyType", "double", "ValueType", "any");
p(3) = [1 2 3];
p(1) = "x";
for k = cell2mat (keys (p))
  disp (p(k))
end
class (m), length (n), isobject (m)
q = containers.Map ({"a", "b"}, [10 20]);
q("a") + q("b")
sum (cell2mat (values (q)))
values (q, {"b"})

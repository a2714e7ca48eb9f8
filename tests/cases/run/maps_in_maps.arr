% A map is a handle, and may hold itself.
m = containers.Map ("KeyType", "double", "ValueType", "any");
m(3) = m;
disp (m.Count)
n = m(3);
n(7) = "seven";
disp (m(7))
disp (sizeof (m))
joined = [m; containers.Map({1}, {2})];
disp (joined.Count)
x = containers.Map ("KeyType", "double", "ValueType", "double");
try
  x(2) = x;
catch fault
  disp (fault.message)
end

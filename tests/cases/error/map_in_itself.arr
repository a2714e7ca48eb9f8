m = containers.Map ("KeyType", "double", "ValueType", "any");
m(1) = {m};
isequal (m, [m; m])

s.name = "config";
s.size.width = 10;
s.size.height = 20;
s.tags = {"a", "b"};
s
s.size.depth = 5;
fieldnames (s.size)'
s = setfield (s, "level", 3);
getfield (s, "size").width
isfield (s, {"name", "none"})
t = rmfield (s, "tags");
numfields (t)
list(3).x = 7;
list
list(2)
isempty (list(1).x)
[list.x] = deal (1, 2, 3);
[list.x]
o = orderfields (struct ("b", 1, "a", 2))
key = "dyn";
o.(key) = 5;
o.(key)
c = struct2cell (o)
m = [list.x] * 2
arr = struct ("v", {{1, 2}})
q = struct ("v", {1, 2, 3});
arrayfun (@(e) e.v ^ 2, q)
structfun (@(x) x * 2, struct ("a", 1, "b", 2))
r = structfun (@(x) x * 2, struct ("a", 1, "b", 2), "UniformOutput", false)
isstruct (r), isrow (q)
s.size

s.name = "Ann";
s.age = 42;
s
s.address.city = "Oslo";
s.address.zip = 123;
s.address
s(2).name = "Bob";
s(2)
size (s)
s.name
[s.age] = deal (1, 2);
s(2).age
t = struct ("a", {1, 2, 3});
t(2) = [];
[t.a]
f = "dyn";
u.(f) = 5;
u.([f "2"]) = 6
isfield (u, "dyn")
v(3).x.y(2).z = "deep";
v(3).x.y(2).z
isempty (v(1).x)
n = struct ();
n.list{3} = 1;
n
p.data = [];
for i = 1:3
  p.data(end+1).v = i ^ 2;
end
[p.data.v]
x.y = 1; z = x; z.y = 2;
x.y
l = {};
l{end+1}.name = "q";
l{end}.name
q.m = containers.Map ();
q.m("k") = 3;
q.m("k")

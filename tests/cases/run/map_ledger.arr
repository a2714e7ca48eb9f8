% A ledger in containers.Map: balances, keys of both kinds, values that are structs.
balance = containers.Map ();
moves = {"ann", 50; "bob", 20; "ann", -30; "cy", 5; "bob", 7.5};
for k = 1:rows (moves)
  who = moves{k,1};
  if ! isKey (balance, who)
    balance(who) = 0;
  end
  balance(who) = balance(who) + moves{k,2};
end
names = keys (balance);
for k = 1:numel (names)
  printf ("%-4s %6.2f\n", names{k}, balance(names{k}));
end
balance.Count, balance.isKey ("zoe")
total = sum (cell2mat (values (balance)))
remove (balance, "cy");
keys (balance)
years = containers.Map ("KeyType", "double", "ValueType", "any");
years(1999) = struct ("event", "launch", "cost", 12);
years(1969) = struct ("event", "landing", "cost", 25);
years(2004) = {1, "two"};
years.keys ()
first = years(1969);
first.event
class (years(2004))
both = [containers.Map({"a", "b"}, {1, 2}); containers.Map("c", 3)];
both.keys (), both.values ()
m = containers.Map ({"x", "y"}, [10 20]);
m.values ({"y"})
n = m; n("x") = 99; m("x")
try
  m("nope");
catch err
  disp (err.message); disp (err.identifier);
end
try
  years("text") = 1;
catch err
  disp (err.message);
end
isobject (m), length (m), isempty (containers.Map ())
m
cellfun (@(k) m(k) / 10, keys (m))

% A table in a cell array: selection, grouping, joining.
db = {"ann", "eng", 120; "bob", "ops", 80; "cy", "eng", 100; "dee", "ops", 95; "eve", "law", 70};
heads = {"name", "team", "pay"};
col = @(h) find (strcmp (heads, h));
pay = cell2mat (db(:,col ("pay")));
db(pay > 90, 1)'
[teams, ~, group] = unique (db(:,2));
totals = accumarray (group, pay);
for k = 1:numel (teams)
  printf ("%-4s %4d %6.1f\n", teams{k}, totals(k), mean (pay(group == k)));
end
[~, order] = sort (pay, "descend");
sorted = db(order, :)
people = cell2struct (db, heads, 2);
size (people), people(2)
names = {people.name}
[people.pay] = num2cell (pay * 1.1){:};
printf ("%.1f ", people.pay); printf ("\n");
s = struct ("team", teams, "total", num2cell (totals));
s(1), numel (s)
arrayfun (@(t) sprintf ("%s:%d", t.team, t.total), s, "UniformOutput", false)'
db(end+1,:) = {"fay", "eng", 60};
rows (db)
db(2,:) = [];
db(:,1)'
lookup_pay = containers.Map (db(:,1)', cell2mat (db(:,3))');
lookup_pay("eve")
any (strcmp (db(:,1), "bob"))
ismember ({"ann", "bob"}, db(:,1))
counts = cellfun (@(t) sum (strcmp (db(:,2), t)), teams)'
cellfun (@class, db(1,:), "UniformOutput", false)
vertcat (db{:,3})'
sortrows ([3 1; 1 2; 3 0; 1 1], [1 -2])
isrow (db), iscellstr (db(:,1)), iscell (db{1})
mat2cell (reshape (1:16, 4, 4), [1 3], [2 2])
num2cell ([1 2; 3 4])

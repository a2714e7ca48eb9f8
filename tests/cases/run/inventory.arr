% An inventory as an array of structs: filter, total, report.
items = struct ("name", {"bolt", "nut", "gear", "belt"}, "qty", {120, 80, 5, 0}, "price", {0.25, 0.1, 12.5, 7});
in_stock = items([items.qty] > 0);
printf ("%-6s %5s %8s\n", "item", "qty", "value");
total = 0;
for item = in_stock
  value = item.qty * item.price;
  printf ("%-6s %5d %8.2f\n", item.name, item.qty, value);
  total += value;
end
printf ("total %.2f\n", total);
[~, order] = sort ([items.price], "descend");
{items(order).name}
items(2).qty -= 30;
items(end+1) = struct ("name", "cog", "qty", 7, "price", 3);
numel (items)
items(2)
missing = arrayfun (@(s) s.qty == 0, items);
items(missing) = [];
size (items)
names = strjoin ({items.name}, ", ")

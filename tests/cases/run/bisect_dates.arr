% while, do-until, break and continue in one place.
n = 0; total = 0;
while true
  n++;
  if mod (n, 2), continue, end
  total += n;
  if total > 50, break, end
end
n, total
do
  n -= 3;
until n < 0
n
for k = [1 2; 3 4]
  k
end
for c = {"a", 2}
  c
end
for k = []
  disp ("never");
end
k
for x = 5, x, end
for s = "hi", disp (s), end
i = 0;
while i < 3 i++; end
i
for j = 10:-3:1 printf ("%d ", j); end; printf ("\n");
if [] disp ("yes"), else disp ("empty is false"), end
if [1 1 0] disp ("yes"), else disp ("not all"), end
switch "abc"
  case {"x", "abc"}
    disp ("in the list");
  otherwise
    disp ("not");
end
switch 3
  case 1
    disp one
  case {2, 3}
    disp two_or_three
end
a.b = 1;
for [v, key] = a
  key, v
end

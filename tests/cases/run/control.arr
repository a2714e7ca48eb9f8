for i = 1:3, printf ("%d ", i); end, disp ("")
for i = [1 2; 3 4], i, end
for i = {1, "two"}, i, end
for i = "ab", i, end
for i = [], disp ("never"); end
for i = zeros (0, 3), disp ("never"); end
for i = 5:-2:1, printf ("%d ", i); end, disp ("")
for i = 0.1:0.1:0.5, printf ("%g ", i); end, disp ("")
for k = struct ("a", {1, 2}), k, end
for [v, key] = struct ("x", 1, "y", "abc"), key, v, end
i = 0;
while true
  i++;
  if mod (i, 2), continue; end
  if i > 6, break; end
  printf ("%d ", i);
end
disp ("")
do
  i--;
until i < 3
i
switch 3
  case {1, 2}
    disp ("low");
  case {3, 4}
    disp ("mid");
  otherwise
    disp ("high");
end
switch "abc"
  case "ab"
    disp ("ab");
  case {"x", "abc"}
    disp ("found");
end
switch []
  case []
    disp ("empty");
end
if [], disp ("t"), else, disp ("f"), end
if [1 1; 1 0], disp ("t"), elseif "x", disp ("elseif"), end
if 0 || 1 && 0, disp ("t"), else, disp ("f"), end
if 1 | error ("not reached"), disp ("short"), end
x = 5; x += 2; x *= 3; x -= 1; x /= 4
x ^= 2
b = true; b |= false
for i = 1:10
  for j = 1:10
    if i * j == 42, break; end
  end
  if i * j == 42, break; end
end
[i j]
t = 0;
for i = 1:1e5
  t += i;
end
t

% Text grown piece by piece.
s = "";
for i = 1:20000
  s = [s, "ab"];
end
n = 0;
for i = 1:numel (s)
  if s(i) == "a"
    n++;
  end
end
printf ("%d %d\n", numel (s), n);

% nested arithmetic loops
s = 0;
for i = 1:1000
  for j = 1:1000
    s = s + i*2;
  end
end
printf("%d\n", s);

% A vector grown at its end.
x = [];
for i = 1:60000
  x(end+1) = i;
end
c = {};
for i = 1:20000
  c{end+1} = i;
end
printf ("%d %d %d\n", numel (x), x(end), numel (c));

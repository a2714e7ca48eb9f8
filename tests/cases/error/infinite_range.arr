for i = 1:Inf
  if i > 3, break, end
end
printf ("%d\n", i);
1:Inf

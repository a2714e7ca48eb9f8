% Calls of an anonymous function with a captured variable.
k = 3;
f = @(x) x + k;
s = 0;
for i = 1:150000
  s = f (s);
end
printf ("%d\n", s);

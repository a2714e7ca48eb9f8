x = f(1, 2
y = 3
z = {1, 2,
     3, 4
for i = 1:3
  i
end

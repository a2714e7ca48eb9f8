% A matrix written and read element by element.
n = 400;
A = zeros (n);
for i = 1:n
  for j = 1:n
    A(i, j) = i - j;
  end
end
t = 0;
for i = 2:n
  for j = 2:n
    t = t + A(i, j) * A(i - 1, j - 1);
  end
end
printf ("%g\n", t);

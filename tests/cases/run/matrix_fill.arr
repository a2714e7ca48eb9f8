n = 5;
A = zeros (n);
for i = 1:n
  for j = 1:n
    A(i, j) = 1 / (i + j - 1);
  end
end
A
P = zeros (6);
for i = 1:6
  P(i, 1) = 1;
  for j = 2:i
    P(i, j) = P(i-1, j-1) + P(i-1, j);
  end
end
P
B = A;
B(1, 1) = 99;
A(1, 1)
C = eye (2);
C(3, 3) = 5
D = 1:4;
D(2) = 20;
D
life = zeros (5); life(3, 2:4) = 1;
next = life;
for i = 2:4
  for j = 2:4
    k = 0;
    for di = -1:1
      for dj = -1:1
        k += life(i + di, j + dj);
      end
    end
    k -= life(i, j);
    next(i, j) = k == 3 || (life(i, j) && k == 2);
  end
end
next

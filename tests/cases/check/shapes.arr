% Shapes that do not go together, wherever they can be known.
A = rand (1203, 97);
B = rand (1203, 61);
C = A * B;
D = A' * B;
E = D + ones (97, 60);
F = E + 1;            % E is not known, and nothing is said
m = mean (A);
G = A - m';
G = A - m;
A(:, 98)
v = 1:10;
v(11)
w = [1 2; 3 4];
w(3, :)
H = [A; B];
if rand () > 2
  A = 1;
end
A * B                 % A may be a number now
s.a = 1;
s.b
n = rows (B) + columns (B);
I = reshape (B, n, 61);

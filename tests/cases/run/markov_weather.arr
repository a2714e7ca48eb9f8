P = [0.8 0.15 0.05; 0.3 0.5 0.2; 0.2 0.3 0.5];
names = {"sun", "cloud", "rain"};
sum (P, 2)'
start = [1 0 0];
for day = 1:4
  start = start * P;
  printf ("day %d:", day); printf (" %.4f", start); printf ("\n");
end
[V, D] = eig (P');
[~, k] = min (abs (diag (D) - 1));
stationary = V(:, k)' / sum (V(:, k));
printf ("%.6f ", stationary); printf ("\n");
long = P ^ 100;
max (abs (long(1, :) - stationary)) < 1e-10
[~, at] = max (stationary);
names{at}
state = 1; path = state;
u = [0.9 0.2 0.99 0.4 0.1 0.85];
for r = u
  state = find (r <= cumsum (P(state, :)), 1);
  path(end+1) = state;
end
strjoin (names(path), " -> ")

% A linear congruential generator, so that every machine draws the same numbers.
function [u, state] = draw (state, n)
  u = zeros (1, n);
  for k = 1:n
    state = mod (1103515245 * state + 12345, 2 ^ 31);
    u(k) = state / 2 ^ 31;
  endfor
endfunction

state = 42;
[x, state] = draw (state, 2000);
[y, state] = draw (state, 2000);
inside = x .^ 2 + y .^ 2 <= 1;
estimate = 4 * mean (inside)
err = abs (estimate - pi) < 0.1
state
[u, state] = draw (state, 5);
printf ("%.6f ", u); printf ("\n");
batches = reshape (inside, 200, []);
means = 4 * mean (batches)

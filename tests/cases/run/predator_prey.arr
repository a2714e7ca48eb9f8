rabbits = 40; foxes = 9; dt = 0.1;
history = [];
for step = 0:20
  if mod (step, 5) == 0
    history(end+1, :) = [step * dt, rabbits, foxes];
  end
  dr = 0.1 * rabbits - 0.02 * rabbits * foxes;
  df = 0.01 * rabbits * foxes - 0.3 * foxes;
  rabbits += dr * dt;
  foxes += df * dt;
end
history
printf ("%4.1f %8.3f %8.3f\n", history');
[top, when] = max (history(:, 2));
printf ("most rabbits, %.2f, at %.1f\n", top, history(when, 1));
history(:, 2:3) ./ history(1, 2:3)

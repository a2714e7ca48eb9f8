% tic-tac-toe by minimax on a nearly full board
function s = score (b)
  lines = [1 2 3; 4 5 6; 7 8 9; 1 4 7; 2 5 8; 3 6 9; 1 5 9; 3 5 7];
  s = 0;
  for k = 1:rows (lines)
    t = sum (b(lines(k, :)));
    if t == 3, s = 1; return, end
    if t == -3, s = -1; return, end
  end
end
function [best, move] = minimax (b, player)
  s = score (b); move = 0;
  free = find (b == 0);
  if s != 0 || isempty (free), best = s; return, end
  best = -2 * player;
  for m = free
    c = b; c(m) = player;
    v = minimax (c, -player);
    if (player == 1 && v > best) || (player == -1 && v < best)
      best = v; move = m;
    end
  end
end
[v, m] = minimax ([1 -1 1 0 -1 0 0 0 0], 1)
[v, m] = minimax ([1 -1 0 0 1 0 0 -1 0], 1)

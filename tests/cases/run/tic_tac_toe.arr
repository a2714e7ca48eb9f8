board = zeros (3);
moves = [1 5 2 3 7 4 6];
player = 1;
winner = 0;
for m = moves
  board(m) = player;
  sums = [sum(board), sum(board, 2)', trace(board), trace(fliplr (board))];
  if any (abs (sums) == 3)
    winner = player;
    break
  end
  player = -player;
end
winner
signs = "O.X";
disp (signs(board + 2))
free = find (board == 0)'
lines = [board; board'; diag(board)'; diag(fliplr (board))']

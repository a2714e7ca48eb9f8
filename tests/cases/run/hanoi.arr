function moves = hanoi (n, from, to, via)
  if n == 0
    moves = zeros (0, 2);
  else
    moves = [hanoi(n - 1, from, via, to); from, to; hanoi(n - 1, via, to, from)];
  end
end
m = hanoi (3, 1, 3, 2)
size (hanoi (5, 1, 3, 2))
pegs = {[3 2 1], [], []};
for move = m'
  pegs{move(2)}(end+1) = pegs{move(1)}(end);
  pegs{move(1)}(end) = [];
end
pegs

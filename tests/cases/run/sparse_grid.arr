% Path finding on a grid of characters.
grid = ["S..#...."; ".#.#.##."; ".#...#.."; ".####.#."; "......#G"];
[r0, c0] = find (grid == "S"); [r1, c1] = find (grid == "G");
distance = -ones (size (grid));
distance(r0,c0) = 0;
queue = [r0 c0];
moves = [0 1; 1 0; 0 -1; -1 0];
while ! isempty (queue)
  here = queue(1,:); queue(1,:) = [];
  for m = moves'
    next = here + m';
    if any (next < 1) || any (next > size (grid)), continue, end
    if grid(next(1),next(2)) == "#" || distance(next(1),next(2)) >= 0, continue, end
    distance(next(1),next(2)) = distance(here(1),here(2)) + 1;
    queue(end+1,:) = next;
  end
end
distance
steps = distance(r1,c1)
path = grid; here = [r1 c1];
while distance(here(1),here(2)) > 1
  for m = moves'
    next = here + m';
    if all (next >= 1) && all (next <= size (grid)) && distance(next(1),next(2)) == distance(here(1),here(2)) - 1
      here = next; path(here(1),here(2)) = "*"; break
    end
  end
end
path
sum (path(:) == "*")
[rows_, cols_] = find (path == "*");
[rows_ cols_](1:3,:)
idx = sub2ind (size (grid), rows_, cols_)';
idx(1:5)
[i, j] = ind2sub (size (grid), idx(end))

% Conway's game on a torus.
function world = evolve (world)
  around = zeros (size (world));
  for dy = -1:1
    for dx = -1:1
      if dy || dx
        around += circshift (world, [dy dx]);
      end
    end
  end
  world = around == 3 | (world & around == 2);
end

function show (world)
  signs = ".#";
  disp (signs(world + 1))
end

world = zeros (6, 8);
world(2, 3) = 1; world(3, 4) = 1; world(4, 2:4) = 1;
for turn = 1:4
  printf ("turn %d, %d alive\n", turn, nnz (world));
  show (world)
  world = evolve (world);
end
class (world)

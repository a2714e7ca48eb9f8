cellfun (@numel, {"a", "bb", "ccc"})
cellfun (@(x) x * 2, {1, 2, 3})
cellfun (@(x) [x "!"], {"a", "b"}, "UniformOutput", false)
arrayfun (@(x) x ^ 2, 1:4)
[mx, ix] = cellfun (@max, {[1 5 2], [7 3]})
k = 3;
cellfun (@(x) x + k, {1, 2})
cellfun ("isempty", {1, [], ""})
arrayfun (@(i) {i}, 1:2)
cellfun (@(x, y) x + y, {1, 2}, {10, 20})
try
  cellfun (@(x) error ("boom"), {1});
catch e
  disp (e.message);
end
function r = twice (x), r = 2 * x; end
cellfun (@twice, {4, 5})

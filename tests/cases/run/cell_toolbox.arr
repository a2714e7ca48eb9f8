c = {1, "two", [3 4 5]; {6}, @sin, true}
class (c{2, 2})
size (c)
c{1, 3}(2)
c(:, 1)
c{end, end}
numel (c), iscell (c), iscellstr ({"a", "b"})
d = cell (2, 2)
d{1, 2} = "x";
cellfun (@isempty, d)
cellfun ("length", {"ab", "c", ""})
cellfun (@(x, y) x + y, {1, 2}, {10, 20})
cellfun (@(x) [x x], {1, 2}, "UniformOutput", false)
num2cell ([1 2; 3 4])
cell2mat ({1 2; 3 4})
vertcat ({1}, {2})
[c{1, 1:2}] = deal ("p", "q");
c(1, :)
x = {};
x{end+1} = 5;
x{end+1} = "six";
x
x(1) = []
sort ({"pear", "apple", "fig"})
[tf, at] = ismember ("fig", {"pear", "fig"})
cellfun (@upper, {"a", "b"}, "UniformOutput", false)
cellfun (@(s) error ("bad"), {1, 2}, "ErrorHandler", @(e, v) -v)
isequal ({1, "a"}, {1, "a"})
cellfun (@numel, {1, [1 2], "abc"; {}, 5, zeros(2)})

% Several elements of a struct array or a cell take the values of a list.
s = struct ("x", {1, 2, 3});
[s([true false true]).x] = deal (8, 9);
disp ([s.x])
[s([3 1]).x] = deal (5, 6);
disp ([s.x])
b = struct ("name", {"a", "b", "c"; "d", "e", "f"}, "value", 0);
[b([2, 1], [3, 1]).name] = deal (b([1, 2], [1, 2]).name);
disp ({b.name})
[b(:, 2).value] = deal (4, 7);
disp ([b.value])
[b(1, :).value] = deal (-1);
disp ([b.value])
c(4, 4, 4, 4).name  = "a";
c(3, 3, 3, 3).value = 1;
[c([1, 3], 2, :, [3, 4]).value] = deal (1);
disp (numel ([c.value]))
t.list = struct ("k", {1, 2, 3});
[t.list(2:3).k] = deal (20, 30);
disp ([t.list.k])
[t.list.k] = deal (0);
disp ([t.list.k])
[new(1, 1:3).k] = deal ("a", "b", "c");
disp (size (new)), disp ([new.k])
[q{[true false true]}] = deal (1, 2);
disp (q)

% Trees of structs, walked.
1;
function t = leaf (name, size)
  t = struct ("name", name, "size", size, "children", {{}});
end
function t = branch (name, varargin)
  t = struct ("name", name, "size", 0, "children", {varargin});
end
function n = weight (t)
  n = t.size;
  for k = 1:numel (t.children)
    n += weight (t.children{k});
  end
end
function outline (t, depth)
  printf ("%s%s (%d)\n", repmat ("  ", 1, depth), t.name, weight (t));
  cellfun (@(c) outline (c, depth + 1), t.children);
end
function names = leaves (t)
  if isempty (t.children)
    names = {t.name};
  else
    names = {};
    for k = 1:numel (t.children)
      names = [names, leaves(t.children{k})];
    end
  end
end
function s = set_path (s, path, value)
  [head, rest] = strtok (path, ".");
  if isempty (rest)
    s.(head) = value;
  else
    if ! isfield (s, head), s.(head) = struct (); end
    s.(head) = set_path (s.(head), rest(2:end), value);
  end
end
function paths = flat (s, prefix)
  paths = {};
  for f = fieldnames (s)'
    name = [prefix, f{1}];
    if isstruct (s.(f{1}))
      paths = [paths, flat(s.(f{1}), [name "."])];
    else
      paths{end+1} = name;
    end
  end
end
t = branch ("root", branch ("src", leaf ("a.m", 10), leaf ("b.m", 20)), leaf ("readme", 5), branch ("doc"));
outline (t, 0);
leaves (t)
s = struct ();
s = set_path (s, "window.size.width", 640);
s = set_path (s, "window.size.height", 480);
s = set_path (s, "title", "demo");
s
flat (s, "")
list = struct ("v", {3, 1, 2});
[~, order] = sort ([list.v]);
list = list(order);
printf ("%d ", list.v); printf ("\n");
[list.w] = deal ("x", "y", "z");
list(2)
numel (list), size (list), isrow (list)
list(2) = [];
[list.w]
m = arrayfun (@(e) e.v * 2, list)
isequal (t.children{1}.children{2}, leaf ("b.m", 20))

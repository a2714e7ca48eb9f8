% A value as JSON text, and numbers of it read back.
1;
function t = json (v)
  if ischar (v)
    t = ['"' strrep(strrep (v, '\', '\\'), '"', '\"') '"'];
  elseif iscell (v)
    t = ["[" strjoin(cellfun (@json, v, "UniformOutput", false), ",") "]"];
  elseif isstruct (v) && isscalar (v)
    f = fieldnames (v);
    t = "{";
    for k = 1:numel (f)
      if k > 1, t = [t ","]; end
      t = [t, json(f{k}), ":", json(v.(f{k}))];
    end
    t = [t "}"];
  elseif isstruct (v)
    t = ["[" strjoin(arrayfun (@json, v, "UniformOutput", false), ",") "]"];
  elseif islogical (v) && isscalar (v)
    t = {"false", "true"}{v + 1};
  elseif isscalar (v)
    t = num2str (v, 8);
  elseif isempty (v)
    t = "[]";
  elseif isrow (v)
    t = ["[" strjoin(arrayfun (@json, v, "UniformOutput", false), ",") "]"];
  else
    t = ["[" strjoin(arrayfun (@(k) json (v(k,:)), 1:rows (v), "UniformOutput", false), ",") "]"];
  end
end
disp (json (struct ("name", "x \"y\"", "n", 3.25, "list", {{1, "two", true}}, "m", [1 2; 3 4])));
disp (json (struct ("a", {1, 2})));
disp (json ({}));
disp (json ([]));
text = json ([1.5 -2 1e10]);
str2num (text)
tokens = regexp (text, '[-+.\de]+', "match");
str2double (tokens)
function [v, rest] = parse_list (s)
  v = {}; s = s(2:end);
  while s(1) != "]"
    if s(1) == "["
      [v{end+1}, s] = parse_list (s);
    else
      [w, s] = strtok (s, ",]");
      v{end+1} = str2double (w);
    end
    if s(1) == ",", s(1) = []; end
  end
  rest = s(2:end);
end
v = parse_list ("[1,[2,[3]],4]")

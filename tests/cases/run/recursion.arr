function hanoi (n, a, b, c)
  if n == 0, return; end
  hanoi (n - 1, a, c, b);
  printf ("%s->%s ", a, c);
  hanoi (n - 1, b, a, c);
end
hanoi (3, "A", "B", "C"); disp ("");
function r = flat (c)
  r = {};
  for i = 1:numel (c)
    if iscell (c{i})
      r = [r, flat(c{i})];
    else
      r{end+1} = c{i};
    end
  end
end
flat ({1, {2, {3, 4}}, 5})
function r = ack (m, n)
  if m == 0
    r = n + 1;
  elseif n == 0
    r = ack (m - 1, 1);
  else
    r = ack (m - 1, ack (m, n - 1));
  end
end
ack (2, 3)
function p = perms_of (v)
  if numel (v) <= 1, p = v; return; end
  p = [];
  for i = 1:numel (v)
    rest = v; rest(i) = [];
    q = perms_of (rest);
    p = [p; repmat(v(i), rows (q), 1), q];
  end
end
perms_of (1:3)
function r = even (n), if n == 0, r = true; else, r = odd (n - 1); end, end
function r = odd (n), if n == 0, r = false; else, r = even (n - 1); end, end
even (10), odd (7)

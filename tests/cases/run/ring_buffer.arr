function r = ring_new (n), r = struct ("data", zeros (1, n), "at", 0, "count", 0); end
function r = ring_push (r, x)
  n = numel (r.data);
  r.data(mod (r.at + r.count, n) + 1) = x;
  if r.count == n
    r.at = mod (r.at + 1, n);
  else
    r.count++;
  end
end
function list = ring_list (r)
  list = r.data(mod (r.at + (0:r.count - 1), numel (r.data)) + 1);
end
r = ring_new (3);
for x = [5 6 7 8 9]
  r = ring_push (r, x);
  printf ("%s\n", mat2str (ring_list (r)));
end
r

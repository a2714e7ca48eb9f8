function [values, counts] = encode (s)
  ends = [find(diff (double (s)) != 0), numel(s)];
  counts = diff ([0 ends]);
  values = s(ends);
end
function s = decode (values, counts)
  s = repelem (values, counts);
end
[v, c] = encode ("aaabccdddd")
decode (v, c)
text = sprintf ("%c%d", [double(v); c])
[v, c] = encode ([1 1 0 0 0 5]);
disp ([v; c])
isequal (decode (v, c), [1 1 0 0 0 5])
parts = regexp ("a3b1c2", '([a-z])(\d+)', 'tokens');
out = "";
for p = parts
  out = [out repmat(p{1}{1}, 1, str2num (p{1}{2}))];
end
out

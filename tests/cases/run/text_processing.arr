text = "the quick brown fox jumps over the lazy dog the end";
words = strsplit (text, " ");
counts = struct ();
for i = 1:numel (words)
  w = words{i};
  if isfield (counts, w)
    counts.(w)++;
  else
    counts.(w) = 1;
  end
end
names = fieldnames (counts);
for i = 1:numel (names)
  if counts.(names{i}) > 1
    printf ("%s %d\n", names{i}, counts.(names{i}));
  end
end
function r = reverse_words (s)
  parts = strsplit (s, " ");
  r = strjoin (parts(end:-1:1), " ");
end
reverse_words ("a b c")
function r = is_pal (s)
  s = lower (s(isletter (s)));
  r = strcmp (s, s(end:-1:1));
end
is_pal ("A man, a plan, a canal: Panama")
function r = caesar (s, k)
  r = s;
  for i = 1:length (s)
    c = s(i);
    if c >= "a" && c <= "z"
      r(i) = char (mod (c - "a" + k, 26) + "a");
    end
  end
end
caesar ("hello", 3)
caesar (caesar ("hello", 3), -3)
strrep ("hello", "l", "L")
regexprep ("abc123", '\d+', "#")

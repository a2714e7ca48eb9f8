% Justified paragraphs and aligned columns.
1;
function lines = wrap (text, width)
  words = strsplit (text, " "); lines = {}; line = "";
  for k = 1:numel (words)
    if isempty (line)
      line = words{k};
    elseif length (line) + 1 + length (words{k}) <= width
      line = [line " " words{k}];
    else
      lines{end+1} = line; line = words{k};
    end
  end
  lines{end+1} = line;
end
function out = justify (line, width)
  gaps = find (line == " "); out = line; k = 0;
  while length (out) < width && ! isempty (gaps)
    at = gaps(mod (k, numel (gaps)) + 1);
    out = [out(1:at) " " out(at+1:end)];
    gaps += gaps > at;
    k++;
  end
end
text = "the quick brown fox jumps over the lazy dog and runs away from the very angry bear";
lines = wrap (text, 24);
for k = 1:numel (lines), printf ("|%-24s|\n", lines{k}); end
for k = 1:numel (lines), printf ("|%s|\n", justify (lines{k}, 24)); end
for k = 1:numel (lines), printf ("|%24s|\n", lines{k}); end
widths = cellfun (@length, lines)
pad = @(s, n) [s, blanks(n - length (s))];
table = cellfun (@(s) pad (s, 26), lines, "UniformOutput", false);
size (vertcat (table{:}))
center = @(s, n) [blanks(floor ((n - length (s)) / 2)), s, blanks(ceil ((n - length (s)) / 2))];
["[" center("title", 20) "]"]
counts = zeros (1, 26);
letters = text(isletter (text)) - "a" + 1;
counts = accumarray (letters', 1, [26 1])';
[~, top] = sort (counts, "descend");
char (top(1:5) + "a" - 1)
upper (text(1)), [upper(text(1)) text(2:9)]
strrep (text, "the", "THE")(1:30)
strsplit ("a,b,,c", ","), strjoin ({"x", "y", "z"}, "-"), strsplit ("a  b", " ")
ostrsplit ("a:b", ":"), mat2str (strfind (text, "the")), index (text, "o"), rindex (text, "o")
fliplr (strtrim ("  abc  ")), length (deblank ("ab   ")), blanks (3), repmat ("ab", 1, 3)
substr ("hello world", 7, 5), strncmpi ("HELlo", "help", 3), lower ({"AB", "Cd"}), strvcat ("a", "bcd")
regexp (text, '\<\w{5}\>', "match"), strcat ("a ", "b"), strcat ({"a "}, "b"), [" a" "b "], cstrcat ("a ", "b")
startsWith ("hello", "he"), endsWith ({"a.m", "b.c"}, ".m"), columns ("abc"), validatestring ("app", {"apple", "pear"})

% Text taken apart by regular expressions.
log = ["2024-03-01 10:15 [warn] disk=91% host=a1\n" ...
       "2024-03-02 11:20 [info] disk=45% host=b2\n" ...
       "broken line\n" ...
       "2024-03-03 23:59 [warn] disk=97% host=a1"];
lines = strsplit (log, "\n");
pattern = '(?<date>\d{4}-\d\d-\d\d) (?<time>[\d:]+) \[(?<level>\w+)\] disk=(?<disk>\d+)%';
for k = 1:numel (lines)
  found = regexp (lines{k}, pattern, "names");
  if isempty (fieldnames (found)) || isempty (found)
    printf ("no match: %s\n", lines{k});
  else
    printf ("%s %s %d\n", found.date, found.level, str2double (found.disk) > 90);
  end
end
[tok, mat] = regexp (log, 'host=(\w)(\d)', "tokens", "match");
cellfun (@(t) [t{2} t{1}], tok, "UniformOutput", false)
mat
[s, e] = regexp ("abcabc", "bc")
regexp ("one two", '\w+', "match", "once")
regexp ("none", '\d+', "match", "once")
regexp ("k=v; x=y", '(\w)=(\w)', "tokens"){2}{1}
regexprep ("John Smith", '(\w+) (\w+)', "$2, $1")
regexprep ({"aab", "bba"}, "(a+)", "<$1>")
regexp ("a,b;c", "[,;]", "split")
[parts, seps] = strsplit ("1+2-3", {"+", "-"})
regexpi ("HeLLo", "l+", "match")
regexp ({"a1", "b", "c22"}, '\d+', "match")
strjoin (regexp ("camelCaseName", "[A-Z]?[a-z]+", "match"), "_")
regexp ("foo.bar", '(?<=\.)\w+', "match"){1}
regexp ("aaa", "a*?", "match", "once")
regexp ("line1\nline2", '^\w+$', "match", "lineanchors")
regexp ("AbC", "[a-z]+", "match", "ignorecase")
regexp ("a b", "a b", "match", "freespacing")
ostrsplit ("a:b;c", ":;")
mat2str (regexp ("x12y3", '(\d)(\d)?', "tokenExtents"){1})
[tok, rest] = strtok ("  hello world")
textscan ("a=1 b=2", "%s"){1}'
num = str2double (regexp ("t=1.5e3,u=-2,v=x", '(?<==)[^,]+', "match"))
substr = @(s, i, n) s(i:i+n-1);
substr ("abcdef", 3, 2)
untabify ("\tx")

log = {"2024-01-05 ERROR disk full", "2024-01-06 INFO started", "2024-02-01 ERROR net down", "garbage"};
pattern = '^(?<date>\d{4}-\d{2}-\d{2}) (?<level>[A-Z]+) (?<text>.*)$';
for k = 1:numel (log)
  n = regexp (log{k}, pattern, 'names');
  if isempty (fieldnames (n)) || isempty (n)
    printf ("%d: no match\n", k);
  else
    printf ("%s [%s] %s\n", n.date, n.level, n.text);
  end
end
errors = log(! cellfun (@isempty, regexp (log, 'ERROR')))
[s, e, te, m, t, nm, sp] = regexp ("a1bb22", '([a-z]+)(\d+)');
s, e, te, m, t, sp
regexprep ("John Smith", '(\w+) (\w+)', '$2, $1')
regexprep ({"aa", "ba"}, '^a', 'X')
regexp ("foo.bar", '\.', 'split')
regexp ("aaa", 'a*?', 'match', 'once')
regexp ("ab12", '[[:digit:]]+', 'match'){1}
regexp ("one\ntwo", '^t', 'lineanchors')
regexpi ("ABC", 'b', 'match')
regexp ('xay', '(?<=x)a(?=y)', 'start')
regexprep ("hello", 'l', 'L', 'once')
strsplit ("a||b|c", "|")
strjoin (regexp ("camelCaseText", '[A-Z]?[a-z]+', 'match'), "_")
upper (regexprep ("snake_case", '_(.)', '$1'))
ostrsplit ("a b", " ")
regexp ({"a1", "b"}, '\d', 'match')
untabify ("\ta")

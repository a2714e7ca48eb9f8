% Lines of comma separated text become a table; bad rows are counted.
raw = {"name,age,city", "Ann, 34 ,Oslo", "Bob,abc,Rome", "Cid,,Paris", "Dora,51,Lima"};
header = strsplit (raw{1}, ",");
good = {}; bad = 0;
for k = 2:numel (raw)
  fields = strtrim (strsplit (raw{k}, ",", "CollapseDelimiters", false));
  age = str2double (fields{2});
  if isnan (age)
    bad++;
    printf ("row %d: bad age '%s'\n", k - 1, fields{2});
    continue
  end
  good(end+1, :) = {fields{1}, age, fields{3}};
end
good
bad
mean ([good{:, 2}])
s = cell2struct (good, header, 2);
s(2)
fieldnames (s)'
upper (s(1).city)
lengths = cellfun (@length, good(:, 1))'

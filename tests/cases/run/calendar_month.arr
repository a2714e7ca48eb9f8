% A month as a grid of text, and weeks counted.
1;
function lines = month (year, number)
  first = weekday (datenum (year, number, 1));
  last = eomday (year, number);
  cells = repmat ("   ", 1, first - 1);
  for d = 1:last
    cells = [cells, sprintf("%3d", d)];
  end
  cells = [cells, blanks(mod (-numel (cells), 21))];
  lines = reshape (cells, 21, [])';
end
names = {"January", "February", "March"};
for m = 1:3
  title = sprintf ("%s %d", names{m}, 2024);
  printf ("%s%s\n", blanks (floor ((21 - length (title)) / 2)), title);
  disp (" Su Mo Tu We Th Fr Sa");
  disp (month (2024, m));
end
grid = month (2023, 2);
size (grid)
fridays = strtrim (cellstr (grid(:,16:18)))'
weeks = arrayfun (@(m) rows (month (2021, m)), 1:12)
thirteenths = [];
for m = 1:12
  if weekday (datenum (2026, m, 13)) == 6, thirteenths(end+1) = m; end
end
thirteenths
arrayfun (@(y) datestr (datenum (y, 1, 1), "ddd"), 2020:2023, "UniformOutput", false)
days = cumsum ([0 eomday(2023, 1:11)]);
[m, d] = deal (find (days < 100, 1, "last"), 100 - days(find (days < 100, 1, "last")))
easter = @(y) mod (19 * mod (y, 19) + 24, 30);
easter ([2000 2024])

% Dates: numbers, texts, calendars.
n = datenum (2024, 2, 28);
for k = 0:2
  disp (datestr (n + k, "yyyy-mm-dd"));
end
datestr (730736.65149, 31)
datestr ([2023 12 31 23 59 59], "dd mmm yyyy HH:MM:SS")
datestr (datenum (1999, 1, 2, 3, 4, 5), "HH:MM PM")
v = datevec ("2021-07-04 12:34:56", "yyyy-mm-dd HH:MM:SS")
days = datenum (2024, 12, 25) - datenum (2024, 7, 4)
[number, name] = weekday (datenum (2000, 1, 1))
is_leap_year ([1900 2000 2023 2024])
eomday (2024, 1:4)
addtodate (datenum (2024, 1, 31), 1, "month") - datenum (2024, 1, 31)
datestr (addtodate (datenum (2023, 11, 30), 3, "month"), 1)
months = cell (1, 3);
for m = 1:3
  months{m} = datestr (datenum (2000, m, 1), "mmmm");
end
months
t = strptime ("2010-03-09", "%Y-%m-%d");
[t.year + 1900, t.mon + 1, t.mday]
strftime ("%d/%m/%y", t)
d = datenum ([2020 1 1; 2020 3 1]);
diff (d)'
asctime (gmtime (0))(1:10)

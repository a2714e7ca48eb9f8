d = datenum (2024, 2, 28);
datestr (d + 1, "yyyy-mm-dd"), datestr (d + 2, "yyyy-mm-dd")
is_leap_year (2024), is_leap_year (1900)
eomday (2023, 2), eomday (2024, 2)
weekday (datenum (2024, 1, 1))
[n, s] = weekday (738000)
datevec ("2021-03-04 05:06:07")
datestr ([2020 12 31 23 59 58])
days = datenum (2024, 12, 25) - datenum (2024, 1, 1)
addtodate (datenum (2024, 1, 31), 1, "month") - datenum (2024, 2, 29)
datestr (736330.5, 31)
calendar_rows = rows (calendar (2024, 2))
asctime (gmtime (0))
strftime ("%Y-%m-%d %H:%M", gmtime (86400))
clock_ok = numel (clock ()) == 6
tic; x = toc; x >= 0

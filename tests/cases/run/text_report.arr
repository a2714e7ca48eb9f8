scores = struct ("Ann", [8 9 10], "Bob", [6 7], "Cleo", [10 10 9 8]);
names = fieldnames (scores);
line = repmat ("-", 1, 32);
disp (line)
fprintf ("%-8s|%8s|%6s|%6s\n", "name", "mean", "best", "n");
disp (line)
for k = 1:numel (names)
  v = scores.(names{k});
  fprintf ("%-8s|%8.3f|%6d|%6d\n", names{k}, mean (v), max (v), numel (v));
end
disp (line)
all_scores = struct2cell (scores);
all_scores = [all_scores{:}];
fprintf ("overall %.2f +- %.2f\n", mean (all_scores), std (all_scores));
disp (["[" num2str(all_scores) "]"])
disp (mat2str (all_scores))
fprintf ("%s\n", num2str (pi, "%10.4f"), num2str ([1.5 2; 3 4]));
num2str ([1 2; 30 4]), num2str (-0.5), num2str (1e10), num2str (123456789.123), num2str ([0.1 22.22])
num2str (1+2i), num2str ("str"), num2str ([true false])
centered = [blanks(5) "x" blanks(5)];
size (centered)

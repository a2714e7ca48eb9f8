% Anagrams grouped by their sorted letters.
words = {"listen", "silent", "enlist", "google", "elgoog", "abc", "cab", "xyz"};
keys = cellfun (@sort, words, "UniformOutput", false);
[groups, ~, which] = unique (keys);
for g = 1:numel (groups)
  members = words(which == g);
  if numel (members) > 1
    printf ("%s: %s\n", groups{g}, strjoin (members, " "));
  end
end
counts = accumarray (which(:), 1)'
groups
vowels = cellfun (@(w) sum (ismember (w, "aeiou")), words)
title_case = cellfun (@(w) [upper(w(1)) w(2:end)], words(1:3), "UniformOutput", false)
longest = words{find (cellfun (@numel, words) == max (cellfun (@numel, words)), 1)}
joined = [words{1:2}]
cellfun (@(a, b) [a "-" b], words(1:2), words(3:4), "UniformOutput", false)

text = ["It was the best of times, it was the worst of times,\n" ...
        "it was the age of wisdom, it was the age of foolishness"];
words = regexp (lower (text), '[a-z]+', 'match');
[u, ~, j] = unique (words);
counts = accumarray (j(:), 1)';
[~, order] = sort (counts, "descend");
for k = order(1:5)
  printf ("%-8s %d\n", u{k}, counts(k));
end
numel (words)
longest = max (cellfun (@length, words))
words(cellfun ("length", words) == longest)
initials = cellfun (@(w) w(1), u)
by_length = accumarray (cellfun (@numel, words)', 1)'
lines = strsplit (text, "\n");
cellfun (@numel, lines)
regexprep (lines{1}, '\<(\w)(\w*)', '$2$1ay')

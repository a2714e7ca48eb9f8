letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
codes = {".-", "-...", "-.-.", "-..", ".", "..-.", "--.", "....", "..", ".---", "-.-", ".-..", "--", "-.", ...
         "---", ".--.", "--.-", ".-.", "...", "-", "..-", "...-", ".--", "-..-", "-.--", "--.."};
encode = @(t) strjoin (codes(t - 'A' + 1), " ");
message = encode ("OCTAVE")
table = containers.Map (codes, num2cell (letters));
decoded = cellfun (@(c) table(c), strsplit (message, " "))
lengths = cellfun (@numel, codes);
accumarray (lengths', 1)'
letters(lengths == 1)
strrep (strrep (message, ".", "dit "), "-", "dah ")

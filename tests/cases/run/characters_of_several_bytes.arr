% Case and classes of characters that take several bytes.
words = {"Ärger", "straße", "ŁÓDŹ", "naïve café", "Σίγμα"};
for w = words
  word = w{1};
  printf ("%s: %s %s, %d letters of %d bytes, %d capital\n", word, toupper (word), tolower (word), ...
          sum (isalpha (word)), numel (word), sum (isupper (word)));
end
isalnum ("Ä8a_")
islower ("Äß")
ispunct ("a«€,")
isgraph ("é b")
isspace ("a\tb é")
isalpha (["Ä8Aa?"; "(Uß ;"])
toupper (["äbc"; "defg"])
tolower (["ABÄ"; "ÄÄ"])
isstrprop ("é1 ", "alpha")
isalpha ({"é", "1"}){1}
iscntrl ("é")

% Matrices of characters.
names = char ("ann", "roberta", "cy")
size (names)
names(2,:)
names(:,1)'
strtrim (names(3,:))
cellstr (names)'
upper (names)
[names, repmat("|", 3, 1)]
sorted = sortrows (names)
flipud (names)
names == "a"
any (names == "r", 2)'
strvcat ("x", "", "long text")
char ({"one", "three"}, "", "fifteen")
strjust (names, "right")
double (names(:,1))'
names(1,1:3) = "ANN";
names
isspace (names)
blank = names; blank(blank == " ") = "_"
board = repmat (".", 3, 5);
board(2,3) = "#"; board(:,end) = "|"
columns (board), rows (board), ischar (board)
num2str (magic (3))
strcmp (names(1,:), "ANN"), strncmp (names(1,:), "ANN", 3)
row = names'(:)'
regexprep (cellstr (names), "([a-z])$", "<$1>")'

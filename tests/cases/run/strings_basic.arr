a = 'single''s', b = "dou\tble\"s"
c = ["abc"; "def"]
c(2, :)
[a, " and ", b]
["x" 65 66]
double ("AZ")
x = 'abc' == 'abd'
upper ("abc")
isempty ("")
n = length ("hello")
s = "";
for i = 1:5
  s = [s, sprintf("%d,", i)];
end
s
s(end) = []
["one"; "two"](2, :)
1:5 == "a"
f = 'a':'e'
disp (pi)
printf ("%5.2f|%-6s|%d\n", pi, "ab", 3);
fprintf ("%s\n", "text");
num2str (pi)

function s = to_base (n, b)
  digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  s = "";
  do
    s = [digits(mod (n, b) + 1) s];
    n = floor (n / b);
  until n == 0
end
function n = from_base (s, b)
  digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  [~, v] = ismember (upper (s), digits);
  n = polyval (v - 1, b);
end
for b = [2 8 16 36]
  s = to_base (2024, b);
  printf ("%2d: %s %d %d\n", b, s, from_base (s, b), strcmp (s, dec2base (2024, b)));
end
dec2bin (0:3)
dec2hex (4095), hex2dec ({"F", "10"})'
bin2dec ("1 0 1")
base2dec ("zz", 36)
num2str (0.1 + 0.2 == 0.3)
fliplr (num2str (12345))

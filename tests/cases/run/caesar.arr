function out = shift_letters (s, k)
  out = s;
  up = s >= 'A' & s <= 'Z';
  low = s >= 'a' & s <= 'z';
  out(up) = char (mod (s(up) - 'A' + k, 26) + 'A');
  out(low) = char (mod (s(low) - 'a' + k, 26) + 'a');
end
secret = shift_letters ("Hello, World!", 3)
plain = shift_letters (secret, -3)
isequal (plain, "Hello, World!")
rot13 = @(s) shift_letters (s, 13);
rot13 (rot13 ("Twice is once"))
counts = accumarray (lower (secret(isletter (secret)))' - 'a' + 1, 1, [26 1])';
char (find (counts) + 'a' - 1)
vigenere = @(t, key) char (mod (t - 'A' + key(mod (0:numel (t) - 1, numel (key)) + 1) - 'A', 26) + 'A');
vigenere ("ATTACKATDAWN", "LEMON")

function ok = luhn (text)
  d = fliplr (text(isdigit (text)) - '0');
  d(2:2:end) *= 2;
  d(d > 9) -= 9;
  ok = mod (sum (d), 10) == 0;
end
function ok = isbn10 (text)
  d = text(text != '-');
  v = d - '0';
  v(d == 'X') = 10;
  ok = mod (sum ((10:-1:1) .* v), 11) == 0;
end
luhn ("4539 1488 0343 6467"), luhn ("8273 1232 7352 0569")
isbn10 ("3-598-21508-8"), isbn10 ("3-598-21507-X"), isbn10 ("3-598-21508-9")
check = @(s) mod (10 - mod (sum ((s - '0') .* [1 3 1 3 1 3 1 3 1 3 1 3]), 10), 10);
check ("978030640615")

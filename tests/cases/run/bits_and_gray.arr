n = 0:7;
gray = bitxor (n, bitshift (n, -1))
dec2bin (gray)
parity = mod (sum (dec2bin (n) - '0', 2), 2)'
popcount = sum (bitget (repmat (n', 1, 3), repmat (1:3, 8, 1)), 2)'
hamming_distance = @(a, b) nnz (dec2bin (bitxor (a, b)) == '1');
hamming_distance (10, 5)
flags = bitor (bitshift (1, 3), 1)
bitand (flags, 8) > 0
masks = bitshift (1, 0:4)
bitset (0, 3), bitset (uint8 (255), 1, 0)
x = uint16 (51966);
dec2hex (x)
bytes = typecast (x, "uint8")
swapbytes (x)
bin2dec ({"101", "11"})'
bitcmp (uint8 (1))
fliplr (dec2bin (6))
dec2bin (5, 8)

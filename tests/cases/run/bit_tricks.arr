% Bits: masks, shifts, parity, packing.
x = uint8 (180);
dec2bin (x)
bitand (x, 15), bitor (x, uint8 (3)), bitxor (x, 255)
bitshift (x, 1), bitshift (x, -3), bitshift (16, 2)
bitget (x, 1:8)
y = bitset (uint8 (0), [1 3 8])
bitset (x, 3, 0)
bitcmp (uint8 ([0 1 254]))
function n = popcount (v)
  n = zeros (size (v));
  while any (v(:))
    n += mod (v, 2);
    v = floor (v / 2);
  end
end
popcount ([0 1 7 255 1023])
parity = mod (popcount (0:15), 2)
gray = bitxor (0:7, floor ((0:7) / 2));
dec2bin (gray, 3)
is_power = @(n) n > 0 & bitand (n, n - 1) == 0;
is_power ([0 1 2 3 64 100])
rgb = uint32 ([18 52 86]);
packed = bitor (bitor (bitshift (rgb(1), 16), bitshift (rgb(2), 8)), rgb(3))
dec2hex (packed)
unpacked = [bitand(bitshift (packed, -16), 255), bitand(bitshift (packed, -8), 255), bitand(packed, 255)]
typecast (single (1), "uint32")
dec2bin (typecast (single (-2), "uint32"))
typecast (uint8 ([0 0 128 63]), "single")
bitshift (int8 (-8), 1), bitshift (uint8 (255), 4)
flintmax, bitmax_is = 2^53
hex2dec ({"FF", "1A"})
fliplr (dec2bin (6, 8))
bin2dec ("1011 0001")
swapbytes (uint16 ([1 256]))
bitunpack (uint8 (5))
bitpack (logical ([1 0 1 0 0 0 0 0]), "uint8")

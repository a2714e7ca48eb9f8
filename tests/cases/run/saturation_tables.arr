% Integer arithmetic at its limits, for every type.
types = {"int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64"};
for k = 1:numel (types)
  t = types{k};
  hi = intmax (t); lo = intmin (t);
  printf ("%-7s %20d %20d %20d %20d\n", t, lo, hi, hi + 1, lo - 1);
end
a = int8 ([-128 -100 -1 0 1 100 127]);
a + a
a - int8 (100)
a .* a
-a
abs (a)
a / 2
a ./ int8 (3)
idivide (abs (a), int8 (3))
idivide (a, int8 (3), "floor")
mod (a, int8 (7)), rem (a, int8 (7))
bitshift (a, 1)
uint8 (200) + 100, uint8 (5) - 10, uint8 (3.5), uint8 (2.5), uint8 (-1), uint8 (NaN), uint8 (Inf)
int32 (7) / int32 (2), int32 (-7) / int32 (2), 5 / int16 (0), -5 / int16 (0), int16 (0) / int16 (0)
class (int8 (1) + 2.5), int8 (1) + 2.5
int8 (100) * 1.5, int8 (-100) * 1.5
double (intmax ("int64")), intmax ("int64") - 1, intmax ("uint64") / 2
uint8 ([10 20 30]) * 0.1
sum (uint8 ([200 100])), class (sum (uint8 ([200 100])))
prod (int16 ([200 200])), mean (uint8 ([200 101]))
cumsum (int8 ([100 20 30]))
2 .^ uint8 (0:9)
bitor (uint8 (12), 3), int32 (10):int32 (3):int32 (20)
try
  int8 (1) + int16 (1)
catch err
  disp (err.message);
end
max (int8 (5), 7.9), min (uint8 (9), -3)
int16 (5):-2, num2str (int8 (-5)), mat2str (int16 ([1 -2]))
floor (int8 (7)), int8 (5) == 5.0, int8 (5) < 5.1
x = int8 (1:3); x(2) = 300, x(5) = -7.6
[int8(100) 300], [int8(1) single(2.7)], class ([int8(1) int16(500)])

a = 5; b = 3;
a / b, a \ b, a ^ b, mod (a, b), rem (-a, b)
a++;
a
1e3, 1.5e-3, 0x1F, 1i * 1i
3 + 4i
abs (3 + 4i)
sqrt (-4)
(-8) ^ (1/3)
0.1 + 0.2 == 0.3
1 / 0, -1 / 0, 0 / 0
int32 (7) / int32 (2)
uint8 (200) + 100
5:7 ./ 2
class (1 == 1), class (int8 (1) + 1), class (single (1) + 1)
floor (-2.5), round (2.5), fix (-2.5)
1e5, 100000, 123456, 1234567
[1.5 2.5], [1 1000000], [0.001 1000]
bitshift (1, 3)
max (3, 7), min ([4 2 8])
hypot (3, 4)

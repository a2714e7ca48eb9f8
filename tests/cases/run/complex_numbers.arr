z = 3 + 4i
abs (z), angle (z), conj (z), real (z), imag (z)
z ^ 2, sqrt (z), exp (i * pi)
w = [1+2i, 3-4i; 0, 5i]
w', w.'
w * w
z / (1 - 2i)
roots ([1 0 1])
sqrt (-4)
isreal (z), iscomplex (z), isreal (complex (1, 0))
polar_form = [abs(z), arg(z)]
log (-1)
(-8) ^ (1/3)
round (2.6 - 1.4i)
sum ([1+i 2-i])
prod ([1+i 2-i])
sort ([3+i, 1-2i, -2])
disp (z)
num2str (z), mat2str (w)
printf ("%f\n", z);
x = single (1 + i)
e1 = eig ([0 1; -1 0])
abs ([3+4i, 5+12i])
z == 3 + 4i
[z; 1]
1 / 0i
complex (0, Inf)

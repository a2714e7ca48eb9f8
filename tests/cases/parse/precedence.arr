% Every level of precedence, loosest to tightest.
x = y = a || b && c | d & e < f:g + h * -i ^ j'
-2^2
2^-1
2^-3^2
!x == y
-a'
a^b'
a'^2
a'(1)
1:n+1
1:2:3 == 1:3
a - b - c
a = b += c
2^3++

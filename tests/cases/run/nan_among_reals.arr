% NaN and Inf stay what they are among real numbers, and have no truth value.
x = [1 NaN 3 -Inf];
conv (x, [1 2 1]), polyval ([1 2 3], x), polyval ([1 2], Inf)
any ([NaN 0]), any ([NaN 1]), all ([NaN 1]), any ([0; NaN]), any ([NaN 0], 3), any (single ([NaN 0]))
try, 0 & x, catch e, disp (e.message), end
try, !x, catch e, disp (e.message), end
try, [int32([1 2]), complex(3, 0)], catch e, disp (e.message), end
z = complex ([3 -1 2], [1 1 1]) - 1i;
z < 2, sort (z), max (z), isreal (z), [int8(1) z]
t = [true false]; t(2) = z(1) > 2, class (t)
find (0), find (zeros (0, 0)), find (zeros (1, 0))
repmat ([1 2], []), mat2str (1/3, 40)
merge (any (x(:) > 2), 5, 6), primes (max (x)), rescale ([1 5 3]), rescale ([2 2]), cell2mat ({[1 2], 3})
sum ([true true], "native"), sum (uint8 ([200 100]), "native"), sum (int8 ([100 100 -100]), "native")
complex ([1i 2], 3), corrcoef (5)

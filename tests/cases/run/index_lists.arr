% Elements taken and put by lists of places, repeats and bad places among them.
v = (1:8)' * 10; k = [3 1 8 8 2 7 1 1 4] + 0;
v(k)
A = magic (4); j = [4 1 1 3 2] * 1;
A(j)
A(j, :)
A(:, j)
A(j, [2 3])
w = v; w(k) = 1:9
w = v; w(k) = 0
w = v; w(k) = []
B = A; B(j, 2) = 7
B = A; B(j, :) = 3
w = v; w([k 12]) = 5
t = [10 20 30 40 50 60 70 80];
t(k)
t(k')
t(reshape (k, 3, 3))
z = [1+2i 3 4i]; z([1 3 2 1])
u = uint64 ([18446744073709551615 5 7]); u([1 1 2])
try, v(k + 0.5), catch e, disp (e.message), end
try, v(k - 1), catch e, disp (e.message), end
try, v(k * 100), catch e, disp (e.message), end
try, A(k * 100, 1), catch e, disp (e.message), end
try, A(1, k .* 1.5), catch e, disp (e.message), end
try, v(k) = 1:3, catch e, disp (e.message), end
s = 'hello'; s([1 5 3])

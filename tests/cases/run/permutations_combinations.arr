p = perms ([1 2 3])
c = nchoosek (1:4, 2)
nchoosek (10, 3)
factorial ([0 1 5 10])
words = cellfun (@(k) "abc"(k), num2cell (p, 2), "UniformOutput", false)
sums = unique (sum (nchoosek ([1 2 3 5], 2), 2))'
primes (30)
n = 0;
for k = 0:4, n += nchoosek (4, k); end
n
[a, b] = ndgrid (1:2, 1:3);
pairs = [a(:) b(:)]

% Real matrices: one form for all elements; what is tested for being whole is so in single precision.
x = [1 2 3]
x = [1; 10; 100]
x = [1000 2; 3 40000]
x = [-1 2 3]
x = [1.5 2.5]
x = [1.5 20.25; 300.125 4]
x = [0.1 0.22 0.333]
x = [1 1000.5]
x = [99999 1.5]
x = [1e5 2e5]
x = [1e6 2e6]
x = [1e10 1]
x = [1e-5 1]
x = [1 NaN 3]
x = [1.5 NaN Inf]
x = [-Inf 0 Inf]
x = [NaN NaN]
x = [NA 1 NaN]
x = [0.5; 100]
x = [10.5 -200.25]
x = [1 1e100]
x = [1 1e-100]
x = [1.5 1e-100]
x = [5e-324 1]
x = [9.99999999 1]
x = [1 2 - eps]
x = [0 0]
x = [0 0.001]
x = (1:20) * 1000
x = (1:12) / 7
x = single ((1:30) * 1.5)
x = ones (2, 2, 2)
x = cat (3, 1:3, [1.5 2 3])
x = zeros (0, 3)
x = zeros (2, 0, 3)
x = []
x = eye (3)
x = eye (2, 3) * -1.5
x = eye (3) * 1e10
x = {eye(2)}
x = rand (1, 100) > 2
x = rand (1, 50) < 2
disp (eye (2))
disp ([1 1000.5])
disp (cat (3, 1:3, [1.5 2 3]))
disp (zeros (0, 3))

% A handle made in a function of a file sees the other functions of that file.
f = doubler_of_file ();
disp (f (21))
g = @(h) h (5);
disp (g (f))
disp (cellfun (f, {1, 2}))

% A command is a name, a blank, and what is no expression.
hold on
format long; x = 1
close all, warning off % why
zz -1 'two words' a(1, 2) ... more
   three
pi -1
zz - 1
zz (1)
zz = 3
zz -1
zz 'a

% Control flow in all its spellings.
if x disp(1), end
if (x), y, elseif z, w, else, v, endif
if x
  y;
else if z
  w
end, end
for i = 1:3 disp(i); end
for (k = x), k, endfor
for [v, key] = s
  v
end
for x(2).a = 1:2; end
parfor i = 1:2, i; endparfor
parfor (i = 1:2, 4)
end
while x < 3 x++; end
do x--; until x < 0
do
  x += 2;
until (x > 10)
switch x
  % nothing
  case {1, 2}
    a
  case 'three' b
  otherwise c
end
unwind_protect
  a
unwind_protect_cleanup
  b
end_unwind_protect
try, error('x'); catch, a, end
try error('x'), catch disp(lasterr), end
try
  a
catch err
  b
end_try_catch
try
  a
catch
  err
end
while true, if x, break; end, continue, end
return

% What no statement, file or builtin defines, in every place a name can stand.
x = lenght (1:3);
y = x + undefined_thing;
f = @(t) t + missing;
g = @no_such_function;
for k = 1:3
  if k > limit
    disp (k)
  end
end
z = cellfun (@(c) c + shift, {1, 2});

function r = area (width, height)
  r = width * heigth;
end

function later ()
  later_too ();
end

% Known: set later, asked about, or the program's own.
while true
  if exist ("total")
    total += 1;
  else
    total = 0;
  end
  if total > 3, break, end
end
try
  perhaps_not_there ();
catch err
  disp (err.message)
end
area (1, 2);

% Errors that travel: identifiers, rethrow, cleanup, structs.
1;
function inner (k)
  switch k
    case 1, error ("app:first", "first kind %d", k);
    case 2, error ("second kind");
    case 3, x = [1 2 3]; x(7);
    case 4, eval ("undefined_thing (1);");
    case 5, [1 2] * [3 4];
    case 6, ones (2, 3) + ones (3, 2);
    case 7, str2func (5);
    case 8, error (struct ("message", "from a struct", "identifier", "app:struct"));
    case 9, cell2mat (3);
    case 10, error ("with newline\n");
    case 11, s.a = 1; s.b;
    case 12, x = 1; x(0);
    case 13, error ("Octave:some-id", "text %s", "filled");
    case 14, validateattributes (-1, {"numeric"}, {"positive"});
    case 15, x = {1, 2}; x{3};
  end
end
function outer (k)
  unwind_protect
    inner (k);
  unwind_protect_cleanup
    printf ("<%d>", k);
  end_unwind_protect
end
for k = 1:15
  try
    outer (k);
  catch err
    printf (" [%s] %s\n", err.identifier, err.message);
  end
end
try
  try
    outer (1);
  catch err
    err2 = err;
    rethrow (err);
  end
catch again
  disp (strcmp (again.identifier, err2.identifier));
end
try
  rethrow (struct ("message", "made up", "identifier", "my:id"));
catch err
  disp (err.message), disp (err.identifier)
end
lasterr ()
err = [];
try
  error ("Octave:my-id", "abc");
catch err
end
err.message
try, error ("no semicolons"), catch, disp (lasterr ()), end

try
  error ("my:id", "value %d is bad", 7);
catch err
  disp (err.message); disp (err.identifier);
end
try
  x = [1 2 3];
  x(7)
catch err
  disp (err.message); disp (err.identifier);
end
try
  undefined_thing + 1
catch err
  disp (err.identifier);
end
try
  [1 2] + [1 2 3]
catch err
  disp (err.message); disp (err.identifier);
end
try
  error ("first");
catch
  disp (lasterr ());
end
try, error ("inline"); end
try
  try
    error ("a:b", "inner");
  catch e
    rethrow (e);
  end
catch e2
  disp (e2.message); disp (e2.identifier);
end
unwind_protect
  disp ("body");
unwind_protect_cleanup
  disp ("cleanup");
end_unwind_protect
function r = guarded ()
  unwind_protect
    r = 1;
    return
  unwind_protect_cleanup
    disp ("cleanup on return");
  end_unwind_protect
end
guarded ()
for k = 1:3
  unwind_protect
    if k == 2, break; end
  unwind_protect_cleanup
    printf ("cleanup %d\n", k);
  end_unwind_protect
end
try
  unwind_protect
    error ("in body");
  unwind_protect_cleanup
    disp ("cleanup on error");
  end_unwind_protect
catch e
  disp (e.message);
end
function deep (n)
  if n == 0, error ("deep:down", "at the bottom"); end
  deep (n - 1);
end
try
  deep (2);
catch e
  disp (e.stack(1).name); disp (e.stack(1).line);
end
function r = forever (n)
  r = forever (n + 1);
end
try
  forever (1);
catch e
  disp (e.message);
end
function one_in (a), end
function r = one_out (), r = 1; end
function none_out (), end
function r = unset_out (), end
try, one_in (1, 2), catch e, disp (e.message), end
try, [a, b] = one_out (), catch e, disp (e.message), end
try, x = none_out (), catch e, disp (e.message), end
try, x = 1; x{1}, catch e, disp (e.message), end
try, x = 1; x.a, catch e, disp (e.message), end
try, s.a = 1; s.b, catch e, disp (e.message), end
try, c = {1, 2}; c{:} + 1, catch e, disp (class (e.message)), end
try, q += 1, catch e, disp (e.message), end
try, if {}, end, catch e, disp (e.message), end
try, str2func (3), catch e, disp (e.message), end
eval ("1 +", "disp (\"syntax\")");
eval ("error (\"xyz\")", "disp (lasterr ())");

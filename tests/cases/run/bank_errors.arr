% Errors with identifiers, caught and told apart.
function balance = withdraw (balance, amount)
  if ! isnumeric (amount)
    error ("bank:type", "amount must be numeric, not %s", class (amount));
  elseif amount > balance
    error ("bank:funds", "cannot take %d from %d", amount, balance);
  end
  balance -= amount;
end
b = 100;
for attempt = {30, 200, "ten", 50}
  try
    b = withdraw (b, attempt{1});
    printf ("left: %d\n", b);
  catch err
    switch err.identifier
      case "bank:funds"
        printf ("refused: %s\n", err.message);
      case "bank:type"
        printf ("wrong: %s\n", err.message);
      otherwise
        rethrow (err);
    end
  end_try_catch
end
try
  x = [1 2 3];
  x(7)
catch e
  disp (e.message); disp (e.identifier);
end
try
  undefined_thing + 1
catch e
  disp (e.message); disp (e.identifier);
end
try
  [1 2 3] * [4 5 6]
catch e
  disp (e.message); disp (e.identifier);
end
unwind_protect
  disp ("working");
unwind_protect_cleanup
  disp ("cleaning");
end_unwind_protect
lasterr ()

unwind_protect
  error ("inner");
unwind_protect_cleanup
  disp ("cleaned");
end_unwind_protect
disp ("not reached");

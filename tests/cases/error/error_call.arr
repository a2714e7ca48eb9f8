error ("my:id", "stopped at %d", 3);

% Machines of states: a turnstile, a tokenizer, a stack machine.
1;
states = struct ("locked", struct ("coin", "open", "push", "locked"), "open", struct ("coin", "open", "push", "locked"));
now = "locked"; passed = 0;
for event = {"push", "coin", "push", "coin", "coin", "push"}
  next = states.(now).(event{1});
  passed += strcmp (now, "open") && strcmp (event{1}, "push");
  printf ("%-6s + %s -> %s\n", now, event{1}, next);
  now = next;
end
passed
function tokens = tokenize (s)
  tokens = {}; kind = ""; word = "";
  for c = [s " "]
    if isdigit (c) || c == ".", k = "num"; elseif isalpha (c), k = "id"; elseif isspace (c), k = ""; else, k = "op"; end
    if ! isempty (word) && (! strcmp (k, kind) || strcmp (k, "op"))
      tokens(end+1,:) = {kind, word}; word = "";
    end
    kind = k;
    if ! isempty (k), word(end+1) = c; end
  end
end
t = tokenize ("x1 = 3.5*(y+20)-z")
strjoin (t(:,2)', " ")
function stack = run_program (program)
  stack = [];
  for step = program
    op = step{1};
    if isnumeric (op)
      stack(end+1) = op;
    else
      switch op
        case {"+", "-", "*", "/"}
          if numel (stack) < 2, error ("machine:underflow", "stack has %d of 2", numel (stack)); end
          f = str2func (struct ("a", "plus").a);
          if op == "-", f = @minus; elseif op == "*", f = @times; elseif op == "/", f = @rdivide; end
          stack = [stack(1:end-2), f(stack(end-1), stack(end))];
        case "dup"
          stack(end+1) = stack(end);
        case "swap"
          stack(end-1:end) = stack([end end-1]);
        otherwise
          error ("machine:unknown", "unknown operation '%s'", op);
      end
    end
  end
end
run_program ({3, 4, "+", 2, "*"})
run_program ({5, "dup", "*", 1, "swap", "-"})
bad = {{1, "+"}, {1, "jump"}, {}};
for b = bad
  try
    disp (run_program (b{1}));
  catch err
    printf ("%s: %s\n", err.identifier, err.message);
  end
end

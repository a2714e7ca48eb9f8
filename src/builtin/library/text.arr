% Texts cut, laid out and recognised.

function s = strtrunc (s, n)
  if nargin != 2
    print_usage ();
  end
  if ! isscalar (n) || ! isnumeric (n) || n < 0
    error ("strtrunc: length N must be a positive integer (N >= 0)");
  end
  n = fix (n);
  if ischar (s)
    if n < columns (s)
      s = s(:, 1:n);
    end
  elseif iscellstr (s)
    s = cellfun (@(line) line(:, 1:min (n, columns (line))), s, "UniformOutput", false);
  else
    error ("strtrunc: S must be a character string or a cell array of strings");
  end
end

function c = newline ()
  c = "\n";
end

function flag = isstring (x)
  flag = false;
end

function flag = isstudent ()
  flag = false;
end

function n = namelengthmax ()
  n = 63;
end

function answer = iskeyword (name)
  words = {"__FILE__"; "__LINE__"; "break"; "case"; "catch"; "continue"; "do"; "else"; "elseif"; "end"; ...
           "end_try_catch"; "end_unwind_protect"; "endfor"; "endfunction"; "endif"; "endparfor"; "endswitch"; ...
           "endwhile"; "for"; "function"; "global"; "if"; "otherwise"; "parfor"; "persistent"; "return"; "switch"; ...
           "try"; "until"; "unwind_protect"; "unwind_protect_cleanup"; "while"};
  if nargin == 0
    answer = words;
  elseif ! ischar (name)
    error ("iskeyword: NAME must be a string");
  else
    answer = any (strcmp (name, words));
  end
end

function text = list_in_columns (list, width, prefix)
  if nargin < 2 || isempty (width)
    width = 80;
  end
  if nargin < 3
    prefix = "";
  end
  if ischar (list)
    list = cellstr (list);
  elseif ! iscellstr (list)
    error ("list_in_columns: ARG must be a cellstr or char array");
  end
  if ! isscalar (width) || ! isnumeric (width) || width < 1
    error ("list_in_columns: WIDTH must be an integer greater than zero");
  elseif ! ischar (prefix)
    error ("list_in_columns: PREFIX must be a string");
  end
  n = numel (list);
  if n == 0
    text = "\n";
    return
  end
  cell_width = max (cellfun (@numel, list)) + 2;
  across = max (fix ((width - numel (prefix)) / cell_width), 1);
  down = ceil (n / across);
  text = "";
  for i = 1:down
    line = prefix;
    for k = i:down:n
      line = [line, list{k}];
      if k + down <= n
        line = [line, blanks(cell_width - numel (list{k}))];
      end
    end
    text = [text, line, "\n"];
  end
end

% What is in a directory.

function list = ls (varargin)
  names = {};
  patterns = varargin;
  if isempty (patterns)
    patterns = {"."};
  end
  for k = 1:numel (patterns)
    if ! ischar (patterns{k})
      error ("ls: all arguments must be character strings");
    end
    if isfolder (patterns{k})
      inside = {dir(patterns{k}).name}';
      found = inside(! strncmp (inside, ".", 1));
    else
      found = glob (patterns{k});
      if isempty (found)
        error ("ls: cannot access '%s': No such file or directory", patterns{k});
      end
    end
    names = [names; found(:)];
  end
  if nargout > 0
    list = char (names);
  elseif ! isempty (names)
    printf ("%s", list_in_columns (names));
  end
end

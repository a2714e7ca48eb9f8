% Names, arguments and results handled as data.

function names = genvarname (text, taken)
  if nargin < 2
    taken = {};
  elseif ischar (taken)
    taken = cellstr (taken);
  elseif ! iscellstr (taken)
    error ("genvarname: invalid EXCLUSIONS argument, not a string or cell array of strings");
  end
  alone = ischar (text);
  if alone
    if rows (text) != 1
      error ("genvarname: if more than one STR is given, it must be a cellstr");
    end
    text = {text};
  elseif ! iscellstr (text)
    error ("genvarname: STR must be a string or cellstr");
  end
  names = cell (size (text));
  for k = 1:numel (text)
    name = text{k};
    name(! (isalnum (name) | name == "_")) = "_";
    if iskeyword (name)
      name = ["x", toupper(name(1)), name(2:end)];
    end
    if isempty (name)
      name = "x";
    elseif ! (isalpha (name(1)) || name(1) == "_")
      name = ["x", name];
    end
    wanted = name;
    count = 0;
    while any (strcmp (name, taken))
      count++;
      name = sprintf ("%s%d", wanted, count);
    end
    names{k} = name;
    taken{end+1} = name;
  end
  if alone
    names = names{1};
  end
end

function list = namedargs2cell (s)
  if ! isstruct (s) || ! isscalar (s)
    error ("namedargs2cell: S must be a scalar structure");
  end
  list = reshape ([fieldnames(s), struct2cell(s)].', 1, []);
end

function result = nthargout (n, varargin)
  if isnumeric (varargin{1})
    total = varargin{1};
    varargin(1) = [];
  else
    total = max (n(:));
  end
  f = varargin{1};
  if any (n(:) != fix (n(:))) || any (n(:) < 1) || total != fix (total) || total < 1
    error ("nthargout: N and NTOT must consist of positive integers");
  elseif ! is_function_handle (f) && ! ischar (f)
    error ("nthargout: FCN must be a valid function handle or name");
  end
  results = cell (1, total);
  [results{:}] = feval (f, varargin{2:end});
  if isscalar (n)
    result = results{n};
  else
    result = results(n);
  end
end

function [reg, varargout] = parseparams (params, varargin)
  words = cellfun (@ischar, params);
  first = find (words, 1);
  if isempty (first)
    reg = params;
    pairs = {};
  else
    reg = params(1:first-1);
    pairs = params(first:end);
  end
  if nargin == 1
    varargout = {pairs};
    return
  end
  if rem (numel (pairs), 2) != 0 || ! all (cellfun (@ischar, pairs(1:2:end)))
    error ("parseparams: options must be given as name-value pairs");
  end
  names = varargin(1:2:end);
  varargout = varargin(2:2:end);
  for k = 1:2:numel (pairs)
    at = find (strcmpi (pairs{k}, names));
    if isempty (at)
      error ("parseparams: unrecognized option: %s", pairs{k});
    end
    varargout{at(1)} = pairs{k+1};
  end
end

function celldisp (c, name)
  if ! iscell (c)
    error ("celldisp: argument must be a cell array");
  end
  if nargin < 2
    name = inputname (1);
  end
  for k = 1:numel (c)
    if isvector (c)
      label = sprintf ("%s{%d}", name, k);
    else
      at = cell (1, ndims (c));
      [at{:}] = ind2sub (size (c), k);
      label = sprintf ("%s{%s}", name, strjoin (cellfun (@num2str, at, "UniformOutput", false), ","));
    end
    if iscell (c{k})
      celldisp (c{k}, label);
    elseif isempty (c{k})
      printf ("%s = [](%dx%d)\n", label, rows (c{k}), columns (c{k}));
    else
      printf ("%s =\n\n", label);
      disp (c{k});
      printf ("\n");
    end
  end
end

function y = cellindexmat (x, varargin)
  if ! iscell (x)
    error ("cellindexmat: X must be a cell array");
  end
  y = cellfun (@(one) one(varargin{:}), x, "UniformOutput", false);
end

function v = nonzeros (a)
  if ischar (a)
    a = double (a);
  end
  v = a(a != 0);
  v = v(:);
end

function code = vectorize (f)
  code = f;
  if is_function_handle (f)
    code = func2str (f);
  elseif ! ischar (f)
    error ("vectorize: FCN must be a string or anonymous function handle");
  end
  code = regexprep (code, '(?<!\.)(\*\*|[*/^])', '.$1');
  if is_function_handle (f)
    code = str2func (code);
  end
end

function at = strmatch (s, a, exact)
  if iscellstr (s) && isscalar (s)
    s = s{1};
  end
  if ! ischar (s) || rows (s) > 1
    error ("strmatch: S must be a string");
  elseif ! (ischar (a) || iscellstr (a))
    error ("strmatch: A must be a string or cell array of strings");
  end
  lines = a;
  if ischar (a)
    lines = cellstr (a);
  end
  if nargin > 2
    at = find (strcmp (deblank (s), lines));
  else
    at = find (strncmp (s, lines, max (numel (s), 1)));
  end
  at = at(:);
end

function at = findstr (s, t, overlap)
  if nargin < 3
    overlap = true;
  end
  if ! (all (size (s) == 0) || isvector (s)) || ! (all (size (t) == 0) || isvector (t))
    error ("findstr: arguments must have only one non-singleton dimension");
  end
  if numel (t) > numel (s)
    [s, t] = deal (t, s);
  end
  at = strfind (s, t, "overlaps", overlap);
end

% Functions from text, as they were written before there were anonymous functions.

function f = inline (expression, varargin)
  if ! ischar (expression) || rows (expression) != 1
    error ("inline: EXPR argument must be a string");
  end
  if isempty (varargin)
    names = variables_of (expression);
    if isempty (names)
      names = {"x"};
    end
  elseif isnumeric (varargin{1})
    n = varargin{1};
    if numel (varargin) > 1 || ! isscalar (n) || n != fix (n) || n < 0
      error ("inline: N must be an integer");
    end
    names = [{"x"}, arrayfun(@(k) sprintf ("P%d", k), 1:n, "UniformOutput", false)];
  elseif iscellstr (varargin)
    names = varargin;
  else
    error ("inline: additional arguments must be strings");
  end
  f = str2func (["@(", strjoin(names, ", "), ") ", expression]);
end

% The names in an expression that are no functions, no constants, and not called; in the order of the alphabet.
function names = variables_of (expression)
  expression = regexprep (expression, '"[^"]*"|''[^'']*''(?![\w)\]])', "");
  names = unique (regexp (expression, '(?<![\w.])[A-Za-z_]\w*(?!\w*\s*\()', "match"));
  names = names(! ismember (names, {"i", "j", "e", "pi", "Inf", "inf", "NaN", "nan", "NA", "eps", "true", "false"}));
  names = names(:).';
end

function text = formula (f)
  if ! is_function_handle (f)
    error ("formula: FUN must be an inline function");
  end
  text = regexprep (func2str (f), '^@\([^)]*\)\s*', "");
end

function names = argnames (f)
  if ! is_function_handle (f)
    error ("argnames: FUN must be an inline function");
  end
  names = regexp (func2str (f), '^@\(([^)]*)\)', "tokens", "once");
  if isempty (names) || isempty (names{1})
    names = cell (0, 1);
  else
    names = strtrim (strsplit (names{1}, ","))(:);
  end
end

function names = symvar (expression)
  if ! ischar (expression)
    error ("inline: EXPR must be a string");
  end
  names = variables_of (expression)(:);
  if isempty (names)
    names = cell (0, 0);
  end
end

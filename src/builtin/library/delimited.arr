% Matrices as text with a separator between the numbers.

function dlmwrite (file, m, varargin)
  separator = ",";
  skipped = [0, 0];
  line_end = "\n";
  mode = "wt";
  if ischar (m)
    precision = "%c";
  else
    precision = "%.16g";
  end
  k = 1;
  place = 0;
  while k <= numel (varargin)
    option = varargin{k};
    word = "";
    if ischar (option)
      word = lower (option);
    end
    if any (strcmp (word, {"delimiter", "newline", "roffset", "coffset", "precision", "append"}))
      if k == numel (varargin)
        error ("dlmwrite: option \"%s\" must be followed by a value", option);
      end
      value = varargin{k+1};
      k += 2;
    else
      k++;
    end
    switch word
      case "delimiter"
        separator = value;
      case "newline"
        line_end = value;
        ends = struct ("unix", "\n", "pc", "\r\n", "mac", "\r");
        if isfield (ends, lower (value))
          line_end = ends.(lower (value));
        end
      case "roffset"
        skipped(1) = value;
      case "coffset"
        skipped(2) = value;
      case "precision"
        precision = value;
        if ! ischar (value)
          precision = sprintf ("%%.%gg", value);
        end
      case "append"
        if ! any (strcmpi (value, {"on", "off"}))
          error ('dlmwrite: append must be "on" or "off"');
        end
        mode = ifelse_text (strcmpi (value, "on"), "at", "wt");
      case "-append"
        mode = "at";
      otherwise
        place++;
        if place == 1
          separator = option;
        elseif place <= 3
          skipped(place-1) = option;
        else
          print_usage ();
        end
    end
  end
  if strcmp (separator, '\t')
    separator = "\t";
  end
  if ischar (file)
    [id, problem] = fopen (file, mode);
    if id < 0
      error ("dlmwrite: %s", problem);
    end
  elseif is_valid_file_id (file)
    id = file;
  else
    error ("dlmwrite: FILE must be a filename string or numeric FID");
  end
  n = columns (m);
  empty_line = [repmat(separator, 1, skipped(2) + n - 1), line_end];
  fprintf (id, "%s", repmat (empty_line, 1, skipped(1)));
  number = precision;
  if iscomplex (m)
    number = [precision, regexprep(precision, '^%([-\d.])', '%+$1'), "i"];
    both = zeros (rows (m), 2 * n);
    both(:,1:2:end) = real (m);
    both(:,2:2:end) = imag (m);
    m = both;
  end
  separator = strrep (separator, "%", "%%");
  template = [repmat(separator, 1, skipped(2)), number, repmat([separator, number], 1, n - 1), line_end];
  fprintf (id, template, m.');
  if ischar (file)
    fclose (id);
  end
end

function text = ifelse_text (condition, yes, no)
  text = no;
  if condition
    text = yes;
  end
end

function csvwrite (file, m, varargin)
  dlmwrite (file, m, ",", varargin{:});
end

function m = csvread (file, varargin)
  m = dlmread (file, ",", varargin{:});
end

function [data, separator, header_lines] = importdata (file, separator, header_lines)
  if ! ischar (file) || rows (file) != 1
    error ("importdata: FNAME must be a string");
  end
  if nargin > 1 && (! ischar (separator) || (numel (separator) != 1 && ! strcmp (separator, '\t')))
    error ("importdata: DELIMITER must be a single character");
  end
  if nargin > 2 && (! isnumeric (header_lines) || ! isscalar (header_lines) || header_lines < 0)
    error ("importdata: HEADER_ROWS must be a scalar number >= 0");
  end
  if ! isfile (file)
    error ("importdata: FNAME %s does not exist", file);
  end
  text = strrep (fileread (file), "\r\n", "\n");
  lines = strsplit (text, "\n");
  if ! isempty (lines) && isempty (lines{end})
    lines(end) = [];
  end
  if nargin < 2
    separator = likely_separator (lines);
  end
  separator = do_string_escapes (separator);
  if nargin < 3
    header_lines = 0;
    while header_lines < numel (lines) && ! any (! isnan (numbers_of (lines{header_lines+1}, separator)))
      header_lines++;
    end
  end
  header = lines(1:min (header_lines, end))(:);
  body = lines(header_lines+1:end);
  values = [];
  names = cell (0, 1);
  for k = 1:numel (body)
    [row, words] = numbers_of (body{k}, separator);
    first = find (! isnan (row) | cellfun (@isempty, words), 1);
    if isempty (names) && k == 1
      label = isempty (first) || first > 1;
    end
    if label && ! isempty (words)
      names{end+1,1} = words{1};
      row = row(2:end);
    end
    if columns (row) > columns (values) && rows (values) > 0
      values(:,end+1:columns (row)) = NaN;
    end
    row(end+1:columns (values)) = NaN;
    values = [values; row];
  end
  if isempty (header) && isempty (names)
    data = values;
    return;
  end
  data = struct ("data", values);
  data.textdata = [header; names];
  if ! isempty (header)
    heads = strtrim (strsplit (header{end}, separator));
    if isempty (names)
      data.colheaders = heads;
    else
      data.rowheaders = names;
      data.colheaders = heads;
    end
  elseif ! isempty (names)
    data.rowheaders = names;
  end
end

function separator = likely_separator (lines)
  separator = " ";
  for candidate = "\t,;:| "
    if any (cellfun (@(line) any (line == candidate), lines(max (1, end-1):end)))
      separator = candidate;
      return;
    end
  end
end

function [row, words] = numbers_of (line, separator)
  if separator == " "
    words = strsplit (strtrim (line), " ", "CollapseDelimiters", true);
  else
    words = strtrim (strsplit (line, separator, "CollapseDelimiters", false));
  end
  row = str2double (words);
end

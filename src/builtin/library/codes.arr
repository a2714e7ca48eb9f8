% Numbers as the digits and letters of their bytes.

function n = bytes_of (class)
  switch class
    case {"int8", "uint8", "char", "logical"}
      n = 1;
    case {"int16", "uint16"}
      n = 2;
    case {"int32", "uint32", "single"}
      n = 4;
    case {"int64", "uint64", "double"}
      n = 8;
    otherwise
      error ("hex2num: unrecognized CLASS '%s'", class);
  end
end

function s = num2hex (n, kind)
  if nargin > 1 && ! (ischar (kind) && strcmp (kind, "cell"))
    error ("num2hex: CELL argument must be the string \"cell\"");
  elseif iscomplex (n)
    error ("num2hex: N must be real");
  elseif ! (isnumeric (n) || ischar (n) || islogical (n))
    error ("num2hex: N must be a numeric, logical, or character array");
  end
  width = bytes_of (class (n));
  s = repmat (" ", numel (n), 2 * width);
  for k = 1:numel (n)
    if width == 1
      bytes = uint8 (n(k));
      if isa (n, "int8")
        bytes = typecast (n(k), "uint8");
      end
    else
      bytes = fliplr (typecast (n(k), "uint8"));
    end
    s(k, :) = sprintf ("%02x", bytes);
  end
  if nargin > 1
    s = cellstr (s);
  end
end

function n = hex2num (s, class)
  if nargin < 2
    class = "double";
  end
  if iscellstr (s)
    s = char (s);
  elseif ! ischar (s)
    error ("hex2num: S must be a string or cellstring");
  end
  width = bytes_of (class);
  if columns (s) > 2 * width
    error ("hex2num: S must be no more than %d characters", 2 * width);
  end
  digits = repmat ("0", rows (s), 2 * width);
  digits(:, 1:columns (s)) = s;
  digits(digits == " " | digits == "\0") = "0";
  if ! all (isxdigit (digits(:)))
    error ("hex2num: invalid character found in string S");
  end
  for k = rows (s):-1:1
    bytes = uint8 (hex2dec (reshape (digits(k, :), 2, []).'))';
    if width > 1
      bytes = fliplr (bytes);
    end
    if strcmp (class, "char")
      n(k, 1) = char (bytes);
    elseif strcmp (class, "logical")
      n(k, 1) = logical (bytes);
    else
      n(k, 1) = typecast (bytes, class);
    end
  end
end

function letters = alphabet ()
  letters = ["A":"Z", "a":"z", "0":"9", "+/"];
end

function s = base64_encode (x)
  if ! isnumeric (x)
    error ("base64_encode: encoding is supported only for numeric arrays");
  elseif iscomplex (x)
    error ("base64_encode: encoding complex or sparse data is not supported");
  end
  bytes = double (typecast (x(:).', "uint8"));
  missing = mod (-numel (bytes), 3);
  bytes = [bytes, zeros(1, missing)];
  groups = [65536, 256, 1] * reshape (bytes, 3, []);
  places = mod (floor (groups ./ [262144; 4096; 64; 1]), 64);
  s = alphabet ()(places(:).' + 1);
  s(end-missing+1:end) = "=";
end

function x = base64_decode (s, dims)
  if ! ischar (s)
    error ("base64_decode: first argument must be a character array");
  end
  s = s(:).';
  [known, places] = ismember (s, [alphabet(), "="]);
  if ! all (known) || mod (numel (s), 4) != 0
    error ("base64_decode: input was not valid base64");
  end
  missing = sum (s == "=");
  places(places == 65) = 1;
  groups = [262144, 4096, 64, 1] * reshape (places - 1, 4, []);
  bytes = mod (floor (groups ./ [65536; 256; 1]), 256);
  bytes = uint8 (bytes(:).')(1:end-missing);
  if mod (numel (bytes), 8) != 0
    error ("base64_decode: incorrect input argument");
  end
  x = typecast (bytes, "double");
  if nargin > 1
    x = reshape (x, dims);
  end
end

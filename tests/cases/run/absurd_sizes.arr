% What cannot be made is an error that can be caught, and the program goes on.
function attempt (f)
  try
    y = f ();
    printf ("made %s\n", mat2str (size (y)));
  catch fault
    printf ("%s: %s\n", fault.identifier, fault.message);
  end
end
attempt (@() zeros (1e10, 1e10));
attempt (@() ones (1e10, 1e10, "int8"));
attempt (@() eye (1e10)(:, :) + 1);
attempt (@() cell (1e10, 1e10));
attempt (@() false (1e10, 1e10));
attempt (@() repmat ("ab", 1e10, 1e10));
attempt (@() blanks (1e17));
attempt (@() rand (1e10, 1e10));
attempt (@() repelem (1:3, 1e14));
attempt (@() vander (1:3, 1e14));
attempt (@() toeplitz (1:1e7));
attempt (@() hankel (1:1e7));
attempt (@() magic (1e9));
attempt (@() resize (1, 1e10, 1e10));
attempt (@() postpad (1, 1e17));
attempt (@() randperm (1e20));
attempt (@() accumarray (1e17, 1));
attempt (@() zeros (1e5, 1e5, 1e5, 1e5));
attempt (@() randperm (2^63, 2^31 * 1000));
attempt (@() prepad (NaN, 2^53, 0, 2147483647));
attempt (@() prepad (NaN, 2, 0, 2147483647));
attempt (@() flip (1, 2147483647));
attempt (@() sum (zeros (0, 1e15)));
attempt (@() sort (cell (0, 1e15)));
attempt (@() nchoosek ("", 2^64));
attempt (@() krylov (1, zeros (1, 0), 1));
attempt (@() accumdim ([1; 1e15], zeros (2, 0), 1));
attempt (@() sub2ind ([1e8 1 1e8], 1:1e15));
attempt (@() vech (eye (1e8)));
attempt (@() tril (eye (1e8), "pack"));
attempt (@() besselj (zeros (1, 1e6), zeros (1e7, 1)));
b = sprintf ("%s", repmat ("a", 1, 1e6));
attempt (@() strrep (b, "a", b));
attempt (@() strjoin (repmat ({b}, 1, 1e6), b));
attempt (@() char (repmat ({b}, 1, 1e6)));
x = 1;
try
  x(1e17) = 1;
catch fault
  disp (fault.message);
end
try
  x(1e10, 1e10) = 1;
catch fault
  disp (fault.message);
end
c = {};
try
  c{1e17} = 1;
catch fault
  disp (fault.message);
end
s = struct ();
try
  s(1e17).a = 1;
catch fault
  disp (fault.message);
end
disp (x)
try
  c(2^40) = 1;
catch fault
  disp (fault.message);
end
try
  c(2^30, 2^12) = {1};
catch fault
  disp (fault.message);
end
try
  c{2^41} = 1;
catch fault
  disp (fault.message);
end
try
  s(2^41).b = 1;
catch fault
  disp (fault.message);
end
disp (size (c)), disp (size (s))
attempt (@() repmat (1, 1e308, 0));
attempt (@() (0.5:2^53)(:));
attempt (@() {1}(ones (1, 1e7), ones (1, 1e7)));
attempt (@() beta (1, 1:2^53));
attempt (@() unique (1:2^53));
attempt (@() num2cell (1:2^53));
attempt (@() arrayfun (@(x) x, 1:2^53));
attempt (@() toeplitz (1:2^53));
attempt (@() blkdiag (1:2^53, 1));
m = eye (1e5);
try
  m(1, :) *= 5;
catch fault
  disp (fault.message);
end
try
  if m
    disp ("true");
  end
catch fault
  disp (fault.message);
end

% Places that stay when others go, and parts of a file.
x = zeros (3, 4);
try
  x(:,:,1e10) = [];
catch problem
  disp (problem.message)
end
name = tempname ();
file = fopen (name, "w+");
fwrite (file, 1:20);
frewind (file);
try
  fread (file, [1e300, 1e300], "int16=>int16");
catch problem
  disp (problem.message)
end
fclose (file);
unlink (name);
x = rand (1e8, 1e8);
try
  x(12) = [];
catch problem
  disp (problem.message)
end
try
  containers.Map (-1:1, (-1) : 1e308);
catch problem
  disp (problem.message)
end

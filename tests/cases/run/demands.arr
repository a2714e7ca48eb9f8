% What functions and deletions demand of their arguments, in the words scripts may test for.
function attempt (varargin)
  for k = 1:numel (varargin)
    try
      x = eval ([varargin{k} ";"]);
      printf ("%s\n", disp (x)(1:end-1));
    catch fault
      disp (fault.message);
    end
  end
end
attempt ("validatestring (\"r\", {\"xyz\"})", "validatestring (\"r\", {\"xyz\"}, \"f\")");
attempt ("validatestring (\"r\", {\"xyz\"}, \"f\", \"v\")", "validatestring (\"r\", {\"xyz\"}, \"f\", \"v\", 5)");
attempt ("validatestring (\"r\", {\"xyz\"}, 5)", "validatestring (\"r\", {\"xyz\"}, \"\", \"v\")");
attempt ("validatestring (\"r\", {\"rza\", \"rzb\"}, \"f\", 2.7)", "validatestring (\"x\", {\"xyz\"}, \"f\", \"v\", 0)");
attempt ("validatestring (\"x\", {\"xyz\"}, \"f\", [\"3\"; \"3\"])", "validatestring (5, {\"xyz\"})");
attempt ("union ({\"a\"}, {\"b\"}, \"rows\")", "ismember ({\"a\"}, {\"b\"}, \"rows\")");
attempt ("list_primes (i)", "ellipke (1, -1)", "cplxpair (1, [], 3)");
function delete_from (a, varargin)
  try
    a(varargin{:}) = [];
    disp (size (a));
  catch fault
    disp (fault.message);
  end
end
delete_from (1, 1, 1, []);
delete_from (ones (2), 1, 1, []);
delete_from (ones (2, 3), [], 1:2);
delete_from (ones (2, 3), 1:2, 1, []);
delete_from (ones (2, 3), 9, []);
delete_from (ones (2, 3), 1, 9);
delete_from ({1, 2; 3, 4}, 1, 1, []);
delete_from (ones (2, 3), [2 1], 1:3, 1);

% Sizes and counts that no memory holds end in an error, not in the end of the process.
function t (f)
  try
    f ();
    disp ("done");
  catch e
    disp (isempty (e.message));
  end
end
t (@() toeplitz (1:3, {1, 2, 3}))
t (@() hankel (1:3, {1, 2, 3}))
t (@() i (2^31))
t (@() I (1e10))
t (@() invhilb (2^53))
t (@() repmat (ones (1, 1, 3), ones (2, 3), intmax ("int64")))
t (@() mkpp (1:3, 1:4, 2^64))
size (nchoosek (uint32 ([1 2 3]), 4))
if -2^40:0, disp ("yes"), else, disp ("no"), end
if -3:0.5:3, disp ("yes"), else, disp ("no"), end
if 0.5:3, disp ("yes"), else, disp ("no"), end
if 3:-1:1, disp ("yes"), else, disp ("no"), end

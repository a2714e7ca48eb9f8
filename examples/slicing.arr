% Reading a piece of an array on disk: only the chunks under the piece are touched.
path = [tempname(), ".zarr"];
save (path, rechunk (reshape (1:200, 20, 10), [5 5]));
A = load (path);
A(18:20, [1 10])
mean (A(1:4:end, :))

% The main job: A' * A for a tall array on disk that need not fit into memory.
% The first run makes the data: 200000 x 1000 doubles, 1.6 GB, in chunks of 1000 x 1000.

path = "data/main_job.zarr";
if ! isfolder (path)
  mkdir ("data");
  printf ("writing %s ...\n", path);
  save (path, rechunk (rand (200000, 1000), [1000 1000]));
end

A = load (path)            % nothing is read yet
B = A' * A;                % one pass over A, half the arithmetic, bounded memory

corner = gather (B)(1:3, 1:3)

r = lastrun ();
n = rows (A);  m = columns (A);
printf ("%.2f s\n", r.seconds);
printf ("%.1f GFLOP/s counted as a symmetric product, n m (m+1)\n", n * m * (m + 1) / r.seconds / 1e9);
printf ("%.1f GFLOP/s counted as a general product, 2 n m^2\n", 2 * n * m^2 / r.seconds / 1e9);
printf ("read %.2f GB of %.2f GB; held at most %.0f MB of %.0f MB\n", ...
        r.bytes_read / 1e9, n * m * 8 / 1e9, r.peak_bytes / 1e6, r.budget / 1e6);

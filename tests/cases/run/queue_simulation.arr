% One server, given arrival and service times: who waits how long?
arrival = [0 1 3 4 9 10 11 15];
service = [2 3 1 4 1 2 2 1];
n = numel (arrival);
start = zeros (1, n);
done = zeros (1, n);
free_at = 0;
for k = 1:n
  start(k) = max (arrival(k), free_at);
  done(k) = start(k) + service(k);
  free_at = done(k);
end
wait = start - arrival;
printf ("%3s %7s %5s %5s %4s\n", "no", "arrives", "start", "done", "wait");
printf ("%3d %7d %5d %5d %4d\n", [1:n; arrival; start; done; wait]);
mean_wait = mean (wait)
busy = sum (service) / done(end)
longest = max (wait)
in_system = arrayfun (@(t) sum (arrival <= t & done > t), 0:done(end))

% First fit, largest first.
sizes = [4 8 1 4 2 1 7 3 6 2];
room = 10;
[sorted, order] = sort (sizes, "descend");
bins = {};
left = [];
for s = sorted
  at = find (left >= s, 1);
  if isempty (at)
    bins{end+1} = s;
    left(end+1) = room - s;
  else
    bins{at}(end+1) = s;
    left(at) -= s;
  end
end
for k = 1:numel (bins)
  printf ("bin %d: %s (left %d)\n", k, mat2str (bins{k}), left(k));
end
bins
order
used = cellfun (@sum, bins)

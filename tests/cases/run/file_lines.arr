% A log is written, read line by line, and filtered into another file.
name = tempname ();
[id, problem] = fopen (name, "w");
assert (id > 2 && isempty (problem));
levels = {"INFO", "WARN", "ERROR"};
for k = 1:7
  fprintf (id, "%02d:%02d %-5s message %d\n", 8 + k, 7 * k, levels{mod (k, 3) + 1}, k);
end
fclose (id)
id = fopen (name);
count = struct ("INFO", 0, "WARN", 0, "ERROR", 0);
first = "";
while true
  line = fgetl (id);
  if ! ischar (line), break, end
  parts = strsplit (strtrim (line), " ");
  parts = parts(! cellfun (@isempty, parts));
  count.(parts{2})++;
  if strcmp (parts{2}, "ERROR") && isempty (first)
    first = line;
  end
end
feof (id)
frewind (id);
skipped = fskipl (id, 5)
rest = fgets (id)
fclose (id);
count
first
text = fileread (name);
numel (text)
sum (text == "\n")
unlink (name);
[id, problem] = fopen (name, "r")

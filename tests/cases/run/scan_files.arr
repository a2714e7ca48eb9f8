% Tables written with fprintf and read with fscanf and textscan.
name = tempname ();
id = fopen (name, "wt");
fprintf (id, "city;lat;lon\n");
cities = {"Oslo", 59.91, 10.75; "Rome", 41.9, 12.5; "Lima", -12.05, -77.04};
for k = 1:rows (cities)
  fprintf (id, "%s;%.2f;%.2f\n", cities{k,:});
end
fclose (id);
id = fopen (name);
heads = strsplit (fgetl (id), ";")
c = textscan (id, "%s %f %f", "Delimiter", ";");
fclose (id);
c{1}
[c{2}, c{3}]
north = c{1}(c{2} > 0)'
id = fopen (name, "w");
fprintf (id, "%d %d\n", [1 2; 3 4; 5 6]');
fclose (id);
id = fopen (name);
a = fscanf (id, "%d", [2 Inf])
feof (id)
frewind (id);
[b, n] = fscanf (id, "%d", 3)
rest = fscanf (id, "%d")'
fclose (id);
c = textscan ("x1=5 x2=7 x3=9", "x%d=%d");
double ([c{:}])
c = textscan ("1,2,,4\n5,6,7,8", "%f %f %f %f", "Delimiter", ",", "EmptyValue", 0, "CollectOutput", true);
c{1}
c = textscan ("# head\na 1 # one\nb 2\n", "%s %d8", "CommentStyle", "#");
c{1}', class (c{2}), c{2}'
unlink (name);

% Matrices as text with separators.
name = tempname ();
m = [1 2.5 -3; 1e10 0.001 NaN];
dlmwrite (name, m);
fileread (name)
dlmread (name)
dlmwrite (name, m, ";", 1, 1);
fileread (name)
dlmwrite (name, magic (4), "delimiter", "\t", "precision", "%5.1f");
fileread (name)
dlmread (name, "\t", 1, 2)
dlmread (name, "\t", [0 1 1 2])
dlmread (name, "\t", "B2:C3")
csvwrite (name, [1 2; 3 4]);
dlmwrite (name, [5 6], "-append");
csvread (name)
id = fopen (name, "w"); fprintf (id, "1,2,3\n4,,6\n7,8\n"); fclose (id);
csvread (name)
dlmread (name, ",", "emptyvalue", -1)
unlink (name);
try
  csvread ("/no/such/file");
catch err
  disp (err.message);
end

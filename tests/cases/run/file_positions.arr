% Numbers in bytes: a file of records that is read at random.
name = tempname ();
id = fopen (name, "w+", "ieee-be");
for k = 1:5
  fwrite (id, k, "uint8");
  fwrite (id, k * 1000, "int16");
  fwrite (id, k / 4, "double");
end
ftell (id)
size_of_record = 1 + 2 + 8;
for k = [4 1 3]
  status = fseek (id, (k - 1) * size_of_record, "bof");
  tag = fread (id, 1, "uint8");
  whole = fread (id, 1, "int16=>int16");
  part = fread (id, 1, "double");
  printf ("%d %d %d %s %g\n", status, tag, whole, class (whole), part);
end
fseek (id, -size_of_record, "eof");
fread (id, 3)'
fseek (id, 1000, SEEK_SET)
ftell (id)
frewind (id);
bytes = fread (id, [11 Inf], "*uint8");
size (bytes), class (bytes)
bytes(1:3,:)
feof (id)
[name_again, mode, order] = fopen (id);
strcmp (name, name_again), mode, order
fclose (id);
id = fopen (name, "a"); fwrite (id, "tail"); fclose (id);
id = fopen (name); fseek (id, -4, "eof"); fread (id, Inf, "uint8=>char")', fclose (id);
unlink (name);

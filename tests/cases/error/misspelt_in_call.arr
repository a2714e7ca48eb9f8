function r = outer (x)
  r = inner (x) + 1;
end
function r = inner (x)
  r = x + lenght (x);
end
printf ("before\n");
outer ([1 2])

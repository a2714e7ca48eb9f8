f = @(x) x + undefinedname;
f (1)

c = cell (1e7, 1e7);

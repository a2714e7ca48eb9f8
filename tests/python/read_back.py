"""Reads the arrays named in the file `list` of the directory given, and fails if one is not the pattern."""
import os
import sys
import numpy as np
import zarr
from pattern import pattern

home = sys.argv[1]
count = 0
for line in open(os.path.join(home, "list")):
    name, shape = line.split()
    path = os.path.join(home, name)
    data = np.load(path) if name.endswith(".npy") else zarr.open_array(path, mode="r")[...]
    wanted = pattern(tuple(map(int, shape.split("x"))), data.dtype)
    assert data.shape == wanted.shape, (line, data.shape)
    assert np.array_equal(data, wanted), (line, data, wanted)
    count += 1
print(count)

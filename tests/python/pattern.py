"""The elements that the tests of the store write and expect: a formula of their row-major number."""
import numpy as np

TYPES = ["bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64",
         "float32", "float64", "complex64", "complex128"]


def pattern(shape, dtype):
    i = np.arange(int(np.prod(shape, dtype=np.int64)), dtype=np.int64)
    values = i * 7 % 101
    if np.dtype(dtype).kind == "b":
        values = values % 2
    elif np.dtype(dtype).kind == "c":
        values = values + 1j * (i % 13)
    elif np.dtype(dtype).kind == "f":
        values = values - 50.5
    elif np.dtype(dtype).kind == "i":
        values = values - 50
    return values.astype(dtype).reshape(shape)

"""Writes arrays of many kinds with Python's zarr and NumPy below the directory given; prints one line for each:
name, shape, type."""
import os
import sys
import numpy as np
import zarr
from zarr.codecs import BloscCodec, BytesCodec, Crc32cCodec, GzipCodec, TransposeCodec, ZstdCodec
from pattern import TYPES, pattern

out = sys.argv[1]


def emit(name, data):
    print(name, "x".join(map(str, data.shape)) or "-", data.dtype.name, flush=True)


def partly(name, shape, dtype, fill, **options):
    """The first three rows are the pattern; of the rest only what shares a chunk with them was ever written."""
    array = zarr.create_array(os.path.join(out, name + ".zarr"), shape=shape, dtype=dtype, fill_value=fill, **options)
    array[:3] = pattern(shape, np.dtype(dtype).newbyteorder("="))[:3]
    print(name + ".zarr", "x".join(map(str, shape)), np.dtype(dtype).name, fill, flush=True)


def store(name, shape, dtype, **options):
    data = pattern(shape, np.dtype(dtype).newbyteorder("="))
    array = zarr.create_array(os.path.join(out, name + ".zarr"), shape=shape, dtype=dtype, **options)
    array[...] = data
    emit(name + ".zarr", data)


for dtype in TYPES:
    store(f"v3-raw-{dtype}", (13, 10), dtype, chunks=(5, 4), compressors=None, zarr_format=3)
    store(f"v3-zstd-{dtype}", (13, 10), dtype, chunks=(5, 4), compressors=ZstdCodec(level=1), zarr_format=3)
    store(f"v3-big-{dtype}", (13, 10), dtype, chunks=(5, 4), compressors=None, serializer=BytesCodec(endian="big"), zarr_format=3)
    for order in "CF":
        store(f"v2-raw-{order}-{dtype}", (13, 10), dtype, chunks=(5, 4), compressors=None, order=order, zarr_format=2)
    big = np.dtype(dtype).newbyteorder(">")
    store(f"v2-big-{dtype}", (13, 10), big, chunks=(5, 4), compressors=None, zarr_format=2)
    for order in "CF":
        for version in ((1, 0), (2, 0)):
            for mark in "<>":
                name = f"{'le' if mark == '<' else 'be'}-{order}-{version[0]}-{dtype}.npy"
                data = pattern((13, 10), dtype)
                with open(os.path.join(out, name), "wb") as f:
                    typed = np.asarray(data, dtype=np.dtype(dtype).newbyteorder(mark), order=order)
                    np.lib.format.write_array(f, typed, version=version)
                emit(name, data)

codecs = {
    "gzip": GzipCodec(level=5), "zstd": ZstdCodec(level=3, checksum=True), "zstd-crc": [ZstdCodec(), Crc32cCodec()],
    "crc-zstd": [Crc32cCodec(), ZstdCodec()], "gzip-zstd": [GzipCodec(), ZstdCodec()], "crc": [Crc32cCodec()],
    "blosc-lz4": BloscCodec(cname="lz4", shuffle="shuffle"), "blosc-zstd": BloscCodec(cname="zstd", shuffle="bitshuffle"),
    "blosc-noshuffle": BloscCodec(cname="lz4hc", shuffle="noshuffle"), "blosc-gzip": [BloscCodec(), GzipCodec()],
}
for name, codec in codecs.items():
    store(f"v3-{name}", (37, 21), "float64", chunks=(10, 8), compressors=codec, zarr_format=3)
    store(f"v3-F-{name}", (37, 21), "int16", chunks=(10, 8), compressors=codec, filters=[TransposeCodec(order=(1, 0))], zarr_format=3)
import numcodecs
for name, codec in {"gzip": numcodecs.GZip(5), "zstd": numcodecs.Zstd(3), "blosc": numcodecs.Blosc("lz4", 5, 1)}.items():
    for order in "CF":
        store(f"v2-{name}-{order}", (37, 21), ">f4", chunks=(10, 8), compressors=codec, order=order, zarr_format=2)

for shape, chunks in [((7,), (3,)), ((), ()), ((4, 5, 6), (2, 3, 4)), ((4, 5, 1), (2, 2, 1)), ((6, 1, 1, 1), (4, 1, 1, 1)),
                      ((3, 1, 4, 2, 3), (2, 1, 3, 1, 2)), ((0, 4), (2, 2)), ((5, 5), (9, 9))]:
    label = "x".join(map(str, shape)) or "scalar"
    store(f"v3-shape-{label}", shape, "float64", chunks=chunks, compressors=None, zarr_format=3)
    for order in "CF":
        store(f"v2-shape-{label}-{order}", shape, "float64", chunks=chunks, compressors=None, order=order, zarr_format=2)
        np.save(os.path.join(out, f"shape-{label}-{order}.npy"), np.asarray(pattern(shape, "float64"), order=order))
        emit(f"shape-{label}-{order}.npy", pattern(shape, "float64"))
store("v3-permuted", (4, 5, 6), "float64", chunks=(2, 3, 4), compressors=None, filters=[TransposeCodec(order=(1, 0, 2))], zarr_format=3)
store("v3-permuted-zstd", (4, 5, 6), "int32", chunks=(2, 3, 4), compressors=ZstdCodec(), filters=[TransposeCodec(order=(2, 0, 1))], zarr_format=3)
store("v3-dotted", (9, 9), "float64", chunks=(4, 4), compressors=None, chunk_key_encoding={"name": "v2", "separator": "."}, zarr_format=3)
store("v2-nested", (9, 9), "float64", chunks=(4, 4), compressors=None, chunk_key_encoding={"name": "v2", "separator": "/"}, zarr_format=2)

for name, codec in {"raw": None, "zstd": ZstdCodec(), "blosc": BloscCodec()}.items():
    store(f"v3-shard-{name}", (50, 33), "float64", chunks=(5, 4), shards=(20, 16), compressors=codec, zarr_format=3)
    store(f"v3-shard-F-{name}", (50, 33), "bool", chunks=(5, 4), shards=(20, 16), compressors=codec, zarr_format=3,
          filters=[TransposeCodec(order=(1, 0))])
store("v3-shard-start", (50, 33), "float32", chunks=(5, 4), zarr_format=3,
      shards={"shape": (20, 16), "index_location": "start"})
store("v3-shard-1d", (50,), "float64", chunks=(5,), shards=(20,), zarr_format=3)

for dtype, fill in [("float64", 7.5), ("float64", float("nan")), (">f4", float("-inf")), ("int16", -3), ("uint64", 2**63), (">i8", 5)]:
    for version in (2, 3):
        for label, codec in (("raw", None), ("zstd", numcodecs.Zstd(1) if version == 2 else ZstdCodec())):
            if version == 3 and dtype.startswith(">"):
                continue
            partly(f"fill-{version}-{label}-{dtype.strip('>')}-{fill}", (13, 10), dtype, fill, chunks=(5, 4), compressors=codec, zarr_format=version)
partly("fill-bool", (13, 10), "bool", True, chunks=(5, 4), zarr_format=3)
partly("fill-shard", (13, 10), "float64", 7.5, chunks=(2, 2), shards=(4, 4), zarr_format=3)
partly("fill-shard-raw", (13, 10), "float32", -1.5, chunks=(1, 2), shards=(4, 4), compressors=None, zarr_format=3)

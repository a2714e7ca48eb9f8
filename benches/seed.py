#!/usr/bin/env python3
"""The founding essay's jobs 2 to 5 at a size where neither inputs nor results fit the budget, checked against NumPy.

    cargo build --release
    python3 benches/seed.py --arr target/release/arr --data /path/with/8GB [--job 2 ...]

One line a job: what arr read and wrote by its own count, beside the least that any method could; the resident peak of
the whole process beside the budget; the largest relative difference from NumPy. Needs numpy and zarr.
"""
import argparse, sys
from pathlib import Path

import numpy as np
import zarr

from measure import measured

PANEL = 2000


def array(path, shape, chunks, rows=None, **kw):
    """A stored array of random rows, or of unwritten chunks where `rows` is None."""
    if path.exists():
        return
    tmp = path.with_suffix(".tmp")
    z = zarr.create_array(str(tmp), shape=shape, chunks=chunks, dtype="f8", compressors=None, zarr_format=3, **kw)
    if rows:
        rng = np.random.default_rng(rows)
        for i in range(0, shape[0], PANEL):
            z[i:i + PANEL] = rng.random((min(PANEL, shape[0] - i), shape[1]))
    tmp.rename(path)


def job2(d):
    """A is never written: 1.6 GB of the fill value 1, of which nothing is read."""
    array(d / "A2.zarr", (4000, 50_000), (250, 250), fill_value=1.0)
    array(d / "B2.zarr", (4000, 4000), (250, 250), rows=2)
    total = zarr.open(str(d / "B2.zarr"))[:].sum(axis=0)
    return "A = load (\"A2.zarr\"); B = load (\"B2.zarr\"); C = A' * B;", lambda i, n: np.broadcast_to(total, (n, 4000))


def job3(d):
    array(d / "A3.zarr", (100_000, 1000), (1000, 1000), rows=3)
    a = zarr.open(str(d / "A3.zarr"))
    return "A = load (\"A3.zarr\"); C = ((A + 1) * 2) .^ 3;", lambda i, n: ((a[i:i + n] + 1) * 2) ** 3


def job4(d):
    array(d / "B4.zarr", (10_000, 10_000), (1000, 1000), rows=4)
    b = zarr.open(str(d / "B4.zarr"))
    whole = b[:]
    mean, std = whole.mean(axis=0), whole.std(ddof=1)
    return ("B = load (\"B4.zarr\"); C = (B - mean (B)) + (B' / std (B(:)));",
            lambda i, n: (whole[i:i + n] - mean) + whole[:, i:i + n].T / std)


def job5(d):
    array(d / "A5.zarr", (4000, 10_000), (1000, 1000), rows=5)
    array(d / "B5.zarr", (4000, 10_000), (1000, 1000), rows=6)
    a, b = zarr.open(str(d / "A5.zarr"))[:], zarr.open(str(d / "B5.zarr"))[:]
    return ("A = load (\"A5.zarr\"); B = load (\"B5.zarr\"); C = A' * B - mean (B);",
            lambda i, n: a[:, i:i + n].T @ b - b.mean(axis=0))


JOBS = {"2": (job2, 100), "3": (job3, 64), "4": (job4, 100), "5": (job5, 100)}
REPORT = "r = lastrun (); printf (\"%d %d %d %g\\n\", r.bytes_read, r.bytes_written, r.tasks, r.seconds);"


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--arr", required=True)
    ap.add_argument("--data", required=True)
    ap.add_argument("--job", action="append", choices=JOBS)
    a = ap.parse_args()
    data = Path(a.data)
    data.mkdir(parents=True, exist_ok=True)
    arr = Path(a.arr).resolve()
    failed = False
    for name in a.job or JOBS:
        make, budget = JOBS[name]
        code, want = make(data)
        code += " save (\"C.zarr\", C); " + REPORT
        command = [str(arr), "--memory", f"{budget}MB", "-e", code]
        _, peak, out = measured(command, cwd=data)
        read, written, tasks, seconds = out.split()
        got = zarr.open(str(data / "C.zarr"))
        error = 0.0
        for i in range(0, got.shape[0], PANEL):
            w = want(i, min(PANEL, got.shape[0] - i))
            error = max(error, float(np.abs(got[i:i + PANEL] - w).max() / np.abs(w).max()))
        ok = error < 1e-12 and peak < (budget + 64) * 1e6
        failed |= not ok
        print(f"job {name}: {got.shape[0]}x{got.shape[1]} in {float(seconds):.2f} s, {tasks} tasks; read {int(read) / 1e9:.2f} GB, "
              f"wrote {int(written) / 1e9:.2f} GB of {got.nbytes / 1e9:.2f}; resident peak {peak / 1e6:.0f} MB, budget {budget} MB; "
              f"relative difference {error:.1e}: {'within bounds' if ok else 'OUT OF BOUNDS'}", flush=True)
    sys.exit(failed)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""The founding jobs, side by side with what a user would pick instead, in one run on one machine.

    cargo build --release
    python3 benches/jobs.py --arr target/release/arr --data /path/with/20GB [--job gram-tall ...]

Data is written once by Python's zarr (v3, raw). Each job runs under arr and under dask's threads in turn, A B A B,
in processes of their own, warm cache; wall time and resident peak are the operating system's. Values are compared with
NumPy's blocked answer. Needs numpy, zarr and dask (pip install numpy zarr dask).
"""
import argparse, os, sys
from pathlib import Path

from measure import measured

DASK = """
import sys, os
import dask, dask.array as da, numpy as np
dask.config.set(scheduler="threads", num_workers={threads})
A = da.from_zarr({path!r})
R = {expr}
out = R.compute()
np.save({out!r}, out)
"""

# The machine's own symmetric product: NumPy calls BLAS's syrk where both factors are one array. Columns as in the job.
SYRK = """
import numpy as np, time
p = np.random.default_rng(1).random(({rows}, {columns}))
best = 1e9
for _ in range(4):
    t = time.perf_counter(); p.T @ p; best = min(best, time.perf_counter() - t)
print({rows} * {columns} * ({columns} + 1) / best / 1e9)
"""

JOBS = {
    # name: (shape, chunks, budget, arr expression, dask expression, numpy reference by row panels)
    "gram-tall": ((1_000_000, 1000), (1000, 1000), "256MB", "A' * A", "A.T.dot(A)", "gram"),
    "gram-wide": ((250_000, 4000), (1000, 1000), "256MB", "A' * A", "A.T.dot(A)", "gram"),
    "gram-small": ((100_000, 1000), (1000, 1000), "256MB", "A' * A", "A.T.dot(A)", "gram"),
    "fused": ((100_000, 1000), (1000, 1000), "256MB", "sum(sum(exp(-A.*A) + sin(A)*2))",
              "(da.exp(-A*A) + da.sin(A)*2).sum()", "fused"),
    "mean-std": ((100_000, 1000), (1000, 1000), "256MB", "[mean(A); std(A)]",
                 "da.stack([A.mean(axis=0), A.std(axis=0, ddof=1)])", "meanstd"),
    "standardise-max": ((100_000, 1000), (1000, 1000), "256MB", "max((A - mean(A)) ./ std(A))",
                        "((A - A.mean(axis=0)) / A.std(axis=0, ddof=1)).max(axis=0)", "zmax"),
}


def make(path, shape, chunks):
    import numpy as np, zarr
    if path.exists():
        return
    tmp = path.with_suffix(".tmp")
    z = zarr.create_array(str(tmp), shape=shape, chunks=chunks, dtype="f8", compressors=None, zarr_format=3)
    rng = np.random.default_rng(7)
    for i in range(0, shape[0], 10_000):
        n = min(10_000, shape[0] - i)
        z[i:i + n] = rng.random((n, shape[1]))
    tmp.rename(path)


def reference(path, kind):
    import numpy as np, zarr
    z = zarr.open_array(str(path), mode="r")
    n = z.shape[0]
    panels = lambda: (z[i:i + 10_000] for i in range(0, n, 10_000))
    if kind == "gram":
        return sum(p.T @ p for p in panels())
    if kind == "fused":
        return sum((np.exp(-p * p) + np.sin(p) * 2).sum() for p in panels())
    mean = sum(p.sum(axis=0) for p in panels()) / n
    std = np.sqrt(sum(((p - mean) ** 2).sum(axis=0) for p in panels()) / (n - 1))
    if kind == "meanstd":
        return np.stack([mean, std])
    out = None
    for p in panels():
        m = ((p - mean) / std).max(axis=0)
        out = m if out is None else np.maximum(out, m)
    return out


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--arr", required=True)
    ap.add_argument("--data", required=True)
    ap.add_argument("--job", action="append")
    ap.add_argument("--runs", type=int, default=3)
    ap.add_argument("--threads", type=int, default=os.cpu_count())
    a = ap.parse_args()
    import numpy as np
    data = Path(a.data)
    data.mkdir(parents=True, exist_ok=True)
    # A current OpenBLAS chooses its own kernels.
    clean = {k: v for k, v in os.environ.items() if k not in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")}
    for name in a.job or JOBS:
        shape, chunks, budget, expr, dask_expr, kind = JOBS[name]
        path = data / f"{shape[0]}x{shape[1]}.zarr"
        make(path, shape, chunks)
        ours, theirs = data / "ours.npy", data / "theirs.npy"
        code = f"A = load(\"{path}\"); R = {expr}; save(\"{ours}\", R);"
        arr_cmd = [a.arr, "--memory", budget, "--threads", str(a.threads), "-e", code]
        script = DASK.format(threads=a.threads, path=str(path), expr=dask_expr, out=str(theirs))
        dask_cmd = [sys.executable, "-c", script]
        want = reference(path, kind)
        rows = []
        measured(arr_cmd, env=clean)
        for _ in range(a.runs):
            rows.append((measured(arr_cmd, env=clean), measured(dask_cmd, env=clean)))
        got, other = np.load(ours).squeeze(), np.load(theirs).squeeze()
        scale = np.abs(want).max()
        error = np.abs(got - np.squeeze(want)).max() / scale
        median = lambda xs: sorted(xs)[len(xs) // 2]
        t1, t2 = median([r[0][0] for r in rows]), median([r[1][0] for r in rows])
        ratio = median([r[1][0] / r[0][0] for r in rows])
        m1, m2 = max(r[0][1] for r in rows) / 1e6, max(r[1][1] for r in rows) / 1e6
        line = f"{name}: arr {t1:.2f} s, peak {m1:.0f} MB (budget {budget}); dask {t2:.2f} s, peak {m2:.0f} MB; dask/arr {ratio:.2f}; relative error {error:.1e}"
        if kind == "gram":
            n, m = shape
            syrk = [sys.executable, "-c", SYRK.format(rows=40_000_000 // m, columns=m)]
            rate = float(measured(syrk, env=clean)[2])
            line += f"; {n * m * (m + 1) / t1 / 1e9 / rate:.0%} of the machine's own symmetric product in memory, {rate:.1f} GFLOP/s"
            line += f"; symmetric {bool((got == got.T).all())}; {n * m * (m + 1) / t1 / 1e9:.1f} GFLOP/s (n m (m+1)), {2 * n * m * m / t1 / 1e9:.1f} (2 n m^2)"
        print(line, flush=True)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Whole arrays through a small budget: a 1.6 GB array under 200 MB, one process a job.

    cargo build --release
    python3 benches/outofcore.py --arr target/release/arr --data /path/with/5GB [--job sort ...] [--rows 200000]

For each job: right on samples against NumPy, the resident peak of the process against budget + 64 MB, and the bytes
the engine read and wrote against what theory says. The array is written once by Python's zarr (v3, raw); results are
saved raw and removed. Needs numpy and zarr (pip install numpy zarr).

N stands for the bytes of the array, n for its columns. Temporary files count as written and read:

    standardise   one scan for means and deviations together, one to use them          read 2 N     written N
    transpose     every chunk once                                                     read N       written N
    reshape       every chunk once, in strips that hold whole chunks of both sides     read N       written N
    cumsum        every chunk once, a carry a column                                   read N       written N
    sort          the array, runs out, runs back, the result; splits read a little     read 2 N     written 2 N
    mask          one scan that takes, into a file and back (a scan that counted came first, by itself)
                                                                                       read 1.01 N  written 0.02 N
    median        every chunk once, columns at a time                                  read N       written 0
    qr            the array and the panels' factors out; these back, Q out; triangles, factors of stacks and small
                  matrices of panels of h = 4 n rows are parts of N:                   read 3.2 N   written 2.8 N
    svd           the array; triangles out and back                                    read 1.1 N   written 0.1 N
    least-squares 50 of the columns                                                    read 0.05 N  written 0
    fft           every chunk once, rows at a time                                     read N       written N
"""
import argparse, shutil, sys
from pathlib import Path

from measure import measured

BUDGET_MB = 200

# name: (program between load and the report, in terms of A and OUT; read and written in theory, in units of N)
JOBS = {
    "standardise": ('save ("OUT", (A - mean (A)) ./ std (A), "codec", "raw");', 2, 1),
    "transpose": ("save (\"OUT\", A', \"codec\", \"raw\");", 1, 1),
    "reshape": ('save ("OUT", reshape (A, 2 * rows (A), columns (A) / 2), "codec", "raw");', 1, 1),
    "cumsum": ('save ("OUT", cumsum (A), "codec", "raw");', 1, 1),
    "sort": ('save ("OUT", sort (A(:)), "codec", "raw");', 2, 2),
    "mask": ('save ("OUT", A(A > 0.99), "codec", "raw");', 1.01, 0.02),
    "median": ('save ("OUT", median (A), "codec", "raw");', 1, 0),
    "qr": ('[Q, R] = qr (A, 0); save ("OUT", Q, "codec", "raw");', 3.2, 2.8),
    "svd": ('s = svd (A); r = lastrun (); save ("OUT", s, "codec", "raw");', 1.1, 0.1),
    "least-squares": ('b = (1:rows (A))\' / rows (A); x = A(:, 1:50) \\ b; r = lastrun (); save ("OUT", x, "codec", "raw");', 0.05, 0),
    "fft": ('save ("OUT", abs (fft (A, [], 2)), "codec", "raw");', 1, 1),
}


def make(path, rows, columns):
    import numpy as np, zarr
    if path.exists():
        return
    tmp = path.with_suffix(".tmp")
    z = zarr.create_array(str(tmp), shape=(rows, columns), chunks=(1000, 1000), dtype="f8", compressors=None, zarr_format=3)
    rng = np.random.default_rng(7)
    for i in range(0, rows, 10_000):
        z[i:i + 10_000] = rng.random((min(10_000, rows - i), columns))
    tmp.rename(path)


def panels(z):
    for i in range(0, z.shape[0], 10_000):
        yield i, z[i:i + 10_000]


def check(name, z, out):
    """Whether what was saved is right: whole where it is small, samples where it is not."""
    import numpy as np
    m, n = z.shape
    rng = np.random.default_rng(3)
    some = np.sort(rng.choice(m, 20, replace=False))
    close = lambda a, b: np.allclose(a, b, rtol=1e-9, atol=1e-12)
    if name in ("standardise", "cumsum"):
        columns = slice(37, 40)
        x = z[:, columns]
        want = (x - x.mean(0)) / x.std(0, ddof=1) if name == "standardise" else np.cumsum(x, axis=0)
        return out.shape == z.shape and close(out[:, columns], want)
    if name == "transpose":
        return out.shape == (n, m) and all((out[:, i] == z[i]).all() for i in some)
    if name == "reshape":
        # Column j of the result is the two columns 2 j and 2 j + 1, one after the other.
        return all((out[:, j] == np.concatenate([z[:, 2 * j], z[:, 2 * j + 1]])).all() for j in (0, n // 4, n // 2 - 1))
    if name == "sort":
        whole = out.reshape(-1) if hasattr(out, "reshape") else out
        flat = lambda a, b: np.asarray(whole[a:b]).reshape(-1)
        total, last, size = 0.0, -np.inf, m * n
        for a in range(0, size, 10_000_000):
            part = flat(a, min(a + 10_000_000, size))
            if part[0] < last or (np.diff(part) < 0).any():
                return False
            total, last = total + part.sum(), part[-1]
        below = [0.1, 0.5, 0.9]
        counts = np.zeros(3, dtype=np.int64)
        expected = 0.0
        for _, p in panels(z):
            counts += [(p < x).sum() for x in below]
            expected += p.sum()
        ends = all(flat(c - 1, c)[0] < x <= flat(c, c + 1)[0] for c, x in zip(counts, below))
        return out.shape[0] == size and ends and close(total, expected)
    if name == "mask":
        want = [p[:, j][p[:, j] > 0.99] for j in (0,) for _, p in panels(z)]
        first = np.concatenate(want)
        count = sum((p > 0.99).sum() for _, p in panels(z))
        return out.shape[0] == count and (np.asarray(out[:len(first)]).reshape(-1) == first).all()
    if name == "median":
        return close(np.asarray(out[:]).reshape(-1)[37:45], np.median(z[:, 37:45], axis=0))
    if name == "qr":
        gram, product = 0, 0
        for i, p in panels(z):
            q = out[i:i + 10_000]
            gram, product = gram + q.T @ q, product + q.T @ p
        orthonormal = abs(gram - np.eye(n)).max() < 1e-12
        triangle = abs(np.tril(product, -1)).max() < 1e-9 * abs(product).max()
        return orthonormal and triangle and close(out[0:50] @ np.triu(product), z[0:50])
    if name == "svd":
        gram = sum(p.T @ p for _, p in panels(z))
        want = np.sqrt(np.linalg.eigvalsh(gram)[::-1])
        return np.allclose(np.asarray(out[:]).reshape(-1), want, rtol=1e-8)
    if name == "least-squares":
        b = np.arange(1, m + 1) / m
        return np.allclose(np.asarray(out[:]).reshape(-1), np.linalg.lstsq(z[:, :50], b, rcond=None)[0], rtol=1e-8)
    return all(close(out[int(i)], abs(np.fft.fft(z[int(i)]))) for i in some)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--arr", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--job", nargs="*", choices=JOBS, default=list(JOBS))
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--columns", type=int, default=1000)
    parser.add_argument("--keep", action="store_true", help="leave the array for the next time")
    options = parser.parse_args()
    path = options.data / f"{options.rows}x{options.columns}.zarr"
    make(path, options.rows, options.columns)
    size = options.rows * options.columns * 8
    out = options.data / "outofcore-result.zarr"
    wrong = 0
    print(f"{'job':14} {'right':>5} {'wall':>8} {'peak':>8}   read / theory     written / theory   (N = {size / 1e9:.1f} GB, budget {BUDGET_MB} MB)")
    for name in options.job:
        import zarr
        program, reads, writes = JOBS[name]
        text = f'A = load ("{path}"); {program.replace("OUT", str(out))} {"" if "lastrun" in program else "r = lastrun ();"} ' \
               'printf ("%.17g %.17g %.17g %.17g\\n", r.bytes_read, r.bytes_written, r.bytes_spilled, r.peak_bytes);'
        try:
            wall, peak, said = measured([options.arr, "--memory", f"{BUDGET_MB}MB", "--temp-dir", options.data, "-e", text])
            read, written, spilled, _ = (float(x) for x in said.split()[-4:])
            right = check(name, zarr.open_array(str(path), mode="r"), zarr.open_array(str(out), mode="r"))
        except SystemExit as failure:
            said = next((line for line in str(failure).splitlines() if "error" in line), "failed")
            print(f"{name:14} {'-':>5}   {said}")
            wrong += 1
            continue
        finally:
            shutil.rmtree(out, ignore_errors=True)
        held = peak <= BUDGET_MB * 1e6 + (64 << 20)
        wrong += not (right and held)
        print(f"{name:14} {'yes' if right else 'NO':>5} {wall:7.1f}s {peak / 1e6:5.0f} MB{' ' if held else '!'}"
              f"  {read / size:6.2f} N / {reads:<5g}  {(written + spilled) / size:6.2f} N / {writes:<5g}", flush=True)
    if not options.keep:
        shutil.rmtree(path)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()

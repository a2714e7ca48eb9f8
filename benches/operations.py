#!/usr/bin/env python3
"""Every operation of the language on arrays on disk that are four times the budget and more, one process an operation.

    cargo build --release
    python3 benches/operations.py --arr target/release/arr --data /path/with/3GB [--only PATTERN]

One line an operation: whether the whole result equals NumPy's (or an identity holds), the wall time, the resident peak of
the process against budget + 64 MB, and what it read from files, temporary ones too, in units of its input. The arrays
are written once by Python's zarr (raw, uncompressed chunks of 1 MB). Needs numpy and zarr (pip install numpy zarr).

What works on a whole matrix at once is to be refused under the small budget, before it starts, by a message that names
the smallest budget that would do; it then runs within that one.
"""
import argparse, inspect, re, shutil, sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import zarr

from measure import observed
from operations_table import ROWS

BUDGET_MB = 32
ROOM = 64 << 20


def normal(*shape, seed=1):
    return np.random.default_rng(seed).standard_normal(shape)


def gaps(seed):
    """Normal numbers of which one in a hundred is missing."""
    x, rng = normal(32000, 500, seed=seed), np.random.default_rng(seed + 1)
    x[rng.random(x.shape) < 0.01] = np.nan
    return x


# name: (chunks, how the elements are made)
ARRAYS = {
    "A": ((500, 250), lambda: normal(32000, 500, seed=1)),
    "B": ((500, 250), lambda: normal(32000, 500, seed=2)),
    "N": ((500, 250), lambda: gaps(3)),
    "U": ((500, 250), lambda: np.random.default_rng(4).random((32000, 500))),
    "F": ((1000, 250), lambda: normal(64000, 500, seed=5).astype("f4")),
    "I": ((500, 1000), lambda: np.random.default_rng(6).integers(-30000, 30000, (8000, 8000)).astype("i2")),
    "Z": ((500, 125), lambda: normal(16000, 500, seed=7) + 1j * normal(16000, 500, seed=8)),
    "L": ((1000, 1000), lambda: np.random.default_rng(9).random((16000, 8000)) < 0.5),
    "C": ((64, 50, 50), lambda: normal(256, 250, 250, seed=10)),
    "G": ((100, 100, 13), lambda: normal(100, 100, 1600, seed=11)),
    "S": ((360, 360), lambda: normal(4000, 4000, seed=12)),
    "T": ((1250, 100), lambda: normal(160000, 100, seed=13)),
    "W": ((100, 1250), lambda: normal(100, 160000, seed=14)),
    "v": ((125000, 1), lambda: normal(16_000_000, 1, seed=15)),
    "k": ((125000, 1), lambda: np.random.default_rng(16).integers(1, 1000, (16_000_000, 1)).astype("f8")),
    # Works on a whole matrix need it several times: beyond the budget by itself.
    "D": ((512, 512), lambda: normal(2048, 2048, seed=17)),
}


def make(folder, name):
    path = folder / f"{name}.zarr"
    if not path.exists():
        chunks, elements = ARRAYS[name]
        x = elements()
        tmp = path.with_suffix(".tmp")
        z = zarr.create_array(str(tmp), shape=x.shape, chunks=chunks, dtype=x.dtype, compressors=None, zarr_format=3)
        z[:] = x
        tmp.rename(path)
    return path


class Inputs(dict):
    """The arrays in memory, loaded when they are first needed."""

    def __init__(self, folder):
        self.folder = folder

    def __missing__(self, name):
        self[name] = zarr.open_array(str(make(self.folder, name)), mode="r")[:]
        return self[name]


def like(want, got):
    """NumPy's answer in the shape the language gives it: vectors as rows or columns, no trailing dimensions of one."""
    want = np.asarray(want)
    if want.ndim < 2 and want.size == got.size and got.ndim == 2 and 1 in got.shape:
        return want.reshape(got.shape)
    while want.ndim > 2 and want.shape[-1] == 1:
        want = want[..., 0]
    return np.atleast_2d(want)


def equal(got, want, tolerance):
    want = like(want, got)
    if got.shape != want.shape or want.dtype in ("i2", "i1", "u1", "f4", "c8") and got.dtype != want.dtype:
        return False
    if tolerance == 0:
        return np.array_equal(got, want, equal_nan=got.dtype.kind in "fc" and want.dtype.kind in "fc")
    # Relative to the largest element of the result, as errors of sums of many terms are.
    size = np.abs(want[np.isfinite(want)]).max(initial=0)
    with np.errstate(invalid="ignore"):
        near = (np.abs(got - want) <= tolerance * size) | (got == want)
    return bool((near | (np.isnan(got) & np.isnan(want))).all())


def program(row, names, folder, out):
    text = "".join(f'{name} = load ("{folder / name}.zarr"); ' for name in names)
    results = row.keep or ["x"]
    text += f"{row.program};\n" if row.keep else f"x = {row.program};\n"
    return text + "".join(f'save ("{out / name}.npy", {name});\n' for name in results)


def attempt(row, options, budget):
    """Runs a row under a budget: what the system saw of it."""
    names = [n for n in inspect.signature(row.check).parameters if n in ARRAYS]
    for name in names:
        make(options.data, name)
    out = options.data / "results"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    text = program(row, names, options.data, out)
    return names, out, observed([options.arr, "--memory", f"{budget}MB", "--temp-dir", options.data, "-e", text])


def right(row, names, out, inputs):
    results = [np.load(out / f"{name}.npy") for name in row.keep or ["x"]]
    arguments = [inputs[name] for name in names]
    if row.identity:
        return bool(row.check(*arguments, *results))
    wants = row.check(*arguments)
    wants = wants if isinstance(wants, tuple) else (wants,)
    return len(wants) == len(results) and all(equal(g, w, row.tolerance) for g, w in zip(results, wants))


def complaint(run):
    return next((line for line in run.said.splitlines() + run.errors.splitlines() if "rror" in line), "failed")


@dataclass
class Outcome:
    """A line of the table, whether all is as it should be, and the figures of a run that ended well."""
    text: str
    fine: bool = False
    beyond: float = 0
    read: float = 0


def report(row, options, inputs):
    """Runs a row."""
    budget, refused = BUDGET_MB, ""
    names, out, run = attempt(row, options, budget)
    if row.whole:
        named = re.search(r"--memory (\d+)MB", run.errors + run.said)
        if run.ok or not named:
            return Outcome(f"{'-':>5}  not refused with a budget that would do: {complaint(run)}")
        budget = int(named[1])
        refused = f"  needs {budget} MB"
        names, out, run = attempt(row, options, budget)
    if not run.ok:
        return Outcome(f"{'-':>5}  {complaint(run)[:150]}{refused}")
    correct = right(row, names, out, inputs)
    held = run.peak <= budget * 1_000_000 + ROOM
    size = sum(inputs[name].nbytes for name in names)
    read = run.read / size if size else 0
    volume = f"{read:5.2f}" if size else "    -"
    text = f"{'yes' if correct else 'NO':>5} {run.wall:7.2f}s {run.peak / 1e6:5.0f} MB{' ' if held else '!'} {volume}{refused}"
    return Outcome(text, correct and held, (run.peak - budget * 1_000_000) / 1e6, read)


def summary(outcomes):
    """The outcomes by group, as a Markdown table."""
    print("\n| group | operations | as they should be | peak, beyond the budget | read / input |\n|---|---|---|---|---|")
    for group, of in outcomes.items():
        good = [o for o in of if o.fine]
        beyond = max((o.beyond for o in good), default=0)
        reads = sorted(o.read for o in good)
        middle = f"{reads[len(reads) // 2]:.2f}, at most {reads[-1]:.2f}" if reads else "-"
        print(f"| {group} | {len(of)} | {len(good)} | at most {max(beyond, 0):.0f} MB | {middle} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--arr", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--only", help="rows whose group or program this regular expression finds")
    parser.add_argument("--keep", action="store_true", help="leave the arrays for the next time")
    options = parser.parse_args()
    options.data.mkdir(parents=True, exist_ok=True)
    options.data = options.data.resolve()
    options.arr = options.arr.resolve()
    inputs, outcomes = Inputs(options.data), {}
    print(f"budget {BUDGET_MB} MB, arrays of 128 MB and more{'':13} right     wall    peak    read / input")
    for row in ROWS:
        if options.only and not re.search(options.only, f"{row.group}: {row.program}"):
            continue
        if row.group not in outcomes:
            outcomes[row.group] = []
            print(f"-- {row.group}")
        if len(inputs) > 6:
            inputs.clear()
        outcome = report(row, options, inputs)
        outcomes[row.group].append(outcome)
        print(f"{row.program:52} {outcome.text}", flush=True)
    summary(outcomes)
    shutil.rmtree(options.data / "results", ignore_errors=True)
    if not options.keep:
        for name in ARRAYS:
            shutil.rmtree(options.data / f"{name}.zarr", ignore_errors=True)
    sys.exit(0 if all(o.fine for of in outcomes.values() for o in of) else 1)


if __name__ == "__main__":
    main()

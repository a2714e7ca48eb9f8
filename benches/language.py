#!/usr/bin/env python3
"""The speed of the language itself: the same scripts in arr and in Octave, one after the other.

  language.py --arr target/release/arr [--repeat 5] [--only NAME]

Each time is the least CPU time of several runs, less that of an empty script. The outputs must agree."""
import argparse
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

OCTAVE = [os.environ.get("OCTAVE", "octave-cli"), "--norc", "--quiet", "--no-history"]


def cpu(command):
    """CPU seconds and standard output of one run."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, done.stdout


def best(command, repeat):
    runs = [cpu(command) for _ in range(repeat)]
    return min(seconds for seconds, _ in runs), runs[0][1]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--arr", default="target/release/arr")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--only")
    options = parser.parse_args()
    scripts = sorted((Path(__file__).parent / "language").glob("*.arr"))
    scripts = [s for s in scripts if options.only in (None, s.stem)]
    with tempfile.NamedTemporaryFile(suffix=".m", mode="w") as nothing:
        nothing.write("1;\n")
        nothing.flush()
        arr_start, _ = best([options.arr, "run", nothing.name], options.repeat)
        octave_start, _ = best(OCTAVE + [nothing.name], options.repeat)
    print(f"{'script':<18} {'arr ms':>9} {'Octave ms':>10} {'times as fast':>14}")
    wrong = []
    for script in scripts:
        arr, mine = best([options.arr, "run", str(script)], options.repeat)
        octave, theirs = best(OCTAVE + [str(script)], options.repeat)
        arr, octave = max(arr - arr_start, 1e-4), octave - octave_start
        print(f"{script.stem:<18} {arr * 1e3:9.1f} {octave * 1e3:10.1f} {octave / arr:14.0f}")
        if mine != theirs:
            wrong.append(f"{script.stem}: arr printed {mine!r}, Octave {theirs!r}")
    for line in wrong:
        print(line)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Arrays in memory: one operation at a time on a 1000 x 1000 matrix of doubles, in arr and in GNU Octave.

    cargo build --release
    python3 benches/arrays.py --arr target/release/arr [--only sort ...]

Each operation is repeated for a fraction of a second inside one process; both programs run the same script in turn, and
the better of two rounds counts. Prints milliseconds an operation and how many times as fast arr is.
"""
import argparse, os, subprocess, tempfile
from pathlib import Path

SETUP = """A = rand (1000); B = rand (1000); b = rand (1000, 1); p = randperm (1000); I = floor (A * 100) + 1;
S = A' * A + 1000 * eye (1000); c = num2cell (1:1000); str = sprintf ("%d,", 1:20000);
"""

OPERATIONS = """
A + B
A .* 2
A ./ B
A .^ 2
A - mean (A)
exp (A)
sin (A)
sqrt (A)
A > 0.5
A(A > 0.5)
A'
A(:, p)
A(p, :)
[A B]
[A; B]
repmat (A, 2, 1)
circshift (A, 3)
kron (A(1:30, 1:30), B(1:30, 1:30))
triu (A)
permute (reshape (A, 100, 100, 100), [3 1 2])
sum (A)
sum (A, 2)
mean (A)
std (A)
max (A)
median (A)
cumsum (A)
diff (A)
any (A > 2)
sort (A)
sort (A(:))
find (A > 0.5)
unique (I(:))
ismember (I, 1:5)
accumarray (I(:), 1)
interp1 (1:1000, A(:, 1), A(:, 2) * 900 + 1)
filter (1, [1 0.5], A)
conv (A(:, 1), B(:, 1))
fft (A)
A * B
A \\ b
inv (A)
chol (S)
qr (A)
eig (S)
svd (A)
int32 (I) + int32 (I)
strsplit (str, ",")
strrep (str, "1", "22")
regexprep (str, "1", "2")
cellfun (@numel, c)
cellfun (@(x) x + 1, c)
""".strip().splitlines()

TIMED = """try
  y = {operation}; n = 0; began = tic;
  do
    y = {operation}; n = n + 1;
  until (toc (began) > 0.15 || n >= 200)
  printf ("%s\\t%.6f\\n", '{name}', toc (began) / n * 1e3);
catch fault
  printf ("%s\\tfailed: %s\\n", '{name}', fault.message);
end
"""


def run(command, script):
    # A current OpenBLAS chooses its own kernels.
    clean = {k: v for k, v in os.environ.items() if k not in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")}
    text = subprocess.run([*command, script], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=clean).stdout
    return dict(line.rsplit("\t", 1) for line in text.splitlines() if "\t" in line)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--arr", type=Path, required=True)
    parser.add_argument("--only", nargs="*", default=[""], help="operations whose text contains one of these")
    options = parser.parse_args()
    chosen = [o for o in OPERATIONS if any(word in o for word in options.only)]
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "operations.m"
        timed = (TIMED.format(operation=o, name=o.replace("'", "''")) for o in chosen)
        script.write_text(SETUP + "".join(timed))
        rounds = [(run([options.arr], script), run(["octave-cli", "--norc", "--quiet"], script)) for _ in range(2)]
    print("| operation | arr | Octave | times as fast |\n|---|---|---|---|")
    for o in chosen:
        try:
            ours, theirs = (min(float(r[side][o]) for r in rounds) for side in (0, 1))
        except (KeyError, ValueError):
            print(f"| `{o}` | {rounds[0][0].get(o)} | {rounds[0][1].get(o)} | |")
            continue
        print(f"| `{o}` | {ours:.3f} ms | {theirs:.3f} ms | {theirs / ours:.1f} |")


if __name__ == "__main__":
    main()

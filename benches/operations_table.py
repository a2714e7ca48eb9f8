"""The operations that benches/operations.py runs: what is written in the language beside what NumPy says.

A check names the arrays it takes; these are loaded before the program runs. Its result is what the program's `x`, or each
of the results that `keep` names, must be; or the truth of an identity, which is given the results after the arrays.
"""
import math
from dataclasses import dataclass, field

import numpy as np


@dataclass
class Row:
    group: str
    program: str
    check: object
    tolerance: float = 0
    keep: list = field(default_factory=list)
    # Whether the check says yes or no to the results, instead of what they must be.
    identity: bool = False
    # Whether the operation needs its matrix whole, and is refused under the small budget.
    whole: bool = False


ROWS = []
ROUNDING = 1e-12
FACTORIALS = np.array([math.factorial(n) for n in range(10)], dtype=float)


def bessel(x):
    """J0 by the trapezium rule on its integral, whose error vanishes with the number of points."""
    t = (np.arange(64) + 0.5) * np.pi / 64
    return sum(np.cos(x * np.sin(a)) for a in t) / 64


def rows(group, *entries, **options):
    """Rows of a group: program, check and what differs from the group's options."""
    for program, check, *own in entries:
        ROWS.append(Row(group, program, check, **{**options, **(own[0] if own else {})}))


def keeps(*names, **options):
    return {"keep": list(names), **options}


def holds(*names, **options):
    return {"keep": list(names), "identity": True, **options}


def put_last(x, places, values):
    """Elements of a column put one after the other, so that of several for one place the last one stays."""
    out = x.copy()
    last = np.full(len(x), -1)
    np.maximum.at(last, places, np.arange(len(places)))
    out[last >= 0, 0] = values[last[last >= 0], 0]
    return out


def near(x, y, tolerance=1e-10):
    return x.shape == y.shape and bool(np.abs(x - y).max(initial=0) <= tolerance * max(np.abs(y).max(initial=0), 1e-300))


def column(x):
    """All elements in column-major sequence, as a column."""
    return x.reshape(-1, 1, order="F")


def shaped(x, *shape):
    return x.reshape(shape, order="F")


def fitted(x, degree):
    """The polynomials of a degree that fit columns best."""
    basis = np.vander(np.arange(1, len(x) + 1) / len(x), degree + 1)
    return basis @ np.linalg.lstsq(basis, x, rcond=None)[0]


def without_line(x):
    """A column without its straight line, by its normal equations about the middle."""
    at = np.arange(len(x)) - (len(x) - 1) / 2
    return x - x.mean() - at.reshape(-1, 1) * (at @ x / (at @ at))


def laplacian(x):
    """A quarter of the second differences of a matrix, drawn on linearly at the rims, as del2 has it."""
    def bent(x):
        inner = x[2:] - 2 * x[1:-1] + x[:-2]
        return np.concatenate([[2 * inner[0] - inner[1]], inner, [2 * inner[-1] - inner[-2]]])
    return (bent(x) + bent(x.T).T) / 4


def ranked_correlation(x, y):
    """Correlations of the ranks of columns without ties."""
    of = lambda m: np.argsort(np.argsort(m, axis=0), axis=0).astype(float)
    return np.corrcoef(of(x), of(y), rowvar=False)[:x.shape[1], x.shape[1]:]


def lengths(x):
    """How often each value comes one after the other, and the values, as rows."""
    last = np.append(np.flatnonzero(x[1:] != x[:-1]), len(x) - 1)
    return np.diff(last, prepend=-1).astype(float).reshape(1, -1), x[last].reshape(1, -1)


def ascending_runs(x, most):
    """How many ascending runs have 1, 2, ... elements, as a column; the last counts all that are longer."""
    last = np.append(np.flatnonzero(x[1:] < x[:-1]), len(x) - 1)
    return np.bincount(np.minimum(np.diff(last, prepend=-1), most), minlength=most + 1)[1:].astype(float).reshape(-1, 1)


def per_element(f):
    return np.vectorize(f, otypes=[float])


def saturated(x, dtype):
    """Rounded half away from zero and saturated, as integer classes are."""
    info = np.iinfo(dtype)
    whole = np.where(np.isnan(x), 0, np.copysign(np.floor(np.abs(x) + 0.5), x))
    return np.clip(whole, info.min, info.max).astype(dtype)


# -- elementwise

rows("elementwise",
     ("A + 2 * B", lambda A, B: A + 2 * B),
     ("A .* B - A ./ B", lambda A, B: A * B - A / B),
     ("A .^ 3", lambda A: A ** 3),
     ("abs (A) .^ B", lambda A, B: np.abs(A) ** B),
     ("-A", lambda A: -A),
     ("A - mean (A)", lambda A: A - A.mean(0)),
     ("exp (A)", lambda A: np.exp(A)),
     ("expm1 (A)", lambda A: np.expm1(A)),
     ("log (U)", lambda U: np.log(U)),
     ("log2 (U)", lambda U: np.log2(U)),
     ("log10 (U)", lambda U: np.log10(U)),
     ("log1p (U)", lambda U: np.log1p(U)),
     ("sqrt (U)", lambda U: np.sqrt(U)),
     ("sqrt (complex (A, 0))", lambda A: np.sqrt(A.astype(complex))),
     ("cbrt (A)", lambda A: np.cbrt(A)),
     ("sin (A)", lambda A: np.sin(A)),
     ("cos (A)", lambda A: np.cos(A)),
     ("tan (A)", lambda A: np.tan(A)),
     ("asin (U)", lambda U: np.arcsin(U)),
     ("acos (U)", lambda U: np.arccos(U)),
     ("atan (A)", lambda A: np.arctan(A)),
     ("sinh (A)", lambda A: np.sinh(A)),
     ("cosh (A)", lambda A: np.cosh(A)),
     ("tanh (A)", lambda A: np.tanh(A)),
     ("atan2 (A, B)", lambda A, B: np.arctan2(A, B)),
     ("hypot (A, B)", lambda A, B: np.hypot(A, B)),
     tolerance=1e-14)
rows("elementwise",
     ("gamma (U(:, 1:130) + 1)", lambda U: per_element(math.gamma)(U[:, :130] + 1)),
     ("lgamma (U(:, 1:130) + 1)", lambda U: per_element(math.lgamma)(U[:, :130] + 1)),
     ("erf (A(:, 1:130))", lambda A: per_element(math.erf)(A[:, :130])),
     ("erfc (A(:, 1:130))", lambda A: per_element(math.erfc)(A[:, :130])),
     tolerance=ROUNDING)
rows("elementwise",
     ("abs (A)", lambda A: np.abs(A)),
     ("sign (A)", lambda A: np.sign(A)),
     ("floor (10 * A)", lambda A: np.floor(10 * A)),
     ("ceil (10 * A)", lambda A: np.ceil(10 * A)),
     ("fix (10 * A)", lambda A: np.trunc(10 * A)),
     ("round (10 * A)", lambda A: np.copysign(np.floor(np.abs(10 * A) + 0.5), A)),
     ("mod (round (100 * A), 7)", lambda A: np.mod(np.copysign(np.floor(np.abs(100 * A) + 0.5), A), 7)),
     ("rem (round (100 * A), 7)", lambda A: np.fmod(np.copysign(np.floor(np.abs(100 * A) + 0.5), A), 7)),
     ("isnan (N)", lambda N: np.isnan(N)),
     ("isfinite (1 ./ N)", lambda N: np.isfinite(1 / N)),
     ("max (A, B)", lambda A, B: np.maximum(A, B)),
     ("min (N, B)", lambda N, B: np.fmin(N, B)),
     ("min (max (A, -1), 1)", lambda A: np.clip(A, -1, 1)),
     ("A < B", lambda A, B: A < B),
     ("A >= 0", lambda A: A >= 0),
     ("A == B", lambda A, B: A == B),
     ("A > 0 & ! (B > 0)", lambda A, B: (A > 0) & ~(B > 0)),
     ("A > 0 | B > 0", lambda A, B: (A > 0) | (B > 0)),
     ("xor (A > 0, B > 0)", lambda A, B: (A > 0) ^ (B > 0)),
     ("! L", lambda L: ~L),
     ("merge (A > B, A, -B)", lambda A, B: np.where(A > B, A, -B)))

rows("types",
     ("single (A)", lambda A: A.astype("f4")),
     ("double (F)", lambda F: F.astype("f8")),
     ("int16 (20000 * A)", lambda A: saturated(20000 * A, "i2")),
     ("uint8 (200 * A)", lambda A: saturated(200 * A, "u1")),
     ("logical (I)", lambda I: I != 0),
     ("I + 20000", lambda I: saturated(I.astype("f8") + 20000, "i2")),
     ("I * 2", lambda I: saturated(I.astype("f8") * 2, "i2")),
     ("I ./ int16 (7)", lambda I: saturated(I / 7, "i2")),
     ("idivide (I, int16 (7))", lambda I: np.trunc(I / 7).astype("i2")),
     ("bitand (uint16 (abs (double (I))), 255)", lambda I: (np.abs(I.astype("i4")) & 255).astype("u2")),
     ("bitshift (uint16 (abs (double (I))), -2)", lambda I: (np.abs(I.astype("i4")) >> 2).astype("u2")),
     ("L + L", lambda L: L.astype("f8") * 2),
     ("F .* F + 1", lambda F: F * F + np.float32(1), {"tolerance": 1e-7}))

rows("complex",
     ("Z .* conj (Z)", lambda Z: (Z * np.conj(Z)).real),
     ("Z ./ (Z + 1)", lambda Z: Z / (Z + 1)),
     ("exp (Z)", lambda Z: np.exp(Z)),
     ("abs (Z)", lambda Z: np.abs(Z)),
     ("angle (Z)", lambda Z: np.angle(Z)),
     ("real (Z) + imag (Z)", lambda Z: Z.real + Z.imag),
     ("complex (A, B)", lambda A, B: A + 1j * B),
     ("A + 2i", lambda A: A + 2j),
     ("Z'", lambda Z: Z.conj().T),
     ("Z.'", lambda Z: Z.T),
     ("sum (Z)", lambda Z: Z.sum(0)),
     ("Z' * Z", lambda Z: Z.conj().T @ Z),
     tolerance=ROUNDING)

# -- reductions

rows("reductions",
     ("sum (A)", lambda A: A.sum(0)),
     ("sum (A, 2)", lambda A: A.sum(1, keepdims=True)),
     ("sum (A(:))", lambda A: A.sum()),
     ("sum (C, 3)", lambda C: C.sum(2)),
     ("sum (sum (C, 1), 3)", lambda C: C.sum((0, 2), keepdims=True)[:, :, 0]),
     ("sum (I)", lambda I: I.sum(0, dtype="f8")),
     ("prod (1 + A / 1e4)", lambda A: np.prod(1 + A / 1e4, 0)),
     ("sumsq (A)", lambda A: (A * A).sum(0)),
     ("mean (A)", lambda A: A.mean(0)),
     ("mean (C, 2)", lambda C: C.mean(1, keepdims=True)),
     ("mean (A(:))", lambda A: A.mean()),
     ("var (A)", lambda A: A.var(0, ddof=1)),
     ("var (C, 1, 3)", lambda C: C.var(2)),
     ("std (A)", lambda A: A.std(0, ddof=1)),
     ("std (A, 0, 2)", lambda A: A.std(1, ddof=1, keepdims=True)),
     ("std (A(:))", lambda A: A.std(ddof=1)),
     ("range (A)", lambda A: np.ptp(A, 0)),
     ("dot (A, B)", lambda A, B: (A * B).sum(0)),
     ("trace (S)", lambda S: np.trace(S)),
     ("meansq (A)", lambda A: (A * A).mean(0)),
     ("mad (A)", lambda A: np.abs(A - A.mean(0)).mean(0)),
     ("center (A)", lambda A: A - A.mean(0)),
     ("zscore (A)", lambda A: (A - A.mean(0)) / A.std(0, ddof=1)),
     ("skewness (A)", lambda A: ((A - A.mean(0)) ** 3).mean(0) / A.std(0) ** 3, {"tolerance": 1e-10}),
     ("kurtosis (v)", lambda v: ((v - v.mean()) ** 4).mean() / v.std() ** 4),
     ("zscore (v)", lambda v: (v - v.mean()) / v.std(ddof=1)),
     ("statistics (v)", lambda v: statistics_of(v)),
     ("mad (v, 1)", lambda v: np.median(np.abs(v - np.median(v)))),
     ("kurtosis (A)", lambda A: ((A - A.mean(0)) ** 4).mean(0) / A.std(0) ** 4),
     ("mean (N)", lambda N: N.mean(0)),
     tolerance=ROUNDING)
rows("reductions",
     ("max (A)", lambda A: A.max(0)),
     ("min (N)", lambda N: np.nanmin(N, 0)),
     ("max (N, [], 2)", lambda N: np.nanmax(N, 1).reshape(-1, 1)),
     ("max (C, [], 3)", lambda C: C.max(2)),
     ("max (A(:))", lambda A: A.max()),
     ("[m, i] = max (A)", lambda A: (A.max(0), A.argmax(0) + 1), keeps("m", "i")),
     ("[m, i] = min (N, [], 2)", lambda N: (np.nanmin(N, 1)[:, None], np.nanargmin(N, 1)[:, None] + 1), keeps("m", "i")),
     ("[m, i] = max (C, [], 3)", lambda C: (C.max(2), C.argmax(2) + 1), keeps("m", "i")),
     ("[m, i] = max (A(:))", lambda A: (A.max(), A.T.argmax() + 1), keeps("m", "i")),
     ("any (A > 4.5)", lambda A: (A > 4.5).any(0)),
     ("all (A < 4.5)", lambda A: (A < 4.5).all(0)),
     ("any (L(:))", lambda L: L.any()),
     ("nnz (L)", lambda L: np.count_nonzero(L)),
     ("nnz (A > 0)", lambda A: np.count_nonzero(A > 0)),
     ("mode (k)", lambda k: np.bincount(k.ravel().astype(int)).argmax()),
     ("mode (round (A))", lambda A: mode_of(np.round(A))))
rows("reductions",
     ("norm (D)", lambda D: np.linalg.norm(D, 2), {"whole": True}),
     ("norm (T)", lambda T: np.linalg.norm(T, 2)),
     ("norm (S, 1)", lambda S: np.linalg.norm(S, 1)),
     ("norm (S, Inf)", lambda S: np.linalg.norm(S, np.inf)),
     ("norm (S, \"fro\")", lambda S: np.linalg.norm(S)),
     ("norm (v)", lambda v: np.linalg.norm(v)),
     ("norm (v, 1)", lambda v: np.abs(v).sum()),
     ("norm (v, 3)", lambda v: (np.abs(v) ** 3).sum() ** (1 / 3)),
     ("norm (v, Inf)", lambda v: np.abs(v).max()),
     ("norm (v, -Inf)", lambda v: np.abs(v).min()),
     ("norm (A, \"columns\")", lambda A: np.linalg.norm(A, axis=0)),
     ("norm (A, 1, \"rows\")", lambda A: np.abs(A).sum(1, keepdims=True)),
     ("vecnorm (A)", lambda A: np.linalg.norm(A, axis=0)),
     tolerance=1e-11)

rows("order statistics",
     ("median (A)", lambda A: np.median(A, 0)),
     ("median (A, 2)", lambda A: np.median(A, 1).reshape(-1, 1)),
     ("median (v)", lambda v: np.median(v)),
     ("median (N)", lambda N: np.median(N, 0)),
     ("quantile (v, [0.1 0.5 0.9])", lambda v: np.quantile(v, [0.1, 0.5, 0.9], method="hazen").reshape(1, -1)),
     ("quantile (A, [0.25 0.75])", lambda A: np.quantile(A, [0.25, 0.75], axis=0, method="hazen")),
     ("prctile (A, 90)", lambda A: np.quantile(A, 0.9, axis=0, method="hazen")),
     ("iqr (A)", lambda A: np.subtract(*np.quantile(A, [0.75, 0.25], axis=0, method="hazen")), {"tolerance": 1e-3}),
     tolerance=ROUNDING)

rows("counting",
     ("histc (v, -3:3)", lambda v: np.append(np.histogram(v, np.arange(-3, 4))[0], (v == 3).sum()).reshape(-1, 1)),
     ("hist (v, 10)", lambda v: np.histogram(v, 10)[0].reshape(1, -1)),
     ("accumarray (k, 1)", lambda k: np.bincount(k.ravel().astype(int))[1:].reshape(-1, 1)),
     ("accumarray (k, v)", lambda k, v: np.bincount(k.ravel().astype(int), v.ravel())[1:].reshape(-1, 1), {"tolerance": ROUNDING}),
     ("accumarray (k, v, [], @max)", lambda k, v: grouped_max(k, v)))

rows("covariance",
     ("cov (A)", lambda A: np.cov(A, rowvar=False)),
     ("cov (T)", lambda T: np.cov(T, rowvar=False)),
     ("corr (T)", lambda T: np.corrcoef(T, rowvar=False)),
     ("corrcoef (T)", lambda T: np.corrcoef(T, rowvar=False)),
     ("corr (v, k)", lambda v, k: np.corrcoef(v.ravel(), k.ravel())[0, 1], {"tolerance": 1e-9}),
     tolerance=ROUNDING)

# -- cumulative

rows("cumulative",
     ("cumsum (A)", lambda A: A.cumsum(0)),
     ("cumsum (A, 2)", lambda A: A.cumsum(1)),
     ("cumsum (C, 3)", lambda C: C.cumsum(2)),
     ("cumsum (v)", lambda v: v.cumsum(0)),
     ("cumprod (1 + A / 1e4)", lambda A: (1 + A / 1e4).cumprod(0)),
     ("diff (A)", lambda A: np.diff(A, axis=0)),
     ("diff (A, 2)", lambda A: np.diff(A, 2, axis=0)),
     ("diff (C, 1, 3)", lambda C: np.diff(C, axis=2)),
     ("filter (1, [1 -0.5], A)", lambda A: filtered(A)),
     ("filter ([1 2 1], 1, v)", lambda v: v + 2 * shifted(v, 1) + shifted(v, 2)),
     ("filter (1, [1 -0.5], v)", lambda v: filtered(v)),
     ("conv (v, [1 2 3])", lambda v: np.convolve(v.ravel(), [1, 2, 3]).reshape(-1, 1)),
     ("conv (v, [1 2 3], \"same\")", lambda v: np.convolve(v.ravel(), [1, 2, 3], "same").reshape(-1, 1)),
     ("conv2 (A, [1 2 1; 0 0 0; -1 -2 -1])", lambda A: convolved(A, SOBEL)),
     ("conv2 (A, [1 2 1; 0 0 0; -1 -2 -1], \"same\")", lambda A: convolved(A, SOBEL)[1:-1, 1:-1]),
     ("conv2 (A, [1 2 1; 0 0 0; -1 -2 -1], \"valid\")", lambda A: convolved(A, SOBEL)[2:-2, 2:-2]),
     ("conv2 ([1; 2; 1], [1 0 -1], A, \"same\")", lambda A: convolved(A, np.outer([1, 2, 1], [1, 0, -1]))[1:-1, 1:-1]),
     ("filter2 (ones (3) / 9, A)", lambda A: convolved(A, np.ones((3, 3)) / 9)[1:-1, 1:-1]),
     ("convn (C, ones (3, 3, 3), \"same\")", lambda C: boxed(C)),
     ("movmean (A, 5)", lambda A: moved(A, 2, np.mean)),
     ("movmean (v, 5)", lambda v: moved(v, 2, np.mean)),
     ("movfun (@mean, v, 3)", lambda v: moved(v, 1, np.mean)),
     ("movstd (v, 5)", lambda v: moved(v, 2, lambda w, axis: np.std(w, axis=axis, ddof=1))),
     ("unwrap (v)", lambda v: np.unwrap(v, axis=0)),
     ("trapz (A)", lambda A: np.trapezoid(A, axis=0)),
     ("trapz (v)", lambda v: np.trapezoid(v, axis=0)),
     ("cumtrapz (A)", lambda A: np.vstack([np.zeros((1, 500)), np.cumsum((A[1:] + A[:-1]) / 2, 0)])),
     tolerance=1e-11)
rows("cumulative",
     ("cummax (A)", lambda A: np.maximum.accumulate(A, 0)),
     ("cummin (A, 2)", lambda A: np.minimum.accumulate(A, 1)),
     ("cummax (v)", lambda v: np.maximum.accumulate(v, 0)),
     ("[m, i] = cummax (A)", lambda A: (np.maximum.accumulate(A, 0), running_places(A)), keeps("m", "i")),
     ("[m, i] = cummax (v)", lambda v: (np.maximum.accumulate(v, 0), running_places(v)), keeps("m", "i")),
     ("movmax (A, 3)", lambda A: moved(A, 1, np.max)),
     ("movmedian (v, 3)", lambda v: moved(v, 1, np.median)))

# -- indexing

rows("indexing",
     ("A(101:3:12000, 20:-2:5)", lambda A: A[100:12000:3, 19:3:-2]),
     ("A(end:-1:1, :)", lambda A: A[::-1]),
     ("A([5 5 9000 2], [499 1 1])", lambda A: A[np.ix_([4, 4, 8999, 1], [498, 0, 0])]),
     ("A(mod ((1:30000) * 7919, 32000) + 1, :)", lambda A: A[np.arange(1, 30001) * 7919 % 32000]),
     ("A(A(:, 1) > 0, :)", lambda A: A[A[:, 0] > 0]),
     ("A(:, A(1, :) > 0)", lambda A: A[:, A[0] > 0]),
     ("A(A > 2)", lambda A: column_of(A, A > 2)),
     ("A(A > -9)", lambda A: column(A)),
     ("C(C < -1)", lambda C: column_of(C, C < -1)),
     ("v(v > 1)", lambda v: v[v > 1].reshape(-1, 1)),
     ("A(1:1000:end)", lambda A: column(A)[::1000].T),
     ("A([17 16000000 3])", lambda A: column(A)[[16, 15999999, 2]].T),
     ("A(:)(end - 5:end)", lambda A: column(A)[-6:]),
     ("A(:, 7:9)(2:50, :)", lambda A: A[1:50, 6:9]),
     ("C(:, 5, :)", lambda C: C[:, 4:5, :]),
     ("v(16e6 - 15e3 * k)", lambda v, k: v[(16e6 - 15e3 * k).astype(int).ravel() - 1]),
     ("v(mod (cumsum (k), 16e6) + 1)", lambda v, k: v[np.mod(np.cumsum(k), 16e6).astype(int)]),
     ("A(mod (cumsum (k), 16e6) + 1)", lambda A, k: column(A)[np.mod(np.cumsum(k), 16e6).astype(int)]),
     ("A(mod (cumsum (k(1:4e6)), 32000) + 1, [7 3])",
      lambda A, k: A[np.mod(np.cumsum(k[:4_000_000]), 32000).astype(int)][:, [6, 2]]),
     ("(sin (1:1000))(k)", lambda k: np.sin(np.arange(1, 1001))[k.ravel().astype(int) - 1].reshape(1, -1), {"tolerance": ROUNDING}),
     ("C(10:20, end, [1 1 200])", lambda C: C[9:20, -1:, [0, 0, 199]]))
rows("assignment",
     ("A(A < 0) = 0", lambda A: np.where(A < 0, 0, A), keeps("A")),
     ("A(A > 2) = A(A > 2) / 2", lambda A: np.where(A > 2, A / 2, A), keeps("A")),
     ("A(3:5000, 2:2:end) = 7", lambda A: put(A, np.s_[2:5000, 1::2], 7), keeps("A")),
     ("A([9 3 3], :) = 1", lambda A: put(A, [8, 2], 1), keeps("A")),
     ("A(:, 5) = B(:, 6)", lambda A, B: put(A, np.s_[:, 4], B[:, 5]), keeps("A")),
     ("A(A(:, 1) > 0, :) = 0", lambda A: put(A, A[:, 0] > 0, 0), keeps("A")),
     ("A(1000:1000:end) = -1", lambda A: put_linear(A, np.s_[999::1000], -1), keeps("A")),
     ("C(:, :, 3) = 0", lambda C: put(C, np.s_[:, :, 2], 0), keeps("C")),
     ("A(33000, 501) = 1", lambda A: put(np.pad(A, ((0, 1000), (0, 1))), (32999, 500), 1), keeps("A")),
     ("A(:, [1 3]) = []", lambda A: np.delete(A, [0, 2], 1), keeps("A")),
     ("A(A(:, 1) > 0, :) = []", lambda A: A[A[:, 0] <= 0], keeps("A")),
     ("v(mod (cumsum (k), 16e6) + 1) = k", lambda v, k: put_last(v, np.mod(np.cumsum(k), 16e6).astype(int), k), keeps("v")),
     ("v(mod (cumsum (k), 16e6) + 1) = 0", lambda v, k: put_last(v, np.mod(np.cumsum(k), 16e6).astype(int), 0 * k), keeps("v")),
     ("v(mod (cumsum (k), 16e6) + 1) = []",
      lambda v, k: np.delete(v, np.unique(np.mod(np.cumsum(k), 16e6).astype(int)), 0), keeps("v")),
     ("v(v > 0) = []", lambda v: v[v <= 0].reshape(-1, 1), keeps("v")))

# -- shape

rows("shape",
     ("A'", lambda A: A.T),
     ("permute (C, [3 1 2])", lambda C: C.transpose(2, 0, 1)),
     ("ipermute (C, [3 1 2])", lambda C: C.transpose(1, 2, 0)),
     ("reshape (A, 16000, 1000)", lambda A: shaped(A, 16000, 1000)),
     ("reshape (A, 500, 32000)", lambda A: shaped(A, 500, 32000)),
     ("reshape (C, 4000, 4000)", lambda C: shaped(C, 4000, 4000)),
     ("reshape (A, 100, 320, [])", lambda A: shaped(A, 100, 320, 500)),
     ("A(:)", lambda A: column(A)),
     ("C(:, :)", lambda C: shaped(C, 256, 62500)),
     ("squeeze (C(:, 7, :))", lambda C: C[:, 6, :]),
     ("squeeze (sum (C, 1))", lambda C: C.sum(0), {"tolerance": ROUNDING}),
     ("[A B]", lambda A, B: np.hstack([A, B])),
     ("[A; B; A]", lambda A, B: np.vstack([A, B, A])),
     ("[A (1:32000)'; 1:501]", lambda A: np.vstack([np.hstack([A, np.arange(1, 32001)[:, None]]), np.arange(1, 502)])),
     ("cat (3, C, C(:, :, 1:10))", lambda C: np.concatenate([C, C[:, :, :10]], 2)),
     ("cat (4, C, C)", lambda C: np.stack([C, C], 3)),
     ("vertcat (A, B)", lambda A, B: np.vstack([A, B])),
     ("horzcat (A, B)", lambda A, B: np.hstack([A, B])),
     ("repmat (A, 2, 3)", lambda A: np.tile(A, (2, 3))),
     ("repmat (C, [1 2 2])", lambda C: np.tile(C, (1, 2, 2))),
     ("kron (A(1:4000, :), [1 2; 3 4])", lambda A: np.kron(A[:4000], [[1, 2], [3, 4]])),
     ("kron ([1 2], A)", lambda A: np.kron([[1, 2]], A)),
     ("circshift (A, 100)", lambda A: np.roll(A, 100, 0)),
     ("circshift (A, -3, 2)", lambda A: np.roll(A, -3, 1)),
     ("circshift (C, 7, 3)", lambda C: np.roll(C, 7, 2)),
     ("flip (A)", lambda A: A[::-1]),
     ("flip (C, 3)", lambda C: C[:, :, ::-1]),
     ("fliplr (A)", lambda A: A[:, ::-1]),
     ("flipud (A)", lambda A: A[::-1]),
     ("rot90 (A)", lambda A: np.rot90(A)),
     ("rot90 (A, 2)", lambda A: np.rot90(A, 2)),
     ("rotdim (A)", lambda A: np.rot90(A)),
     ("diag (S)", lambda S: np.diag(S).reshape(-1, 1)),
     ("diag (S, 5)", lambda S: np.diag(S, 5).reshape(-1, 1)),
     ("diag (S(:, 1))(1:100, :)", lambda S: np.diag(S[:, 0])[:100]),
     ("triu (S)", lambda S: np.triu(S)),
     ("tril (S, -2)", lambda S: np.tril(S, -2)),
     ("rechunk (A, [4000 20])", lambda A: A),
     ("postpad (A, 32100)", lambda A: np.pad(A, ((0, 100), (0, 0)))),
     ("prepad (A, 32100)", lambda A: np.pad(A, ((100, 0), (0, 0)))),
     ("resize (A, 33000, 400)", lambda A: np.pad(A[:, :400], ((0, 1000), (0, 0)))),
     ("vec (A)", lambda A: column(A)),
     ("shiftdim (C, 1)", lambda C: C.transpose(1, 2, 0)),
     ("blkdiag (A, B)(1:100, :)", lambda A, B: np.hstack([A[:100], np.zeros((100, 500))])))
rows("shape",
     ("[x, y] = meshgrid (1:4000, 1:4000)", lambda: tuple(np.meshgrid(np.arange(1., 4001), np.arange(1., 4001))), keeps("x", "y")),
     ("[x, y] = ndgrid (1:4000, 1:4000)", lambda: tuple(np.meshgrid(np.arange(1., 4001), np.arange(1., 4001), indexing="ij")), keeps("x", "y")))

# -- order

rows("order",
     ("sort (A)", lambda A: np.sort(A, 0)),
     ("sort (A, 2, \"descend\")", lambda A: -np.sort(-A, 1)),
     ("sort (C, 3)", lambda C: np.sort(C, 2)),
     ("sort (v)", lambda v: np.sort(v, 0)),
     ("[s, i] = sort (v)", lambda v: (np.sort(v, 0), np.argsort(v, 0, kind="stable") + 1), keeps("s", "i")),
     ("[s, i] = sort (k)", lambda k: (np.sort(k, 0), np.argsort(k, 0, kind="stable") + 1), keeps("s", "i")),
     ("[s, i] = sort (A, 2)", lambda A: (np.sort(A, 1), np.argsort(A, 1, kind="stable") + 1), keeps("s", "i")),
     ("sort (N)", lambda N: np.sort(N, 0)),
     ("sortrows (T)", lambda T: T[np.argsort(T[:, 0], kind="stable")]),
     ("sortrows (T, -2)", lambda T: T[np.argsort(-T[:, 1], kind="stable")]),
     ("unique (k)", lambda k: np.unique(k).reshape(-1, 1)),
     ("unique (v)", lambda v: np.unique(v).reshape(-1, 1)),
     ("[u, i, j] = unique (k)", lambda k: unique_places(k), keeps("u", "i", "j")),
     ("issorted (v)", lambda v: False),
     ("issorted (sort (v))", lambda v: True),
     ("find (A > 3)", lambda A: np.flatnonzero(column(A) > 3).reshape(-1, 1) + 1),
     ("find (v > 0, 10)", lambda v: np.flatnonzero(v > 0)[:10].reshape(-1, 1) + 1),
     ("[i, j] = find (A > 3)", lambda A: tuple(x.reshape(-1, 1) + 1 for x in np.nonzero(A.T > 3)[::-1]), keeps("i", "j")),
     ("ismember (k, [3 5 900])", lambda k: np.isin(k, [3, 5, 900])),
     ("ismember (k, v)", lambda k, v: np.isin(k, v)),
     ("union (k, [0.5 2000])", lambda k: np.union1d(k, [0.5, 2000]).reshape(-1, 1)),
     ("intersect (v, v(1:2:end))", lambda v: np.unique(v[::2]).reshape(-1, 1)),
     ("setdiff (v, v(1:2:end))", lambda v: np.setdiff1d(v, v[::2]).reshape(-1, 1)),
     ("maxk (v, 5)", lambda v: -np.sort(-v, 0)[:5]),
     ("mink (A, 3)", lambda A: np.sort(A, 0)[:3]),
     ("lookup ([-1 0 1], A)", lambda A: np.searchsorted([-1, 0, 1], A, "right")),
     ("interp1 ([-10 0 10], [0 1 5], A)", lambda A: np.interp(A, [-10, 0, 10], [0, 1, 5]), {"tolerance": ROUNDING}),
     ("ranks (v)", lambda v: np.argsort(np.argsort(v, 0), 0) + 1),
     ("nth_element (v, 1000)", lambda v: np.sort(v, 0)[999]))

# -- products

rows("products",
     ("A' * A", lambda A: A.T @ A),
     ("A' * B", lambda A, B: A.T @ B),
     ("S * S", lambda S: S @ S),
     ("S * S'", lambda S: S @ S.T),
     ("T * W(:, 1:2000)", lambda T, W: T @ W[:, :2000]),
     ("W * T", lambda W, T: W @ T),
     ("A * (1:500)'", lambda A: A @ np.arange(1., 501).reshape(-1, 1)),
     ("(1:32000) * A", lambda A: np.arange(1., 32001).reshape(1, -1) @ A),
     ("A * diag (1:500)", lambda A: A * np.arange(1, 501)),
     ("diag (1:32000) * A", lambda A: A * np.arange(1, 32001)[:, None]),
     ("3 * A", lambda A: 3 * A),
     ("v' * v", lambda v: v.T @ v),
     ("v(1:4000) * v(1:4000)'", lambda v: v[:4000] @ v[:4000].T),
     ("A * A' * A(:, 1)", lambda A: A @ (A.T @ A[:, :1])),
     ("A' * (B * A(1:500, 1))", lambda A, B: A.T @ (B @ A[:500, :1])),
     ("S ^ 2", lambda S: S @ S),
     ("pagemtimes (G, G)", lambda G: np.einsum("ijp,jkp->ikp", G, G, optimize=True)),
     ("pagemtimes (G, \"transpose\", G, \"none\")", lambda G: np.einsum("jip,jkp->ikp", G, G, optimize=True)),
     ("pagemtimes (G, ones (100, 2))", lambda G: np.einsum("ijp,jk->ikp", G, np.ones((100, 2)), optimize=True)),
     ("pagetranspose (G)", lambda G: G.transpose(1, 0, 2)),
     ("mtimes (A', B)", lambda A, B: A.T @ B),
     ("cross (T(:, 1:3), T(:, 4:6))", lambda T: np.cross(T[:, :3], T[:, 3:6])),
     ("single (A)' * single (B)", lambda A, B: (A.astype("f4").T @ B.astype("f4")), {"tolerance": 1e-5}),
     tolerance=ROUNDING)

# -- linear algebra

rows("linear algebra",
     ("x = T \\ (T * (1:100)' + 0.01 * v(1:160000))", lambda T, v, x: near(x, np.linalg.lstsq(T, T @ np.arange(1., 101).reshape(-1, 1) + 0.01 * v[:160000], rcond=None)[0]), holds("x")),
     ("x = W \\ (1:100)'", lambda W, x: near(x, np.linalg.lstsq(W, np.arange(1., 101).reshape(-1, 1), rcond=None)[0]), holds("x")),
     ("[q, r] = qr (T, 0)", lambda T, q, r: near(q @ r, T) and near(q.T @ q, np.eye(100)) and np.array_equal(r, np.triu(r)), holds("q", "r")),
     ("r = qr (T, 0)", lambda T, r: near(r.T @ r, T.T @ T), holds("r")),
     ("s = svd (T)", lambda T, s: near(s.ravel(), np.linalg.svd(T, compute_uv=False)), holds("s")),
     ("[u, s, w] = svd (T, \"econ\")", lambda T, u, s, w: near(u @ s @ w.T, T) and near(u.T @ u, np.eye(100)), holds("u", "s", "w")),
     ("s = svds (T, 5)", lambda T, s: near(s.ravel(), np.linalg.svd(T, compute_uv=False)[:5], 1e-6), holds("s")),
     ("s = svds (S, 5)", lambda S, s: near(s.ravel(), np.linalg.svd(S, compute_uv=False)[:5], 1e-2), holds("s")),
     ("[u, s, w] = svds (A * A(1:500, 1:20) * B(1:500, 1:20)', 4)", lambda A, B, u, s, w: low_rank(A @ A[:500, :20] @ B[:500, :20].T, u, s, w), holds("u", "s", "w")),
     ("x = pinv (T)", lambda T, x: near(x, np.linalg.pinv(T), 1e-9), holds("x")),
     ("rank (T)", lambda T: 100),
     ("cond (T)", lambda T: np.linalg.cond(T), {"tolerance": 1e-9}),
     ("x = null (T)", lambda T, x: x.shape == (100, 0), holds("x")),
     ("x = orth (T)", lambda T, x: near(x.T @ x, np.eye(100)) and near(x @ (x.T @ T), T), holds("x")),
     ("x = D \\ D(:, 1)", lambda D, x: near(x, np.eye(2048)[:, :1], 1e-8), holds("x", whole=True)),
     ("x = (tril (D) + 100 * eye (2048)) \\ D(:, 1)", lambda D, x: near((np.tril(D) + 100 * np.eye(2048)) @ x, D[:, :1], 1e-8), holds("x", whole=True)),
     ("x = D(:, 1)' / D", lambda D, x: near(x @ D, D[:, :1].T, 1e-8), holds("x", whole=True)),
     ("x = inv (D)", lambda D, x: near(x @ D, np.eye(2048), 1e-8), holds("x", whole=True)),
     ("x = log (abs (det (D / 30)))", lambda D, x: near(x, np.array([[np.linalg.slogdet(D / 30)[1]]]), 1e-8), holds("x", whole=True)),
     ("[l, u, p] = lu (D)", lambda D, l, u, p: near(l @ u, p @ D), holds("l", "u", "p", whole=True)),
     ("r = chol (D' * D)", lambda D, r: near(r.T @ r, D.T @ D), holds("r", whole=True)),
     ("[q, r] = qr (D)", lambda D, q, r: near(q @ r, D), holds("q", "r", whole=True)),
     ("[u, s, w] = svd (D(:, 1:1200))", lambda D, u, s, w: near(u @ s @ w.T, D[:, :1200]), holds("u", "s", "w", whole=True)),
     ("s = svd (D)", lambda D, s: near(s.ravel(), np.linalg.svd(D, compute_uv=False)), holds("s", whole=True)),
     ("[q, e] = eig (D + D')", lambda D, q, e: near(q @ e @ q.T, D + D.T), holds("q", "e", whole=True)),
     ("e = eig (D(1:1200, 1:1200))", lambda D, e: near(np.array([[e.sum()]]), np.array([[np.trace(D[:1200, :1200])]]), 1e-9), holds("e", whole=True)),
     ("x = pinv (D)", lambda D, x: near(D @ x @ D, D, 1e-8), holds("x", whole=True)),
     ("rank (D)", lambda D: 2048, {"whole": True}),
     ("x = null (D(1:2047, :))", lambda D, x: x.shape == (2048, 1) and np.abs(D[:2047] @ x).max() < 1e-9, holds("x", whole=True)),
     ("x = orth (D)", lambda D, x: near(x.T @ x, np.eye(2048)), holds("x", whole=True)),
     ("x = expm (D / 1000)", lambda D, x: near(x, exponential(D / 1000), 1e-9), holds("x", whole=True)))

# -- transforms

rows("transforms",
     ("fft (A)", lambda A: np.fft.fft(A, axis=0)),
     ("fft (A, [], 2)", lambda A: np.fft.fft(A, axis=1)),
     ("fft (C, [], 3)", lambda C: np.fft.fft(C, axis=2)),
     ("fft (v)", lambda v: np.fft.fft(v, axis=0)),
     ("fft (v(1:15999989))", lambda v: np.fft.fft(v[:15999989], axis=0)),
     ("fft (A, 256, 2)", lambda A: np.fft.fft(A, 256, axis=1)),
     ("ifft (Z)", lambda Z: np.fft.ifft(Z, axis=0)),
     ("real (ifft (fft (A)))", lambda A: A),
     ("fft2 (A(:, 1:256))", lambda A: np.fft.fft2(A[:, :256])),
     ("fft2 (C)", lambda C: np.fft.fft2(C, axes=(0, 1))),
     ("ifft2 (Z)", lambda Z: np.fft.ifft2(Z)),
     ("fftn (C)", lambda C: np.fft.fftn(C)),
     ("real (ifftn (fftn (C)))", lambda C: C),
     ("fftshift (A)", lambda A: np.fft.fftshift(A)),
     ("ifftshift (A, 1)", lambda A: np.fft.ifftshift(A, axes=0)),
     tolerance=ROUNDING)

# -- random numbers and formulas

rows("by elements",
     ("arrayfun (@(x) x ^ 2 + 1, v(1:4e6))", lambda v: v[:4_000_000] ** 2 + 1),
     ("besselj (0, v)", lambda v: bessel(v)),
     ("factorial (mod (k, 10))", lambda k: FACTORIALS[np.mod(k, 10).astype(int)]),
     ("spline (0:4, [0 1 8 27 64], abs (v))", lambda v: np.abs(v) ** 3),
     ("pchip ([0 10], [1 21], abs (v))", lambda v: 1 + 2 * np.abs(v)),
     ("ppval (mkpp ([-10 10], [1 0 3]), v)", lambda v: (v + 10) ** 2 + 3),
     ("interp1 (0:4, [0 1 8 27 64], abs (v), \"spline\", \"extrap\")", lambda v: np.abs(v) ** 3),
     ("sub2ind ([1000 1000], k, k)", lambda k: k * 1001 - 1000),
     ("[i, j] = ind2sub ([100 10], k)", lambda k: ((k - 1) % 100 + 1, (k - 1) // 100 + 1), keeps("i", "j")),
     ("lcm (k, 6)", lambda k: np.lcm(k.astype(int), 6).astype(float)),
     tolerance=1e-10)

rows("as a program",
     ("cross (reshape (v(1:15e6), 3, []), reshape (k(1:15e6), 3, []))", lambda v, k: np.cross(shaped(v[:15_000_000], 3, -1), shaped(k[:15_000_000], 3, -1), axis=0)),
     ("detrend (v)", lambda v: without_line(v)),
     ("detrend (A, 2)", lambda A: A - fitted(A, 2)),
     ("[b, r] = deconv (v, [4 1 0.5])", lambda v, b, r: near(np.convolve(b.ravel(), [4, 1, 0.5]).reshape(-1, 1) + r, v), holds("b", "r")),
     ("polyfit (v, v .^ 2 - k, 2)", lambda v, k: np.polyfit(v.ravel(), (v ** 2 - k).ravel(), 2).reshape(1, -1), {"tolerance": 1e-8}),
     ("[p, s, mu] = polyfit ((1:16e6)', v, 1); x = s.normr", lambda v: np.array([[np.linalg.norm(without_line(v))]]), keeps("x")),
     ("del2 (A)", lambda A: laplacian(A)),
     ("spearman (A(:, 1), B(:, 1:3))", lambda A, B: ranked_correlation(A[:, :1], B[:, :3])),
     ("[n, u] = runlength (mod (k', 2))", lambda k: lengths(np.mod(k.ravel(), 2)), keeps("n", "u")),
     ("run_count (v, 4)", lambda v: ascending_runs(v.ravel(), 4)),
     ("movfun (@mean, T(:, 1:3), 3)", lambda T: moved(T[:, :3], 1, np.mean)),
     ("interp1 (cumsum (k), v, k * 7e6)", lambda k, v: np.interp(k * 7e6, np.cumsum(k), v.ravel())),
     tolerance=1e-10)

rows("formulas",
     ("rand (\"seed\", 1); x = rand (32000, 500)", lambda x: x.shape == (32000, 500) and abs(x.mean() - 0.5) < 1e-3 and (0 < x).all() and (x < 1).all(), holds("x")),
     ("rand (\"seed\", 1); x = randn (32000, 500)", lambda x: abs(x.mean()) < 2e-3 and abs(x.std() - 1) < 1e-3, holds("x")),
     ("rand (\"seed\", 1); x = randi ([3 9], 32000, 500)", lambda x: set(np.unique(x)) == set(range(3, 10)), holds("x")),
     ("rand (\"seed\", 1); x = rande (32000, 500)", lambda x: abs(x.mean() - 1) < 2e-3, holds("x")),
     ("x = randperm (16e6)", lambda x: np.array_equal(np.sort(x.ravel()), np.arange(1, 16_000_001)), holds("x")),
     ("x = randperm (16e6, 5)", lambda x: len(set(x.ravel())) == 5 and x.max() <= 16e6, holds("x")),
     ("rand (\"state\", 3); x = rand (32000, 500); rand (\"state\", 3); y = rechunk (rand (32000, 500), [123 500])", lambda x, y: np.array_equal(x, y), holds("x", "y")))
rows("formulas",
     ("(1:32000)' + (1:500)", lambda: np.arange(1., 32001)[:, None] + np.arange(1., 501)),
     ("zeros (32000, 500)", lambda: np.zeros((32000, 500))),
     ("ones (256, 250, 250)", lambda: np.ones((256, 250, 250))),
     ("eye (4000)", lambda: np.eye(4000)),
     ("linspace (0, 1, 16e6)", lambda: np.linspace(0, 1, 16_000_000), {"tolerance": 1e-15}),
     ("1:16e6", lambda: np.arange(1., 16_000_001)),
     ("(0:0.5:8e6)'", lambda: np.arange(0, 8e6 + 0.5, 0.5).reshape(-1, 1)),
     ("repmat (int8 (3), 16000, 8000)", lambda: np.full((16000, 8000), 3, "i1")))

# -- several results of one scan

rows("shared scans",
     ("x = gather ([mean(A); std(A); max(A)])", lambda A: np.vstack([A.mean(0), A.std(0, ddof=1), A.max(0)]), keeps("x", tolerance=ROUNDING)),
     ("[x, y] = gather (sum (A), A' * A)", lambda A: (A.sum(0), A.T @ A), keeps("x", "y", tolerance=ROUNDING)))


# -- what NumPy does not have

SOBEL = np.array([[1, 2, 1], [0, 0, 0], [-1, -2, -1]])


def column_of(x, mask):
    return x.T[mask.T].reshape(-1, 1)


def statistics_of(v):
    centred, deviation = v - v.mean(), v.std()
    figures = [v.min(), *np.quantile(v, [0.25, 0.5, 0.75]), v.max(), v.mean(), v.std(ddof=1)]
    return np.array(figures + [(centred ** k).mean() / deviation ** k for k in (3, 4)]).reshape(-1, 1)


def mode_of(x):
    low = int(x.min())
    counts = np.stack([np.bincount((c - low).astype(int), minlength=int(x.max()) - low + 1) for c in x.T])
    return counts.argmax(1) + low


def grouped_max(k, v):
    out = np.full(999, -np.inf)
    np.maximum.at(out, k.ravel().astype(int) - 1, v.ravel())
    return out.reshape(-1, 1)


def unique_places(k):
    k = k.ravel()
    values, first, inverse = np.unique(k, return_index=True, return_inverse=True)
    return values.reshape(-1, 1), first.reshape(-1, 1) + 1, inverse.reshape(-1, 1) + 1


def shifted(x, by):
    return np.vstack([np.zeros((by, x.shape[1])), x[:-by]])


def filtered(x):
    """The response to 1 / (1 - z / 2): sums of halves die out after 60 terms."""
    out, part = x.copy(), x
    for _ in range(60):
        part = shifted(part, 1) / 2
        out += part
    return out


def convolved(x, kernel):
    p, q = kernel.shape
    out = np.zeros((x.shape[0] + p - 1, x.shape[1] + q - 1))
    for i in range(p):
        for j in range(q):
            out[i:i + x.shape[0], j:j + x.shape[1]] += kernel[i, j] * x
    return out


def boxed(x):
    for axis in range(3):
        y = np.moveaxis(x, axis, 0)
        z = y.copy()
        z[1:] += y[:-1]
        z[:-1] += y[1:]
        x = np.moveaxis(z, 0, axis)
    return x


def moved(x, half, figure):
    windows = np.lib.stride_tricks.sliding_window_view(x, 2 * half + 1, axis=0)
    out = np.empty_like(x)
    out[half:-half] = figure(windows, axis=-1)
    for i in range(half):
        out[i] = figure(x[:i + half + 1], axis=0)
        out[-1 - i] = figure(x[len(x) - i - half - 1:], axis=0)
    return out


def running_places(x):
    most = np.maximum.accumulate(x, 0)
    new = np.vstack([np.ones((1, x.shape[1]), bool), x[1:] > most[:-1]])
    return np.maximum.accumulate(np.where(new, np.arange(1, len(x) + 1)[:, None], 0), 0)


def put(x, where, value):
    x = x.copy()
    x[where] = value
    return x


def put_linear(x, where, value):
    flat = x.reshape(-1, order="F").copy()
    flat[where] = value
    return flat.reshape(x.shape, order="F")


def low_rank(x, u, s, w):
    values = np.linalg.svd(np.linalg.qr(x, "r"), compute_uv=False)[:4]
    return near(np.diag(s), values, 1e-8) and near(u.T @ u, np.eye(4)) and near(w.T @ w, np.eye(4)) and near(x @ w, u * values, 1e-8)


def exponential(x):
    term, out = np.eye(len(x)), np.eye(len(x))
    for k in range(1, 40):
        term = term @ x / k
        out = out + term
    return out

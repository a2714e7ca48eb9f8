//! Matrices with names.

use crate::array::{DType, Shape, room};
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::one;
use crate::builtin::math::Mat;
use crate::builtin::numeric::{self, IntoValue, Wide};
use crate::builtin::ops;
use crate::builtin::ops::pick::pick;
use crate::diag::Result;
use crate::fault;
use crate::syntax::ast::BinaryOp;
use crate::value::Value;

/// The order of a square matrix.
fn order(who: &str, x: &Value) -> Result<usize> {
    match x.to_f64() {
        Some(n) if x.is_scalar() => Ok(n.max(0.0) as usize),
        _ => Err(fault!("{who}: N must be a scalar integer")),
    }
}

/// `magic (n)`: odd by the siamese method, doubly even by complements, singly even from four odd squares.
fn magic(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let n = match args[0].to_f64() {
        Some(n) if n >= 0.0 => n as usize,
        _ => return Err(fault!("magic: N must be non-negative")),
    };
    one(match n {
        0 => Value::empty(),
        2 => Value::matrix(2, 2, vec![4.0, 1.0, 3.0, 2.0]),
        _ => magic_square(n).into_value(false),
    })
}

fn magic_square(n: usize) -> Mat<f64> {
    room::ensure(n, n, size_of::<f64>());
    if n % 2 == 1 {
        return odd_square(n);
    }
    if n.is_multiple_of(4) {
        let total = (n * n + 1) as f64;
        return Mat::from_fn(n, n, |i, j| {
            let x = (i * n + j + 1) as f64;
            let edge = |k: usize| k.is_multiple_of(4) || k % 4 == 3;
            if edge(i) == edge(j) { total - x } else { x }
        });
    }
    let h = n / 2;
    let a = odd_square(h);
    let q = (h * h) as f64;
    let mut m = Mat::from_fn(n, n, |i, j| {
        let block = match (i < h, j < h) {
            (true, true) => 0.0,
            (true, false) => 2.0,
            (false, true) => 3.0,
            (false, false) => 1.0,
        };
        a[(i % h, j % h)] + block * q
    });
    let k = (h - 1) / 2;
    let mut swapped: Vec<usize> = (0..k).collect();
    swapped.extend(n - k + 1..n);
    for j in swapped {
        for i in 0..h {
            // The middle row is shifted by one where the left columns are exchanged.
            let j = if i == k && j < k { j + 1 } else { j };
            m.a.swap(j * n + i, j * n + i + h);
        }
    }
    m
}

fn odd_square(n: usize) -> Mat<f64> {
    let half = n / 2;
    let mut m = Mat::zeros(n, n);
    // Walk up and to the right from the middle of the first row; step down where a place is taken.
    let (mut i, mut j) = (0usize, half);
    for x in 1..=n * n {
        m[(i, j)] = x as f64;
        let (up, right) = ((i + n - 1) % n, (j + 1) % n);
        if m[(up, right)] != 0.0 {
            i = (i + 1) % n;
        } else {
            (i, j) = (up, right);
        }
    }
    m
}

fn hilb(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    if !args[0].is_scalar() {
        return Err(fault!("hilb: N must be a scalar integer"));
    }
    let n = order("hilb", &args[0])?;
    one(Mat::from_fn(n, n, |i, j| 1.0 / (i + j + 1) as f64).into_value(false))
}

/// The inverse of the Hilbert matrix has whole elements.
fn invhilb(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    if !args[0].is_scalar() {
        return Err(fault!("invhilb: N must be a scalar integer"));
    }
    let n = order("invhilb", &args[0])?;
    room::ensure(n, n, size_of::<f64>());
    let choose = |n: i64, k: i64| (1..=k).fold(1.0, |p: f64, i| (p * (n - k + i) as f64 / i as f64).round());
    let p: Vec<f64> = (1..=n as i64)
        .map(|k| k as f64 * choose(k + n as i64 - 1, k - 1) * choose(n as i64, k) * if k % 2 == 0 { 1.0 } else { -1.0 })
        .collect();
    one(Mat::from_fn(n, n, |i, j| p[i] * p[j] / (i + j + 1) as f64).into_value(false))
}

/// `vander (c, n)`: powers of the elements, highest first.
fn vander(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    if !args[0].shape().is_vector() {
        return Err(fault!("vander: polynomial C must be a vector"));
    }
    let n = match args.get(1) {
        None => args[0].numel(),
        Some(n) => match n.to_f64() {
            Some(v) if n.is_scalar() => v.max(0.0) as usize,
            _ => return Err(fault!("vander: N must be a positive scalar integer")),
        },
    };
    let m = args[0].numel();
    room::check(&Shape::matrix(1, n), size_of::<f64>())?;
    let column = crate::builtin::ops::lazy::reshape(host, &args[0], Shape::matrix(m, 1), call.span)?;
    let powers = Value::row((0..n).rev().map(|k| k as f64).collect());
    one(ops::binary(host, BinaryOp::ElPow, &column, &powers, call.span)?)
}

fn vector_argument(who: &str, x: &Value) -> Result<()> {
    if x.shape().is_vector() || x.is_empty() { Ok(()) } else { Err(fault!("{who}: C and R must be vectors")) }
}

/// `toeplitz (c, r)`.
fn toeplitz(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    args.iter().try_for_each(|x| {
        if x.shape().is_vector() || x.is_empty() {
            Ok(())
        } else {
            Err(fault!("toeplitz: {} must be a vector", if args.len() == 1 { "C" } else { "C and R" }))
        }
    })?;
    let (c, r) = match args {
        [c] => {
            // One vector is the first row; the first column is its conjugate.
            let conjugate =
                crate::builtin::numbers::elementwise::apply(host, crate::array::ScalarFn::Conj, "conj", c, call)?;
            let mut first = conjugate;
            if c.dtype().is_some_and(DType::is_complex) {
                let w = Wide::new(host, c, "toeplitz")?;
                let mut z: Vec<_> = w.complex().into_iter().map(|z| z.conj()).collect();
                if let Some(head) = z.first_mut() {
                    *head = head.conj();
                }
                first = numeric::complex(w.shape, z, w.single);
            }
            (first, c.clone())
        }
        [c, r] => (c.clone(), r.clone()),
        _ => return Err(crate::builtin::args::usage("toeplitz")),
    };
    comparable("toeplitz", &c, &r)?;
    if let (Some(a), Some(b), [_, _]) = (first_element(&c), first_element(&r), args)
        && a != b
    {
        host.warn("", "toeplitz: column wins diagonal conflict");
    }
    let (m, n) = (c.numel(), r.numel());
    let both = crate::value::concat::vcat(&[as_column(host, &c)?, as_column(host, &r)?])?;
    room::check(&Shape::matrix(m, n), size_of::<usize>())?;
    let from: Vec<usize> = (0..n).flat_map(|j| (0..m).map(move |i| if i >= j { i - j } else { m + j - i })).collect();
    one(pick(host, "toeplitz", &both, Shape::matrix(m, n), &from)?)
}

/// Where the two vectors meet their elements are compared, which those of containers cannot be.
fn comparable(who: &str, c: &Value, r: &Value) -> Result<()> {
    match c.dtype().is_some() == r.dtype().is_some() {
        true => Ok(()),
        false => Err(fault!("{who}: C and R must be of one kind, not {} and {}", c.class(), r.class())),
    }
}

fn first_element(x: &Value) -> Option<crate::array::Complex64> {
    x.to_block().ok().filter(|b| !b.is_empty()).map(|b| b.data().get_c64(0))
}

fn as_column(host: &mut dyn Host, x: &Value) -> Result<Value> {
    let n = x.numel();
    room::check(&Shape::matrix(n, 1), size_of::<usize>())?;
    pick(host, "vec", x, Shape::matrix(n, 1), &(0..n).collect::<Vec<_>>())
}

/// `hankel (c, r)`.
fn hankel(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    args.iter().try_for_each(|x| vector_argument("hankel", x))?;
    let c = as_column(host, &args[0])?;
    let m = c.numel();
    let Some(r) = args.get(1) else {
        room::check(&Shape::matrix(m, m), size_of::<usize>())?;
        let from: Vec<usize> = (0..m)
            .flat_map(|j| (0..m).map(move |i| if i + j < m { i + j } else { crate::builtin::ops::pick::PAD }))
            .collect();
        return one(pick(host, "hankel", &c, Shape::matrix(m, m), &from)?);
    };
    let r = as_column(host, r)?;
    let n = r.numel();
    comparable("hankel", &c, &r)?;
    let last = c.to_block().ok().filter(|b| !b.is_empty()).map(|b| b.data().get_c64(b.len() - 1));
    if last != first_element(&r) {
        host.warn("", "hankel: column wins anti-diagonal conflict");
    }
    let both = crate::value::concat::vcat(&[c, r])?;
    room::check(&Shape::matrix(m, n), size_of::<usize>())?;
    let from: Vec<usize> =
        (0..n).flat_map(|j| (0..m).map(move |i| if i + j < m { i + j } else { i + j + 1 })).collect();
    one(pick(host, "hankel", &both, Shape::matrix(m, n), &from)?)
}

/// The first row of the circulant in a Hadamard matrix of order 12.
const HADAMARD_12: &str = "--+---+++-+";

/// `hadamard (n)`: n = 2^k * p with p one of 1, 12, 20.
fn hadamard(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let n = order("hadamard", &args[0])?;
    let (mut rest, mut doublings) = (n, 0);
    let base = loop {
        match rest {
            1 => break Mat::new(1, 1, vec![1.0]),
            12 => break circulant(HADAMARD_12, 11),
            20 => break circulant_20(),
            _ if rest % 2 == 0 && rest > 2 || rest == 2 => {
                rest /= 2;
                doublings += 1;
            }
            _ => return Err(fault!("hadamard: N must be 2^k*p, for p = 1, 12, 20 or 28")),
        }
    };
    let mut h = base;
    for _ in 0..doublings {
        let m = h.rows;
        let old = h;
        h = Mat::from_fn(2 * m, 2 * m, |i, j| {
            let x = old[(i % m, j % m)];
            if i >= m && j >= m { -x } else { x }
        });
    }
    one(h.into_value(false))
}

/// A border of ones around a circulant of signs.
fn circulant(signs: &str, n: usize) -> Mat<f64> {
    let row: Vec<f64> = signs.bytes().map(|b| if b == b'+' { 1.0 } else { -1.0 }).collect();
    Mat::from_fn(n + 1, n + 1, |i, j| if i == 0 || j == 0 { 1.0 } else { row[(j + n - i) % n] })
}

fn circulant_20() -> Mat<f64> {
    // Quadratic residues modulo 19 give the signs of the circulant of order 19.
    let residues: Vec<usize> = (1..19).map(|x| x * x % 19).collect();
    let sign = |k: usize| if k != 0 && residues.contains(&k) { 1.0 } else { -1.0 };
    Mat::from_fn(20, 20, |i, j| if i == 0 || j == 0 { 1.0 } else { sign((i + j) % 19) })
}

/// `pascal (n, t)`.
fn pascal(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let scalar = |x: &Value| x.to_f64().filter(|_| x.is_scalar());
    let kind = match args.get(1) {
        None => 0.0,
        Some(t) => scalar(t).ok_or_else(|| fault!("pascal: N and T must be scalar integers"))?,
    };
    let n = scalar(&args[0]).ok_or_else(|| fault!("pascal: N and T must be scalar integers"))?.max(0.0) as usize;
    if !(-1.0..=2.0).contains(&kind) || kind != kind.trunc() {
        return Err(fault!("pascal: T must be -1, 0, 1, or 2, found {kind}"));
    }
    // Row and column from the triangle above.
    let mut lower: Mat<f64> = Mat::zeros(n, n);
    for j in 0..n {
        lower[(j, j)] = 1.0;
        for i in j + 1..n {
            lower[(i, j)] = lower[(i - 1, j)] + if j > 0 { lower[(i - 1, j - 1)] } else { 0.0 };
        }
    }
    let signed = Mat::from_fn(n, n, |i, j| if j % 2 == 1 { -lower[(i, j)] } else { lower[(i, j)] });
    one(match kind as i32 {
        -1 => lower,
        0 => {
            let mut full = Mat::from_fn(n, n, |_, _| 1.0);
            for j in 1..n {
                (1..n).for_each(|i| full[(i, j)] = full[(i - 1, j)] + full[(i, j - 1)]);
            }
            full
        }
        1 => signed,
        _ => {
            // Turned clockwise: a cube root of the identity.
            let sign = if n % 2 == 1 { 1.0 } else { -1.0 };
            Mat::from_fn(n, n, |i, j| sign * signed[(n - 1 - j, i)])
        }
    }
    .into_value(false))
}

/// Rosser's symmetric eigenvalue test matrix.
fn rosser(_: &mut dyn Host, _: &[Value], _: Call) -> Result<Values> {
    #[rustfmt::skip]
    let rows: [[f64; 8]; 8] = [
        [ 611.0,  196.0, -192.0,  407.0,   -8.0,  -52.0,  -49.0,   29.0],
        [ 196.0,  899.0,  113.0, -192.0,  -71.0,  -43.0,   -8.0,  -44.0],
        [-192.0,  113.0,  899.0,  196.0,   61.0,   49.0,    8.0,   52.0],
        [ 407.0, -192.0,  196.0,  611.0,    8.0,   44.0,   59.0,  -23.0],
        [  -8.0,  -71.0,   61.0,    8.0,  411.0, -599.0,  208.0,  208.0],
        [ -52.0,  -43.0,   49.0,   44.0, -599.0,  411.0,  208.0,  208.0],
        [ -49.0,   -8.0,    8.0,   59.0,  208.0,  208.0,   99.0, -911.0],
        [  29.0,  -44.0,   52.0,  -23.0,  208.0,  208.0, -911.0,   99.0],
    ];
    one(Mat::from_fn(8, 8, |i, j| rows[i][j]).into_value(false))
}

/// `wilkinson (n)`: tridiagonal, with pairs of nearly equal eigenvalues.
fn wilkinson(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let n = match args[0].to_f64() {
        Some(n) if args[0].is_scalar() && n >= 0.0 && n == n.trunc() => n as usize,
        _ => return Err(fault!("wilkinson: N must be a non-negative integer")),
    };
    let middle = (n as f64 - 1.0) / 2.0;
    one(Mat::from_fn(n, n, |i, j| {
        if i == j {
            (i as f64 - middle).abs()
        } else if i.abs_diff(j) == 1 {
            1.0
        } else {
            0.0
        }
    })
    .into_value(false))
}

/// `compan (c)`: the companion matrix.
fn compan(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    if !args[0].shape().is_vector() || args[0].dtype().is_none() {
        return Err(fault!("compan: C must be a vector"));
    }
    let c = Wide::new(host, &args[0], "compan")?;
    let n = c.len();
    if n < 2 {
        return one(Value::empty());
    }
    let single = c.single;
    let z = c.complex();
    let m = Mat::from_fn(n - 1, n - 1, |i, j| {
        if i == 0 {
            -z[j + 1] / z[0]
        } else if i == j + 1 {
            1.0.into()
        } else {
            0.0.into()
        }
    });
    one(m.into_value(single))
}

/// `commutation_matrix (m, n)`: K * vec (A) = vec (A').
fn commutation(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let extent = |x: &Value, name: &str| match x.to_f64() {
        Some(v) if x.is_scalar() && v > 0.0 && v == v.trunc() => Ok(v as usize),
        _ => Err(fault!("commutation_matrix: {name} must be a positive integer")),
    };
    let m = extent(&args[0], "M")?;
    let n = match args.get(1) {
        None => m,
        Some(n) => extent(n, "N")?,
    };
    let size = m.saturating_mul(n);
    let mut k = Mat::zeros(size, size);
    for i in 0..m {
        for j in 0..n {
            k[(i * n + j, j * m + i)] = 1.0;
        }
    }
    one(k.into_value(false))
}

/// `duplication_matrix (n)`: D * vech (A) = vec (A) for symmetric A.
fn duplication(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let n = match args[0].to_f64() {
        Some(v) if args[0].is_scalar() && v > 0.0 && v == v.trunc() => v as usize,
        _ => return Err(fault!("duplication_matrix: N must be a positive integer")),
    };
    room::ensure(n, n, size_of::<f64>());
    let mut d = Mat::zeros(n * n, n * (n + 1) / 2);
    let mut column = 0;
    for j in 0..n {
        for i in j..n {
            d[(j * n + i, column)] = 1.0;
            d[(i * n + j, column)] = 1.0;
            column += 1;
        }
    }
    one(d.into_value(false))
}

/// `givens (x, y)`: the rotation that turns (x, y) onto the first axis.
fn givens(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    for v in args {
        if !v.is_scalar() || v.dtype().is_none() {
            return Err(fault!("givens: X and Y must be scalars"));
        }
    }
    let (x, y) = (Wide::new(host, &args[0], "givens")?, Wide::new(host, &args[1], "givens")?);
    let single = x.single || y.single;
    let (x, y) = (x.complex()[0], y.complex()[0]);
    let length = x.norm().hypot(y.norm());
    let one_c = crate::array::Complex64::from(1.0);
    let (c, s) = if length == 0.0 {
        (one_c, 0.0.into())
    } else if x.norm() == 0.0 {
        (0.0.into(), y.conj() / y.norm())
    } else {
        // The cosine is real.
        let c = x.norm() / length;
        (c.into(), x / x.norm() * y.conj() / length)
    };
    if call.nargout >= 2 {
        let wrap = |z| numeric::complex(Shape::scalar(), vec![z], single);
        return crate::builtin::args::several([wrap(c), wrap(s)]);
    }
    one(Mat::new(2, 2, vec![c, -s.conj(), s, c]).into_value(single))
}

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "magic",
        (1, 1),
        1,
        magic,
        "magic (N)\n\nA magic square: rows, columns and diagonals have one sum.\n\n    magic (4)\n",
    ),
    Builtin::new("hilb", (1, 1), 1, hilb, "hilb (N)\n\nThe Hilbert matrix, 1 / (i + j - 1).\n\n    hilb (2)\n"),
    Builtin::new(
        "invhilb",
        (1, 1),
        1,
        invhilb,
        "invhilb (N)\n\nThe inverse of the Hilbert matrix, exactly.\n\n    invhilb (2)\n",
    ),
    Builtin::new(
        "vander",
        (1, 2),
        1,
        vander,
        "vander (C), vander (C, N)\n\nThe Vandermonde matrix: powers of C, highest first.\n\n    vander ([1 2 3])\n",
    ),
    Builtin::new(
        "toeplitz",
        (1, 2),
        1,
        toeplitz,
        "toeplitz (C), toeplitz (C, R)\n\nThe matrix with constant diagonals of a first column and row.\n\n    toeplitz ([1 2 3])\n",
    ),
    Builtin::new(
        "hankel",
        (1, 2),
        1,
        hankel,
        "hankel (C), hankel (C, R)\n\nThe matrix with constant antidiagonals of a first column and last row.\n\n    hankel ([1 2 3])\n",
    ),
    Builtin::new(
        "hadamard",
        (1, 1),
        1,
        hadamard,
        "hadamard (N)\n\nA Hadamard matrix: orthogonal, of ones and minus ones.\n\n    hadamard (4)\n",
    ),
    Builtin::new(
        "pascal",
        (1, 2),
        1,
        pascal,
        "pascal (N), pascal (N, T)\n\nThe Pascal matrix, or (T = -1, 1) its triangular factor.\n\n    pascal (3)\n",
    ),
    Builtin::new(
        "rosser",
        (0, 0),
        1,
        rosser,
        "rosser ()\n\nRosser's test matrix for eigenvalues.\n\n    rosser ()(1, :)\n",
    ),
    Builtin::new(
        "wilkinson",
        (1, 1),
        1,
        wilkinson,
        "wilkinson (N)\n\nWilkinson's test matrix for eigenvalues.\n\n    wilkinson (3)\n",
    ),
    Builtin::new(
        "compan",
        (1, 1),
        1,
        compan,
        "compan (C)\n\nThe companion matrix of a polynomial.\n\n    compan ([1 2 3])\n",
    ),
    Builtin::new(
        "commutation_matrix",
        (1, 2),
        1,
        commutation,
        "commutation_matrix (M, N)\n\nK with K * vec (A) = vec (A') for MxN matrices.\n\n    commutation_matrix (1, 2)\n",
    ),
    Builtin::new(
        "duplication_matrix",
        (1, 1),
        1,
        duplication,
        "duplication_matrix (N)\n\nD with D * vech (A) = vec (A) for symmetric NxN matrices.\n\n    duplication_matrix (2)\n",
    ),
    Builtin::new(
        "givens",
        (2, 2),
        2,
        givens,
        "G = givens (X, Y), [C, S] = givens (X, Y)\n\nThe rotation G with G * [X; Y] = [*; 0].\n\n    givens (1, 1)\n",
    ),
];

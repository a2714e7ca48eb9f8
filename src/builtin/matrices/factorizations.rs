//! Matrices taken apart: LU, QR, Cholesky, singular values, eigenvalues.

use crate::array::{Block, Complex64, DType, Data, Shape};
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{one, several, split_options, usage};
use crate::builtin::math::cholesky::cholesky;
use crate::builtin::math::solve::{self, Lu};
use crate::builtin::math::svd::svd_of;
use crate::builtin::math::{Mat, Scalar, eig, pencil, qr as mqr};
use crate::builtin::numeric::{IntoValue, Matrix, Wide};
use crate::builtin::ops::{diagonal, lazy};
use crate::builtin::outofcore::tall::{self, Tall};
use crate::diag::Result;
use crate::each_matrix;
use crate::fault;
use crate::value::Value;

/// How many times a matrix a function holds at its peak: as it came, as doubles, what it works on and what it gives.
/// Measured; rounded up.
fn copies(who: &str) -> u128 {
    match who {
        "expm" => 21,
        "eig" => 15,
        "pinv" | "null" | "orth" => 13,
        "inverse" | "qr" => 8,
        "det" | "lu" | "svd" => 6,
        _ => 5,
    }
}

/// The same of `svd` that gives vectors, too.
const WITH_VECTORS: u128 = 12;

/// A matrix argument as plain numbers, and whether it was single.
pub fn matrix(host: &mut dyn Host, who: &str, x: &Value) -> Result<(Matrix, bool)> {
    matrix_held(host, who, x, copies(who))
}

/// The same for a function that holds a matrix so many times.
fn matrix_held(host: &mut dyn Host, who: &str, x: &Value, copies: u128) -> Result<(Matrix, bool)> {
    if x.dtype().is_none_or(|d| d == DType::Char) {
        if x.is_empty() {
            return Ok((Matrix::Real(Mat::zeros(0, 0)), false));
        }
        return Err(fault!("{who}: wrong type argument '{}'", x.type_name()));
    }
    if x.shape().rank() > 2 {
        return Err(fault!("{who}: A must be a 2-D matrix"));
    }
    let x = lazy::gathered_for(host, x, who, copies)?;
    let x = Wide::new(host, &x, who)?;
    let single = x.single;
    Ok((x.matrix(), single))
}

/// A square matrix argument.
pub fn square(host: &mut dyn Host, who: &str, x: &Value) -> Result<(Matrix, bool)> {
    let shape = x.shape();
    if shape.rank() != 2 || shape.rows() != shape.columns() || x.dtype().is_none() && !x.is_empty() {
        return Err(fault!("{who}: A must be a square matrix"));
    }
    matrix(host, who, x)
}

/// A vector of doubles as a diagonal matrix of some size.
fn diagonal_value(d: Vec<f64>, rows: usize, columns: usize, single: bool) -> Value {
    let block = Block::column(d);
    let block = if single { crate::builtin::ops::elementwise::to_single(block) } else { block };
    diagonal::value(rows, columns, block)
}

fn permutation(perm: &[usize], by_rows: bool) -> Value {
    let n = perm.len();
    let mut p = Mat::zeros(n, n);
    for (i, &j) in perm.iter().enumerate() {
        let at = if by_rows { (i, j) } else { (j, i) };
        p[at] = 1.0;
    }
    p.into_value(false)
}

fn indices(perm: &[usize], row: bool) -> Value {
    let v: Vec<f64> = perm.iter().map(|&i| (i + 1) as f64).collect();
    if row { Value::row(v) } else { Value::column(v) }
}

/// `[l, u, p] = lu (a)`, `[l, u] = lu (a)`, `y = lu (a)`.
fn lu(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let (args, options) = split_options(args);
    let vector = options.iter().any(|o| o == "vector");
    if args.len() > 1 {
        return Err(fault!("lu: can not define pivoting threshold THRESH for full matrices"));
    }
    let a = args.first().ok_or_else(|| usage("lu"))?;
    let (m, single) = matrix(host, "lu", a)?;
    each_matrix!(m, m => {
        let f = Lu::new(&m);
        let k = m.rows.min(m.cols);
        if call.nargout < 2 {
            return one(f.lu.into_value(single));
        }
        let one_or = |i: usize, j: usize| if i == j { Scalar::real(1.0) } else if i > j { f.lu[(i, j)] } else { Default::default() };
        let l = Mat::from_fn(m.rows, k, one_or);
        let u = Mat::from_fn(k, m.cols, |i, j| if i <= j { f.lu[(i, j)] } else { Default::default() });
        if call.nargout == 2 {
            let mut permuted = l.clone();
            for (i, &row) in f.perm.iter().enumerate() {
                (0..k).for_each(|j| permuted[(row, j)] = l[(i, j)]);
            }
            return several([permuted.into_value(single), u.into_value(single)]);
        }
        let p = if vector { indices(&f.perm, false) } else { permutation(&f.perm, true) };
        several([l.into_value(single), u.into_value(single), p])
    })
}

/// `[q, r, p] = qr (a, "econ" | 0 | "vector" | "matrix")`, `r = qr (a)`, `[c, r] = qr (a, b)`.
fn qr(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let (args, options) = split_options(args);
    let a = args.first().ok_or_else(|| usage("qr"))?;
    for o in &options {
        if !matches!(o.as_str(), "vector" | "matrix" | "econ" | "0") {
            return Err(fault!("qr: option OPT must be 0, \"econ\", \"vector\", or \"matrix\", not \"{o}\""));
        }
    }
    if args.len() > 3 || args.len() == 3 && args[2].to_f64() != Some(0.0) {
        return Err(usage("qr"));
    }
    let zero = args.len() > 1 && args[args.len() - 1].to_f64() == Some(0.0) && args[args.len() - 1].is_scalar();
    let economy = zero || options.iter().any(|o| o == "econ");
    let vector = options.iter().any(|o| o == "vector") || economy && !options.iter().any(|o| o == "matrix");
    let right = args.get(1).filter(|_| args.len() == if zero { 3 } else { 2 });
    if right.is_none()
        && let Some(factors) = tall::qr(host, a, economy, vector, call.nargout, call.span)?
    {
        return Ok(factors);
    }
    let (m, single) = matrix(host, "qr", a)?;
    let right = match right {
        Some(b) => Some(matrix(host, "qr", b)?.0.complex()),
        None => None,
    };
    if right.is_some() && call.nargout > 2 {
        return Err(fault!("qr: too many output arguments for dense A with B"));
    }
    each_matrix!(m, m => {
        if right.as_ref().is_some_and(|b| b.rows != m.rows) {
            return Err(fault!("qr: dimensions of A and B are not consistent"));
        }
        let f = mqr::Qr::new(&m, call.nargout == 3);
        let k = if economy { m.rows.min(m.cols) } else { m.rows };
        let r = f.r(k);
        if let Some(b) = right {
            let c = f.q(k).to_complex().adjoint().times(&b);
            return several([c.into_value(single), r.into_value(single)]);
        }
        if call.nargout < 2 {
            return one(r.into_value(single));
        }
        let q = f.q(k).into_value(single);
        let p = if vector { indices(&f.perm, true) } else { permutation(&f.perm, false) };
        several([q, r.into_value(single), p])
    })
}

/// `[r, p] = chol (a, "upper" | "lower")`.
fn chol(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let (args, options) = split_options(args);
    let a = args.first().ok_or_else(|| usage("chol"))?;
    let mut lower = false;
    for o in &options {
        match o.as_str() {
            "lower" => lower = true,
            "upper" | "vector" | "matrix" => {}
            other => {
                return Err(fault!(
                    "chol: optional argument must be one of \"vector\", \"lower\", or \"upper\", not \"{other}\""
                ));
            }
        }
    }
    if a.shape().rank() != 2 || a.shape().rows() != a.shape().columns() {
        return Err(fault!("chol: requires square matrix"));
    }
    let (m, single) = matrix(host, "chol", a)?;
    each_matrix!(m, m => {
        let source = if lower { m.adjoint() } else { m };
        let (r, failed) = match cholesky(&source) {
            Ok(r) => (r, 0),
            Err(_) if call.nargout < 2 => return Err(fault!("chol: input matrix must be positive definite")),
            Err((at, r)) => (r, at),
        };
        let r = if lower { r.adjoint() } else { r };
        several([r.into_value(single), Value::Num(failed as f64)])
    })
}

fn svd(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let economy = args.len() > 1;
    if (economy || call.nargout < 2)
        && let Some(tall) = Tall::of(host, &args[0], call.span)?
    {
        let single = args[0].dtype().is_some_and(DType::is_single);
        if call.nargout < 2 {
            return one(tall::column(tall.singular_values(host, "svd")?, single));
        }
        let (u, s, v) = tall.svd(host, "svd")?;
        let k = s.len();
        return several([u, diagonal_value(s, k, k, single), v]);
    }
    let held = if call.nargout < 2 { copies("svd") } else { WITH_VECTORS };
    let (m, single) = matrix_held(host, "svd", &args[0], held)?;
    each_matrix!(m, m => {
        if !m.finite() {
            return Err(fault!("svd: cannot take SVD of matrix containing Inf or NaN values"));
        }
        let k = m.rows.min(m.cols);
        if call.nargout < 2 {
            let s = if k == 0 { Vec::new() } else { m.faer().singular_values().map_err(|_| fault!("svd: no convergence"))? };
            return one(crate::builtin::numeric::real(Shape::matrix(k, 1), s, single));
        }
        let (u, s, v) = svd_of(&m, !economy).ok_or_else(|| fault!("svd: no convergence"))?;
        let (rows, columns) = if economy { (k, k) } else { (m.rows, m.cols) };
        several([u.into_value(single), diagonal_value(s, rows, columns, single), v.into_value(single)])
    })
}

fn complex_diagonal(values: &[Complex64], single: bool) -> Value {
    let n = values.len();
    let block = crate::builtin::ops::narrow(Block::dense(Shape::matrix(n, 1), Data::C64(values.to_vec())));
    let block = if single { crate::builtin::ops::elementwise::to_single(block) } else { block };
    diagonal::value(n, n, block)
}

/// `eig (a)`, `[v, d, w] = eig (a)`, `eig (a, b)`, with "vector", "matrix", "balance", "nobalance", "chol", "qz".
fn eig(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let (args, options) = split_options(args);
    let a = args.first().ok_or_else(|| usage("eig"))?;
    if a.is_empty() {
        let nothing = Value::empty();
        return several([nothing.clone(), nothing.clone(), nothing]);
    }
    for o in &options {
        if !matches!(o.as_str(), "vector" | "matrix" | "balance" | "nobalance" | "chol" | "qz") {
            return Err(fault!("eig: invalid option \"{o}\""));
        }
    }
    let chosen = |name: &str| options.iter().any(|o| o == name);
    if chosen("vector") && chosen("matrix") {
        return Err(fault!("eig: \"vector\" and \"matrix\" options are mutually exclusive"));
    }
    if args.len() > 2 {
        return Err(fault!("eig: wrong type argument '{}'", args[2].type_name()));
    }
    if args.len() == 1
        && let Some(general) = ["chol", "qz"].into_iter().find(|o| chosen(o))
    {
        return Err(fault!("eig: invalid \"{general}\" option for algebraic eigenvalue problem"));
    }
    if args.len() == 2
        && let Some(single) = ["balance", "nobalance"].into_iter().find(|o| chosen(o))
    {
        return Err(fault!("eig: invalid \"{single}\" option for generalized eigenvalue problem"));
    }
    let check = |x: &Value, name: &str| -> Result<()> {
        let shape = x.shape();
        match x.dtype() {
            None => Err(fault!("eig: wrong type argument '{}'", x.type_name())),
            Some(DType::Char) => Err(fault!("eig: wrong type argument 'string'")),
            _ if shape.rank() != 2 || shape.rows() != shape.columns() => {
                Err(fault!("eig: {name} must be a square matrix"))
            }
            _ => Ok(()),
        }
    };
    check(a, "A")?;
    let (m, single) = matrix(host, "eig", a)?;
    let finite = each_matrix!(&m, m => m.finite());
    if !finite {
        return Err(fault!("EIG: matrix contains Inf or NaN values"));
    }
    let as_vector = options.iter().any(|o| o == "vector");
    let as_matrix = options.iter().any(|o| o == "matrix");
    let weight = match args.get(1) {
        None => None,
        Some(b) => {
            check(b, "B")?;
            if b.shape() != a.shape() {
                return Err(fault!("eig: A and B must be the same size"));
            }
            Some(matrix(host, "eig", b)?.0)
        }
    };
    let (values, vectors, left) = match (&weight, &m) {
        (Some(b), m) => generalised(m, b, call.nargout > 1)?,
        (None, Matrix::Real(m)) => {
            let (values, vectors) = eig::real(m);
            (values, vectors, None)
        }
        (None, Matrix::Complex(m)) => {
            let (values, vectors) = eig::complex(m);
            (values, vectors, None)
        }
    };
    if call.nargout < 2 {
        let n = values.len();
        return one(if as_matrix {
            complex_diagonal(&values, single)
        } else {
            crate::builtin::numeric::complex(Shape::matrix(n, 1), values, single)
        });
    }
    let d = if as_vector {
        crate::builtin::numeric::complex(Shape::matrix(values.len(), 1), values.clone(), single)
    } else {
        complex_diagonal(&values, single)
    };
    let v = vectors.into_value(single);
    if call.nargout < 3 {
        return several([v, d]);
    }
    let left = left.unwrap_or_else(|| left_vectors(&m.complex(), &values));
    several([v, d, left.into_value(single)])
}

/// Left eigenvectors: those of the adjoint, in the order of the values.
fn left_vectors(m: &Mat<Complex64>, values: &[Complex64]) -> Mat<Complex64> {
    let (found, vectors) = eig::complex(&m.adjoint());
    let mut used = vec![false; values.len()];
    let nearest = |z: &Complex64| {
        let free = (0..values.len()).filter(|&k| !used[k]);
        let distance = |k: usize| (found[k].conj() - z).norm();
        let best = free.min_by(|&p, &q| distance(p).total_cmp(&distance(q))).unwrap_or(0);
        used[best] = true;
        best
    };
    let order: Vec<usize> = values.iter().map(nearest).collect();
    Mat::from_fn(vectors.rows, vectors.cols, |i, j| vectors[(i, order[j])])
}

/// Generalised problem `A v = lambda B v`: Hermitian pairs through the Cholesky factor of B, others by the QZ iteration.
/// Values, right and left vectors; of the others there are no vectors unless they are wanted.
fn generalised(
    a: &Matrix,
    b: &Matrix,
    vectors: bool,
) -> Result<(Vec<Complex64>, Mat<Complex64>, Option<Mat<Complex64>>)> {
    let (ca, cb) = (a.complex(), b.complex());
    if ca.is_hermitian()
        && cb.is_hermitian()
        && let Ok(r) = cholesky(&cb)
    {
        // R'^-1 A R^-1 is Hermitian and has the same eigenvalues.
        let lower = r.adjoint();
        let mut left = ca.clone();
        solve::lower(&lower, &mut left, false);
        let mut both = left.adjoint();
        solve::lower(&lower, &mut both, false);
        let n = both.rows;
        let middle = Mat::from_fn(n, n, |i, j| (both[(i, j)] + both[(j, i)].conj()) * 0.5);
        let (values, vectors) = eig::complex(&middle);
        let mut v = vectors;
        solve::upper(&r, &mut v);
        return Ok((values, v.clone(), Some(v)));
    }
    let found = match (a, b) {
        (Matrix::Real(a), Matrix::Real(b)) => pencil::real(a, b, vectors),
        _ => pencil::complex(&ca, &cb, vectors),
    };
    let found = found.ok_or_else(|| fault!("eig: the iteration did not converge"))?;
    let values = found.alpha.iter().zip(&found.beta).map(|(&a, &b)| ratio(a, b)).collect();
    let [right, left] = [found.right, found.left].map(|vectors| {
        let mut vectors = vectors?;
        // The largest component of every vector has modulus 1, as LAPACK's `ggev` leaves them.
        for j in 0..vectors.cols {
            let column = vectors.col_mut(j);
            let largest = column.iter().map(|z| z.re.abs() + z.im.abs()).fold(0.0, f64::max);
            if largest > 0.0 {
                column.iter_mut().for_each(|z| *z /= largest);
            }
        }
        Some(vectors)
    });
    Ok((values, right.unwrap_or_else(|| Mat::zeros(0, 0)), left))
}

/// The eigenvalue behind a pair of diagonal elements, infinite where the second is none.
fn ratio(alpha: Complex64, beta: Complex64) -> Complex64 {
    if beta == Complex64::ZERO && alpha != Complex64::ZERO {
        return f64::INFINITY.copysign(if alpha.re == 0.0 { 1.0 } else { alpha.re }).into();
    }
    match (alpha.im == 0.0, beta.im == 0.0) {
        (true, true) => (alpha.re / beta.re).into(),
        (false, true) => Complex64::new(alpha.re / beta.re, alpha.im / beta.re),
        _ => alpha / beta,
    }
}

/// `aa = balance (a, opt)`, `[dd, aa] = balance (a)`, `[s, p, aa] = balance (a)`.
fn balance(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let (args, options) = split_options(args);
    let a = args.first().ok_or_else(|| usage("balance"))?;
    let (m, single) = square(host, "balance", a)?;
    let (mut permute, mut scale) = (true, true);
    for o in &options {
        match o.as_str() {
            "noperm" | "s" => permute = false,
            "noscal" | "p" => scale = false,
            other => return Err(fault!("balance: unknown option \"{other}\"")),
        }
    }
    each_matrix!(m, m => {
        let f = eig::Balance::new(&m, permute, scale);
        let n = m.rows;
        let balanced = f.matrix.clone().into_value(single);
        match call.nargout {
            0 | 1 => one(balanced),
            2 => {
                let d: Mat<f64> = f.undo(&Mat::identity(n));
                several([d.into_value(single), balanced])
            }
            _ => several([Value::column(f.scale.clone()), indices(&f.perm, false), balanced]),
        }
    })
}

/// `[housv, beta, zer] = housh (x, j, z)`.
fn housh(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let x = &args[0];
    if !x.shape().is_vector() || x.dtype().is_none() {
        return Err(fault!("housh: first input must be a vector"));
    }
    if !args[1].is_scalar() {
        return Err(fault!("housh: second argument must be an integer scalar"));
    }
    let j = args[1].to_f64().unwrap_or(1.0) as usize;
    let threshold = args[2].to_f64().unwrap_or(0.0);
    let x = Wide::new(host, x, "housh")?;
    let (shape, single) = (x.shape.clone(), x.single);
    let mut v = x.complex();
    if j == 0 || j > v.len() {
        return Err(fault!("housh: index out of range"));
    }
    let largest = v.iter().map(|z| z.norm()).fold(0.0, f64::max);
    let (mut beta, mut zero) = (0.0, true);
    if largest > threshold {
        v.iter_mut().for_each(|z| *z /= largest);
        let norm = v.iter().map(|z| z.norm_sqr()).sum::<f64>().sqrt();
        if norm > threshold {
            beta = 1.0 / (norm * (norm + v[j - 1].norm()));
            let sign = if v[j - 1].norm() == 0.0 { 1.0.into() } else { v[j - 1] / v[j - 1].norm() };
            v[j - 1] += sign * norm;
            zero = false;
        }
    }
    several([
        crate::builtin::numeric::complex(shape, v, single),
        Value::Num(beta),
        Value::Num(if zero { 1.0 } else { 0.0 }),
    ])
}

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "lu",
        (1, 2),
        3,
        lu,
        "[L, U, P] = lu (A), [L, U] = lu (A), lu (..., \"vector\")\n\nLU factorisation with row exchanges: P * A = L * U.\n\n    [L, U, P] = lu ([1 2; 3 4]); L * U\n",
    ),
    Builtin::new(
        "qr",
        (1, 4),
        3,
        qr,
        "[Q, R] = qr (A), [Q, R, P] = qr (A), qr (A, \"econ\"), R = qr (A)\n\nA = Q * R with Q unitary, R upper triangular; with P columns are exchanged.\n\n    [Q, R] = qr ([3 1; 4 1]); abs (R)\n",
    ),
    Builtin::new(
        "chol",
        (1, 3),
        2,
        chol,
        "[R, P] = chol (A), chol (A, \"lower\")\n\nCholesky factor: A = R' * R; P is 0, or where A stops being positive definite.\n\n    chol ([4 2; 2 5])\n",
    ),
    Builtin::new(
        "svd",
        (1, 2),
        3,
        svd,
        "S = svd (A), [U, S, V] = svd (A), svd (A, \"econ\")\n\nSingular values: A = U * S * V'.\n\n    svd ([3 0; 0 4])\n",
    ),
    Builtin::new(
        "eig",
        (1, 4),
        3,
        eig,
        "LAMBDA = eig (A), [V, D] = eig (A), [V, D, W] = eig (A), eig (A, B), eig (..., \"vector\")\n\nEigenvalues and eigenvectors: A * V = V * D.\n\n    eig ([2 1; 1 2])\n",
    ),
    Builtin::new(
        "balance",
        (1, 2),
        3,
        balance,
        "AA = balance (A), [DD, AA] = balance (A), balance (A, \"noperm\" | \"noscal\")\n\nA similar matrix with rows and columns of like size.\n\n    balance ([1 100; 0.01 1])\n",
    ),
    Builtin::new(
        "housh",
        (3, 3),
        3,
        housh,
        "[HOUSV, BETA, ZER] = housh (X, J, Z)\n\nThe Householder reflection that turns X onto axis J.\n\n    housh ([1; 2; 3], 1, 0)\n",
    ),
];

//! Figures and functions of matrices: determinant, inverse, rank, norms, exponential and kin.

use super::api::{Builtin, Call, Host, Values};
use super::args::{Lanes, one, several};
use super::factorizations::{matrix, square, svd_of};
use super::math::mat::norm2;
use super::math::solve::{Lu, inverse};
use super::math::{Mat, Scalar, functions};
use super::numeric::{self, IntoValue, Matrix, Wide};
use super::ops::{self, diagonal};
use super::outofcore::tall::{self, Tall};
use crate::array::{Block, Complex64, DType, Data, Shape};
use crate::diag::{Result, Span};
use crate::each_matrix;
use crate::fault;
use crate::kernel::ReduceKind;
use crate::syntax::ast::BinaryOp;
use crate::value::Value;

fn no_text(x: &Value) -> Result<()> {
    if matches!(x, Value::Char(..)) { Err(fault!("invalid conversion from string to real matrix")) } else { Ok(()) }
}

/// `[d, rcond] = det (a)`.
fn det(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    no_text(&args[0])?;
    let (m, single) = square(host, "det", &args[0])?;
    each_matrix!(m, m => {
        if m.rows == 0 {
            return several([Value::Num(1.0), Value::Num(1.0)]);
        }
        let f = Lu::new(&m);
        let d = numeric::complex(Shape::scalar(), vec![f.determinant().complex()], single);
        several([d, Value::Num(f.rcond(m.norm1()))])
    })
}

/// `[x, rcond] = inv (a)`.
fn inv(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let x = &args[0];
    no_text(x)?;
    let shape = x.shape();
    if shape.rank() == 2 && shape.is_empty() {
        return several([Value::empty(), Value::Num(f64::INFINITY)]);
    }
    if shape.rank() != 2 || shape.rows() != shape.columns() {
        return Err(fault!("inverse: argument must be a square matrix"));
    }
    if let Value::Diag(d) = x {
        let n = d.rows;
        let values = Wide::of(&d.diagonal);
        let (z, single) = (values.complex(), values.single);
        let reciprocal: Vec<Complex64> =
            z.iter().map(|z| if z.im == 0.0 { Complex64::from(1.0 / z.re) } else { z.inv() }).collect();
        let block = ops::narrow(Block::dense(Shape::matrix(n, 1), Data::C64(reciprocal)));
        let block = if single { ops::elementwise::to_single(block) } else { block };
        let sizes: Vec<f64> = z.iter().map(|z| z.norm()).collect();
        let rcond = sizes.iter().copied().fold(f64::INFINITY, f64::min) / sizes.iter().copied().fold(0.0, f64::max);
        return several([diagonal::value(n, n, block), Value::Num(rcond)]);
    }
    let (m, single) = matrix(host, "inverse", x)?;
    let epsilon = if single { f32::EPSILON as f64 } else { f64::EPSILON };
    each_matrix!(m, m => {
        if m.rows == 0 {
            return several([Value::empty(), Value::Num(f64::INFINITY)]);
        }
        let (y, rcond) = if m.rows == 1 {
            let z = m.a[0];
            let rcond = match z.modulus() {
                size if size.is_nan() => f64::NAN,
                size if size == 0.0 || size.is_infinite() => 0.0,
                _ => 1.0,
            };
            (Mat::new(1, 1, vec![z.inverted()]), rcond)
        } else {
            inverse(&m)
        };
        if call.nargout < 2 {
            if rcond == 0.0 {
                host.warn("Octave:singular-matrix", "matrix singular to machine precision");
            } else if rcond < epsilon {
                let text = format!("matrix singular to machine precision, rcond = {}", ops::divide::short_g(rcond));
                host.warn("Octave:nearly-singular-matrix", &text);
            }
        }
        several([y.into_value(single), numeric::real(Shape::scalar(), vec![rcond], single)])
    })
}

/// `pinv (a, tol)`.
fn pinv(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    if let Some(tall) = Tall::of(host, &args[0], call.span)? {
        let tolerance = args.get(1).map(|t| super::args::scalar("pinv", "TOL", t)).transpose()?;
        return one(tall.pinv(host, tolerance)?);
    }
    let (m, single) = matrix(host, "pinv", &args[0])?;
    if m_is_empty(&m) {
        let shape = args[0].shape();
        return one(numeric::real(Shape::matrix(shape.columns(), shape.rows()), Vec::new(), single));
    }
    let epsilon = if single { f32::EPSILON as f64 } else { f64::EPSILON };
    each_matrix!(m, m => {
        let (u, s, v) = svd_of(&m, false).ok_or_else(|| fault!("pinv: no convergence"))?;
        let tolerance = match args.get(1) {
            Some(t) => super::args::scalar("pinv", "TOL", t)?,
            None => m.rows.max(m.cols) as f64 * s.first().copied().unwrap_or(0.0) * epsilon,
        };
        let mut scaled = v;
        for (j, s) in s.iter().enumerate() {
            let factor = if *s > tolerance { 1.0 / s } else { 0.0 };
            scaled.col_mut(j).iter_mut().for_each(|x| *x = x.scaled(factor));
        }
        one(scaled.times(&u.adjoint()).into_value(single))
    })
}

fn m_is_empty(m: &Matrix) -> bool {
    each_matrix!(m, m => m.a.is_empty())
}

/// Singular values of a matrix argument, its precision and size.
fn singular_values(host: &mut dyn Host, who: &str, x: &Value) -> Result<(Vec<f64>, f64, usize)> {
    if let Some(tall) = Tall::of(host, x, Span::default())? {
        let (shape, single) = (x.shape(), x.dtype().is_some_and(DType::is_single));
        let epsilon = if single { f32::EPSILON as f64 } else { f64::EPSILON };
        return Ok((tall.singular_values(host, who)?, epsilon, shape.rows().max(shape.columns())));
    }
    let (m, single) = matrix(host, who, x)?;
    let epsilon = if single { f32::EPSILON as f64 } else { f64::EPSILON };
    each_matrix!(m, m => {
        if !m.finite() {
            return Err(fault!("svd: cannot take SVD of matrix containing Inf or NaN values"));
        }
        let s = if m.a.is_empty() { Vec::new() } else { m.faer().singular_values().map_err(|_| fault!("svd: no convergence"))? };
        Ok((s, epsilon, m.rows.max(m.cols)))
    })
}

/// `rank (a, tol)`.
fn rank(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let (s, epsilon, size) = singular_values(host, "rank", &args[0])?;
    let tolerance = match args.get(1) {
        Some(t) => super::args::scalar("rank", "TOL", t)?,
        None => size as f64 * s.first().copied().unwrap_or(0.0) * epsilon,
    };
    one(s.into_iter().filter(|x| *x > tolerance).count())
}

/// `null (a, tol)`, `orth (a, tol)`.
fn subspaces(host: &mut dyn Host, who: &'static str, args: &[Value], call: Call) -> Result<Values> {
    if args.get(1).and_then(Value::to_text).is_some_and(|t| t == "r") {
        return Err(fault!("{who}: option for rational not yet implemented"));
    }
    if let Some(tall) = Tall::of(host, &args[0], call.span)? {
        let tolerance = args.get(1).map(|t| super::args::scalar(who, "TOL", t)).transpose()?;
        if let Some(basis) = tall.subspace(host, who, who == "orth", tolerance)? {
            return one(basis);
        }
    }
    let (m, single) = matrix(host, who, &args[0])?;
    if m_is_empty(&m) {
        return one(Value::empty());
    }
    let epsilon = if single { f32::EPSILON as f64 } else { f64::EPSILON };
    each_matrix!(m, m => {
        let (u, s, v) = svd_of(&m, true).ok_or_else(|| fault!("{who}: no convergence"))?;
        let tolerance = match args.get(1) {
            Some(t) => super::args::scalar(who, "TOL", t)?,
            None => m.rows.max(m.cols) as f64 * s.first().copied().unwrap_or(0.0) * epsilon,
        };
        let rank = s.iter().filter(|x| **x > tolerance).count();
        if who == "orth" {
            return one(u.cols(0, rank).into_value(single));
        }
        let mut basis = v.cols(rank, m.cols);
        basis.a.iter_mut().for_each(|x| if x.modulus() < epsilon { *x = Default::default() });
        one(basis.into_value(single))
    })
}

/// `trace (a)`.
fn trace(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let shape = args[0].shape();
    if shape.rank() > 2 {
        return Err(fault!("trace: only valid on 2-D objects"));
    }
    if args[0].is_empty() {
        return one(0.0);
    }
    if shape.is_vector() {
        let x = Wide::new(host, &args[0], "trace")?;
        return one(numeric::complex(Shape::scalar(), x.complex()[..1].to_vec(), x.single));
    }
    if let Value::Lazy(node) = &args[0]
        && node.dtype().is_float()
        && let Some(diagonal) = ops::lazy_diagonal::diagonal(&node.0, 0, call.span)?
    {
        return one(ops::lazy::reduce(host, ReduceKind::Sum, &ops::lazy::value(diagonal), 1, call.span)?);
    }
    let (m, single) = matrix(host, "trace", &args[0])?;
    each_matrix!(m, m => {
        let sum: Complex64 = (0..m.rows.min(m.cols)).map(|i| m[(i, i)].complex()).sum();
        one(numeric::complex(Shape::scalar(), vec![sum], single))
    })
}

/// `rcond (a)`.
fn rcond(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let shape = args[0].shape();
    if shape.rank() != 2 || shape.rows() != shape.columns() {
        return Err(fault!("rcond: A must be a square matrix"));
    }
    let (m, single) = matrix(host, "rcond", &args[0])?;
    let r = each_matrix!(m, m => if m.rows == 0 { f64::INFINITY } else if m.a.iter().any(|x| x.part_re().is_nan()) { f64::NAN } else { Lu::new(&m).rcond(m.norm1()) });
    one(numeric::real(Shape::scalar(), vec![r], single))
}

/// `cond (a, p)`.
fn cond(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let x = &args[0];
    if x.dtype().is_none_or(|d| d == DType::Char) {
        return Err(fault!("cond: A must be a numeric matrix"));
    }
    if x.shape().rank() > 2 {
        return Err(fault!("cond: A must be a 2-D matrix"));
    }
    if let Some(p) = args.get(1).filter(|p| p.to_f64() != Some(2.0) || matches!(p, Value::Char(..))) {
        if x.shape().rows() != x.shape().columns() {
            return Err(fault!("cond: A must be a square matrix if P != 2"));
        }
        let inverse = inv(host, std::slice::from_ref(x), call.single())?.remove(0);
        let a = norm(host, &[x.clone(), p.clone()], call)?.remove(0);
        let b = norm(host, &[inverse, p.clone()], call)?.remove(0);
        return one(ops::binary(host, BinaryOp::Mul, &a, &b, call.span)?);
    }
    if x.is_empty() {
        return one(0.0);
    }
    let single = x.dtype().is_some_and(DType::is_single);
    if !matches!(x, Value::Lazy(_)) {
        let (m, _) = matrix(host, "cond", x)?;
        if !each_matrix!(&m, m => m.finite()) {
            return Err(fault!("cond: A must not contain Inf or NaN values"));
        }
    }
    let (s, ..) = singular_values(host, "cond", x)?;
    let (most, least) = (s.first().copied().unwrap_or(0.0), s.last().copied().unwrap_or(0.0));
    one(numeric::real(Shape::scalar(), vec![if least == 0.0 { f64::INFINITY } else { most / least }], single))
}

/// The p-norm of a vector.
pub fn vector_norm(x: &[Complex64], p: f64) -> f64 {
    let sizes = || x.iter().map(|z| z.norm());
    if x.iter().any(|z| z.re.is_nan() || z.im.is_nan()) {
        return f64::NAN;
    }
    if p == 2.0 {
        norm2(x)
    } else if p == f64::INFINITY {
        sizes().fold(0.0, f64::max)
    } else if p == f64::NEG_INFINITY {
        sizes().fold(f64::INFINITY, f64::min)
    } else if p == 0.0 {
        sizes().filter(|v| *v != 0.0).count() as f64
    } else if p == 1.0 {
        sizes().sum()
    } else {
        let largest = sizes().fold(0.0, f64::max);
        if largest == 0.0 {
            return 0.0;
        }
        largest * sizes().map(|v| (v / largest).powf(p)).sum::<f64>().powf(1.0 / p)
    }
}

/// The p-norm of a matrix for p other than 1, 2 and infinity: Higham's nonlinear power method (Numer. Math. 62, 1992).
fn power_norm(m: &Mat<Complex64>, p: f64) -> f64 {
    let q = p / (p - 1.0);
    let dual = |y: &[Complex64], p: f64| -> Vec<Complex64> {
        let out: Vec<Complex64> = y
            .iter()
            .map(|z| if z.norm() == 0.0 { Complex64::ZERO } else { z / z.norm() * z.norm().powf(p - 1.0) })
            .collect();
        let size = vector_norm(&out, p / (p - 1.0));
        out.into_iter().map(|z| if size > 0.0 { z / size } else { z }).collect()
    };
    let mut x = Mat::column(vec![Complex64::from((m.cols as f64).powf(-1.0 / p)); m.cols]);
    let mut gamma = 0.0;
    for _ in 0..256 {
        let y = m.times(&x);
        let found = vector_norm(&y.a, p);
        if (found - gamma).abs() <= 1e-15 * found {
            return found;
        }
        gamma = found;
        let z = m.adjoint().times(&Mat::column(dual(&y.a, p)));
        x = Mat::column(dual(&z.a, q));
    }
    gamma
}

/// `norm (a, p, opt)`.
fn norm(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let x = &args[0];
    match x.dtype() {
        None | Some(DType::Char) => {
            let name = if matches!(x, Value::Char(..)) { "sq_string".into() } else { x.type_name() };
            return Err(fault!("xnorm: wrong type argument '{name}'"));
        }
        Some(d) if !d.is_float() && d != DType::Bool => {
            return Err(fault!("norm: X must be a numeric matrix of class double or single"));
        }
        _ => {}
    }
    if x.shape().rank() > 2 {
        return Err(fault!("norm: only valid for 2-D objects"));
    }
    let (mut p, mut lanes, mut frobenius) = (2.0, None, false);
    let named =
        |list: &[&str]| args[1..].iter().filter(|o| o.to_text().is_some_and(|t| list.contains(&t.as_str()))).count();
    let directions = named(&["rows", "cols", "columns"]);
    if directions > 1 || args.len() - 1 - directions > 1 {
        return Err(fault!("norm: invalid combination of options"));
    }
    for option in &args[1..] {
        match option.to_text().filter(|_| matches!(option, Value::Char(..))).as_deref() {
            Some("inf" | "Inf") => p = f64::INFINITY,
            Some("-inf" | "-Inf") => p = f64::NEG_INFINITY,
            Some("fro") => frobenius = true,
            Some("rows") => lanes = Some(1),
            Some("columns" | "cols") => lanes = Some(0),
            Some(other) => return Err(fault!("norm: unrecognized option: {other}")),
            None => match option.to_f64().filter(|_| option.is_scalar()) {
                Some(v) => p = v,
                None => return Err(fault!("norm: P must be a string or a scalar")),
            },
        }
    }
    if let Some(result) = tall::norm(host, x, p, frobenius, lanes, call.span)? {
        return one(result);
    }
    if matches!(x, Value::Lazy(_)) && p == 2.0 {
        let (s, ..) = singular_values(host, "norm", x)?;
        let single = x.dtype().is_some_and(DType::is_single);
        return one(numeric::real(Shape::scalar(), vec![s.first().copied().unwrap_or(0.0)], single));
    }
    let wide = Wide::new(host, x, "norm")?;
    let single = wide.single;
    let result = |v: f64| one(numeric::real(Shape::scalar(), vec![v], single));
    if let Some(axis) = lanes {
        let p = if frobenius { 2.0 } else { p };
        let shape = wide.shape.clone();
        let out =
            Lanes::new(&shape, axis).map(&wide.complex(), 1, |lane, out: &mut [f64]| out[0] = vector_norm(lane, p));
        return one(numeric::real(shape.with_extent(axis, 1), out, single));
    }
    if wide.is_empty() {
        return result(0.0);
    }
    if wide.shape.is_vector() {
        return result(vector_norm(&wide.complex(), if frobenius { 2.0 } else { p }));
    }
    let m = wide.matrix();
    if frobenius {
        return result(each_matrix!(&m, m => m.norm_fro()));
    }
    if p == 1.0 {
        return result(each_matrix!(&m, m => m.norm1()));
    }
    if p == f64::INFINITY {
        return result(each_matrix!(&m, m => m.norm_inf()));
    }
    let finite = each_matrix!(&m, m => m.finite());
    if p == 2.0 {
        if !finite {
            let nan = each_matrix!(&m, m => m.a.iter().any(|x| x.part_re().is_nan() || x.part_im().is_nan()));
            return result(if nan { f64::NAN } else { f64::INFINITY });
        }
        let (s, ..) = singular_values(host, "norm", x)?;
        return result(s.first().copied().unwrap_or(0.0));
    }
    if p > 1.0 {
        return result(power_norm(&m.complex(), p));
    }
    Err(fault!("xnorm: p must be 1, 2, Inf or >1 for matrices"))
}

/// `vecnorm (a, p, dim)`.
fn vecnorm(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    if args[0].dtype().is_none_or(|d| !d.is_float() && d != DType::Bool && !d.is_integer()) {
        return Err(fault!("vecnorm: A must be numeric"));
    }
    let p = match args.get(1).filter(|p| !p.is_empty()) {
        None => 2.0,
        Some(p) => match p.to_f64() {
            Some(v) if p.is_scalar() && v > 0.0 && !matches!(p, Value::Char(..)) => v,
            _ => return Err(fault!("vecnorm: P must be positive real scalar or Inf")),
        },
    };
    let axis = match args.get(2) {
        None => args[0].shape().first_nonsingleton(),
        Some(d) => match d.to_f64() {
            Some(v) if d.is_scalar() && v >= 1.0 && v == v.trunc() => v as usize - 1,
            _ => return Err(fault!("vecnorm: DIM must be a positive integer")),
        },
    };
    if let Value::Lazy(_) = &args[0] {
        return one(tall::norms(host, &args[0], p, 1 << axis, call.span)?);
    }
    let wide = Wide::new(host, &args[0], "vecnorm")?;
    let shape = wide.shape.clone();
    let out = Lanes::new(&shape, axis).map(&wide.complex(), 1, |lane, out: &mut [f64]| out[0] = vector_norm(lane, p));
    one(numeric::real(shape.with_extent(axis, 1), out, wide.single))
}

/// `expm (a)`.
fn expm(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    if args[0].dtype().is_none() {
        return Err(fault!("expm: A must be a square matrix"));
    }
    let (m, single) = square(host, "expm", &args[0])?;
    if let Value::Diag(_) = &args[0] {
        let d = each_matrix!(m, m => (0..m.rows).map(|i| m[(i, i)].complex().exp()).collect::<Vec<_>>());
        let n = d.len();
        return one(diagonal::value(n, n, ops::narrow(Block::dense(Shape::matrix(n, 1), Data::C64(d)))));
    }
    each_matrix!(m, m => one(if m.rows == 0 { Value::empty() } else { functions::exponential(&m).into_value(single) }))
}

/// `logm (a)`.
fn logm(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    if args[0].dtype().is_none() {
        return Err(fault!("logm: A must be a square matrix"));
    }
    let (m, single) = square(host, "logm", &args[0])?;
    let m = m.complex();
    if m.rows == 0 {
        return one(Value::empty());
    }
    let (l, improper) = functions::logarithm(&m).ok_or_else(|| fault!("logm: the iteration did not converge"))?;
    if improper && m.rows > 1 {
        host.warn(
            "Octave:logm:non-principal",
            "logm: principal matrix logarithm is not defined for matrices with negative eigenvalues; computing non-principal logarithm",
        );
    }
    one(l.into_value(single))
}

/// `sqrtm (a)`.
fn sqrtm(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    if let Value::Diag(d) = &args[0] {
        return one(diagonal::map(host, d, crate::array::ScalarFn::Sqrt, call.span)?);
    }
    let (m, single) = square(host, "sqrtm", &args[0])?;
    let m = m.complex();
    if m.rows == 0 {
        return one(Value::empty());
    }
    one(functions::root(&m).ok_or_else(|| fault!("sqrtm: the iteration did not converge"))?.into_value(single))
}

/// `cross (x, y, dim)`.
fn cross(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let (mut x, mut y) = (args[0].clone(), args[1].clone());
    for v in [&x, &y] {
        if v.dtype().is_none_or(|d| d == DType::Char) {
            return Err(fault!("cross: X and Y must be numeric arrays"));
        }
    }
    if x.shape() != y.shape() && x.shape().is_vector() && y.shape().is_vector() && x.numel() == 3 && y.numel() == 3 {
        host.warn("", "cross: taking cross product of column by row");
        x = ops::lazy::reshape(host, &x, Shape::matrix(3, 1), call.span)?;
        y = ops::lazy::reshape(host, &y, Shape::matrix(3, 1), call.span)?;
    }
    let shape = x.shape();
    if shape != y.shape() {
        return Err(fault!("cross: X and Y must have the same dimensions"));
    }
    let axis = match args.get(2) {
        None => shape
            .iter()
            .position(|&d| d == 3)
            .ok_or_else(|| fault!("cross: must have at least one dimension with 3 elements"))?,
        Some(d) => {
            let axis = match d.to_f64() {
                Some(v) if d.is_scalar() && v >= 1.0 && v == v.trunc() => v as usize - 1,
                _ => return Err(fault!("cross: DIM must be a positive scalar whole number")),
            };
            if shape.extent(axis) != 3 {
                return Err(fault!("cross: dimension DIM must have 3 elements"));
            }
            axis
        }
    };
    let single = [&x, &y].iter().any(|v| v.dtype().is_some_and(DType::is_single));
    let (x, y) = (Wide::new(host, &x, "cross")?, Wide::new(host, &y, "cross")?);
    let lanes = Lanes::new(&shape, axis);
    let (a, b) = (x.complex(), y.complex());
    let mut out = vec![Complex64::ZERO; a.len()];
    for group in 0..lanes.after {
        for lane in 0..lanes.before {
            let at = |i: usize| lanes.at(group, lane, i % 3);
            for i in 0..3 {
                out[at(i)] = a[at(i + 1)] * b[at(i + 2)] - a[at(i + 2)] * b[at(i + 1)];
            }
        }
    }
    one(numeric::complex(shape, out, single))
}

/// `[r, k] = rref (a, tol)`.
fn rref(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    if args[0].shape().rank() > 2 {
        return Err(fault!("rref: A must be a 2-dimensional matrix"));
    }
    let (m, single) = matrix(host, "rref", &args[0])?;
    let epsilon = if single { f32::EPSILON as f64 } else { f64::EPSILON };
    each_matrix!(m, m => {
        let mut m = m;
        let tolerance = match args.get(1) {
            Some(t) => super::args::scalar("rref", "TOL", t)?,
            None => epsilon * m.rows.max(m.cols) as f64 * m.norm_inf(),
        };
        let (mut row, mut used) = (0, Vec::new());
        for j in 0..m.cols {
            if row == m.rows {
                break;
            }
            let pivot = (row..m.rows).fold(row, |b, i| if m[(i, j)].modulus() > m[(b, j)].modulus() { i } else { b });
            if m[(pivot, j)].modulus() <= tolerance {
                (row..m.rows).for_each(|i| m[(i, j)] = Default::default());
                continue;
            }
            used.push((j + 1) as f64);
            for c in j..m.cols {
                let (x, y) = (m[(row, c)], m[(pivot, c)]);
                (m[(row, c)], m[(pivot, c)]) = (y, x);
            }
            let p = m[(row, j)];
            (j..m.cols).for_each(|c| m[(row, c)] /= p);
            for i in (0..m.rows).filter(|&i| i != row) {
                let f = m[(i, j)];
                for c in j..m.cols {
                    let x = m[(row, c)];
                    m[(i, c)] -= f * x;
                }
            }
            row += 1;
        }
        several([m.into_value(single), Value::row(used)])
    })
}

/// `linsolve (a, b, opts)`.
fn linsolve(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    for x in &args[..2] {
        if x.dtype().is_none_or(|d| !d.is_float()) {
            return Err(fault!("linsolve: A and B must be numeric"));
        }
    }
    let mut a = args[0].clone();
    match args.get(2) {
        None => {}
        Some(Value::Struct(s)) if s.get("TRANSA").is_some_and(super::args::flag) => {
            a = ops::transpose(host, &a, true, call.span)?;
        }
        Some(_) => return Err(fault!("linsolve: OPTS must be a structure")),
    }
    one(ops::binary(host, BinaryOp::LeftDiv, &a, &args[1], call.span)?)
}

/// `[g, y] = planerot (x)`.
fn planerot(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    if !args[0].shape().is_vector() || args[0].numel() != 2 {
        return Err(fault!("planerot: X must be a 2-element vector"));
    }
    let x = Wide::new(host, &args[0], "planerot")?;
    let single = x.single;
    let v = x.complex();
    let length = norm2(&v);
    let g = Mat::new(2, 2, vec![v[0].conj() / length, -v[1] / length, v[1].conj() / length, v[0] / length]);
    let y = g.times(&Mat::column(v));
    several([g.into_value(single), y.into_value(single)])
}

/// `subspace (a, b)`: the largest angle between two column spaces.
fn subspace(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    for x in args {
        if x.shape().rank() > 2 {
            return Err(fault!("subspace: A and B must be vectors or 2-D arrays"));
        }
    }
    if args[0].shape().rows() != args[1].shape().rows() {
        return Err(fault!("subspace: column dimensions of A and B must match"));
    }
    if args[0].is_empty() || args[1].is_empty() {
        return one(Value::matrix(0, 1, Vec::new()));
    }
    let a = subspaces(host, "orth", &args[..1], call)?.remove(0);
    let b = subspaces(host, "orth", &args[1..2], call)?.remove(0);
    let (a, _) = matrix(host, "subspace", &a)?;
    let (b, _) = matrix(host, "subspace", &b)?;
    let (mut a, mut b) = (a.complex(), b.complex());
    if a.cols < b.cols {
        std::mem::swap(&mut a, &mut b);
    }
    let _ = call;
    // sin of the angle: what of b does not lie in a.
    let rest = b.minus(&a.times(&a.adjoint().times(&b)));
    let s = rest.faer().singular_values().map_err(|_| fault!("subspace: no convergence"))?;
    one(s.first().copied().unwrap_or(0.0).min(1.0).asin())
}

/// `normest (a)`: the 2-norm.
fn normest(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    if args[0].dtype().is_none_or(|d| !d.is_float()) {
        return Err(fault!("normest: A must be a numeric matrix"));
    }
    if args[0].shape().rank() > 2 {
        return Err(fault!("normest: A must be a 2-D matrix"));
    }
    if let Some(t) = args.get(1)
        && (!t.is_scalar() || t.dtype().is_none_or(|d| d.is_complex()))
    {
        return Err(fault!("normest: TOL must be a real scalar"));
    }
    let n = norm(host, &args[..1], call)?.remove(0);
    several([n, Value::Num(1.0)])
}

/// `condest (a)`: the condition number in the 1-norm, estimated.
fn condest(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let (m, _) = square(host, "condest", &args[0])?;
    let r = each_matrix!(m, m => Lu::new(&m).rcond(m.norm1()));
    one(1.0 / r)
}

/// `krylov (a, v, k)`: an orthonormal basis of [v, a*v, ..., a^k*v] by Householder reflections.
fn krylov(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let (a, single) = square(host, "krylov", &args[0])?;
    let (v, _) = matrix(host, "krylov", &args[1])?;
    let k = super::args::whole("krylov", "K", &args[2], 1)? as usize;
    let (a, v) = (a.complex(), v.complex());
    if v.rows != a.rows {
        return Err(fault!("krylov: A and V must have the same number of rows"));
    }
    let mut basis: Mat<Complex64> = Mat::zeros(a.rows, 0);
    let mut block = v;
    while basis.cols < (k).min(a.rows) {
        let mut all = basis.a.clone();
        all.extend_from_slice(&block.a);
        let joint = Mat::new(a.rows, basis.cols + block.cols, all);
        let f = super::math::qr::Qr::new(&joint, false);
        let columns = joint.cols.min(a.rows);
        basis = f.q(columns);
        let from = columns.saturating_sub(block.cols);
        block = a.times(&basis.cols(from, columns));
    }
    let columns = basis.cols;
    several([basis.into_value(single), Value::empty(), Value::from(columns)])
}

/// `lscov (a, b, v)`, `ols (y, x)`: least squares.
fn lscov(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let (mut a, mut b) = (args[0].clone(), args[1].clone());
    if let Some(v) = args.get(2).filter(|v| !v.is_empty()) {
        let (v, _) = matrix(host, "lscov", v)?;
        let v = v.complex();
        let n = a.shape().rows();
        let weight = if v.cols == 1 && v.rows == n {
            Mat::from_fn(n, n, |i, j| if i == j { v.a[i].sqrt() } else { Complex64::ZERO })
        } else {
            if v.rows != n || v.cols != n {
                return Err(fault!("lscov: V should be a square matrix or a vector with the same number of rows as A"));
            }
            let r = super::math::qr::cholesky(&v).map_err(|_| fault!("lscov: V must be positive definite"))?;
            inverse(&r.adjoint()).0
        };
        let weight = weight.into_value(false);
        a = ops::binary(host, BinaryOp::Mul, &weight, &a, call.span)?;
        b = ops::binary(host, BinaryOp::Mul, &weight, &b, call.span)?;
    }
    one(ops::binary(host, BinaryOp::LeftDiv, &a, &b, call.span)?)
}

/// `[beta, sigma, r] = ols (y, x)`.
fn ols(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    for x in args {
        if x.dtype().is_none_or(|d| !d.is_float() && !d.is_integer()) {
            return Err(fault!("ols: X and Y must be numeric matrices or vectors"));
        }
        if x.shape().rank() > 2 {
            return Err(fault!("ols: X and Y must be 2-D matrices or vectors"));
        }
    }
    if args[0].shape().rows() != args[1].shape().rows() {
        return Err(fault!("ols: number of rows of X and Y must be equal"));
    }
    let (y, x) = (&args[0], &args[1]);
    let (nr, nc) = (y.shape().rows() as f64, x.shape().columns());
    let beta = ops::binary(host, BinaryOp::LeftDiv, x, y, call.span)?;
    let fitted = ops::binary(host, BinaryOp::Mul, x, &beta, call.span)?;
    let r = ops::binary(host, BinaryOp::Sub, y, &fitted, call.span)?;
    let rank = rank(host, std::slice::from_ref(x), call)?.remove(0).to_f64().unwrap_or(nc as f64);
    let transposed = ops::transpose(host, &r, true, call.span)?;
    let sigma = ops::binary(host, BinaryOp::Mul, &transposed, &r, call.span)?;
    let sigma = ops::binary(host, BinaryOp::Div, &sigma, &Value::Num(nr - rank), call.span)?;
    several([beta, sigma, r])
}

pub const TABLE: &[Builtin] = &[
    Builtin::new("det", (1, 1), 2, det, "det (A), [D, RCOND] = det (A)\n\nDeterminant.\n\n    det ([2 0; 0 3])\n"),
    Builtin::new(
        "inv",
        (1, 1),
        2,
        inv,
        "inv (A), [X, RCOND] = inv (A)\n\nInverse; A \\ B solves a system faster and more exactly.\n\n    inv ([2 0; 0 4])\n",
    ),
    Builtin::new("inverse", (1, 1), 2, inv, "inverse (A)\n\nAs inv.\n\n    inverse ([2 0; 0 4])\n"),
    Builtin::new(
        "pinv",
        (1, 2),
        1,
        pinv,
        "pinv (A), pinv (A, TOL)\n\nMoore and Penrose's pseudoinverse.\n\n    pinv ([1; 1])\n",
    ),
    Builtin::new(
        "rank",
        (1, 2),
        1,
        rank,
        "rank (A), rank (A, TOL)\n\nThe number of singular values above a tolerance.\n\n    rank ([1 2; 2 4])\n",
    ),
    Builtin::new(
        "null",
        (1, 2),
        1,
        |h, a, c| subspaces(h, "null", a, c),
        "null (A), null (A, TOL)\n\nAn orthonormal basis of the null space.\n\n    size (null ([1 1]))\n",
    ),
    Builtin::new(
        "orth",
        (1, 2),
        1,
        |h, a, c| subspaces(h, "orth", a, c),
        "orth (A), orth (A, TOL)\n\nAn orthonormal basis of the column space.\n\n    size (orth ([1 1; 1 1]))\n",
    ),
    Builtin::new("trace", (1, 1), 1, trace, "trace (A)\n\nThe sum of the diagonal.\n\n    trace ([1 2; 3 4])\n"),
    Builtin::new(
        "rcond",
        (1, 1),
        1,
        rcond,
        "rcond (A)\n\nThe reciprocal condition number in the 1-norm, estimated.\n\n    rcond (eye (2))\n",
    ),
    Builtin::new("cond", (1, 2), 1, cond, "cond (A), cond (A, P)\n\nThe condition number.\n\n    cond ([2 0; 0 1])\n"),
    Builtin::new(
        "norm",
        (1, 3),
        1,
        norm,
        "norm (A), norm (A, P), norm (A, P, \"rows\" | \"columns\")\n\nThe norm of a vector or matrix: P is 2, 1, Inf, -Inf, \"fro\" or a number.\n\n    norm ([3 4])\n",
    ),
    Builtin::new(
        "vecnorm",
        (1, 3),
        1,
        vecnorm,
        "vecnorm (A), vecnorm (A, P, DIM)\n\nNorms of the columns.\n\n    vecnorm ([3 6; 4 8])\n",
    ),
    Builtin::new("expm", (1, 1), 1, expm, "expm (A)\n\nThe exponential of a matrix.\n\n    expm ([0 1; 0 0])\n"),
    Builtin::new("logm", (1, 2), 1, logm, "logm (A)\n\nThe logarithm of a matrix.\n\n    logm ([1 1; 0 1])\n"),
    Builtin::new("sqrtm", (1, 1), 1, sqrtm, "sqrtm (A)\n\nThe square root of a matrix.\n\n    sqrtm ([4 0; 0 9])\n"),
    Builtin::new(
        "cross",
        (2, 3),
        1,
        cross,
        "cross (X, Y), cross (X, Y, DIM)\n\nVector product in three dimensions.\n\n    cross ([1 0 0], [0 1 0])\n",
    ),
    Builtin::new(
        "rref",
        (1, 2),
        2,
        rref,
        "[R, K] = rref (A), rref (A, TOL)\n\nReduced row echelon form, and its pivot columns.\n\n    rref ([1 2; 3 4])\n",
    ),
    Builtin::new(
        "linsolve",
        (2, 3),
        1,
        linsolve,
        "linsolve (A, B), linsolve (A, B, OPTS)\n\nSolves A * X = B.\n\n    linsolve ([2 0; 0 4], [2; 4])\n",
    ),
    Builtin::new(
        "planerot",
        (1, 1),
        2,
        planerot,
        "[G, Y] = planerot (X)\n\nThe rotation of a plane that makes the second component zero.\n\n    planerot ([3; 4])\n",
    ),
    Builtin::new(
        "subspace",
        (2, 2),
        1,
        subspace,
        "subspace (A, B)\n\nThe largest angle between two column spaces.\n\n    subspace ([1; 0], [0; 1])\n",
    ),
    Builtin::new("normest", (1, 2), 2, normest, "normest (A)\n\nThe 2-norm of a matrix.\n\n    normest ([3 0; 0 4])\n"),
    Builtin::new(
        "condest",
        (1, 1),
        1,
        condest,
        "condest (A)\n\nThe condition number in the 1-norm, estimated.\n\n    condest (eye (2))\n",
    ),
    Builtin::new(
        "krylov",
        (3, 5),
        3,
        krylov,
        "[U, H, NU] = krylov (A, V, K)\n\nAn orthonormal basis of the Krylov space of A and V.\n\n    size (krylov ([1 2; 3 4], [1; 1], 2))\n",
    ),
    Builtin::new(
        "lscov",
        (2, 4),
        1,
        lscov,
        "lscov (A, B), lscov (A, B, V)\n\nLeast squares with weights or covariances V.\n\n    lscov ([1 0; 0 1], [1; 2])\n",
    ),
    Builtin::new(
        "ols",
        (2, 2),
        3,
        ols,
        "[BETA, SIGMA, R] = ols (Y, X)\n\nOrdinary least squares for Y = X * BETA + noise.\n\n    ols ([1; 2], [1 0; 0 1])\n",
    ),
];

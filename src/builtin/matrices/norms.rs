//! Norms of vectors and matrices, and condition numbers.

use super::factorizations::{matrix, square};
use super::linear_algebra::{inv, singular_values};
use crate::array::{Complex64, DType, ScalarFn, Shape};
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{Lanes, axis_number, one, several};
use crate::builtin::math::mat::norm2;
use crate::builtin::math::solve::Lu;
use crate::builtin::math::{Mat, Scalar};
use crate::builtin::numeric::{self, Wide};
use crate::builtin::ops::elementwise::Who;
use crate::builtin::ops::{self, lazy};
use crate::builtin::outofcore::tall::{self};
use crate::diag::Result;
use crate::each_matrix;
use crate::fault;
use crate::kernel::ReduceKind;
use crate::syntax::ast::BinaryOp;
use crate::value::Value;

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
    if p == 0.0 {
        return sizes().filter(|v| *v != 0.0).count() as f64;
    }
    if x.iter().any(|z| z.re.is_nan() || z.im.is_nan()) {
        return f64::NAN;
    }
    if p == 2.0 {
        norm2(x)
    } else if p == f64::INFINITY {
        sizes().fold(0.0, f64::max)
    } else if p == f64::NEG_INFINITY {
        sizes().fold(f64::INFINITY, f64::min)
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

/// The greatest of some sums; NaN only where the first one is, as nothing is greater than that.
fn most(sums: Vec<f64>) -> f64 {
    sums.into_iter().reduce(|most, sum| if sum > most { sum } else { most }).unwrap_or(0.0)
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
        let single = x.dtype().is_some_and(DType::is_single);
        let found = singular_values(host, "norm", x);
        if found.is_err() && !is_finite(host, x, call)? {
            return one(numeric::real(Shape::scalar(), vec![f64::NAN], single));
        }
        let (s, ..) = found?;
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
        return result(each_matrix!(&m, m => most(m.column_sums())));
    }
    if p == f64::INFINITY {
        return result(each_matrix!(&m, m => most(m.row_sums())));
    }
    let finite = each_matrix!(&m, m => m.finite());
    if p == 2.0 {
        if !finite {
            return result(f64::NAN);
        }
        let (s, ..) = singular_values(host, "norm", x)?;
        return result(s.first().copied().unwrap_or(0.0));
    }
    if p > 1.0 {
        return result(power_norm(&m.complex(), p));
    }
    Err(fault!("xnorm: p must be 1, 2, Inf or >1 for matrices"))
}

/// Whether all elements of a large array are finite numbers.
fn is_finite(host: &mut dyn Host, x: &Value, call: Call) -> Result<bool> {
    let finite = lazy::elementwise(host, ScalarFn::IsFinite, &[x], Who::Function("isfinite"), call.span)?;
    let all = lazy::reduce(host, ReduceKind::All, &finite, (1 << x.shape().rank()) - 1, call.span)?;
    Ok(host.gather(&all)?.to_f64() == Some(1.0))
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
        Some(d) => axis_number(d).ok_or_else(|| fault!("vecnorm: DIM must be a positive integer"))?,
    };
    if let Value::Lazy(_) = &args[0] {
        return one(tall::norms(host, &args[0], p, 1 << axis, call.span)?);
    }
    let wide = Wide::new(host, &args[0], "vecnorm")?;
    let shape = wide.shape.clone();
    let out = Lanes::new(&shape, axis).map(&wide.complex(), 1, |lane, out: &mut [f64]| out[0] = vector_norm(lane, p));
    one(numeric::real(shape.with_extent(axis, 1), out, wide.single))
}

/// `normest (a)`: the 2-norm.
fn normest(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    if args[0].dtype().is_none_or(|d| !d.is_float()) {
        return Err(fault!("normest: A must be a numeric 2-D matrix"));
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

pub const TABLE: &[Builtin] = &[
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
    Builtin::new("normest", (1, 2), 2, normest, "normest (A)\n\nThe 2-norm of a matrix.\n\n    normest ([3 0; 0 4])\n"),
    Builtin::new(
        "condest",
        (1, 1),
        1,
        condest,
        "condest (A)\n\nThe condition number in the 1-norm, estimated.\n\n    condest (eye (2))\n",
    ),
];

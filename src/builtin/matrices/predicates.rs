//! Questions about the form of a matrix.

use super::factorizations::matrix;
use crate::array::DType;
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{one, several};
use crate::builtin::math::cholesky;
use crate::builtin::math::{Mat, Scalar};
use crate::builtin::numeric::{Matrix, Wide};
use crate::diag::Result;
use crate::each_matrix;
use crate::fault;
use crate::value::Value;

/// A 2-d array of numbers or truth values; anything else answers no.
fn plain(host: &mut dyn Host, x: &Value, text: bool) -> Result<Option<Matrix>> {
    let fits = x.dtype().is_some_and(|d| d != DType::Char || text) && x.shape().rank() == 2;
    if !fits {
        return Ok(None);
    }
    let x = match x {
        Value::Char(b, _) => Wide::of(b),
        other => Wide::new(host, other, "matrix")?,
    };
    Ok(Some(x.matrix()))
}

/// The tolerance argument; "skew" and "nonskew" are told apart by the caller.
fn tolerance(who: &str, x: Option<&Value>) -> Result<f64> {
    match x {
        None => Ok(0.0),
        Some(t) => match t.to_f64() {
            Some(v) if t.is_scalar() && v >= 0.0 && !matches!(t, Value::Char(..)) => Ok(v),
            _ => Err(fault!("{who}: TOL must be a scalar >= 0")),
        },
    }
}

/// `issymmetric (a, tol)`, `ishermitian (a, tol)`, with "skew" or "nonskew".
fn symmetric(host: &mut dyn Host, who: &'static str, conjugate: bool, args: &[Value]) -> Result<Values> {
    let (mut skew, mut rest) = (false, Vec::new());
    for x in &args[1..] {
        match x.to_text().filter(|_| matches!(x, Value::Char(..))).as_deref() {
            Some("skew") => skew = true,
            Some("nonskew") => skew = false,
            Some(_) => return Err(fault!("{who}: SKEWOPT must be \"skew\" or \"nonskew\"")),
            None => rest.push(x),
        }
    }
    let tolerance = tolerance(who, rest.first().copied())?;
    if args[0].dtype().is_none() {
        return Err(fault!("{who}: A must be a numeric, logical, or character matrix"));
    }
    let Some(m) = plain(host, &args[0], !conjugate)? else { return one(false) };
    each_matrix!(m, m => {
        if !m.is_square() {
            return one(false);
        }
        let turned = |i: usize, j: usize| {
            let x = m[(j, i)];
            let x = if conjugate { x.conjugate() } else { x };
            if skew { -x } else { x }
        };
        if tolerance == 0.0 {
            return one((0..m.cols).all(|j| (0..m.rows).all(|i| m[(i, j)] == turned(i, j))));
        }
        let difference = Mat::from_fn(m.rows, m.cols, |i, j| m[(i, j)] - turned(i, j));
        one(difference.norm_inf() / m.norm_inf() <= tolerance)
    })
}

/// `isdefinite (a, tol)`.
fn isdefinite(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let Some(m) = plain(host, &args[0], false)? else { return one(false) };
    let single = args[0].dtype().is_some_and(DType::is_single);
    let epsilon = if single { f32::EPSILON as f64 } else { f64::EPSILON };
    let given = match args.get(1) {
        None => None,
        Some(t) => Some(tolerance("isdefinite", Some(t))?),
    };
    each_matrix!(m, m => {
        if !m.is_square() {
            return one(false);
        }
        let tolerance = given.unwrap_or(100.0 * epsilon * m.norm_fro());
        let difference = Mat::from_fn(m.rows, m.cols, |i, j| m[(i, j)] - m[(j, i)].conjugate());
        if difference.norm_inf() > tolerance * m.norm_inf().max(1.0) {
            return one(false);
        }
        one(cholesky::cholesky(&m.shifted(-tolerance)).is_ok())
    })
}

/// How far nonzero elements reach below and above the diagonal.
fn reach<T: Scalar>(m: &Mat<T>) -> (usize, usize) {
    let (mut low, mut high) = (0, 0);
    for j in 0..m.cols {
        for i in 0..m.rows {
            if m[(i, j)] != T::default() {
                low = low.max(i.saturating_sub(j));
                high = high.max(j.saturating_sub(i));
            }
        }
    }
    (low, high)
}

fn within(host: &mut dyn Host, x: &Value, lower: usize, upper: usize) -> Result<Values> {
    let Some(m) = plain(host, x, false)? else { return one(false) };
    each_matrix!(m, m => {
        let (low, high) = reach(&m);
        one(low <= lower && high <= upper)
    })
}

/// `isbanded (a, lower, upper)`.
fn isbanded(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let extent = |x: &Value| match x.to_f64() {
        Some(v) if x.is_scalar() && v >= 0.0 && x.dtype().is_some_and(|d| !d.is_complex()) => Ok(v as usize),
        _ => Err(fault!("isbanded: LOWER and UPPER must be non-negative integers")),
    };
    let (lower, upper) = (extent(&args[1])?, extent(&args[2])?);
    // Octave leaves an empty matrix as it is here.
    if args[0].is_empty() { one(Value::empty()) } else { within(host, &args[0], lower, upper) }
}

/// `bandwidth (a, type)`, `[lower, upper] = bandwidth (a)`.
fn bandwidth(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let x = &args[0];
    if x.dtype().is_none_or(|d| d == DType::Char) {
        return Err(fault!("bandwidth: A must be a 2-D numeric or logical matrix"));
    }
    let kind = match args.get(1) {
        None => None,
        Some(t) => match t.to_text().map(|t| t.to_lowercase()).as_deref() {
            Some("lower") => Some(true),
            Some("upper") => Some(false),
            _ => return Err(fault!("bandwidth: TYPE must be \"lower\" or \"upper\"")),
        },
    };
    if x.shape().rank() > 2 {
        return Err(fault!("bandwidth: A must be a 2-D numeric or logical matrix"));
    }
    let (m, _) = matrix(host, "bandwidth", x)?;
    let (low, high) = each_matrix!(m, m => reach(&m));
    match kind {
        Some(true) => one(low),
        Some(false) => one(high),
        None => several([Value::from(low), Value::from(high)]),
    }
}

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "issymmetric",
        (1, 3),
        1,
        |h, a, _| symmetric(h, "issymmetric", false, a),
        "issymmetric (A), issymmetric (A, TOL), issymmetric (A, \"skew\")\n\nWhether A equals its transpose.\n\n    issymmetric ([1 2; 2 1])\n",
    ),
    Builtin::new(
        "ishermitian",
        (1, 3),
        1,
        |h, a, _| symmetric(h, "ishermitian", true, a),
        "ishermitian (A), ishermitian (A, TOL), ishermitian (A, \"skew\")\n\nWhether A equals its conjugate transpose.\n\n    ishermitian ([1 2i; -2i 1])\n",
    ),
    Builtin::new(
        "isdefinite",
        (1, 2),
        1,
        isdefinite,
        "isdefinite (A), isdefinite (A, TOL)\n\nWhether A is Hermitian and positive definite.\n\n    isdefinite ([2 1; 1 2])\n",
    ),
    Builtin::new(
        "isdiag",
        (1, 1),
        1,
        |h, a, _| within(h, &a[0], 0, 0),
        "isdiag (A)\n\nWhether A is zero off its diagonal.\n\n    isdiag ([1 0; 0 2])\n",
    ),
    Builtin::new(
        "istril",
        (1, 1),
        1,
        |h, a, _| within(h, &a[0], usize::MAX, 0),
        "istril (A)\n\nWhether A is lower triangular.\n\n    istril ([1 0; 1 1])\n",
    ),
    Builtin::new(
        "istriu",
        (1, 1),
        1,
        |h, a, _| within(h, &a[0], 0, usize::MAX),
        "istriu (A)\n\nWhether A is upper triangular.\n\n    istriu ([1 1; 0 1])\n",
    ),
    Builtin::new(
        "isbanded",
        (3, 3),
        1,
        isbanded,
        "isbanded (A, LOWER, UPPER)\n\nWhether A is zero outside a band.\n\n    isbanded ([1 1; 0 1], 0, 1)\n",
    ),
    Builtin::new(
        "bandwidth",
        (1, 2),
        2,
        bandwidth,
        "[LOWER, UPPER] = bandwidth (A), bandwidth (A, TYPE)\n\nHow far nonzero elements reach from the diagonal.\n\n    bandwidth ([1 1; 0 1], \"upper\")\n",
    ),
];

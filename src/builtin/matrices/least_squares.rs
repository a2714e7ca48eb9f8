//! Systems of equations with options, and least squares.

use super::factorizations::matrix;
use super::linear_algebra::rank;
use crate::array::{Complex64, Shape, room};
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{one, several};
use crate::builtin::math::solve::inverse;
use crate::builtin::math::{Mat, mat::norm2};
use crate::builtin::numeric::{self, IntoValue};
use crate::builtin::ops;
use crate::diag::Result;
use crate::fault;
use crate::syntax::ast::BinaryOp;
use crate::value::Value;

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
        Some(Value::Struct(s)) if s.get("TRANSA").is_some_and(crate::builtin::args::flag) => {
            a = ops::transpose(host, &a, true, call.span)?;
        }
        Some(Value::Struct(_)) => {}
        Some(_) => return Err(fault!("linsolve: OPTS must be a structure")),
    }
    one(ops::binary(host, BinaryOp::LeftDiv, &a, &args[1], call.span)?)
}

/// `lscov (a, b, v)`, `ols (y, x)`: least squares.
fn lscov(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let (mut a, mut b) = (args[0].clone(), args[1].clone());
    if a.shape().rank() > 2 || b.shape().rank() > 2 || a.shape().rows() != b.shape().rows() {
        return Err(fault!("lscov: A and B must have the same number of rows"));
    }
    if let Some(v) = args.get(2).filter(|v| !v.is_empty()) {
        let (v, _) = matrix(host, "lscov", v)?;
        let v = v.complex();
        let n = a.shape().rows();
        let weight = if v.cols == 1 && v.rows == n {
            Mat::from_fn(n, n, |i, j| if i == j { v.a[i].sqrt() } else { Complex64::ZERO })
        } else {
            if v.rows != n || v.cols != n {
                return Err(fault!("lscov: vector V must have n (number of row in A) elements"));
            }
            let r = crate::builtin::math::cholesky::cholesky(&v)
                .map_err(|_| fault!("lscov: V must be positive definite"))?;
            inverse(&r.adjoint()).0
        };
        let weight = weight.into_value(false);
        a = ops::binary(host, BinaryOp::Mul, &weight, &a, call.span)?;
        b = ops::binary(host, BinaryOp::Mul, &weight, &b, call.span)?;
    }
    let x = ops::binary(host, BinaryOp::LeftDiv, &a, &b, call.span)?;
    if call.nargout < 2 {
        return one(x);
    }
    let fitted = ops::binary(host, BinaryOp::Mul, &a, &x, call.span)?;
    let rest = ops::binary(host, BinaryOp::Sub, &b, &fitted, call.span)?;
    let ((m, single), (rest, _)) = (matrix(host, "lscov", &a)?, matrix(host, "lscov", &rest)?);
    let (m, rest) = (m.complex(), rest.complex());
    let freedom = m.rows as f64 - m.cols as f64;
    let errors: Vec<f64> = (0..rest.cols).map(|j| norm2(rest.col(j)).powi(2) / freedom).collect();
    let spread = inverse(&m.adjoint().times(&m)).0;
    let deviations = Mat::from_fn(m.cols, rest.cols, |i, j| (spread[(i, i)].re * errors[j]).sqrt());
    // A page for each column of B.
    let shape = Shape::new(&[m.cols, m.cols, errors.len()]);
    room::check(&shape, size_of::<Complex64>())?;
    let pages = errors.iter().flat_map(|error| spread.a.iter().map(move |z| z * error)).collect();
    let covariance = numeric::complex(shape, pages, single);
    several([x, deviations.into_value(single), Value::row(errors), covariance])
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
    Builtin::new(
        "linsolve",
        (2, 3),
        1,
        linsolve,
        "linsolve (A, B), linsolve (A, B, OPTS)\n\nSolves A * X = B.\n\n    linsolve ([2 0; 0 4], [2; 4])\n",
    ),
    Builtin::new(
        "lscov",
        (2, 4),
        4,
        lscov,
        "[X, STDX, MSE, S] = lscov (A, B), lscov (A, B, V)\n\nLeast squares with weights or covariances V; STDX are the deviations of X, MSE the mean square of what is left, S the\ncovariances of X.\n\n    lscov ([1 0; 0 1], [1; 2])\n",
    ),
    Builtin::new(
        "ols",
        (2, 2),
        3,
        ols,
        "[BETA, SIGMA, R] = ols (Y, X)\n\nOrdinary least squares for Y = X * BETA + noise.\n\n    ols ([1; 2], [1 0; 0 1])\n",
    ),
];

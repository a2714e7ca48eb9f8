//! Functions of square matrices: exponential, logarithm, square root.

use super::factorizations::square;
use crate::array::{Block, Data, Shape};
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{one, several};
use crate::builtin::math::{Scalar, functions};
use crate::builtin::numeric::IntoValue;
use crate::builtin::ops::{self, diagonal};
use crate::diag::Result;
use crate::each_matrix;
use crate::fault;
use crate::value::Value;

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
    let root = functions::root(&m).ok_or_else(|| fault!("sqrtm: the iteration did not converge"))?;
    let error = root.times(&root).minus(&m).norm_fro() / m.norm_fro();
    several([root.into_value(single), error.into()])
}

pub const TABLE: &[Builtin] = &[
    Builtin::new("expm", (1, 1), 1, expm, "expm (A)\n\nThe exponential of a matrix.\n\n    expm ([0 1; 0 0])\n"),
    Builtin::new("logm", (1, 2), 1, logm, "logm (A)\n\nThe logarithm of a matrix.\n\n    logm ([1 1; 0 1])\n"),
    Builtin::new(
        "sqrtm",
        (1, 1),
        2,
        sqrtm,
        "sqrtm (A), [S, ERR] = sqrtm (A)\n\nThe square root of a matrix; ERR is the size of S * S - A beside that of A.\n\n    sqrtm ([4 0; 0 9])\n",
    ),
];

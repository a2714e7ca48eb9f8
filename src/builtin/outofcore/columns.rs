//! Covariance and correlation of the columns of lazy samples: products of centred columns, never `X'X - n m m'`, which
//! loses what is small beside the means.
//!
//! Reads each sample twice: once for the means, once for the product, which works block by block.

use crate::array::{DType, Shape};
use crate::builtin::Host;
use crate::builtin::ops::{self, lazy};
use crate::diag::{Result, Span};
use crate::fault;
use crate::kernel::ReduceKind;
use crate::syntax::ast::BinaryOp;
use crate::value::Value;

/// Whether one of some samples is lazy, so that they are worked on here.
pub fn any_lazy(samples: &[Option<&Value>]) -> bool {
    samples.iter().flatten().any(|x| matches!(x, Value::Lazy(_)))
}

/// A sample of real numbers whose columns are variables; a row counts as one column.
fn observations(host: &mut dyn Host, who: &str, x: &Value, span: Span) -> Result<Value> {
    let shape = x.shape();
    let Some(dtype) = x.dtype().filter(|&d| d != DType::Char && shape.rank() == 2) else {
        return Err(fault!("{who}: X and Y must be numeric matrices or vectors"));
    };
    if dtype.is_complex() {
        return Err(fault!("{who}: not defined for complex arguments"));
    }
    let x = if dtype.is_float() { x.clone() } else { lazy::cast(host, x, DType::F64, span)? };
    // Lazy from here on: what is dense takes the same way.
    let x = lazy::value(lazy::as_node(&x, span)?);
    if shape.rows() == 1 { lazy::reshape(host, &x, Shape::matrix(shape.columns(), 1), span) } else { Ok(x) }
}

/// Covariances of the columns of two samples (of one, if there is no second), lazy.
pub fn covariance(
    host: &mut dyn Host,
    who: &str,
    x: &Value,
    y: Option<&Value>,
    population: bool,
    span: Span,
) -> Result<Value> {
    let x = observations(host, who, x, span)?;
    let y = y.map(|y| observations(host, who, y, span)).transpose()?;
    of_columns(host, &x, y.as_ref(), population, span)
}

fn of_columns(host: &mut dyn Host, x: &Value, y: Option<&Value>, population: bool, span: Span) -> Result<Value> {
    let rows = x.shape().rows();
    if y.is_some_and(|y| y.shape().rows() != rows) {
        return Err(fault!("cov: X and Y must have the same number of observations"));
    }
    let divisor = if population || rows == 1 { rows as f64 } else { rows as f64 - 1.0 };
    let centred = |host: &mut dyn Host, x: &Value| {
        let mean = lazy::reduce(host, ReduceKind::Mean, x, 1, span)?;
        ops::binary(host, BinaryOp::Sub, x, &mean, span)
    };
    let left = centred(host, x)?;
    let right = match y {
        Some(y) => centred(host, y)?,
        None => left.clone(),
    };
    let left = ops::transpose(host, &left, false, span)?;
    let product = ops::binary(host, BinaryOp::Mul, &left, &right, span)?;
    ops::binary(host, BinaryOp::ElDiv, &product, &Value::Num(divisor), span)
}

/// Correlations of the columns of two samples (of one, if there is no second), lazy.
pub fn correlation(host: &mut dyn Host, who: &str, x: &Value, y: Option<&Value>, span: Span) -> Result<Value> {
    let x = observations(host, who, x, span)?;
    let y = y.map(|y| observations(host, who, y, span)).transpose()?;
    let deviations =
        |host: &mut dyn Host, x: &Value| lazy::reduce(host, ReduceKind::Std { population: false }, x, 1, span);
    let c = of_columns(host, &x, y.as_ref(), false, span)?;
    let (s, t) = (deviations(host, &x)?, deviations(host, y.as_ref().unwrap_or(&x))?);
    let s = ops::transpose(host, &s, false, span)?;
    let sizes = ops::binary(host, BinaryOp::ElMul, &s, &t, span)?;
    ops::binary(host, BinaryOp::ElDiv, &c, &sizes, span)
}

/// As [`correlation`] of one sample with itself, with ones on the diagonal. Of two samples each counts as one variable.
pub fn coefficients(host: &mut dyn Host, x: &Value, y: Option<&Value>, span: Span) -> Result<Value> {
    let x = match y {
        None => x.clone(),
        Some(y) => {
            let as_column = |host: &mut dyn Host, x: &Value| {
                let x = lazy::value(lazy::as_node(x, span)?);
                let column = lazy::reshape(host, &x, Shape::matrix(x.numel(), 1), span)?;
                lazy::cast(host, &column, DType::F64, span)
            };
            let both = [as_column(host, x)?, as_column(host, y)?];
            lazy::concat(host, &both, 1, span)?
        }
    };
    let r = correlation(host, "corrcoef", &x, None, span)?;
    let n = r.shape().rows();
    let eye = crate::kernel::Formula::Eye { dtype: DType::Bool };
    let diagonal = lazy::formula(host, eye, Shape::matrix(n, n), span)?;
    let dtype = r.dtype().unwrap_or(DType::F64);
    let one = lazy::cast(host, &Value::Num(1.0), dtype, span)?;
    let who = ops::elementwise::Who::Operator("corrcoef");
    lazy::elementwise(host, crate::array::ScalarFn::Select, &[&diagonal, &one, &r], who, span)
}

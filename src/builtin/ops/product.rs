//! The product of two matrices.

use super::lazy;
use super::run::not_implemented;
use crate::array::{Block, DType, Data, Shape};
use crate::builtin::Host;
use crate::diag::{Result, Span};
use crate::ir::infer::{dot_hint, nonconformant};
use crate::kernel::Conj;
use crate::value::Value;

/// Products of at most this many multiplications are made by plain loops.
const SMALL: usize = 1 << 12;

/// `a * b` where neither is a scalar. N-d operands count as matrices of their first dimension by the rest.
pub fn multiply(host: &mut dyn Host, a: &Value, b: &Value, span: Span) -> Result<Value> {
    let (a, b) = (&folded(host, a, span)?, &folded(host, b, span)?);
    let (s, t) = (a.shape(), b.shape());
    let dtype = common_float(a, b, "*")?;
    if s.columns() != t.rows() {
        let fault = nonconformant("*", &s, &t);
        return match (lazy::as_node(a, span), lazy::as_node(b, span)) {
            (Ok(x), Ok(y)) => Err(fault.hint(dot_hint(&x.meta, &y.meta))),
            _ => Err(fault),
        };
    }
    if let (Value::Array(x), Value::Array(y)) = (a, b)
        && let (Data::F64(x), Data::F64(y)) = (x.data(), y.data())
        && s.rows().saturating_mul(s.columns()).saturating_mul(t.columns()) <= SMALL
        && host.settings().dense_limit > 0
    {
        return Ok(small(x, y, s.rows(), s.columns(), t.columns()));
    }
    let a = lazy::cast(host, a, dtype, span)?;
    let b = lazy::cast(host, b, dtype, span)?;
    if s.rows() == 0 || s.columns() == 0 || t.columns() == 0 {
        return Ok(Value::block(Block::try_zeros(dtype.real(), Shape::matrix(s.rows(), t.columns()))?));
    }
    lazy::dot(host, (&a, Conj::No), (&b, Conj::No), span)
}

/// The float type two factors meet in; integers have no matrix product.
pub fn common_float(a: &Value, b: &Value, symbol: &str) -> Result<DType> {
    let (Some(x), Some(y)) = (a.dtype(), b.dtype()) else { return Err(not_implemented(symbol, a, b)) };
    if x.is_integer() || y.is_integer() {
        return Err(not_implemented(symbol, a, b).hint(
            "integer matrices have no matrix operations; convert with double (X), or use the operator with a dot",
        ));
    }
    let real = if x.is_single() || y.is_single() { DType::F32 } else { DType::F64 };
    Ok(if x.is_complex() || y.is_complex() { real.complex() } else { real })
}

/// An N-d array as the matrix of its first dimension by all others.
pub fn folded(host: &mut dyn Host, x: &Value, span: Span) -> Result<Value> {
    let shape = x.shape();
    if shape.rank() == 2 {
        return Ok(x.clone());
    }
    let columns = shape[1..].iter().product();
    lazy::reshape(host, x, Shape::matrix(shape.rows(), columns), span)
}

/// Plain loops: inner products for rows, sums of columns otherwise.
fn small(x: &[f64], y: &[f64], m: usize, k: usize, n: usize) -> Value {
    if m == 1 && n == 1 {
        return Value::Num(x.iter().zip(y).map(|(a, b)| a * b).sum());
    }
    let mut out = vec![0.0; m * n];
    for j in 0..n {
        let column = &mut out[j * m..(j + 1) * m];
        for l in 0..k {
            let factor = y[j * k + l];
            column.iter_mut().zip(&x[l * m..(l + 1) * m]).for_each(|(z, a)| *z += a * factor);
        }
    }
    Value::matrix(m, n, out)
}

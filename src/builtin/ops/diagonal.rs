//! Diagonal matrices: which operations keep their form, and products that only scale rows or columns.

use super::elementwise::{self, Who};
use crate::array::{Block, Complex64, DType, Data, Element, ScalarFn, Shape};
use crate::builtin::Host;
use crate::builtin::numeric::times;
use crate::builtin::ops::{lazy, lazy_diagonal};
use crate::diag::{Result, Span};
use crate::ir::infer::nonconformant;
use crate::syntax::ast::BinaryOp;
use crate::value::convert::narrow;
use crate::value::{Diagonal, Value};
use std::sync::Arc;

/// The result of operations that treat a diagonal matrix as such; `None` where it counts as a full one.
pub fn binary(host: &mut dyn Host, op: BinaryOp, a: &Value, b: &Value, span: Span) -> Result<Option<Value>> {
    use BinaryOp::*;
    Ok(match (a, b) {
        // A factor of all of it is needed now: whether elements are zero is known of diagonal matrices.
        (Value::Diag(_), Value::Lazy(s)) if s.shape().is_scalar() => {
            let s = host.gather(b)?;
            return binary(host, op, a, &s, span);
        }
        (Value::Lazy(s), Value::Diag(_)) if s.shape().is_scalar() => {
            let s = host.gather(a)?;
            return binary(host, op, &s, b, span);
        }
        (Value::Diag(d), Value::Lazy(m)) if m.shape().rank() == 2 && scales(d, m.dtype()) => match op {
            Mul if d.columns == m.shape().rows() => Some(lazy_diagonal::scaled(host, d, b, false, false, span)?),
            LeftDiv if d.rows == m.shape().rows() => Some(lazy_diagonal::scaled(host, d, b, false, true, span)?),
            _ => None,
        },
        (Value::Lazy(m), Value::Diag(d)) if m.shape().rank() == 2 && scales(d, m.dtype()) => match op {
            Mul if m.shape().columns() == d.rows => Some(lazy_diagonal::scaled(host, d, a, true, false, span)?),
            Div if m.shape().columns() == d.columns => Some(lazy_diagonal::scaled(host, d, a, true, true, span)?),
            _ => None,
        },
        (Value::Diag(x), Value::Diag(y)) if both_double(x, y) => match op {
            Add | Sub => {
                if (x.rows, x.columns) != (y.rows, y.columns) {
                    return Err(nonconformant(op.symbol(), &a.shape(), &b.shape()));
                }
                let f = if op == Add { |p, q| p + q } else { |p: Complex64, q: Complex64| p - q };
                Some(zip(x.rows, x.columns, x, y, f))
            }
            Mul => {
                if x.columns != y.rows {
                    return Err(nonconformant("*", &a.shape(), &b.shape()));
                }
                Some(zip(x.rows, y.columns, x, y, times))
            }
            Div if x.columns == y.columns => Some(zip(x.rows, y.rows, x, y, divide_or_zero)),
            LeftDiv if x.rows == y.rows => Some(zip(x.columns, y.columns, x, y, |p, q| divide_or_zero(q, p))),
            _ => None,
        },
        (Value::Diag(d), s) if s.is_scalar() && takes_scalar(d, s) => match (op, s.to_f64()) {
            (Mul, Some(f)) => Some(scale(d, s, |x| x * f, |x, z| x * z)),
            (Div, Some(f)) => Some(scale(d, s, |x| x / f, |x, z| x / z)),
            (Pow, Some(f)) if d.rows == d.columns && !is_complex(s) && d.diagonal.dtype() == DType::F64 => {
                let real = d.diagonal.slice::<f64>().is_some_and(|v| v.iter().all(|&x| x >= 0.0 || f == f.trunc()));
                real.then(|| scale(d, s, |x| x.powf(f), |x, z| x.powc(z)))
            }
            _ => None,
        },
        (s, Value::Diag(d)) if s.is_scalar() && takes_scalar(d, s) => match (op, s.to_f64()) {
            (Mul, Some(f)) => Some(scale(d, s, |x| f * x, |x, z| z * x)),
            (LeftDiv, Some(f)) => Some(scale(d, s, |x| x / f, |x, z| x / z)),
            _ => None,
        },
        (Value::Diag(d), Value::Array(m)) if m.shape().rank() == 2 && scales(d, m.dtype()) => match op {
            Mul if d.columns == m.shape().rows() => Some(rows(d, m, d.rows, Scale::Multiply)),
            LeftDiv if d.rows == m.shape().rows() => Some(rows(d, m, d.columns, Scale::Divide)),
            _ => None,
        },
        (Value::Array(m), Value::Diag(d)) if m.shape().rank() == 2 && scales(d, m.dtype()) => match op {
            Mul if m.shape().columns() == d.rows => Some(columns(m, d, d.columns, Scale::Multiply)),
            Div if m.shape().columns() == d.columns => Some(columns(m, d, d.rows, Scale::Divide)),
            _ => None,
        },
        _ => None,
    })
}

/// Whether a product with elements of a type only scales them: both are single, or neither is.
fn scales(d: &Diagonal, dtype: DType) -> bool {
    dtype.is_float() && d.diagonal.dtype().is_single() == dtype.is_single()
}

/// Only double diagonals keep their form.
fn both_double(x: &Diagonal, y: &Diagonal) -> bool {
    !x.diagonal.dtype().is_single() && !y.diagonal.dtype().is_single()
}

fn is_complex(x: &Value) -> bool {
    x.dtype().is_some_and(DType::is_complex)
}

fn takes_scalar(d: &Diagonal, s: &Value) -> bool {
    let fits = s.dtype().is_some_and(|t| matches!(t, DType::F64 | DType::C64 | DType::Bool | DType::Char));
    fits && !d.diagonal.dtype().is_single() && !matches!(s, Value::Lazy(_))
}

fn divide_or_zero(x: Complex64, y: Complex64) -> Complex64 {
    if y == Complex64::ZERO {
        Complex64::ZERO
    } else if x.im == 0.0 && y.im == 0.0 {
        Complex64::new(x.re / y.re, 0.0)
    } else {
        x / y
    }
}

/// A diagonal matrix as a value; 1x1 ones are plain scalars.
pub fn value(rows: usize, columns: usize, diagonal: Block) -> Value {
    if rows == 1 && columns == 1 {
        return Value::block(diagonal);
    }
    Value::Diag(Arc::new(Diagonal { rows, columns, diagonal }))
}

fn zip(
    rows: usize,
    columns: usize,
    x: &Diagonal,
    y: &Diagonal,
    f: impl Fn(Complex64, Complex64) -> Complex64,
) -> Value {
    let get =
        |d: &Diagonal, i: usize| if i < d.diagonal.len() { d.diagonal.data().get_c64(i) } else { Complex64::ZERO };
    let elements: Vec<Complex64> = (0..rows.min(columns)).map(|i| f(get(x, i), get(y, i))).collect();
    value(rows, columns, narrowed(elements))
}

fn narrowed(elements: Vec<Complex64>) -> Block {
    if elements.iter().all(|z| z.im == 0.0) {
        Block::column(elements.iter().map(|z| z.re).collect::<Vec<f64>>())
    } else {
        Block::column(elements)
    }
}

fn scale(
    d: &Diagonal,
    s: &Value,
    real: impl Fn(f64) -> f64,
    complex: impl Fn(Complex64, Complex64) -> Complex64,
) -> Value {
    let factor = match s {
        Value::Array(b) => b.data().get_c64(0),
        other => Complex64::new(other.to_f64().unwrap_or(0.0), 0.0),
    };
    let diagonal = match d.diagonal.data() {
        Data::F64(v) if factor.im == 0.0 => Block::column(v.iter().map(|&x| real(x)).collect::<Vec<f64>>()),
        data => narrowed((0..data.len()).map(|i| complex(data.get_c64(i), factor)).collect()),
    };
    value(d.rows, d.columns, diagonal)
}

#[derive(Clone, Copy, PartialEq)]
enum Scale {
    Multiply,
    /// Division by a zero on the diagonal gives zero.
    Divide,
}

/// Row `i` of the result is row `i` of `m` scaled by element `i`; rows beyond the diagonal are zero.
fn rows(d: &Diagonal, m: &Block, out_rows: usize, how: Scale) -> Value {
    scaled(d, m, Shape::matrix(out_rows, m.shape().columns()), how, |i, _| i)
}

/// Column `j` of the result is column `j` of `m` scaled by element `j`.
fn columns(m: &Block, d: &Diagonal, out_columns: usize, how: Scale) -> Value {
    scaled(d, m, Shape::matrix(m.shape().rows(), out_columns), how, |_, j| j)
}

fn scaled(d: &Diagonal, m: &Block, shape: Shape, how: Scale, which: impl Fn(usize, usize) -> usize) -> Value {
    let (rows, columns) = (m.shape().rows(), m.shape().columns());
    let single = d.diagonal.dtype().is_single() || m.dtype().is_single();
    if let (Data::F64(f), Data::F64(x)) = (d.diagonal.data(), m.data()) {
        let data = fill(&shape, rows, columns, f.len(), &which, |k, at| match how {
            Scale::Multiply => f[k] * x[at],
            Scale::Divide if f[k] == 0.0 => 0.0,
            Scale::Divide => x[at] / f[k],
        });
        return Value::block(Block::dense(shape, f64::wrap(data)));
    }
    let (f, x) = (d.diagonal.data(), m.data());
    let data = fill(&shape, rows, columns, f.len(), &which, |k, at| match how {
        Scale::Multiply => times(f.get_c64(k), x.get_c64(at)),
        Scale::Divide => divide_or_zero(x.get_c64(at), f.get_c64(k)),
    });
    let block = narrow(Block::dense(shape, Data::C64(data)));
    Value::block(if single { elementwise::to_single(block) } else { block })
}

fn fill<T: Default>(
    shape: &Shape,
    rows: usize,
    columns: usize,
    len: usize,
    which: impl Fn(usize, usize) -> usize,
    f: impl Fn(usize, usize) -> T,
) -> Vec<T> {
    let mut out = Vec::with_capacity(shape.len());
    for j in 0..shape.columns() {
        for i in 0..shape.rows() {
            let k = which(i, j);
            out.push(if i < rows && j < columns && k < len { f(k, j * rows + i) } else { T::default() });
        }
    }
    out
}

/// Applies a function that keeps zeros to the diagonal alone.
pub fn map(host: &mut dyn Host, d: &Diagonal, f: ScalarFn, span: Span) -> Result<Value> {
    let diagonal = Value::block(d.diagonal.clone());
    let mapped = lazy::elementwise(host, f, &[&diagonal], Who::Function(f.name()), span)?;
    let mapped = host.gather(&mapped)?;
    Ok(value(d.rows, d.columns, mapped.to_block()?.as_ref().clone()))
}

/// `d'`.
pub fn transpose(host: &mut dyn Host, d: &Diagonal, conjugate: bool, span: Span) -> Result<Value> {
    let turned = Diagonal { rows: d.columns, columns: d.rows, diagonal: d.diagonal.clone() };
    if conjugate && d.diagonal.dtype().is_complex() {
        return map(host, &turned, ScalarFn::Conj, span);
    }
    Ok(Value::Diag(Arc::new(turned)))
}

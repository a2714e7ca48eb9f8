//! The operators, for every kind of value.
//!
//! [`binary`], [`unary`] and [`transpose`] are the whole of it: they choose between scalars ([`scalar`]), diagonal
//! matrices ([`diagonal`]), products, divisions and powers of matrices ([`product`], [`divide`], [`power`]) and
//! everything elementwise ([`elementwise`]). Whether an array result is computed at once or becomes a node of the
//! graph is decided in [`lazy`] alone. Nothing here knows names, scopes or syntax.

pub mod colon;
pub mod diagonal;
pub mod divide;
pub mod elementwise;
pub mod lazy;
pub mod lazy_diagonal;
pub mod pick;
pub mod power;
pub mod product;
pub mod run;
pub mod scalar;

use super::Host;
use crate::array::{DType, ScalarFn, Shape};
use crate::diag::{Result, Span};
use crate::fault;
use crate::syntax::ast::{BinaryOp, UnaryOp};
use crate::value::{Cell, Func, Struct, Value};
use std::sync::Arc;

pub use crate::value::convert::narrow;
pub use run::{not_implemented, run};

/// `a op b`.
pub fn binary(host: &mut dyn Host, op: BinaryOp, a: &Value, b: &Value, span: Span) -> Result<Value> {
    if let (Value::Num(x), Value::Num(y)) = (a, b)
        && let Some(z) = scalar::binary(op, *x, *y)
    {
        return Ok(z);
    }
    if a.dtype().is_none() || b.dtype().is_none() {
        return odd_operands(op, a, b);
    }
    if let Some(z) = diagonal::binary(host, op, a, b, span)? {
        return Ok(z);
    }
    let operator = elementwise::Who::Operator(op.symbol());
    match op {
        BinaryOp::Mul if !a.is_scalar() && !b.is_scalar() => product::multiply(host, a, b, span),
        BinaryOp::Div if !b.is_scalar() => divide::right(host, a, b, span),
        BinaryOp::LeftDiv if !a.is_scalar() => divide::left(host, a, b, span),
        BinaryOp::LeftDiv | BinaryOp::ElLeftDiv => lazy::elementwise(host, ScalarFn::Div, &[b, a], operator, span),
        BinaryOp::Pow if !a.is_scalar() || !b.is_scalar() => power::power(host, a, b, span),
        BinaryOp::Lt | BinaryOp::Le | BinaryOp::Gt | BinaryOp::Ge => {
            let (a, b) = (lazy::settled(host, a, span)?, lazy::settled(host, b, span)?);
            lazy::elementwise(host, scalar_function(op), &[&a, &b], operator, span)
        }
        _ => lazy::elementwise(host, scalar_function(op), &[a, b], operator, span),
    }
}

/// The function of two scalars behind an elementwise operator.
fn scalar_function(op: BinaryOp) -> ScalarFn {
    match op {
        BinaryOp::Add => ScalarFn::Add,
        BinaryOp::Sub => ScalarFn::Sub,
        BinaryOp::Mul | BinaryOp::ElMul => ScalarFn::Mul,
        BinaryOp::Div | BinaryOp::ElDiv | BinaryOp::LeftDiv | BinaryOp::ElLeftDiv => ScalarFn::Div,
        BinaryOp::Pow | BinaryOp::ElPow => ScalarFn::Pow,
        BinaryOp::Lt => ScalarFn::Lt,
        BinaryOp::Le => ScalarFn::Le,
        BinaryOp::Eq => ScalarFn::Eq,
        BinaryOp::Ne => ScalarFn::Ne,
        BinaryOp::Ge => ScalarFn::Ge,
        BinaryOp::Gt => ScalarFn::Gt,
        BinaryOp::And => ScalarFn::And,
        BinaryOp::Or => ScalarFn::Or,
    }
}

/// `-x`, `!x`, `+x`.
pub fn unary(host: &mut dyn Host, op: UnaryOp, x: &Value, span: Span) -> Result<Value> {
    let symbol = match op {
        UnaryOp::Plus => "+",
        UnaryOp::Minus => "-",
        UnaryOp::Not => "!",
    };
    match (op, x) {
        (UnaryOp::Minus, Value::Num(v)) => Ok(Value::Num(-v)),
        (UnaryOp::Not, Value::Bool(v)) => Ok(Value::Bool(!v)),
        (UnaryOp::Not, Value::Num(v)) if !v.is_nan() => Ok(Value::Bool(*v == 0.0)),
        (UnaryOp::Minus, Value::Diag(d)) => diagonal::map(host, d, ScalarFn::Neg, span),
        (UnaryOp::Plus, Value::Bool(_) | Value::Char(..)) => {
            lazy::elementwise(host, ScalarFn::Add, &[x, &Value::Num(0.0)], elementwise::Who::Operator(symbol), span)
        }
        (UnaryOp::Plus, Value::Array(b)) if b.dtype() == DType::Bool => {
            lazy::elementwise(host, ScalarFn::Add, &[x, &Value::Num(0.0)], elementwise::Who::Operator(symbol), span)
        }
        (UnaryOp::Plus, _) if x.dtype().is_some() => Ok(x.clone()),
        (UnaryOp::Minus, _) if x.dtype().is_some() => {
            lazy::elementwise(host, ScalarFn::Neg, &[x], elementwise::Who::Operator(symbol), span)
        }
        (UnaryOp::Not, _) if x.dtype().is_some() => {
            lazy::elementwise(host, ScalarFn::Not, &[x], elementwise::Who::Operator(symbol), span)
        }
        _ => Err(fault!("unary operator '{symbol}' not implemented for '{}' operands", x.type_name())),
    }
}

/// `x.'`, or `x'` if `conjugate`.
pub fn transpose(host: &mut dyn Host, x: &Value, conjugate: bool, span: Span) -> Result<Value> {
    let symbol = if conjugate { "'" } else { ".'" };
    match x {
        Value::Num(_) | Value::Bool(_) => return Ok(x.clone()),
        Value::Diag(d) => return diagonal::transpose(host, d, conjugate, span),
        Value::Func(_) | Value::Map(_) | Value::Object(_) => {
            return Err(fault!("unary operator '{symbol}' not implemented for '{}' operands", x.type_name()));
        }
        _ => {}
    }
    let shape = x.shape();
    if shape.rank() != 2 {
        return Err(fault!("transpose not defined for N-D objects")
            .hint("permute (X, [2 1 3]) exchanges the first two dimensions of an N-d array"));
    }
    let (m, n) = (shape.rows(), shape.columns());
    match x {
        Value::Cell(c) => {
            let values = transposed(m, n, |at| c.values[at].clone());
            Ok(Value::Cell(Arc::new(Cell::new(Shape::matrix(n, m), values))))
        }
        Value::Struct(s) => {
            let turned: Struct = s.remap(Shape::matrix(n, m), |column| transposed(m, n, |at| column[at].clone()));
            Ok(Value::Struct(Arc::new(turned)))
        }
        Value::Range(_) if lazy::waits(host, &[], &shape, DType::F64) => {
            let waiting = lazy::value(lazy::as_node(x, span)?);
            transpose(host, &waiting, conjugate, span)
        }
        Value::Lazy(_) => {
            let x = if conjugate && x.dtype().is_some_and(DType::is_complex) {
                lazy::elementwise(host, ScalarFn::Conj, &[x], elementwise::Who::Operator(symbol), span)?
            } else {
                x.clone()
            };
            lazy::permute(host, &x, &[1, 0], span)
        }
        Value::Char(b, quote) => Ok(Value::Char(Arc::new(elementwise::transpose_block(b)), *quote)),
        _ => {
            let block = x.to_block()?;
            if conjugate && block.dtype().is_complex() {
                let turned = Value::block(elementwise::transpose_block(&block));
                return lazy::elementwise(host, ScalarFn::Conj, &[&turned], elementwise::Who::Operator(symbol), span);
            }
            Ok(Value::block(elementwise::transpose_block(&block)))
        }
    }
}

/// Elements of an m x n column-major matrix in the sequence of its transpose.
fn transposed<T>(m: usize, n: usize, get: impl Fn(usize) -> T) -> Vec<T> {
    // Of ten thousand million rows without elements none is looked at.
    if n == 0 {
        return Vec::new();
    }
    (0..m).flat_map(|i| (0..n).map(move |j| j * m + i)).map(get).collect()
}

/// What operands that are no arrays can do: handles and maps compare, the rest is refused.
fn odd_operands(op: BinaryOp, a: &Value, b: &Value) -> Result<Value> {
    if let (Value::Func(f), Value::Func(g)) = (a, b) {
        match op {
            BinaryOp::Eq => return Ok(Value::Bool(same_function(f, g))),
            BinaryOp::Ne => return Ok(Value::Bool(!same_function(f, g))),
            _ => {}
        }
    }
    if let (Value::Map(m), Value::Map(n)) = (a, b) {
        match op {
            BinaryOp::Eq => return Ok(Value::Bool(std::rc::Rc::ptr_eq(&m.0, &n.0))),
            BinaryOp::Ne => return Ok(Value::Bool(!std::rc::Rc::ptr_eq(&m.0, &n.0))),
            _ => {}
        }
    }
    Err(not_implemented(op.symbol(), a, b))
}

fn same_function(f: &Arc<Func>, g: &Arc<Func>) -> bool {
    match (&**f, &**g) {
        (Func::Named(f), Func::Named(g)) => f == g,
        _ => Arc::ptr_eq(f, g),
    }
}

//! Operators on two real double scalars: no allocation, no dispatch on types.

use crate::array::scalar_fn::elementary;
use crate::syntax::ast::BinaryOp;
use crate::value::Value;

/// The result, or `None` where it is not a real number or a truth value (a root of a negative number, the truth of NaN).
#[inline]
pub fn binary(op: BinaryOp, x: f64, y: f64) -> Option<Value> {
    Some(match op {
        BinaryOp::Add => Value::Num(x + y),
        BinaryOp::Sub => Value::Num(x - y),
        BinaryOp::Mul | BinaryOp::ElMul => Value::Num(x * y),
        BinaryOp::Div | BinaryOp::ElDiv => Value::Num(x / y),
        BinaryOp::LeftDiv | BinaryOp::ElLeftDiv => Value::Num(y / x),
        BinaryOp::Pow | BinaryOp::ElPow => return power(x, y).map(Value::Num),
        BinaryOp::Lt => Value::Bool(x < y),
        BinaryOp::Le => Value::Bool(x <= y),
        BinaryOp::Eq => Value::Bool(x == y),
        BinaryOp::Ne => Value::Bool(x != y),
        BinaryOp::Ge => Value::Bool(x >= y),
        BinaryOp::Gt => Value::Bool(x > y),
        BinaryOp::And | BinaryOp::Or if x.is_nan() || y.is_nan() => return None,
        BinaryOp::And => Value::Bool(x != 0.0 && y != 0.0),
        BinaryOp::Or => Value::Bool(x != 0.0 || y != 0.0),
    })
}

/// `x ^ y` where that is real.
#[inline]
pub fn power(x: f64, y: f64) -> Option<f64> {
    if x < 0.0 && y != y.trunc() { None } else { Some(elementary::pow(x, y)) }
}

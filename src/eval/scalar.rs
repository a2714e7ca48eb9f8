//! Arithmetic of unboxed scalars, and what counts as true. No allocation, no session.

use crate::array::{Block, Data};
use crate::bail;
use crate::diag::Result;
use crate::syntax::ast::{BinaryOp, UnaryOp};
use crate::value::Value;

/// The real double in an unboxed scalar.
#[inline(always)]
pub fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Num(x) => Some(*x),
        Value::Bool(x) => Some(*x as u8 as f64),
        _ => None,
    }
}

/// `a op b` of two real doubles, where the answer is a real double or a truth value.
#[inline(always)]
pub fn binary(op: BinaryOp, a: f64, b: f64) -> Option<Value> {
    Some(match op {
        BinaryOp::Add => Value::Num(a + b),
        BinaryOp::Sub => Value::Num(a - b),
        BinaryOp::Mul | BinaryOp::ElMul => Value::Num(a * b),
        BinaryOp::Div | BinaryOp::ElDiv => Value::Num(a / b),
        BinaryOp::LeftDiv | BinaryOp::ElLeftDiv => Value::Num(b / a),
        BinaryOp::Pow | BinaryOp::ElPow => Value::Num(power(a, b)?),
        BinaryOp::And | BinaryOp::Or if a.is_nan() || b.is_nan() => return None,
        BinaryOp::And => Value::Bool(a != 0.0 && b != 0.0),
        BinaryOp::Or => Value::Bool(a != 0.0 || b != 0.0),
        _ => Value::Bool(compare(op, a, b)?),
    })
}

/// A comparison of two real doubles; `None` for other operators.
#[inline(always)]
pub fn compare(op: BinaryOp, a: f64, b: f64) -> Option<bool> {
    Some(match op {
        BinaryOp::Lt => a < b,
        BinaryOp::Le => a <= b,
        BinaryOp::Eq => a == b,
        BinaryOp::Ne => a != b,
        BinaryOp::Ge => a >= b,
        BinaryOp::Gt => a > b,
        _ => return None,
    })
}

/// `None` where the power is complex.
fn power(a: f64, b: f64) -> Option<f64> {
    if b == 2.0 {
        Some(a * a)
    } else if a >= 0.0 || b == b.trunc() || a.is_nan() || b.is_nan() {
        Some(a.powf(b))
    } else {
        None
    }
}

#[inline(always)]
pub fn unary(op: UnaryOp, x: f64) -> Option<Value> {
    Some(match op {
        UnaryOp::Plus => Value::Num(x),
        UnaryOp::Minus => Value::Num(-x),
        UnaryOp::Not if x.is_nan() => return None,
        UnaryOp::Not => Value::Bool(x == 0.0),
    })
}

/// Whether a value counts as true: not empty, and no element zero. Lazy arrays must be gathered first.
#[inline]
pub fn truth(value: &Value) -> Result<bool> {
    match value {
        Value::Bool(x) => Ok(*x),
        Value::Num(x) if !x.is_nan() => Ok(*x != 0.0),
        Value::Num(_) => Err(nan_is_no_truth()),
        Value::Array(block) | Value::Char(block, _) => all_true(block),
        Value::Range(range) => Ok(!range.is_empty() && range.iter().all(|x| x != 0.0)),
        Value::Diag(diagonal) => all_true(&diagonal.full()),
        Value::Cell(_) => bail!("invalid conversion from cell array to logical value"),
        Value::Struct(_) | Value::Func(_) | Value::Map(_) => Ok(false),
        Value::Lazy(_) => bail!("a large array must be gathered before it can be tested: use gather (X)"),
    }
}

fn all_true(block: &Block) -> Result<bool> {
    let nan = match block.data() {
        Data::F64(v) => v.iter().any(|x| x.is_nan()),
        Data::F32(v) => v.iter().any(|x| x.is_nan()),
        Data::C64(v) => v.iter().any(|z| z.re.is_nan() || z.im.is_nan()),
        Data::C32(v) => v.iter().any(|z| z.re.is_nan() || z.im.is_nan()),
        _ => false,
    };
    if nan {
        return Err(nan_is_no_truth());
    }
    let all = match block.data() {
        Data::Bool(v) => v.iter().all(|&x| x),
        Data::C64(v) => v.iter().all(|z| z.re != 0.0 || z.im != 0.0),
        Data::C32(v) => v.iter().all(|z| z.re != 0.0 || z.im != 0.0),
        other => (0..other.len()).all(|at| other.get_f64(at) != 0.0),
    };
    Ok(all && !block.is_empty())
}

fn nan_is_no_truth() -> crate::diag::Fault {
    crate::fault!("invalid conversion from NaN to logical")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_leave_the_reals_only_for_fractions_of_negatives() {
        assert_eq!(power(-8.0, 1.0 / 3.0), None);
        assert_eq!(power(-2.0, 3.0), Some(-8.0));
        assert_eq!(power(-2.0, f64::INFINITY), Some(f64::INFINITY));
    }

    #[test]
    fn empty_is_false_and_nan_is_neither() {
        assert!(!truth(&Value::empty()).unwrap());
        assert!(truth(&Value::row(vec![1.0, 2.0])).unwrap());
        assert!(!truth(&Value::row(vec![1.0, 0.0])).unwrap());
        assert!(truth(&Value::Num(f64::NAN)).is_err());
    }
}

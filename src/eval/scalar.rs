//! Arithmetic of unboxed scalars, and what counts as true. No allocation, no session.

use crate::array::{Block, Data, Shape};
use crate::bail;
use crate::diag::Result;
use crate::syntax::ast::{BinaryOp, UnaryOp};
use crate::value::{Quote, Value, gather_first};
use std::sync::{Arc, OnceLock};

/// The real double in an unboxed scalar or a single character.
#[inline(always)]
pub fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Num(x) => Some(*x),
        Value::Bool(x) => Some(*x as u8 as f64),
        Value::Char(block, _) if block.len() == 1 => Some(block.data().get_f64(0)),
        _ => None,
    }
}

/// One character. All of them are made once, so that walking through a text allocates nothing.
pub fn letter(byte: u8, quote: Quote) -> Value {
    static LETTERS: OnceLock<Vec<Arc<Block>>> = OnceLock::new();
    let letters = LETTERS.get_or_init(|| {
        let one = |byte| Arc::new(Block::dense(Shape::scalar(), Data::Char(vec![byte])));
        (0..=u8::MAX).map(one).collect()
    });
    Value::Char(letters[byte as usize].clone(), quote)
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
        Value::Range(range) => Ok(!range.is_empty() && !range.has_zero()),
        Value::Diag(diagonal) => all_true(&diagonal.full()?),
        Value::Cell(_) => bail!("invalid conversion from cell array to logical value"),
        Value::Struct(_) | Value::Func(_) | Value::Map(_) | Value::Object(_) => Ok(false),
        Value::Lazy(_) => Err(gather_first("tested")),
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
    fn empty_is_false_and_nan_is_neither() {
        assert!(!truth(&Value::empty()).unwrap());
        assert!(truth(&Value::row(vec![1.0, 2.0])).unwrap());
        assert!(!truth(&Value::row(vec![1.0, 0.0])).unwrap());
        assert!(truth(&Value::Num(f64::NAN)).is_err());
    }
}

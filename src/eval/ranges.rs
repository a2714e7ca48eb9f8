//! `start:step:stop` of any operands.

use crate::array::{Block, DType, Data, Shape};
use crate::bail;
use crate::diag::Result;
use crate::value::{Range, Value};
use std::sync::Arc;

/// Doubles make a range that stays one; integers and singles a row of their type; two characters a row of text.
/// Of an operand that is no scalar the first element counts; an empty one makes an empty range.
pub fn range(start: &Value, step: Option<&Value>, stop: &Value) -> Result<Value> {
    if let (Value::Num(a), None | Some(Value::Num(_)), Value::Num(b)) = (start, step, stop) {
        let s = step.map_or(1.0, |s| s.to_f64().unwrap_or(1.0));
        return Ok(Value::Range(Arc::new(Range::new(*a, s, *b))));
    }
    let operands = [Some(start), step, Some(stop)];
    let mut numbers = [0.0, 1.0, 0.0];
    let mut result = DType::F64;
    for (at, operand) in operands.iter().enumerate() {
        let Some(value) = operand else { continue };
        let Some(dtype) = value.dtype() else { bail!("invalid types found in range expression") };
        if dtype.is_integer() || (dtype.is_single() && !result.is_integer()) {
            result = dtype.real();
        }
        if value.is_empty() {
            return Ok(Value::block(Block::dense(Shape::matrix(1, 0), Data::F64(Vec::new()))));
        }
        numbers[at] = value.to_block()?.data().get_f64(0);
    }
    let range = Range::new(numbers[0], numbers[1], numbers[2]);
    let both_text = matches!((start, stop), (Value::Char(..), Value::Char(..)));
    if both_text {
        result = DType::Char;
    } else if result == DType::F64 {
        return Ok(Value::Range(Arc::new(range)));
    }
    Ok(Value::block(Block::dense(Shape::matrix(1, range.len()), elements(&range, result))))
}

/// The elements converted to a type, rounded where it holds whole numbers only.
fn elements(range: &Range, dtype: DType) -> Data {
    macro_rules! whole {
        ($variant:ident, $t:ty) => {
            Data::$variant(range.iter().map(|x| x.round() as $t).collect())
        };
    }
    match dtype {
        DType::F32 => Data::F32(range.iter().map(|x| x as f32).collect()),
        DType::I8 => whole!(I8, i8),
        DType::I16 => whole!(I16, i16),
        DType::I32 => whole!(I32, i32),
        DType::I64 => whole!(I64, i64),
        DType::U8 => whole!(U8, u8),
        DType::U16 => whole!(U16, u16),
        DType::U32 => whole!(U32, u32),
        DType::U64 => whole!(U64, u64),
        DType::Char => whole!(Char, u8),
        _ => Data::F64(range.iter().collect()),
    }
}

//! `start:step:stop` of any operands.

use crate::array::{Block, DType, Data, Shape, room};
use crate::bail;
use crate::diag::Result;
use crate::value::{Range, Value};
use std::sync::Arc;

/// Doubles make a range that stays one; integers and singles a row of their type; text a row of text. Of an operand
/// that is no scalar the first element counts; an empty one makes an empty range. A range without an end is an error.
pub fn range(start: &Value, step: Option<&Value>, stop: &Value) -> Result<Value> {
    let value = loop_range(start, step, stop)?;
    match &value {
        Value::Range(range) if range.is_endless() => {
            bail!("range with infinite number of elements cannot be stored")
        }
        _ => Ok(value),
    }
}

/// As [`range`] for a loop, which may have no end.
pub fn loop_range(start: &Value, step: Option<&Value>, stop: &Value) -> Result<Value> {
    if let (Value::Num(a), None | Some(Value::Num(_)), Value::Num(b)) = (start, step, stop) {
        let s = step.map_or(1.0, |s| s.to_f64().unwrap_or(1.0));
        return Ok(Value::Range(Arc::new(Range::new(*a, s, *b))));
    }
    let mut numbers = [0.0, 1.0, 0.0];
    let mut class = DType::F64;
    for (at, operand) in [Some(start), step, Some(stop)].into_iter().enumerate() {
        let Some(value) = operand else { continue };
        let dtype = match value.dtype() {
            None | Some(DType::Bool) => bail!("invalid types found in range expression"),
            Some(dtype) => dtype.real(),
        };
        class = match (class, dtype) {
            (whole, DType::F64) | (DType::F64, whole) => whole,
            (a, b) if a == b => a,
            // A step given as a character is a number.
            (whole, DType::Char) if at == 1 => whole,
            (DType::Char, DType::F32) | (DType::F32, DType::Char) => DType::Char,
            _ => bail!("incompatible types found in range expression"),
        };
        if value.is_empty() {
            return Ok(Value::block(Block::dense(Shape::matrix(1, 0), Data::F64(Vec::new()))));
        }
        numbers[at] = value.to_block()?.data().get_f64(0);
    }
    if class.is_integer() {
        return whole_range(class, start, step, stop);
    }
    let range = Range::new(numbers[0], numbers[1], numbers[2]);
    if class == DType::F64 {
        return Ok(Value::Range(Arc::new(range)));
    }
    if range.is_endless() {
        bail!("range with infinite number of elements cannot be stored");
    }
    room::check(&Shape::matrix(1, range.len()), class.size())?;
    let data = match class {
        DType::F32 => Data::F32(range.iter().map(|x| x as f32).collect()),
        _ => Data::Char(range.iter().map(|x| x as u8).collect()),
    };
    Ok(Value::block(Block::dense(Shape::matrix(1, range.len()), data)))
}

/// A range of an integer type. Its ends are of that type or doubles that fit it exactly; the step may be larger.
fn whole_range(class: DType, start: &Value, step: Option<&Value>, stop: &Value) -> Result<Value> {
    let (least, most) = limits(class);
    let exact = |x: &Value| -> Result<Option<i128>> {
        Ok(match x.to_block()?.data() {
            Data::I64(v) => Some(v[0] as i128),
            Data::U64(v) => Some(v[0] as i128),
            data => {
                let x = data.get_f64(0);
                (x == x.trunc() && x.abs() < 1e20).then_some(x as i128)
            }
        })
    };
    let end = |x: &Value, what: &str| match exact(x)? {
        Some(v) if (least..=most).contains(&v) => Ok(v),
        _ => bail!("colon operator {what} bound invalid (not an integer or out of range for given integer type)"),
    };
    let first = end(start, "lower")?;
    let last = end(stop, "upper")?;
    let step = match step.map(&exact).transpose()? {
        None => 1,
        Some(Some(step)) => step,
        Some(None) => bail!("colon operator increment invalid (not an integer)"),
    };
    let count = if step == 0 || (last - first).signum() == -step.signum() { 0 } else { (last - first) / step + 1 };
    let shape = Shape::matrix(1, usize::try_from(count).unwrap_or(usize::MAX));
    room::check(&shape, class.size())?;
    let elements = (0..count).map(|k| first + k * step);
    macro_rules! row {
        ($($variant:ident $t:ty),*) => {
            match class {
                $(DType::$variant => Data::$variant(elements.map(|x| x as $t).collect()),)*
                _ => Data::F64(elements.map(|x| x as f64).collect()),
            }
        };
    }
    let data = row!(I8 i8, I16 i16, I32 i32, I64 i64, U8 u8, U16 u16, U32 u32, U64 u64);
    Ok(Value::block(Block::dense(shape, data)))
}

/// The least and the largest number of an integer type.
fn limits(class: DType) -> (i128, i128) {
    match class {
        DType::I8 => (i8::MIN as i128, i8::MAX as i128),
        DType::I16 => (i16::MIN as i128, i16::MAX as i128),
        DType::I32 => (i32::MIN as i128, i32::MAX as i128),
        DType::I64 => (i64::MIN as i128, i64::MAX as i128),
        DType::U8 => (0, u8::MAX as i128),
        DType::U16 => (0, u16::MAX as i128),
        DType::U32 => (0, u32::MAX as i128),
        _ => (0, u64::MAX as i128),
    }
}

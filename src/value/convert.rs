//! Conversion between element types, and the truth of a value.
//!
//! To integers: round half away from zero, saturate, NaN becomes 0. Between integers no step goes through doubles.

use super::Value;
use crate::array::{Block, Complex32, Complex64, DType, Data, Shape};
use crate::diag::Result;
use crate::{bail, each_data};

/// An integer type that takes what fits and saturates where it does not.
trait Integer {
    fn from_float(x: f64) -> Self;
    fn from_wide(x: i128) -> Self;
}

macro_rules! integers {
    ($($t:ty),*) => {$(
        impl Integer for $t {
            fn from_float(x: f64) -> $t { x as $t }
            fn from_wide(x: i128) -> $t { x.clamp(<$t>::MIN as i128, <$t>::MAX as i128) as $t }
        }
        impl Scalar for $t {
            fn real(self) -> f64 { self as f64 }
            fn integer<I: Integer>(self) -> I { I::from_wide(self as i128) }
        }
    )*};
}
integers!(i8, i16, i32, i64, u8, u16, u32, u64);

/// A scalar that can become any other.
trait Scalar: Copy {
    fn real(self) -> f64;
    fn complex(self) -> Complex64 {
        Complex64::new(self.real(), 0.0)
    }
    /// The value as an integer: rounded half away from zero, saturated.
    fn integer<I: Integer>(self) -> I {
        I::from_float(self.real().round())
    }
    fn truth(self) -> bool {
        self.real() != 0.0
    }
}

impl Scalar for f64 {
    fn real(self) -> f64 {
        self
    }
}

impl Scalar for f32 {
    fn real(self) -> f64 {
        self as f64
    }
}

impl Scalar for bool {
    fn real(self) -> f64 {
        self as u8 as f64
    }
}

impl Scalar for Complex64 {
    fn real(self) -> f64 {
        self.re
    }
    fn complex(self) -> Complex64 {
        self
    }
    fn truth(self) -> bool {
        self.re != 0.0 || self.im != 0.0
    }
}

impl Scalar for Complex32 {
    fn real(self) -> f64 {
        self.re as f64
    }
    fn complex(self) -> Complex64 {
        Complex64::new(self.re as f64, self.im as f64)
    }
    fn truth(self) -> bool {
        self.re != 0.0 || self.im != 0.0
    }
}

fn to_data<T: Scalar>(v: &[T], dtype: DType) -> Data {
    match dtype {
        DType::F64 => Data::F64(v.iter().map(|x| x.real()).collect()),
        DType::F32 => Data::F32(v.iter().map(|x| x.real() as f32).collect()),
        DType::I8 => Data::I8(v.iter().map(|x| x.integer()).collect()),
        DType::I16 => Data::I16(v.iter().map(|x| x.integer()).collect()),
        DType::I32 => Data::I32(v.iter().map(|x| x.integer()).collect()),
        DType::I64 => Data::I64(v.iter().map(|x| x.integer()).collect()),
        DType::U8 => Data::U8(v.iter().map(|x| x.integer()).collect()),
        DType::U16 => Data::U16(v.iter().map(|x| x.integer()).collect()),
        DType::U32 => Data::U32(v.iter().map(|x| x.integer()).collect()),
        DType::U64 => Data::U64(v.iter().map(|x| x.integer()).collect()),
        DType::Bool => Data::Bool(v.iter().map(|x| x.truth()).collect()),
        // Characters take the whole part, as C does.
        DType::Char => Data::Char(v.iter().map(|x| x.real() as u8).collect()),
        DType::C64 => Data::C64(v.iter().map(|x| x.complex()).collect()),
        DType::C32 => Data::C32(
            v.iter()
                .map(|x| {
                    let z = x.complex();
                    Complex32::new(z.re as f32, z.im as f32)
                })
                .collect(),
        ),
    }
}

/// A column-major block in another element type; complex to real keeps the real part.
pub fn to_dtype(block: &Block, dtype: DType) -> Block {
    if block.dtype() == dtype {
        return block.clone();
    }
    Block::new(block.shape().clone(), block.order(), each_data!(block.data(), v => to_data(v, dtype)))
}

/// A complex block without any imaginary part as a real one, as every result of the language is narrowed.
pub fn narrow(block: Block) -> Block {
    let real = match block.data() {
        Data::C64(v) => v.iter().all(|z| z.im == 0.0),
        Data::C32(v) => v.iter().all(|z| z.im == 0.0),
        _ => false,
    };
    if real { to_dtype(&block, block.dtype().real()) } else { block }
}

/// A value as a dense block of one element type.
///
/// # Errors
/// As [`Value::to_block`].
pub fn block_as(value: &Value, dtype: DType) -> Result<Block> {
    Ok(to_dtype(&*value.to_block()?, dtype))
}

/// The truth of a condition: every element is nonzero and there is at least one.
///
/// # Errors
/// NaN and cell arrays have no truth value.
pub fn is_true(value: &Value) -> Result<bool> {
    let block = match value {
        Value::Bool(x) => return Ok(*x),
        Value::Num(x) if x.is_nan() => bail!("invalid conversion from NaN to logical"),
        Value::Num(x) => return Ok(*x != 0.0),
        Value::Range(range) => {
            let zero = -range.start / range.step;
            let passes = zero >= 0.0 && zero < range.len() as f64 && range.get(zero.round() as usize) == 0.0;
            if range.start.is_nan() {
                bail!("invalid conversion from NaN to logical");
            }
            return Ok(!range.is_empty() && !passes && (range.start != 0.0));
        }
        Value::Cell(_) => bail!("invalid conversion from cell array to logical value"),
        Value::Struct(_) | Value::Func(_) | Value::Map(_) | Value::Object(_) => return Ok(false),
        Value::Array(_) | Value::Char(..) | Value::Diag(_) | Value::Lazy(_) => value.to_block()?,
    };
    if has_nan(&block) {
        bail!("invalid conversion from NaN to logical");
    }
    Ok(!block.is_empty() && each_data!(block.data(), v => v.iter().all(|x| x.truth())))
}

/// Whether an element is NaN, or a part of it.
pub fn has_nan(block: &Block) -> bool {
    match block.data() {
        Data::F64(v) => v.iter().any(|x| x.is_nan()),
        Data::F32(v) => v.iter().any(|x| x.is_nan()),
        Data::C64(v) => v.iter().any(|z| z.re.is_nan() || z.im.is_nan()),
        Data::C32(v) => v.iter().any(|z| z.re.is_nan() || z.im.is_nan()),
        _ => false,
    }
}

/// Rows of text as a character matrix, shorter ones padded with blanks.
pub fn char_matrix(rows: &[impl AsRef<[u8]>]) -> Block {
    let width = rows.iter().map(|row| row.as_ref().len()).max().unwrap_or(0);
    let mut data = vec![b' '; rows.len() * width];
    for (i, row) in rows.iter().enumerate() {
        for (j, &byte) in row.as_ref().iter().enumerate() {
            data[i + j * rows.len()] = byte;
        }
    }
    Block::dense(Shape::matrix(rows.len(), width), Data::Char(data))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_round_and_saturate() {
        let from = Block::row(vec![2.5, -2.5, 1e9, f64::NAN, -0.4]);
        assert_eq!(to_dtype(&from, DType::I8).slice::<i8>(), Some(&[3i8, -3, 127, 0, 0][..]));
        assert_eq!(to_dtype(&from, DType::U8).slice::<u8>(), Some(&[3u8, 0, 255, 0, 0][..]));
        let wide = Block::row(vec![i64::MAX, i64::MIN]);
        assert_eq!(to_dtype(&wide, DType::U64).slice::<u64>(), Some(&[i64::MAX as u64, 0][..]));
    }

    #[test]
    fn truth() {
        assert!(!is_true(&Value::empty()).unwrap());
        assert!(is_true(&Value::text("a")).unwrap());
        assert!(!is_true(&Value::row(vec![1.0, 0.0])).unwrap());
        assert!(is_true(&Value::Num(f64::NAN)).is_err());
        assert!(!is_true(&Value::Range(std::sync::Arc::new(super::super::Range::new(-2.0, 1.0, 3.0)))).unwrap());
        assert!(is_true(&Value::Range(std::sync::Arc::new(super::super::Range::new(1.0, 1.0, 3.0)))).unwrap());
    }
}

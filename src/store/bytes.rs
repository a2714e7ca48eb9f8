//! Elements as bytes and back: the one place where typed buffers meet files.
//!
//! Every buffer that reaches a reader is initialised memory of its own type; `logical` elements, whose bytes may only
//! be 0 or 1, are read as bytes and normalised. Knows no files and no formats.

use crate::array::{DType, Data, Pool};
use crate::diag::Result;

#[cfg(target_endian = "big")]
compile_error!("elements are written as they lie in memory, which the formats here call little-endian");

/// A pooled buffer of `len` elements whose bytes (in the byte order of the machine) `fill` has written.
pub fn read_into(pool: &Pool, dtype: DType, len: usize, fill: impl FnOnce(&mut [u8]) -> Result<()>) -> Result<Data> {
    let carrier = if dtype == DType::Bool { DType::U8 } else { dtype };
    let mut data = pool.take(carrier, len);
    fill(view_mut(&mut data))?;
    Ok(match (dtype, data) {
        // The collection happens in place: no second buffer.
        (DType::Bool, Data::U8(bytes)) => Data::Bool(bytes.into_iter().map(|b| b != 0).collect()),
        (_, data) => data,
    })
}

/// The bytes of any buffer but a logical one, whose elements cannot hold any byte.
fn view_mut(data: &mut Data) -> &mut [u8] {
    match data {
        Data::F64(v) => bytemuck::cast_slice_mut(v),
        Data::F32(v) => bytemuck::cast_slice_mut(v),
        Data::I8(v) => bytemuck::cast_slice_mut(v),
        Data::I16(v) => bytemuck::cast_slice_mut(v),
        Data::I32(v) => bytemuck::cast_slice_mut(v),
        Data::I64(v) => bytemuck::cast_slice_mut(v),
        Data::U8(v) | Data::Char(v) => v,
        Data::U16(v) => bytemuck::cast_slice_mut(v),
        Data::U32(v) => bytemuck::cast_slice_mut(v),
        Data::U64(v) => bytemuck::cast_slice_mut(v),
        Data::C64(v) => bytemuck::cast_slice_mut(v),
        Data::C32(v) => bytemuck::cast_slice_mut(v),
        Data::Bool(_) => unreachable!("logical elements are read through bytes"),
    }
}

/// A pooled buffer of plain bytes, for what is read only to be decoded.
pub fn scratch(pool: &Pool, len: usize) -> Vec<u8> {
    match pool.take(DType::U8, len) {
        Data::U8(bytes) => bytes,
        _ => vec![0; len],
    }
}

/// Gives a buffer of [`scratch`] back.
pub fn give_back(pool: &Pool, bytes: Vec<u8>) {
    let shape = crate::array::Shape::matrix(bytes.len(), 1);
    pool.give(crate::array::Block::dense(shape, Data::U8(bytes)));
}

/// Reverses the bytes of every number (both halves of a complex one apart).
pub fn swap(bytes: &mut [u8], dtype: DType) {
    match dtype.real().size() {
        2 => bytes.as_chunks_mut::<2>().0.iter_mut().for_each(|b| b.reverse()),
        4 => bytes.as_chunks_mut::<4>().0.iter_mut().for_each(|b| b.reverse()),
        8 => bytes.as_chunks_mut::<8>().0.iter_mut().for_each(|b| b.reverse()),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::array::Complex32;

    #[test]
    fn logical_bytes_are_normalised() {
        let data = read_into(&Pool::new(), DType::Bool, 3, |b| {
            b.copy_from_slice(&[0, 1, 255]);
            Ok(())
        });
        assert_eq!(data.unwrap(), Data::Bool(vec![false, true, true]));
    }

    #[test]
    fn swap_turns_both_halves_of_a_complex_number() {
        let value = [Complex32::new(1.5, -2.0)];
        let mut bytes: Vec<u8> = [1.5f32.to_be_bytes(), (-2.0f32).to_be_bytes()].concat();
        swap(&mut bytes, DType::C32);
        assert_eq!(bytes, bytemuck::cast_slice::<_, u8>(&value));
    }
}

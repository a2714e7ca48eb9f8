//! The names NumPy has for element types, which `.npy` files and Zarr version 2 share: `<f8`, `|b1`, `>c16`.

use crate::array::DType;
use crate::diag::Fault;
use crate::fault;

/// The fault for an array of elements that the language has no type for.
pub fn foreign_type(array: &str, element: &str) -> Fault {
    fault!("{array}: holds elements of type {element}, which arr has no type for")
        .hint("readable are bool, int8 to int64, uint8 to uint64, float32, float64, complex64 and complex128")
}

/// The type of a name, and whether its numbers are big-endian. `None` for types we have no elements for.
pub fn parse(name: &str) -> Option<(DType, bool)> {
    let (mark, kind) = name.split_at_checked(1)?;
    let big = match mark {
        "<" | "|" | "=" => false,
        ">" => true,
        _ => return None,
    };
    let dtype = DType::ALL.into_iter().filter(|d| *d != DType::Char).find(|d| code(*d) == kind)?;
    // A number of several bytes must say its byte order.
    (mark != "|" || dtype.real().size() == 1).then_some((dtype, big))
}

/// The little-endian name of a type. Text is written as its bytes.
pub fn little_endian(dtype: DType) -> String {
    format!("{}{}", if dtype.real().size() == 1 { '|' } else { '<' }, code(dtype))
}

fn code(dtype: DType) -> &'static str {
    match dtype {
        DType::F64 => "f8",
        DType::F32 => "f4",
        DType::I8 => "i1",
        DType::I16 => "i2",
        DType::I32 => "i4",
        DType::I64 => "i8",
        DType::U8 | DType::Char => "u1",
        DType::U16 => "u2",
        DType::U32 => "u4",
        DType::U64 => "u8",
        DType::Bool => "b1",
        DType::C64 => "c16",
        DType::C32 => "c8",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_types_match() {
        for dtype in DType::ALL {
            let back = if dtype == DType::Char { DType::U8 } else { dtype };
            assert_eq!(parse(&little_endian(dtype)), Some((back, false)));
        }
        assert_eq!(parse(">c16"), Some((DType::C64, true)));
        for wrong in ["", "f8", "|f8", "<M8[ns]", "<U4", "|O", "<f2", "é8"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}

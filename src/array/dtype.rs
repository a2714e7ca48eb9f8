//! Element types.

use serde::{Deserialize, Serialize};

/// The type of an array's elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum DType {
    F64,
    F32,
    I8,
    I16,
    I32,
    I64,
    U8,
    U16,
    U32,
    U64,
    Bool,
    /// One byte of text.
    Char,
    /// Complex double.
    C64,
    /// Complex single.
    C32,
}

impl DType {
    pub const ALL: [DType; 14] = [
        DType::F64,
        DType::F32,
        DType::I8,
        DType::I16,
        DType::I32,
        DType::I64,
        DType::U8,
        DType::U16,
        DType::U32,
        DType::U64,
        DType::Bool,
        DType::Char,
        DType::C64,
        DType::C32,
    ];

    /// Bytes of one element.
    pub const fn size(self) -> usize {
        match self {
            DType::C64 => 16,
            DType::F64 | DType::I64 | DType::U64 | DType::C32 => 8,
            DType::F32 | DType::I32 | DType::U32 => 4,
            DType::I16 | DType::U16 => 2,
            DType::I8 | DType::U8 | DType::Bool | DType::Char => 1,
        }
    }

    /// What `class(x)` says.
    pub const fn class(self) -> &'static str {
        match self {
            DType::F64 | DType::C64 => "double",
            DType::F32 | DType::C32 => "single",
            DType::I8 => "int8",
            DType::I16 => "int16",
            DType::I32 => "int32",
            DType::I64 => "int64",
            DType::U8 => "uint8",
            DType::U16 => "uint16",
            DType::U32 => "uint32",
            DType::U64 => "uint64",
            DType::Bool => "logical",
            DType::Char => "char",
        }
    }

    /// The real type of a class name; `None` for names that are no numeric, logical or char class.
    pub fn from_class(name: &str) -> Option<DType> {
        Some(match name {
            "double" => DType::F64,
            "single" => DType::F32,
            "int8" => DType::I8,
            "int16" => DType::I16,
            "int32" => DType::I32,
            "int64" => DType::I64,
            "uint8" => DType::U8,
            "uint16" => DType::U16,
            "uint32" => DType::U32,
            "uint64" => DType::U64,
            "logical" => DType::Bool,
            "char" => DType::Char,
            _ => return None,
        })
    }

    pub const fn is_complex(self) -> bool {
        matches!(self, DType::C64 | DType::C32)
    }

    /// Double or single, real or complex.
    pub const fn is_float(self) -> bool {
        matches!(self, DType::F64 | DType::F32 | DType::C64 | DType::C32)
    }

    /// One of the eight integer types.
    pub const fn is_integer(self) -> bool {
        matches!(
            self,
            DType::I8 | DType::I16 | DType::I32 | DType::I64 | DType::U8 | DType::U16 | DType::U32 | DType::U64
        )
    }

    pub const fn is_single(self) -> bool {
        matches!(self, DType::F32 | DType::C32)
    }

    /// The type of the real part.
    pub const fn real(self) -> DType {
        match self {
            DType::C64 => DType::F64,
            DType::C32 => DType::F32,
            other => other,
        }
    }

    /// The complex type of the same precision (double for everything but single).
    pub const fn complex(self) -> DType {
        match self {
            DType::F32 | DType::C32 => DType::C32,
            _ => DType::C64,
        }
    }

    /// The value range of an integer type as doubles (the ends of the 64-bit types round to 2^63 and 2^64).
    pub fn integer_range(self) -> Option<(f64, f64)> {
        Some(match self {
            DType::I8 => (i8::MIN as f64, i8::MAX as f64),
            DType::I16 => (i16::MIN as f64, i16::MAX as f64),
            DType::I32 => (i32::MIN as f64, i32::MAX as f64),
            DType::I64 => (i64::MIN as f64, i64::MAX as f64),
            DType::U8 => (0.0, u8::MAX as f64),
            DType::U16 => (0.0, u16::MAX as f64),
            DType::U32 => (0.0, u32::MAX as f64),
            DType::U64 => (0.0, u64::MAX as f64),
            _ => return None,
        })
    }
}

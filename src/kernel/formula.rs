//! Arrays that are formulas: any part of them can be made at any time, and twice the same.

use crate::array::DType;
use serde::{Deserialize, Serialize};

/// An array whose elements follow from their position. `bits` are those of a double.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Formula {
    /// All elements equal.
    Fill { bits: u64, dtype: DType },
    /// `start + step * i` where i counts elements in column-major sequence; element `len-1` is exactly `last`.
    Linear { start: u64, step: u64, last: u64 },
    /// Ones on the main diagonal.
    Eye { dtype: DType },
    /// Uniform on (0, 1): Philox 4x32-10 keyed by seed and call, counted by the element's column-major position.
    Rand { seed: u64, call: u64, dtype: DType },
    /// Standard normal, from the same generator.
    Randn { seed: u64, call: u64, dtype: DType },
    /// Uniform integers `low..=high` (as doubles' bits).
    Randi { seed: u64, call: u64, low: u64, high: u64, dtype: DType },
}

impl Formula {
    pub fn dtype(&self) -> DType {
        match self {
            Formula::Fill { dtype, .. }
            | Formula::Eye { dtype }
            | Formula::Rand { dtype, .. }
            | Formula::Randn { dtype, .. }
            | Formula::Randi { dtype, .. } => *dtype,
            Formula::Linear { .. } => DType::F64,
        }
    }
}

//! What a subscript of a large array takes of its axis: a slice, or a list of places.

use crate::ir::AxisSlice;
use crate::value::index::Subscript;

/// What one subscript takes of its axis.
pub enum Pick {
    Slice(AxisSlice),
    List(Vec<u64>),
}

impl Pick {
    /// A subscript within an extent. A list that is evenly spaced is a slice.
    pub fn new(sub: &Subscript, extent: usize) -> Pick {
        let at = match *sub {
            Subscript::Colon => return Pick::Slice(AxisSlice::all(extent)),
            Subscript::One(start) => return Pick::Slice(AxisSlice { start, step: 1, len: 1 }),
            Subscript::Run { start, step, len } => return Pick::Slice(AxisSlice { start, step, len }),
            Subscript::List { ref at, .. } => at,
        };
        let step = match at.as_slice() {
            [] => return Pick::Slice(AxisSlice { start: 0, step: 1, len: 0 }),
            [one] => return Pick::Slice(AxisSlice { start: *one, step: 1, len: 1 }),
            [a, b, ..] => *b as isize - *a as isize,
        };
        if step != 0 && at.windows(2).all(|w| w[1] as isize - w[0] as isize == step) {
            return Pick::Slice(AxisSlice { start: at[0], step, len: at.len() });
        }
        Pick::List(at.iter().map(|&p| p as u64).collect())
    }
}

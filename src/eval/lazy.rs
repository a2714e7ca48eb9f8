//! Large arrays in the walker: indexed and assigned without being computed, shown by their corner.

use super::interp::Interp;
use crate::builtin::{Host, lazy_index};
use crate::diag::{Result, Span};
use crate::fault;
use crate::ir::{AxisSlice, Node, Op};
use crate::value::index::Index;
use crate::value::{Lazy, Value, display};

/// An array of at most this many elements is shown whole, as if it were dense.
const SHOWN_WHOLE: usize = 10_000;

/// Rows and columns of the corner that stands for a larger one.
const CORNER: [usize; 2] = [6, 8];

/// `base(indices)`.
pub fn index(interp: &mut Interp, base: &Lazy, indices: &[Index], span: Span) -> Result<Value> {
    lazy_index::index(interp, base, indices, span).map_err(|fault| fault.at(span))
}

/// `base(indices) = value`: the changed array.
pub fn assign(interp: &mut Interp, base: &Lazy, indices: &[Index], value: &Value, span: Span) -> Result<Value> {
    lazy_index::assign(interp, base, indices, value, span).map_err(|fault| fault.at(span))
}

/// Prints `name = ...`: a small array whole, a large one by what is known of it and its corner. Only what is shown is
/// computed.
pub fn show(interp: &mut Interp, name: &str, lazy: &Lazy) -> Result<()> {
    if interp.arrays().explained(&lazy.0)? {
        return Ok(());
    }
    let unwritten = |error| fault!("cannot write the output: {error}");
    if lazy.shape().len() <= SHOWN_WHOLE {
        let dense = interp.gather(&Value::Lazy(lazy.clone()))?;
        let settings = interp.settings().clone();
        return display::display(name, &dense, &settings, interp.out()).map_err(unwritten);
    }
    let axes = lazy
        .shape()
        .iter()
        .enumerate()
        .map(|(axis, &extent)| AxisSlice { start: 0, step: 1, len: extent.min(CORNER.get(axis).copied().unwrap_or(1)) })
        .collect();
    let corner = Node::new(Op::Slice { axes }, std::slice::from_ref(&lazy.0), lazy.0.span)?;
    let blocks = interp.arrays().force(&[corner])?;
    let settings = interp.settings().clone();
    match blocks.first() {
        Some(block) => display::corner(name, lazy, block, &settings, interp.out()).map_err(unwritten),
        None => Ok(()),
    }
}

//! Large arrays in the walker: indexed and assigned without being computed, shown by their corner.

use super::assign::Action;
use super::interp::Interp;
use crate::builtin::large::index::assign::SMALL_SHARE;
use crate::builtin::large::words::shown_whole;
use crate::builtin::{Host, large};
use crate::diag::{Result, Span};
use crate::fault;
use crate::ir::{AxisSlice, Node, Op};
use crate::value::index::Index;
use crate::value::{GATHER_FIRST, Lazy, Value, assign, display};

/// Rows and columns of the corner that stands for a larger one.
const CORNER: [usize; 2] = [6, 8];

/// `base(indices)`.
pub fn index(interp: &mut Interp, base: &Lazy, indices: &[Index], span: Span) -> Result<Value> {
    large::index::index(interp, base, indices, span).map_err(|fault| fault.at(span))
}

/// `base(indices)` of an array in memory, where an index is too large for it.
pub fn index_dense(interp: &mut Interp, base: &Value, indices: &[Index], span: Span) -> Result<Option<Value>> {
    large::index::large::of_dense(interp, base, indices, span)
}

/// A lazy array with a part of it changed. A small array is brought into memory for a change that no node stands for; of
/// a large one the fault says what can be done.
pub fn changed(interp: &mut Interp, base: &Lazy, indices: &[Index], action: Action, span: Span) -> Result<Value> {
    let waiting = match &action {
        Action::Set(value) => large::index::assign::assign(interp, base, indices, value, span),
        Action::Delete => large::index::delete(interp, base, indices, span),
    };
    let fault = match waiting {
        Err(fault) if fault.id == GATHER_FIRST => fault.at(span),
        outcome => return outcome.map_err(|fault| fault.at(span)),
    };
    if base.bytes() > u128::from(interp.arrays().budget() / SMALL_SHARE) {
        return Err(fault);
    }
    let mut dense = interp.gathered(&Value::Lazy(base.clone()), span)?;
    let indices = large::index::in_memory(interp, indices)?;
    match action {
        Action::Set(value) => {
            let value = interp.gathered(&value, span)?;
            assign::assign(&mut dense, &indices, &value)?;
        }
        Action::Delete => assign::delete(&mut dense, &indices)?,
    }
    Ok(dense)
}

/// Prints `name = ...`: a small array whole, a large one by what is known of it and its corner. Only what is shown is
/// computed.
pub fn show(interp: &mut Interp, name: &str, lazy: &Lazy) -> Result<()> {
    if interp.arrays().explained(&lazy.0)? {
        return Ok(());
    }
    let unwritten = |error| fault!("cannot write the output: {error}");
    if shown_whole(lazy) {
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

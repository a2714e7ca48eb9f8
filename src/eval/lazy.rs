//! Large arrays in the walker: indexed and assigned without being computed, shown by their corner.

use super::interp::Interp;
use crate::builtin::Host;
use crate::diag::{Result, Span};
use crate::fault;
use crate::value::index::{self, Index};
use crate::value::{Lazy, Value, assign, display};

/// `base(indices)`.
pub fn index(interp: &mut Interp, base: &Lazy, indices: &[Index], span: Span) -> Result<Value> {
    let dense = interp.gather(&Value::Lazy(base.clone())).map_err(|fault| fault.at(span))?;
    index::index(&dense, indices)
}

/// `base(indices) = value`: the changed array.
pub fn assign(interp: &mut Interp, base: &Lazy, indices: &[Index], value: &Value, span: Span) -> Result<Value> {
    let mut dense = interp.gather(&Value::Lazy(base.clone())).map_err(|fault| fault.at(span))?;
    assign::assign(&mut dense, indices, value)?;
    Ok(dense)
}

/// Prints `name = ...`.
pub fn show(interp: &mut Interp, name: &str, lazy: &Lazy) -> Result<()> {
    let header = display::lazy_header(name, lazy);
    interp.out().write_all(header.as_bytes()).map_err(|error| fault!("cannot write the output: {error}"))
}

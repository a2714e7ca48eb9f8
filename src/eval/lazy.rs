//! Large arrays in the walker: indexed and assigned without being computed, shown by their corner.

use super::assign::{Action, Step};
use super::code::Part;
use super::interp::Interp;
use crate::array::{Block, DType, Shape};
use crate::builtin::lazy::SHOWN_WHOLE;
use crate::builtin::{Host, lazy_index, ops};
use crate::diag::{Result, Span};
use crate::ir::{AxisSlice, Node, Op};
use crate::syntax::ast::UnaryOp;
use crate::value::index::Index;
use crate::value::{Lazy, Value, display, gather_first};
use crate::{bail, fault};

/// An array of at most one part in so many of the budget is brought into memory to be changed.
const CHANGED_SHARE: u64 = 8;

/// Rows and columns of the corner that stands for a larger one.
const CORNER: [usize; 2] = [6, 8];

/// `base(indices)`.
pub fn index(interp: &mut Interp, base: &Lazy, indices: &[Index], span: Span) -> Result<Value> {
    lazy_index::index(interp, base, indices, span).map_err(|fault| fault.at(span))
}

/// Changes a part of a variable that holds a lazy array. A small array is brought into memory for a change that no node
/// stands for; of a large one the fault says what can be done.
pub fn change(interp: &mut Interp, base: &Lazy, part: &Part, steps: &[Step], action: Action) -> Result<()> {
    let waiting = match (steps, &action) {
        ([Step::Paren(indices)], Action::Set(value)) => lazy_index::assign(interp, base, indices, value, part.span),
        ([Step::Paren(indices)], Action::Delete) => delete(interp, base, indices, part.span),
        _ => Err(gather_first("changed")),
    };
    let fault = match waiting {
        Ok(value) => {
            interp.set(part.slot, value);
            return Ok(());
        }
        Err(fault) => fault.at(part.span),
    };
    if fault.interrupt || base.bytes() > u128::from(interp.arrays().budget() / CHANGED_SHARE) {
        return Err(fault);
    }
    let dense = interp.gathered(&Value::Lazy(base.clone()), part.span)?;
    let mut steps = steps.to_vec();
    for step in &mut steps {
        let (Step::Paren(indices) | Step::Brace(indices)) = step else { continue };
        for index in indices {
            if let Index::Value(value @ Value::Lazy(_)) = index {
                *value = interp.gathered(value, part.span)?;
            }
        }
    }
    interp.set(part.slot, dense);
    interp.write_in_memory(part, &steps, action)
}

/// `base(:, indices) = []`: the layers of one axis that stay.
fn delete(interp: &mut Interp, base: &Lazy, indices: &[Index], span: Span) -> Result<Value> {
    let shape = base.shape();
    if let [Index::All] = indices {
        return Ok(Value::block(Block::try_zeros(base.dtype(), Shape::matrix(0, 0))?));
    }
    let vector_axis = usize::from(shape.is_row());
    let mut all = vec![Index::All; shape.rank()];
    let (axis, gone) = match indices {
        [one] if shape.is_vector() => (vector_axis, one),
        many => {
            let mut named = many.iter().enumerate().filter(|(_, index)| !matches!(index, Index::All));
            match (named.next(), named.next()) {
                (Some(only), None) if many.len() == shape.rank() => only,
                _ => bail!("a large {shape} array loses whole layers along one dimension: A(:, 2) = []"),
            }
        }
    };
    if let Index::Value(mask) = gone
        && shape.is_vector()
        && mask.dtype() == Some(DType::Bool)
        && mask.shape() == *shape
    {
        // What stays is taken by the opposite mask, which no list of places in memory stands for.
        let kept = ops::unary(interp, UnaryOp::Not, mask, span)?;
        return lazy_index::index(interp, base, &[Index::Value(kept)], span);
    }
    let gone = match gone {
        Index::Value(value) => Index::Value(interp.gathered(value, span)?),
        Index::All => Index::All,
    };
    let mut kept = Value::row((1..=shape.extent(axis)).map(|layer| layer as f64).collect());
    crate::value::assign::delete(&mut kept, &[gone])?;
    all[axis] = Index::Value(kept);
    lazy_index::index(interp, base, &all, span)
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

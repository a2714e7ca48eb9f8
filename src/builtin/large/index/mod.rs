//! Indexing of large arrays: each makes a node, nothing is read.
//!
//! What the subscripts select, in which shape, and what is wrong with them is settled as for arrays in memory
//! ([`Selection`]). Ranges and scalars then become a [`Op::Slice`], lists and masks along an axis a [`Op::Gather`]; the
//! optimiser moves slices into the read. A mask of elements needs to know how many are set: one counting pass.

pub mod assign;
pub mod large;

use self::large::Places;
use crate::array::{DType, ScalarFn, Shape};
use crate::builtin::api::Host;
use crate::builtin::large::pick::Pick;
use crate::builtin::large::{linear, mask};
use crate::builtin::ops::lazy::{self, as_node};
use crate::diag::{Result, Span};
use crate::ir::{AxisSlice, Node, Op, op::Source};
use crate::kernel::Formula;
use crate::value::assign::remaining;
use crate::value::index::{Index, Selection, masked_shape, resolve};
use crate::value::{Lazy, Value};
use smallvec::SmallVec;
use std::sync::Arc;

/// Slices of files up to this size are read at once: nothing is gained by waiting.
const SMALL_READ: u128 = 1 << 20;

/// `A(args)` of a lazy array.
pub fn index(host: &mut dyn Host, base: &Lazy, args: &[Index], span: Span) -> Result<Value> {
    if args.is_empty() {
        return Ok(Value::Lazy(base.clone()));
    }
    if let Some(mask) = element_mask(base.shape(), args) {
        return compress(host, base, mask, span);
    }
    if let Some(places) = Places::new(host, args, span)? {
        return places.index(host, &base.0, span);
    }
    let args = in_memory(host, args)?;
    let node = selected(&base.0, &Selection::new(base.shape(), &args)?, span)?;
    finish(host, node)
}

/// `A(args) = []` of a lazy array.
pub fn delete(host: &mut dyn Host, base: &Lazy, args: &[Index], span: Span) -> Result<Value> {
    let shape = base.shape();
    if let Some(mask) = element_mask(shape, args)
        && shape.is_vector()
    {
        // What stays is taken by the opposite mask, which no list of places in memory stands for.
        let kept = lazy::elementwise(
            host,
            ScalarFn::Not,
            &[mask],
            crate::builtin::ops::elementwise::Who::Operator("!"),
            span,
        )?;
        let kept = lazy::reshape(host, &kept, shape.clone(), span)?;
        return compress(host, base, &kept, span);
    }
    if shape.is_vector()
        && args.len() == 1
        && let Some(places) = Places::new(host, args, span)?
    {
        let kept = places.others(host, &base.0, span)?;
        return compress(host, base, &kept, span);
    }
    let args = in_memory(host, args)?;
    match remaining(shape, &resolve(&args)?)? {
        None => Ok(Value::Lazy(base.clone())),
        Some(rest) => Ok(lazy::value(selected(&base.0, &rest, span)?)),
    }
}

/// The mask among the arguments that says of every element of an array whether it is meant.
pub fn element_mask<'a>(shape: &Shape, args: &'a [Index]) -> Option<&'a Value> {
    match args {
        [Index::Value(mask)] if mask.dtype() == Some(DType::Bool) => {
            Some(mask).filter(|mask| !mask.is_scalar() && mask.numel() == shape.len())
        }
        _ => None,
    }
}

/// Subscripts brought into memory.
pub fn in_memory(host: &mut dyn Host, args: &[Index]) -> Result<SmallVec<[Index; 2]>> {
    let gathered = |arg: &Index| match arg {
        Index::Value(value @ Value::Lazy(_)) => host.gather(value).map(Index::Value),
        other => Ok(other.clone()),
    };
    args.iter().map(gathered).collect()
}

/// A new node as a value; small pieces of files are read at once.
fn finish(host: &mut dyn Host, node: Arc<Node>) -> Result<Value> {
    let limit = (host.settings().dense_limit as u128).min(SMALL_READ);
    let of_source = node.inputs.iter().all(|i| i.op.is_source() || i.result().is_some());
    if of_source && node.meta.bytes() <= limit && matches!(node.op, Op::Slice { .. } | Op::Gather { .. }) {
        return host.gather(&Value::Lazy(Lazy(node)));
    }
    Ok(lazy::value(node))
}

pub fn reshape(node: &Arc<Node>, shape: Shape, span: Span) -> Result<Arc<Node>> {
    if node.meta.shape == shape {
        return Ok(node.clone());
    }
    Node::new(Op::Reshape { shape }, std::slice::from_ref(node), span)
}

/// What was selected of an array.
fn selected(base: &Arc<Node>, selection: &Selection, span: Span) -> Result<Arc<Node>> {
    let Selection { subs, extents, shape } = selection;
    if shape.is_empty() {
        let nothing = Formula::Fill { bits: 0, dtype: base.meta.dtype };
        return Node::new(Op::Source(Source::Formula(nothing, shape.clone())), &[], span);
    }
    if let [sub] = &subs[..] {
        let node = if sub.is_colon() { base.clone() } else { linear(base, &Pick::new(sub, extents[0]), span)? };
        return reshape(&node, shape.clone(), span);
    }
    // The last subscript runs over all axes that are left.
    let mut node = reshape(base, Shape::new(extents), span)?;
    let rank = node.meta.shape.rank();
    let mut slices: SmallVec<[AxisSlice; 4]> = node.meta.shape.iter().map(|&d| AxisSlice::all(d)).collect();
    let mut lists: Vec<(usize, Vec<u64>)> = Vec::new();
    let mut repeats: Vec<(usize, usize)> = Vec::new();
    for (axis, (sub, &extent)) in subs.iter().zip(extents).enumerate() {
        if axis >= rank {
            repeats.push((axis, sub.len(extent)));
            continue;
        }
        match Pick::new(sub, extent) {
            Pick::Slice(slice) => slices[axis] = slice,
            Pick::List(list) => lists.push((axis, list)),
        }
    }
    if slices.iter().zip(node.meta.shape.iter()).any(|(slice, &extent)| !slice.is_all(extent)) {
        node = Node::new(Op::Slice { axes: slices }, &[node], span)?;
    }
    for (axis, list) in lists {
        node = Node::new(Op::Gather { axis: axis as u8, indices: Arc::new(list) }, &[node], span)?;
    }
    for (axis, times) in repeats {
        node = repeated(&node, axis, times, span)?;
    }
    Ok(node)
}

/// An array so many times along an axis that it does not have.
pub fn repeated(node: &Arc<Node>, axis: usize, times: usize, span: Span) -> Result<Arc<Node>> {
    if times == 1 {
        return Ok(node.clone());
    }
    let copies = Formula::Fill { bits: 1f64.to_bits(), dtype: DType::Bool };
    let copies = Source::Formula(copies, Shape::scalar().with_extent(axis, times));
    let copies = Node::new(Op::Source(copies), &[], span)?;
    select(&copies, node, node, span)
}

/// Element by element, `x` where a mask is true and `y` elsewhere, both of one type.
pub fn select(mask: &Arc<Node>, x: &Arc<Node>, y: &Arc<Node>, span: Span) -> Result<Arc<Node>> {
    let dtype = x.meta.dtype;
    let op = Op::map(ScalarFn::Select, &[DType::Bool, dtype, dtype], dtype);
    Node::new(op, &[mask.clone(), x.clone(), y.clone()], span)
}

/// The elements that one subscript names, counted through in column-major sequence.
fn linear(base: &Arc<Node>, pick: &Pick, span: Span) -> Result<Arc<Node>> {
    let shape = &base.meta.shape;
    let count = match pick {
        Pick::Slice(slice) => slice.len,
        Pick::List(list) => list.len(),
    };
    if !shape.is_vector() && count > 1 {
        let matrix = reshape(base, Shape::matrix(shape.rows(), shape.len() / shape.rows()), span)?;
        if let Some(node) = linear::picked(&matrix, pick, span)? {
            return Ok(node);
        }
    }
    let axis = usize::from(shape.is_row());
    let column = || reshape(base, Shape::matrix(shape.len(), 1), span);
    match pick {
        Pick::Slice(slice) if shape.rank() == 2 && !shape.is_vector() && slice.len == 1 => {
            // One element of a matrix: its row and column, no reshape.
            let one = |start| AxisSlice { start, step: 1, len: 1 };
            let axes = SmallVec::from_slice(&[one(slice.start % shape.rows()), one(slice.start / shape.rows())]);
            Node::new(Op::Slice { axes }, std::slice::from_ref(base), span)
        }
        Pick::Slice(slice) => {
            let vector = if shape.is_vector() { base.clone() } else { column()? };
            let mut axes: SmallVec<[AxisSlice; 4]> = vector.meta.shape.iter().map(|&d| AxisSlice::all(d)).collect();
            axes[axis] = *slice;
            Node::new(Op::Slice { axes }, &[vector], span)
        }
        Pick::List(list) => {
            let vector = if shape.is_vector() { base.clone() } else { column()? };
            Node::new(Op::Gather { axis: axis as u8, indices: Arc::new(list.clone()) }, &[vector], span)
        }
    }
}

/// `A(mask)`: how many elements there are takes a counting pass.
fn compress(host: &mut dyn Host, base: &Lazy, mask: &Value, span: Span) -> Result<Value> {
    let mask = as_node(mask, span)?;
    let chosen = mask::Selection::new(host, mask.clone(), span)?;
    let node = chosen.of(&reshape(&base.0, mask.meta.shape.clone(), span)?)?;
    let shape = masked_shape(base.shape(), &mask.meta.shape, chosen.count);
    Ok(lazy::value(reshape(&node, shape, span)?))
}

//! Functions of the program over arrays that memory does not hold: they are called for one piece after the other, at once,
//! and what they give is put aside.

use crate::array::{DType, Order, Region, Shape};
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::ops::lazy;
use crate::builtin::outofcore::lanes::fits;
use crate::diag::{Result, Span};
use crate::fault;
use crate::ir::{AxisSlice, Node, Op, op::Source};
use crate::store::{ScratchArray, Sink};
use crate::value::{Lazy, Value};
use std::sync::Arc;

/// A piece with what a program makes of each of its elements is at most one part in so many of the budget.
const SHARE: u64 = 4;

/// Bytes that an element of a piece takes: itself, a value in a list for each result, and the result.
const BYTES: u64 = 64;

/// Whether one of some arrays is lazy and does not fit in memory as often as working on it takes.
pub fn are_too_large(host: &mut dyn Host, arrays: &[Value]) -> bool {
    arrays.iter().any(|x| matches!(x, Value::Lazy(Lazy(node)) if !fits(host, node.meta.shape.len() as u128)))
}

/// A call of a function that works by elements, with arrays among them that memory does not hold; `None` for any other.
pub fn by_elements(host: &mut dyn Host, builtin: &Builtin, args: &[Value], call: Call) -> Result<Option<Values>> {
    let Some(from) = builtin.elements.filter(|&from| from < args.len()) else { return Ok(None) };
    let is_array = |x: &Value| x.dtype().is_some_and(|dtype| dtype != DType::Char) && !x.is_scalar();
    let places: Vec<usize> = (from..args.len()).filter(|&k| is_array(&args[k])).collect();
    let arrays: Vec<Value> = places.iter().map(|&k| args[k].clone()).collect();
    let Some(shape) = arrays.first().map(Value::shape) else { return Ok(None) };
    if !are_too_large(host, &arrays) || arrays.iter().any(|x| x.shape() != shape) {
        return Ok(None);
    }
    let piece = piece(host, arrays.len() + call.nargout);
    let columns = each(host, shape.len(), piece, call.span, |host, start, len| {
        let mut args = args.to_vec();
        for (&k, part) in places.iter().zip(taken(host, &arrays, start, len, call.span)?) {
            args[k] = part;
        }
        host.check_interrupt()?;
        (builtin.body)(host, &args, call)
    })?;
    let shaped = columns.iter().map(|column| lazy::reshape(host, column, shape.clone(), call.span));
    shaped.collect::<Result<Values>>().map(Some)
}

/// Elements of a piece of several arrays.
pub fn piece(host: &mut dyn Host, arrays: usize) -> usize {
    (host.arrays().budget() / SHARE / BYTES / arrays.max(1) as u64).max(1) as usize
}

/// Elements `start` to `start + len` of arrays, counted through in column-major sequence, as columns in memory.
pub fn taken(host: &mut dyn Host, arrays: &[Value], start: usize, len: usize, span: Span) -> Result<Vec<Value>> {
    let mut parts = Vec::with_capacity(arrays.len());
    for x in arrays {
        let column = lazy::value(lazy::as_node(x, span)?);
        let column = lazy::reshape(host, &column, Shape::matrix(x.numel(), 1), span)?;
        parts.push(lazy::layers(&column, 0, AxisSlice { start, step: 1, len }, span)?);
    }
    parts.iter().map(|part| host.gather(part)).collect()
}

/// The columns that a function gives for pieces of a sequence of `count` elements, one element for each, end to end. The
/// class of the first piece is that of all, complex where one of them is.
pub fn each(
    host: &mut dyn Host,
    count: usize,
    piece: usize,
    span: Span,
    mut of: impl FnMut(&mut dyn Host, usize, usize) -> Result<Values>,
) -> Result<Vec<Value>> {
    let file = host.arrays().scratch()?;
    let mut columns: Vec<Vec<Arc<Node>>> = Vec::new();
    for start in (0..count).step_by(piece) {
        let len = piece.min(count - start);
        let values = of(host, start, len)?;
        columns.resize_with(columns.len().max(values.len()), Vec::new);
        for (parts, value) in columns.iter_mut().zip(values) {
            let block = value.to_block()?;
            let shape = Shape::matrix(len, 1);
            if block.len() != len {
                return Err(fault!("{} results for a piece of {len} elements", block.len())
                    .hint("of an array that memory does not hold, a function by elements must give one for each"));
            }
            let part = ScratchArray::new(file.clone(), "results", &shape, block.dtype(), &[len, 1], Order::F);
            part.write(&Region::whole(&shape), &(*block).clone().with_shape(shape.clone()))?;
            parts.push(Node::new(Op::Source(Source::Stored(Arc::new(part))), &[], span)?);
        }
    }
    columns.into_iter().map(|parts| end_to_end(host, &parts, span)).collect()
}

fn end_to_end(host: &mut dyn Host, parts: &[Arc<Node>], span: Span) -> Result<Value> {
    let first = parts.first().map_or(DType::F64, |part| part.meta.dtype);
    let complex = parts.iter().any(|part| part.meta.dtype.is_complex());
    let class = if complex { first.complex() } else { first };
    let cast = parts.iter().map(|part| lazy::cast(host, &lazy::value(part.clone()), class, span));
    let cast = cast.collect::<Result<Vec<Value>>>()?;
    lazy::concat(host, &cast, 0, span)
}

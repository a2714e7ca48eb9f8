//! Functions of lanes that are too long for memory: each lane goes to an algorithm of several runs, and the results are
//! put side by side again.

use super::best;
use super::select::{self, Figure};
use super::sort::sorted;
use crate::array::{DType, Shape};
use crate::builtin::ops::lazy;
use crate::builtin::{Host, Values};
use crate::diag::{Result, Span};
use crate::fault;
use crate::ir::{AxisSlice, Node, Op};
use crate::value::{Lazy, Value};
use std::sync::Arc;

/// Bytes that working on a lane in memory takes for each of its elements: the lane, its result, and the copies that
/// kernels of whole lanes make.
const BYTES: u128 = 176;

/// The node of a lazy array whose lanes along an axis do not fit in memory as often as working on them takes.
pub fn too_long(host: &mut dyn Host, x: &Value, axis: usize) -> Option<Arc<Node>> {
    let Value::Lazy(Lazy(node)) = x else { return None };
    (!fits(host, node.meta.shape.extent(axis) as u128)).then(|| node.clone())
}

/// Whether memory holds so many elements as often as working on them takes.
pub fn fits(host: &mut dyn Host, elements: u128) -> bool {
    elements * BYTES <= host.arrays().budget() as u128
}

/// `[s, i] = sort (x, axis)`.
pub fn sort(x: &Arc<Node>, axis: usize, descending: bool, places: bool, span: Span) -> Result<Values> {
    let results = by_lane(x, axis, span, |lane, shape| {
        let lane = if places { without_shapes(lane) } else { unordered(lane) };
        sorted(lane, shape.clone(), descending, places, span)
    })?;
    Ok(results.into_iter().map(lazy::value).collect())
}

/// The `count` greatest or least elements of every lane, NaN last, and if asked for where they are.
pub fn best(x: &Arc<Node>, axis: usize, greatest: bool, count: usize, places: bool, span: Span) -> Result<Values> {
    let results = by_lane(x, axis, span, |lane, shape| {
        let lane = if places { without_shapes(lane) } else { unordered(lane) };
        let mut found = best::best(lane, &shape.with_extent(axis, count), greatest, count, span)?;
        found.truncate(1 + places as usize);
        Ok(found)
    })?;
    Ok(results.into_iter().map(lazy::value).collect())
}

/// A figure of every lane.
pub fn figure(who: &str, x: &Arc<Node>, axis: usize, what: &Figure, span: Span) -> Result<Value> {
    if x.meta.dtype.is_complex() {
        return Err(fault!("{who}: not defined for complex arguments"));
    }
    let dtype = match what {
        Figure::Nth { .. } => x.meta.dtype,
        _ if x.meta.dtype.is_single() => DType::F32,
        _ => DType::F64,
    };
    let extent = match what {
        Figure::Median => 1,
        Figure::Quantiles { p, .. } => p.len(),
        Figure::Nth { ranks } => ranks.len(),
    };
    let mut results = by_lane(x, axis, span, |lane, shape| {
        Ok(vec![select::figure(unordered(lane), what.clone(), shape.with_extent(axis, extent), dtype, span)?])
    })?;
    let node = results.pop().ok_or_else(|| fault!("internal error: no figure"))?;
    Ok(lazy::value(node))
}

/// The node whose elements, in column-major sequence, are those of a node that only reshapes it.
pub fn without_shapes(mut x: &Arc<Node>) -> &Arc<Node> {
    while let Op::Reshape { .. } | Op::Rechunk { .. } = x.op {
        x = &x.inputs[0];
    }
    x
}

/// The node that has the same elements in any sequence.
pub fn unordered(mut x: &Arc<Node>) -> &Arc<Node> {
    while let Op::Reshape { .. } | Op::Rechunk { .. } | Op::Permute { .. } = x.op {
        x = &x.inputs[0];
    }
    x
}

/// Gives every lane, with its shape, to a function of one or more results, and joins those of all lanes.
pub fn by_lane(
    x: &Arc<Node>,
    axis: usize,
    span: Span,
    mut of: impl FnMut(&Arc<Node>, &Shape) -> Result<Vec<Arc<Node>>>,
) -> Result<Vec<Arc<Node>>> {
    let shape = x.meta.shape.clone();
    let lane = (0..shape.rank()).filter(|&a| a != axis).fold(shape.clone(), |s, a| s.with_extent(a, 1));
    if lane == shape {
        return of(x, &lane);
    }
    // Lanes in column-major sequence of the other axes.
    let mut parts: Vec<Vec<Arc<Node>>> = Vec::new();
    for number in 0..shape.len() / shape.extent(axis).max(1) {
        let mut rest = number;
        let axes = (0..shape.rank()).map(|a| {
            if a == axis {
                return AxisSlice::all(shape.extent(a));
            }
            let start = rest % shape.extent(a);
            rest /= shape.extent(a);
            AxisSlice { start, step: 1, len: 1 }
        });
        let node = Node::new(Op::Slice { axes: axes.collect() }, std::slice::from_ref(x), span)?;
        parts.push(of(&node, &lane)?);
    }
    for other in (0..shape.rank()).filter(|&a| a != axis) {
        let joined = parts.chunks(shape.extent(other)).map(|group| {
            (0..group[0].len())
                .map(|output| {
                    let nodes: Vec<Arc<Node>> = group.iter().map(|part| part[output].clone()).collect();
                    match nodes.as_slice() {
                        [one] => Ok(one.clone()),
                        many => Node::new(Op::Concat { axis: other as u8 }, many, span),
                    }
                })
                .collect::<Result<Vec<_>>>()
        });
        parts = joined.collect::<Result<_>>()?;
    }
    parts.pop().ok_or_else(|| fault!("internal error: an array without lanes"))
}

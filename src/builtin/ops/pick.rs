//! Arrays of any class rearranged by position: the element at each place of the result comes from one place of the
//! argument, or is padding.

use crate::array::{Block, DType, Data, Shape, room};
use crate::builtin::Host;
use crate::builtin::ops::lazy;
use crate::diag::Result;
use crate::map_data;
use crate::value::{Cell, Struct, Value};
use std::sync::Arc;

/// A place of the result that no element of the argument fills.
pub const PAD: usize = usize::MAX;

/// The value whose element `i` is element `from[i]` of `x`; [`PAD`] gives zero, `\0`, false, or `[]` in a cell.
/// A lazy argument is computed first.
pub fn pick(host: &mut dyn Host, who: &str, x: &Value, shape: Shape, from: &[usize]) -> Result<Value> {
    let x = lazy::gathered(host, x, who)?;
    debug_assert_eq!(shape.len(), from.len());
    let width = match &x {
        Value::Cell(_) => size_of::<Value>(),
        Value::Struct(s) => s.names().len() * size_of::<Value>(),
        array => array.dtype().map_or(0, DType::size),
    };
    room::check(&shape, width)?;
    Ok(match &x {
        Value::Cell(c) => {
            let values = from.iter().map(|&i| if i == PAD { Value::empty() } else { c.values[i].clone() }).collect();
            Value::Cell(Arc::new(Cell::new(shape, values)))
        }
        Value::Struct(s) => {
            let taken: Struct = s.remap(shape, |column| {
                from.iter().map(|&i| if i == PAD { Value::empty() } else { column[i].clone() }).collect()
            });
            Value::Struct(Arc::new(taken))
        }
        Value::Func(_) | Value::Map(_) | Value::Object(_) => x.clone(),
        Value::Char(b, quote) => Value::Char(Arc::new(pick_block(b, shape, from)), *quote),
        other => Value::block(pick_block(&*other.to_block()?, shape, from)),
    })
}

/// As [`pick`], on a block.
pub fn pick_block(x: &Block, shape: Shape, from: &[usize]) -> Block {
    let data: Data = map_data!(x.data(), v => from.iter().map(|&i| v.get(i).copied().unwrap_or_default()).collect());
    Block::dense(shape, data)
}

/// Positions of the elements of `shape` where each coordinate of a place of the result `out` chooses one of the
/// argument's along the same axis, whatever the others are; `None` for padding.
pub fn positions_by_axis(out: &Shape, shape: &Shape, choose: impl Fn(usize, usize) -> Option<usize>) -> Vec<usize> {
    room::ensure_shape(out, size_of::<usize>());
    if out.is_empty() {
        return Vec::new();
    }
    let mut stride = 1;
    let mut positions = vec![0];
    for axis in 0..out.rank().max(shape.rank()) {
        let layers: Vec<usize> =
            (0..out.extent(axis)).map(|c| choose(axis, c).map_or(PAD, |from| from * stride)).collect();
        let add = |layer: usize, below: usize| if layer == PAD || below == PAD { PAD } else { layer + below };
        positions = match positions.as_slice() {
            [only] => layers.iter().map(|&layer| add(layer, *only)).collect(),
            below => layers.iter().flat_map(|&layer| below.iter().map(move |&at| add(layer, at))).collect(),
        };
        stride *= shape.extent(axis);
    }
    positions
}

/// Positions of the elements of `shape` after `place` has said, for the coordinates of each place of the result `out`,
/// which coordinates of the argument it shows (in place; `false` for padding).
pub fn positions(out: &Shape, shape: &Shape, mut place: impl FnMut(&mut [usize]) -> bool) -> Vec<usize> {
    room::ensure_shape(out, size_of::<usize>());
    let rank = out.rank().max(shape.rank());
    let mut at = vec![0usize; rank];
    let mut source = vec![0usize; rank];
    let mut from = Vec::with_capacity(out.len());
    for _ in 0..out.len() {
        source.copy_from_slice(&at);
        from.push(if place(&mut source) {
            source.iter().enumerate().rev().fold(0, |sum, (axis, &c)| sum * shape.extent(axis) + c)
        } else {
            PAD
        });
        for (axis, c) in at.iter_mut().enumerate() {
            *c += 1;
            if *c < out.extent(axis) {
                break;
            }
            *c = 0;
        }
    }
    from
}

//! Deletion: `A(args) = []`.

use crate::array::{Block, Shape, room};
use crate::diag::{Fault, Result};
use crate::value::index::{Index, Selection, Subscript, resolve};
use crate::value::{Cell, Value, gather_first};
use crate::{bail, fault, map_data};
use smallvec::smallvec;
use std::sync::Arc;

/// Removes the selected elements: any elements of a vector, whole slices of an array.
///
/// # Errors
/// More than one subscript that is no colon, positions outside, values that cannot be indexed.
pub fn delete(base: &mut Value, args: &[Index]) -> Result<()> {
    let subs = resolve(args)?;
    let Some(rest) = remaining(&base.shape(), &subs)? else { return Ok(()) };
    match base {
        Value::Cell(cell) => {
            let values = rest.gather(&cell.values);
            *cell = Arc::new(Cell::new(rest.shape, values));
        }
        Value::Struct(records) => {
            *records = Arc::new(records.remap(rest.shape.clone(), |column| rest.gather(column)));
        }
        Value::Func(_) | Value::Map(_) | Value::Object(_) => {
            bail!("'()' undefined for arguments of type '{}'", base.class())
        }
        Value::Lazy(_) => return Err(gather_first("changed")),
        Value::Char(block, _) => *block = Arc::new(pick(block, rest)),
        other => *other = Value::block(pick(&*other.to_block()?, rest)),
    }
    Ok(())
}

fn pick(block: &Block, rest: Selection) -> Block {
    let data = map_data!(block.data(), v => rest.gather(v));
    Block::dense(rest.shape, data)
}

/// What stays of an array of this shape; `None` when nothing goes.
///
/// # Errors
/// More than one subscript that is no colon, and positions outside.
pub fn remaining(shape: &Shape, subs: &[Subscript]) -> Result<Option<Selection>> {
    let nothing = |shape: Shape| Selection { subs: smallvec![none()], extents: smallvec![shape.len()], shape };
    if let [sub] = subs {
        let len = shape.len();
        if sub.is_colon() {
            return Ok(Some(nothing(Shape::matrix(0, 0))));
        }
        if sub.len(len) == 0 {
            return Ok(None);
        }
        inside(sub, len, "A(I) = []")?;
        let keep = complement(sub, len)?;
        let count = keep.len(len);
        let contiguous = matches!(sub, Subscript::One(_) | Subscript::Run { step: 1, .. });
        let column = !shape.is_row() && (shape.is_column() || !contiguous);
        let shape = if column { Shape::matrix(count, 1) } else { Shape::matrix(1, count) };
        return Ok(Some(Selection { subs: smallvec![keep], extents: smallvec![len], shape }));
    }
    let mut chosen = subs.iter().enumerate().filter(|(_, sub)| !sub.is_colon());
    let Some((axis, sub)) = chosen.next() else {
        return Ok(Some(nothing(shape.with_extent(0, 0))));
    };
    if chosen.next().is_some() {
        // Nothing goes where an index is empty, unless two before it pick a part of their axis.
        let mut parts = 0;
        for (axis, sub) in subs.iter().enumerate() {
            let extent = shape.extent(axis);
            if sub.len(extent) == 0 {
                return Ok(None);
            }
            let rest = inside(sub, extent, "").and_then(|()| complement(sub, extent));
            let whole = sub.is_colon() || rest.is_ok_and(|rest| rest.len(extent) == 0);
            parts += usize::from(!whole);
            if parts == 2 {
                break;
            }
        }
        bail!("a null assignment can only have one non-colon index");
    }
    let extent = shape.extent(axis);
    if sub.len(extent) == 0 {
        return Ok(None);
    }
    inside(sub, extent, "A(..,I,..) = []")?;
    let keep = complement(sub, extent)?;
    let left = shape.with_extent(axis, keep.len(extent));
    let rank = shape.rank().max(axis + 1);
    let mut subs = smallvec![Subscript::Colon; rank];
    subs[axis] = keep;
    Ok(Some(Selection { subs, extents: shape.padded(rank), shape: left }))
}

fn none() -> Subscript {
    Subscript::Run { start: 0, step: 1, len: 0 }
}

/// The positions of an extent that a subscript does not name.
fn complement(sub: &Subscript, extent: usize) -> Result<Subscript> {
    Ok(match *sub {
        Subscript::Run { start: 0, step: 1, len } => Subscript::Run { start: len, step: 1, len: extent - len },
        Subscript::Run { start, step: 1, len } if start + len == extent => {
            Subscript::Run { start: 0, step: 1, len: start }
        }
        Subscript::One(at) if at + 1 == extent => Subscript::Run { start: 0, step: 1, len: at },
        _ => {
            // A mark for each place, and a list of those that stay.
            room::check(&Shape::matrix(1, extent), 1 + size_of::<usize>())?;
            let mut keep = vec![true; extent];
            (0..sub.len(extent)).for_each(|k| keep[sub.position(k)] = false);
            let at: Vec<usize> = (0..extent).filter(|&p| keep[p]).collect();
            let shape = Shape::matrix(1, at.len());
            Subscript::List { at, shape }
        }
    })
}

fn inside(sub: &Subscript, extent: usize, place: &str) -> Result<(), Fault> {
    let reach = sub.reach(extent);
    if reach > extent {
        return Err(fault!("{place}: index out of bounds: value {reach} out of bound {extent}")
            .id("Octave:index-out-of-bounds"));
    }
    Ok(())
}

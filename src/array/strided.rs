//! Copies boxes of elements between blocks of any order.

use super::{Block, Data, Region};
use smallvec::SmallVec;

/// Side of the square tiles by which a transposing copy walks, so that both sides stay in cache.
const TILE: usize = 32;

/// Copies `region` of `from` (in its own coordinates) to where `at` says in `to`. Both blocks have the same element
/// type, and the box lies inside both; ranks may differ by trailing extents of 1.
pub fn copy_region(from: &Block, region: &Region, to: &mut Block, at: &[usize]) {
    if region.is_empty() {
        return;
    }
    let (from_strides, to_strides) = (from.strides(), to.strides());
    let offset = |strides: &[usize], start: &[usize]| -> usize { start.iter().zip(strides).map(|(s, k)| s * k).sum() };
    let (skip_from, skip_to) = (offset(&from_strides, &region.start), offset(&to_strides, at));
    let axes: SmallVec<[Axis; 4]> = (0..region.rank())
        .filter(|&a| region.len[a] > 1)
        .map(|a| Axis { len: region.len[a], from: from_strides[a], to: to_strides[a] })
        .collect();
    let axes = merge(axes);
    macro_rules! same_type {
        ($($variant:ident)*) => {
            match (from.data(), to.data_mut()) {
                $((Data::$variant(from), Data::$variant(to)) => copy(&from[skip_from..], &mut to[skip_to..], &axes),)*
                (from, to) => unreachable!("copy from {:?} to {:?}", from.dtype(), to.dtype()),
            }
        };
    }
    same_type!(F64 F32 I8 I16 I32 I64 U8 U16 U32 U64 Bool Char C64 C32);
}

/// An axis of the box: how many, and how far apart on both sides.
#[derive(Clone, Copy)]
struct Axis {
    len: usize,
    from: usize,
    to: usize,
}

/// Sorts axes by their stride in the destination, and makes one of neighbours that are contiguous on both sides.
fn merge(mut axes: SmallVec<[Axis; 4]>) -> SmallVec<[Axis; 4]> {
    axes.sort_by_key(|axis| axis.to);
    let mut merged: SmallVec<[Axis; 4]> = SmallVec::new();
    for axis in axes {
        match merged.last_mut() {
            Some(last) if axis.to == last.to * last.len && axis.from == last.from * last.len => last.len *= axis.len,
            _ => merged.push(axis),
        }
    }
    merged
}

fn copy<T: Copy>(from: &[T], to: &mut [T], axes: &[Axis]) {
    let Some((&inner, outer)) = axes.split_first() else {
        to[0] = from[0];
        return;
    };
    // The axis along which the source is contiguous; if it is not the innermost one of the destination, the two are
    // walked in tiles.
    let across = outer.iter().enumerate().min_by_key(|(_, axis)| axis.from).filter(|(_, axis)| axis.from < inner.from);
    let (across, rest): (Axis, SmallVec<[Axis; 4]>) = match across {
        Some((at, &axis)) => (axis, outer.iter().enumerate().filter(|&(i, _)| i != at).map(|(_, &a)| a).collect()),
        None => (Axis { len: 1, from: 0, to: 0 }, SmallVec::from_slice(outer)),
    };
    let mut at: SmallVec<[usize; 4]> = SmallVec::from_elem(0, rest.len());
    loop {
        let (mut f, mut t) = (0, 0);
        for (i, axis) in at.iter().zip(&rest) {
            f += i * axis.from;
            t += i * axis.to;
        }
        plane(&from[f..], &mut to[t..], inner, across);
        let Some(axis) = (0..rest.len()).find(|&a| at[a] + 1 < rest[a].len) else { return };
        at[axis] += 1;
        at[..axis].fill(0);
    }
}

/// One plane of the box: runs where both sides are contiguous, tiles where one is transposed against the other.
fn plane<T: Copy>(from: &[T], to: &mut [T], inner: Axis, across: Axis) {
    if inner.from == 1 && inner.to == 1 && across.len == 1 {
        to[..inner.len].copy_from_slice(&from[..inner.len]);
        return;
    }
    for tile_j in (0..across.len).step_by(TILE) {
        for tile_i in (0..inner.len).step_by(TILE) {
            for j in tile_j..across.len.min(tile_j + TILE) {
                for i in tile_i..inner.len.min(tile_i + TILE) {
                    to[i * inner.to + j * across.to] = from[i * inner.from + j * across.from];
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::array::{Order, Shape};

    fn numbered(shape: &[usize], order: Order) -> Block {
        let shape = Shape::new(shape);
        let len = shape.len();
        Block::new(shape, order, Data::I32((0..len as i32).collect()))
    }

    fn at(block: &Block, index: &[usize]) -> i32 {
        let strides = block.strides();
        block.slice::<i32>().unwrap()[index.iter().zip(&strides).map(|(i, s)| i * s).sum::<usize>()]
    }

    #[test]
    fn every_pair_of_orders_copies_the_same_box() {
        for (a, b) in [(Order::F, Order::F), (Order::F, Order::C), (Order::C, Order::F), (Order::C, Order::C)] {
            let from = numbered(&[40, 37, 5], a);
            let mut to = numbered(&[39, 50, 4], b);
            let before = to.clone();
            copy_region(&from, &Region::new(&[2, 1, 1], &[35, 36, 3]), &mut to, &[4, 10, 1]);
            for i in 0..39 {
                for j in 0..50 {
                    for k in 0..4 {
                        let inside = (4..39).contains(&i) && (10..46).contains(&j) && (1..4).contains(&k);
                        let want = if inside { at(&from, &[i - 2, j - 9, k]) } else { at(&before, &[i, j, k]) };
                        assert_eq!(at(&to, &[i, j, k]), want, "{a:?} to {b:?} at {i},{j},{k}");
                    }
                }
            }
        }
    }

    #[test]
    fn one_element_no_element_and_a_block_of_lower_rank() {
        let from = numbered(&[3, 4], Order::F);
        let mut to = numbered(&[2, 2], Order::C);
        copy_region(&from, &Region::new(&[2, 3, 0], &[1, 1, 1]), &mut to, &[0, 1, 0]);
        assert_eq!(to.slice::<i32>().unwrap(), &[0, 11, 2, 3]);
        copy_region(&from, &Region::new(&[0, 0], &[0, 4]), &mut to, &[0, 0]);
        assert_eq!(to.slice::<i32>().unwrap(), &[0, 11, 2, 3]);
    }
}

//! Copies between strided views of memory: what permutations, slices, concatenations, changes of order and the
//! assembling of regions have in common. Rows that are contiguous on both sides move as wholes; where the fast axes
//! differ, square tiles keep both sides in the cache. The table of types is here once; what only moves is generic.

use super::{Block, Data, Order, Region, Shape};
use smallvec::SmallVec;

/// Where the elements of a box lie: the first one, and the distance along each axis.
#[derive(Debug, Clone)]
pub struct View {
    pub offset: isize,
    pub strides: SmallVec<[isize; 4]>,
}

impl View {
    /// A view at the start of memory whose strides the caller fills in.
    pub fn contiguous(rank: usize) -> View {
        View { offset: 0, strides: SmallVec::from_elem(1, rank) }
    }
}

#[derive(Clone, Copy)]
struct Axis {
    len: usize,
    from: isize,
    to: isize,
}

/// Copies the box of these extents.
pub fn copy<T: Copy>(dims: &[usize], from: &[T], f: &View, to: &mut [T], t: &View) {
    if dims.contains(&0) {
        return;
    }
    let mut axes: SmallVec<[Axis; 4]> = (0..dims.len())
        .filter(|&a| dims[a] > 1)
        .map(|a| Axis { len: dims[a], from: f.strides[a], to: t.strides[a] })
        .collect();
    axes.sort_by_key(|a| a.to.unsigned_abs());
    // Neighbouring axes that both sides step through alike are one axis.
    let mut merged: SmallVec<[Axis; 4]> = SmallVec::new();
    for axis in axes {
        match merged.last_mut() {
            Some(last) if axis.from == last.from * last.len as isize && axis.to == last.to * last.len as isize => {
                last.len *= axis.len;
            }
            _ => merged.push(axis),
        }
    }
    let Some(&inner) = merged.first() else {
        to[t.offset as usize] = from[f.offset as usize];
        return;
    };
    let second = (1..merged.len()).find(|&i| merged[i].from == 1);
    let rest: SmallVec<[Axis; 4]> = match second {
        Some(i) if inner.to == 1 && inner.from != 1 => {
            merged.iter().enumerate().filter(|&(k, _)| k != 0 && k != i).map(|(_, a)| *a).collect()
        }
        _ => merged[1..].iter().copied().collect(),
    };
    each_offset(&rest, f.offset, t.offset, |from_at, to_at| match second {
        Some(i) if inner.to == 1 && inner.from != 1 => {
            transpose(from, from_at, to, to_at, inner, merged[i]);
        }
        _ if inner.to == 1 && inner.from == 1 => {
            let (a, b) = (from_at as usize, to_at as usize);
            to[b..b + inner.len].copy_from_slice(&from[a..a + inner.len]);
        }
        _ => {
            for i in 0..inner.len as isize {
                to[(to_at + i * inner.to) as usize] = from[(from_at + i * inner.from) as usize];
            }
        }
    });
}

/// Calls with the offsets of every position of some axes, the first moving fastest.
fn each_offset(axes: &[Axis], from: isize, to: isize, mut visit: impl FnMut(isize, isize)) {
    let mut index: SmallVec<[usize; 4]> = SmallVec::from_elem(0, axes.len());
    let (mut from, mut to) = (from, to);
    loop {
        visit(from, to);
        let mut k = 0;
        loop {
            let Some(axis) = axes.get(k) else { return };
            index[k] += 1;
            from += axis.from;
            to += axis.to;
            if index[k] < axis.len {
                break;
            }
            from -= axis.from * axis.len as isize;
            to -= axis.to * axis.len as isize;
            index[k] = 0;
            k += 1;
        }
    }
}

/// `fast` is contiguous in the target, `slow` in the source. Goes by squares of a few cache lines a side: each line read
/// stays in the first-level cache until all of it is used, even when the strides are powers of two.
fn transpose<T: Copy>(from: &[T], from_at: isize, to: &mut [T], to_at: isize, fast: Axis, slow: Axis) {
    let tile = (128 / size_of::<T>().max(1)).clamp(16, 64);
    for j0 in (0..slow.len).step_by(tile) {
        let j1 = (j0 + tile).min(slow.len);
        for i0 in (0..fast.len).step_by(tile) {
            let i1 = (i0 + tile).min(fast.len);
            for j in j0..j1 {
                let row = (to_at + j as isize * slow.to) as usize;
                let target = &mut to[row + i0..row + i1];
                let start = from_at + j as isize + i0 as isize * fast.from;
                if fast.from > 0 {
                    let source = from[start as usize..].iter().step_by(fast.from as usize);
                    target.iter_mut().zip(source).for_each(|(t, &s)| *t = s);
                } else {
                    for (i, t) in target.iter_mut().enumerate() {
                        *t = from[(start + i as isize * fast.from) as usize];
                    }
                }
            }
        }
    }
}

/// Something done with a source and a target that hold elements of the same type.
pub trait Transfer {
    fn run<T: Copy>(self, from: &[T], to: &mut [T]);
}

macro_rules! same_type {
    ($from:expr, $to:expr, $transfer:expr, $($variant:ident)*) => {
        match ($from, $to) {
            $((Data::$variant(from), Data::$variant(to)) => $transfer.run(from, to),)*
            (from, to) => unreachable!("elements of {:?} do not go into {:?}", from.dtype(), to.dtype()),
        }
    };
}

/// Runs a transfer between buffers of one type; the caller made the target with the type of the source.
pub fn transfer(from: &Data, to: &mut Data, transfer: impl Transfer) {
    same_type!(from, to, transfer, F64 F32 I8 I16 I32 I64 U8 U16 U32 U64 Bool Char C64 C32);
}

/// A box of elements from one strided view to another.
pub struct CopyBox<'a> {
    pub dims: &'a [usize],
    pub from: View,
    pub to: View,
}

impl Transfer for CopyBox<'_> {
    fn run<T: Copy>(self, from: &[T], to: &mut [T]) {
        copy(self.dims, from, &self.from, to, &self.to);
    }
}

/// Strides of a contiguous array of this shape and order, by axis.
pub fn strides_of(shape: &Shape, order: Order) -> View {
    let rank = shape.rank();
    let mut view = View::contiguous(rank);
    let mut stride = 1isize;
    for i in 0..rank {
        let axis = if order == Order::F { i } else { rank - 1 - i };
        view.strides[axis] = stride;
        stride *= shape[axis].max(1) as isize;
    }
    view
}

/// Copies `region` of `from` (in its own coordinates) to where `at` says in `to`. Both blocks have the same element
/// type, and the box lies inside both; ranks may differ by trailing extents of 1.
pub fn copy_region(from: &Block, region: &Region, to: &mut Block, at: &[usize]) {
    let view = |block: &Block, start: &[usize]| {
        let mut view = strides_of(block.shape(), block.order());
        view.offset = start.iter().zip(&view.strides).map(|(&s, &k)| s as isize * k).sum();
        view.strides.resize(region.rank().max(view.strides.len()), 1);
        view
    };
    let copy = CopyBox { dims: &region.len, from: view(from, &region.start), to: view(to, at) };
    transfer(from.data(), to.data_mut(), copy);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn moves_every_element_to_its_place(
            dims in proptest::collection::vec(1usize..40, 1..4),
            order in proptest::sample::subsequence(vec![0usize, 1, 2, 3], 4).prop_shuffle(),
            flips in any::<u8>(),
        ) {
            let rank = dims.len();
            let order: Vec<usize> = order.into_iter().filter(|&a| a < rank).collect();
            let n: usize = dims.iter().product();
            let from: Vec<u32> = (0..n as u32).collect();
            let mut f = View::contiguous(rank);
            let mut stride = 1;
            for (a, &d) in dims.iter().enumerate() {
                f.strides[a] = stride;
                if flips >> a & 1 == 1 {
                    f.offset += stride * (d as isize - 1);
                    f.strides[a] = -stride;
                }
                stride *= d as isize;
            }
            let mut t = View::contiguous(rank);
            let mut stride = 1;
            for &a in &order {
                t.strides[a] = stride;
                stride *= dims[a] as isize;
            }
            let mut to = vec![u32::MAX; n];
            copy(&dims, &from, &f, &mut to, &t);
            for i in 0..n {
                let (mut rest, mut a, mut b) = (i, f.offset, t.offset);
                for (axis, &d) in dims.iter().enumerate() {
                    let k = (rest % d) as isize;
                    rest /= d;
                    a += k * f.strides[axis];
                    b += k * t.strides[axis];
                }
                prop_assert_eq!(to[b as usize], from[a as usize]);
            }
        }
    }

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

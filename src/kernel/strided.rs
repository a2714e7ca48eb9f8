//! Copies between strided views of memory: what permutations, slices, concatenations and changes of order have in
//! common. Rows that are contiguous on both sides move as wholes; where the fast axes differ, square tiles keep both
//! sides in the cache.

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

/// Edge of the square tiles of a transposing copy, in elements.
const TILE: usize = 32;

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

/// `fast` is contiguous in the target, `slow` in the source.
fn transpose<T: Copy>(from: &[T], from_at: isize, to: &mut [T], to_at: isize, fast: Axis, slow: Axis) {
    for j0 in (0..slow.len).step_by(TILE) {
        let j1 = (j0 + TILE).min(slow.len);
        for i0 in (0..fast.len).step_by(TILE) {
            let i1 = (i0 + TILE).min(fast.len);
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
}

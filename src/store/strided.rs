//! Copies boxes between memory layouts whose orders differ: a column-major block into a row-major chunk and back.

use smallvec::SmallVec;

/// Elements along one side of a tile: a tile of both sides stays in the first-level cache.
const TILE: usize = 32;

/// One axis of a copy, with steps in elements.
#[derive(Debug, Clone, Copy)]
pub struct Axis {
    pub len: usize,
    pub src: usize,
    pub dst: usize,
}

/// Copies elements of `width` bytes (1, 2, 4, 8 or 16). `src` and `dst` begin at the first element of the box.
pub fn copy(width: usize, axes: &[Axis], src: &[u8], dst: &mut [u8]) {
    match width {
        1 => copy_sized::<1>(axes, src, dst),
        2 => copy_sized::<2>(axes, src, dst),
        4 => copy_sized::<4>(axes, src, dst),
        8 => copy_sized::<8>(axes, src, dst),
        _ => copy_sized::<16>(axes, src, dst),
    }
}

fn copy_sized<const W: usize>(axes: &[Axis], src: &[u8], dst: &mut [u8]) {
    let (src, dst) = (src.as_chunks::<W>().0, dst.as_chunks_mut::<W>().0);
    let mut axes: SmallVec<[Axis; 4]> = axes.iter().copied().filter(|a| a.len != 1).collect();
    if axes.iter().any(|a| a.len == 0) {
        return;
    }
    // Innermost last: the axis along which the destination is contiguous, and before it the one of the source.
    axes.sort_by_key(|a| std::cmp::Reverse(a.dst));
    let Some(across) = axes.pop() else {
        dst[0] = src[0];
        return;
    };
    let along =
        (0..axes.len()).min_by_key(|&k| axes[k].src).filter(|&k| axes[k].src < across.src).map(|k| axes.remove(k));
    let mut at: SmallVec<[usize; 4]> = SmallVec::from_elem(0, axes.len());
    loop {
        let start = |step: fn(&Axis) -> usize| axes.iter().zip(&at).map(|(a, &i)| i * step(a)).sum::<usize>();
        let (s, d) = (start(|a| a.src), start(|a| a.dst));
        match along {
            Some(along) => transpose(across, along, &src[s..], &mut dst[d..]),
            None if across.src == 1 && across.dst == 1 => {
                dst[d..d + across.len].copy_from_slice(&src[s..s + across.len]);
            }
            None => (0..across.len).for_each(|i| dst[d + i * across.dst] = src[s + i * across.src]),
        }
        let mut axis = axes.len();
        loop {
            if axis == 0 {
                return;
            }
            axis -= 1;
            at[axis] += 1;
            if at[axis] < axes[axis].len {
                break;
            }
            at[axis] = 0;
        }
    }
}

/// Copies a plane tile by tile: `across` is the quick axis of the destination, `along` that of the source.
fn transpose<T: Copy>(across: Axis, along: Axis, src: &[T], dst: &mut [T]) {
    for i0 in (0..along.len).step_by(TILE) {
        let i1 = (i0 + TILE).min(along.len);
        for j0 in (0..across.len).step_by(TILE) {
            let j1 = (j0 + TILE).min(across.len);
            for i in i0..i1 {
                let (from, to) = (i * along.src, i * along.dst);
                for j in j0..j1 {
                    dst[to + j * across.dst] = src[from + j * across.src];
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_change_and_elements_stay() {
        // 3 x 40 x 5, column-major to row-major, four bytes an element.
        let extent = [3usize, 40, 5];
        let src: Vec<u32> = (0..600).collect();
        let mut dst = vec![0u32; 600];
        let axes =
            [Axis { len: 3, src: 1, dst: 200 }, Axis { len: 40, src: 3, dst: 5 }, Axis { len: 5, src: 120, dst: 1 }];
        copy(4, &axes, bytemuck::cast_slice(&src), bytemuck::cast_slice_mut(&mut dst));
        for (i, j, k) in (0..600).map(|n| (n % 3, n / 3 % 40, n / 120)) {
            assert_eq!(dst[(i * extent[1] + j) * extent[2] + k], src[i + 3 * (j + 40 * k)]);
        }
    }

    #[test]
    fn same_order_and_single_elements() {
        let mut dst = [0u8; 6];
        copy(
            1,
            &[Axis { len: 2, src: 5, dst: 3 }, Axis { len: 3, src: 1, dst: 1 }],
            &[1, 2, 3, 9, 9, 4, 5, 6],
            &mut dst,
        );
        assert_eq!(dst, [1, 2, 3, 4, 5, 6]);
        copy(2, &[Axis { len: 1, src: 7, dst: 7 }], &[8, 9], &mut dst);
        assert_eq!(dst[..2], [8, 9]);
        copy(1, &[Axis { len: 0, src: 1, dst: 1 }], &[], &mut []);
    }
}

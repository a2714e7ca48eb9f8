//! Copies boxes between memory layouts whose orders differ: a column-major block into a row-major chunk and back.

use crate::array::strided::{self, View};
use smallvec::SmallVec;

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
    let dims: SmallVec<[usize; 4]> = axes.iter().map(|axis| axis.len).collect();
    let view = |step: fn(&Axis) -> usize| View { offset: 0, strides: axes.iter().map(|a| step(a) as isize).collect() };
    let (src, dst) = (src.as_chunks::<W>().0, dst.as_chunks_mut::<W>().0);
    strided::copy(&dims, src, &view(|axis| axis.src), dst, &view(|axis| axis.dst));
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

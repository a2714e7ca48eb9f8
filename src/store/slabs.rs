//! A part of a block laid out as a file wants it, a slab at a time, so that a change of order needs little memory and
//! stays in the cache.

use super::strided::{self, Axis};
use crate::array::{Block, Order, Region};
use crate::diag::Result;
use smallvec::SmallVec;

/// About the bytes of a slab.
pub const SLAB: usize = 512 << 10;

/// A box of a block that goes to a file.
pub struct Piece<'a> {
    /// All bytes of the block.
    pub bytes: &'a [u8],
    /// Bytes of an element.
    pub width: usize,
    /// Steps of the block along each axis, in elements.
    pub strides: SmallVec<[usize; 4]>,
    /// Where the box starts in the block.
    pub start: usize,
    pub len: SmallVec<[usize; 4]>,
}

impl<'a> Piece<'a> {
    /// The part of a block that holds `region`; the block holds the region that starts at `origin`.
    pub fn new(block: &'a Block, origin: &[usize], part: &Region) -> Piece<'a> {
        let strides = block.strides();
        let inside = part.relative_to(origin);
        let start = inside.start.iter().zip(&strides).map(|(at, step)| at * step).sum();
        let bytes = block.data().bytes();
        Piece { bytes, width: block.dtype().size(), strides, start, len: inside.len }
    }

    /// The bytes of the piece, if it lies in the block as it would in a box of its own in this order.
    pub fn contiguous(&self, order: Order) -> Option<&'a [u8]> {
        let mut step = 1;
        for depth in 0..self.len.len() {
            let axis = if order == Order::F { depth } else { self.len.len() - 1 - depth };
            if self.len[axis] != 1 && self.strides[axis] != step {
                return None;
            }
            step *= self.len[axis];
        }
        Some(&self.bytes[self.start * self.width..][..step * self.width])
    }

    /// Calls `emit` with slabs that together are a box of extents `unit` in this order: the piece, followed along each
    /// axis by zeros. With each comes its start and extent along the slow axis. One slab if `whole`.
    pub fn each_slab(
        &self,
        order: Order,
        unit: &[usize],
        whole: bool,
        mut emit: impl FnMut(usize, usize, &[u8]) -> Result<()>,
    ) -> Result<()> {
        let rank = unit.len();
        let slow = if order == Order::C { 0 } else { rank.saturating_sub(1) };
        let extent = unit.get(slow).copied().unwrap_or(1);
        let slice: usize = unit.iter().enumerate().filter(|(axis, _)| *axis != slow).map(|(_, u)| u).product();
        let thick = if whole { extent } else { (SLAB / (slice * self.width).max(1)).clamp(1, extent.max(1)) };
        let padded = unit.iter().enumerate().any(|(axis, &u)| u != self.len.get(axis).copied().unwrap_or(1));
        let mut steps: SmallVec<[usize; 4]> = SmallVec::from_elem(1, rank);
        match order {
            Order::C => (0..rank.saturating_sub(1)).rev().for_each(|a| steps[a] = steps[a + 1] * unit[a + 1]),
            Order::F => (1..rank).for_each(|a| steps[a] = steps[a - 1] * unit[a - 1]),
        }
        let mut buffer = vec![0u8; thick * slice * self.width];
        for first in (0..extent).step_by(thick.max(1)) {
            let count = thick.min(extent - first);
            let slab = &mut buffer[..count * slice * self.width];
            if padded {
                slab.fill(0);
            }
            let axes: SmallVec<[Axis; 4]> = (0..rank)
                .map(|axis| {
                    let len = self.len.get(axis).copied().unwrap_or(1);
                    let len = if axis == slow { len.saturating_sub(first).min(count) } else { len };
                    Axis { len, src: self.strides.get(axis).copied().unwrap_or(0), dst: steps[axis] }
                })
                .collect();
            let from = self.start + first * self.strides.get(slow).copied().unwrap_or(0);
            if axes.iter().all(|a| a.len > 0) {
                strided::copy(self.width, &axes, &self.bytes[from * self.width..], slab);
            }
            emit(first, count, slab)?;
        }
        Ok(())
    }
}

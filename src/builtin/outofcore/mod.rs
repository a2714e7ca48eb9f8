//! Algorithms on arrays that do not fit, where one pass is not enough. Each is a member of this room: a file that says
//! what it reads and writes in theory, an [`Algorithm`](crate::ir::Algorithm) that runs when its result is needed, and a
//! function that promises the result as lazy arrays.
//!
//! | file | what | reads | writes besides the result |
//! |---|---|---|---|
//! | `sort` | external merge sort of a lane, with places | the array, then the runs | the runs |
//! | `select` | order statistics by counting: median, quantiles | the array 2 to 5 times | nothing |
//! | `tsqr` | QR of a tall matrix by a tree of panels | the array | one factor a panel, if Q is wanted |
//! | `compress` | elements by a mask | mask and array once, what was taken | what was taken |
//! | `columns` | covariance and correlation of columns | each sample twice | nothing |
//! | `tall` | linear algebra of tall matrices through their triangle | as `tsqr` | as `tsqr` |
//! | `lanes` | which lanes go to `sort` and `select`, one by one | | |
//!
//! All use the array once or a few times in whatever blocks it comes, hold a bounded part of the budget, and give the
//! same bits for any budget and any number of threads. None knows the names of the functions that use it.

pub mod columns;
pub mod compress;
pub mod keys;
pub mod lanes;
mod reflections;
pub mod select;
pub mod sort;
pub mod tall;
pub mod tsqr;

use crate::array::strided::copy_region;
use crate::array::{Block, Grid, Order, Region};
use crate::diag::Result;
use crate::ir::Meta;
use smallvec::SmallVec;

/// Chunks for a sink that takes any region: canonical chunks, several at a time or cut, of about so many elements.
fn chunks_of(meta: &Meta, elements: u64) -> SmallVec<[usize; 4]> {
    let mut chunk = meta.chunks.clone();
    let size = |c: &[usize]| c.iter().fold(1u64, |n, &c| n.saturating_mul(c as u64));
    while size(&chunk) > elements.max(1) {
        let Some(axis) = (0..chunk.len()).filter(|&a| chunk[a] > 1).max_by_key(|&a| chunk[a]) else { break };
        chunk[axis] = chunk[axis].div_ceil(2);
    }
    while let Some(axis) = (0..chunk.len()).find(|&a| chunk[a] < meta.shape.extent(a))
        && size(&chunk).saturating_mul(2) <= elements
    {
        chunk[axis] = (chunk[axis] * 2).min(meta.shape.extent(axis));
    }
    chunk
}

/// Calls with every chunk of a grid that a region, a union of chunks, holds.
fn each_chunk(
    grid: &Grid,
    region: &Region,
    block: &Block,
    mut visit: impl FnMut(&Region, &Block) -> Result<()>,
) -> Result<()> {
    let chunks = grid.touching(region);
    if let [_] = chunks.as_slice() {
        return visit(region, block);
    }
    for coords in chunks {
        let place = grid.region(&coords);
        let len = place.size();
        let mut part = Block::new(place.shape(), Order::F, crate::array::Data::zeros(block.dtype(), len));
        copy_region(block, &place.relative_to(&region.start), &mut part, &SmallVec::<[usize; 4]>::from_elem(0, 4));
        visit(&place, &part)?;
    }
    Ok(())
}

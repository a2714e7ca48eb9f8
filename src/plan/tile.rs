//! How far the blocks of a computation reach along each axis.
//!
//! Two kinds of extents. Along an axis over which results accumulate (the inner axis of a product, a reduced axis)
//! the extent is a *panel*: it decides the order of the additions, so it follows from the canonical chunks alone, never
//! from the budget. Along the other axes it is free, and `shrink` cuts it until the plan fits the budget. Product tiles
//! count as fixed too: a matrix kernel may round differently on a differently cut tile.

use crate::array::Grid;
use crate::ir::Meta;
use smallvec::SmallVec;

/// A longer tile gains no speed and costs memory.
const LONGEST_TILE: usize = 1200;

/// Splits a longer chunk evenly.
const USUAL_TILE: usize = 1024;

/// The extent of product tiles along an axis with this canonical chunk.
pub fn tile(chunk: usize) -> usize {
    if chunk <= LONGEST_TILE { chunk.max(1) } else { chunk.div_ceil(chunk.div_ceil(USUAL_TILE)) }
}

/// The grid of an elementwise result: canonical chunks, the longest free axis halved `shrink` times.
pub fn free_grid(meta: &Meta, shrink: u32) -> Grid {
    Grid::new(meta.shape.clone(), &halved(&meta.chunks, &|_| true, shrink))
}

/// Chunk extents with the longest axis that may be cut halved, again and again.
pub fn halved(chunks: &[usize], may_cut: &dyn Fn(usize) -> bool, times: u32) -> SmallVec<[usize; 4]> {
    let mut out: SmallVec<[usize; 4]> = SmallVec::from_slice(chunks);
    for _ in 0..times {
        let longest = (0..out.len()).filter(|&a| may_cut(a) && out[a] > 1).max_by_key(|&a| out[a]);
        match longest {
            Some(axis) => out[axis] = out[axis].div_ceil(2),
            None => break,
        }
    }
    out
}

/// Whether every block of `blocks` is a union of whole chunks of `chunks`.
pub fn is_union_of_chunks(blocks: &Grid, chunks: &Grid) -> bool {
    blocks.shape == chunks.shape
        && (0..blocks.rank()).all(|a| blocks.count(a) == 1 || blocks.chunk[a].is_multiple_of(chunks.chunk[a]))
}

/// Blocks for a saved elementwise result: canonical chunks rounded to whole chunks of the sink, then halved along the
/// longest axis that has several of them.
pub fn save_grid(canonical: &[usize], sink: &Grid, shrink: u32) -> Grid {
    let mut whole: SmallVec<[usize; 4]> =
        (0..sink.rank()).map(|a| (canonical.get(a).copied().unwrap_or(1) / sink.chunk[a]).max(1)).collect();
    for _ in 0..shrink {
        let longest = (0..sink.rank()).filter(|&a| whole[a] > 1).max_by_key(|&a| whole[a] * sink.chunk[a]);
        let Some(axis) = longest else { break };
        whole[axis] = whole[axis].div_ceil(2);
    }
    let chunk: Vec<usize> = whole.iter().zip(&sink.chunk).map(|(n, chunk)| n * chunk).collect();
    Grid::new(sink.shape.clone(), &chunk)
}

/// Most product lanes: partial sums of one output tile that are independent of each other, so that a product with few
/// output tiles still feeds many threads.
const MOST_LANES: usize = 8;

/// Into how many lanes the `panels` of each of `tiles` output tiles are split. A function of the arrays alone.
pub fn lanes(tiles: usize, panels: usize) -> usize {
    (MOST_LANES / tiles.max(1)).clamp(1, (panels / 2).max(1))
}

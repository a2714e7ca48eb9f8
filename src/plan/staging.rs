//! Arrays at rest whose chunks lie across the way they are read.
//!
//! A chunk that is compressed is decoded whole whatever is wanted of it, and of one that is not, what lies between short
//! pieces is read with them. Where the regions a plan reads cut through many chunks (columns of an array chunked by
//! rows), every chunk would be read again for every region. Such an array is *staged*: one task for each chunk reads it
//! once and cuts it into pieces as the regions want them; the pieces are a temporary, in memory while there is room and
//! on disk otherwise.
//!
//! In theory: each chunk is read once, and at most the array is written and read once more, uncompressed.

use super::builder::Builder;
use super::planner::{Pending, Planner, SourceTable};
use super::task::{ArrayId, ArrayKind, Output, TaskGraph};
use crate::array::{Grid, Region};
use crate::diag::Result;
use crate::ir::{Graph, NodeId, Op, Source};
use crate::kernel::Kernel;
use rustc_hash::FxHashSet;
use smallvec::SmallVec;
use std::sync::Arc;

/// Bytes read or decoded for each byte of the array, above which staging it costs less: it reads, writes and reads once.
const MOST_READ: u64 = 4;

/// More pieces cost more to look after than chunks cost to read.
const MOST_PIECES: usize = 1 << 20;

/// A source to stage, and how its pieces are cut.
#[derive(Debug, Clone)]
pub struct Staged {
    pub node: NodeId,
    pub pieces: Grid,
}

/// The sources that a plan reads again and again.
pub fn wanted(graph: &Graph, tasks: &TaskGraph, sources: &SourceTable) -> Vec<Staged> {
    let mut out = Vec::new();
    for (array, info) in tasks.arrays.iter().enumerate() {
        let ArrayKind::Stored { source, .. } = info.kind else { continue };
        let Some(source) = sources.stored.get(source as usize) else { continue };
        let of = |id: &NodeId| matches!(&graph.node(*id).op, Op::Source(Source::Stored(s)) if Arc::ptr_eq(s, source));
        let Some(node) = (0..graph.len() as NodeId).find(of) else { continue };
        let regions: FxHashSet<&Region> =
            tasks.inputs.iter().filter(|i| i.array as usize == array).map(|i| &i.region).collect();
        let whole = info.grid.shape.len() as u64;
        let mut read: u64 = regions.iter().map(|region| touched(&info.grid, region)).sum();
        if source.meta().partial_reads && read > MOST_READ * whole {
            read = regions.iter().map(|region| source.read_bytes(region)).sum::<u64>() / info.dtype.size() as u64;
        }
        if read <= MOST_READ * whole {
            continue;
        }
        let pieces = cut(&info.grid, &regions);
        if pieces.len() <= MOST_PIECES && pieces.len() > info.grid.len() {
            out.push(Staged { node, pieces });
        }
    }
    out
}

/// Elements of the chunks that a region touches.
fn touched(grid: &Grid, region: &Region) -> u64 {
    let along = |a: usize| {
        let (first, last) = (region.start[a] / grid.chunk[a], region.end(a).div_ceil(grid.chunk[a]));
        (last * grid.chunk[a]).min(grid.shape.extent(a)) - first * grid.chunk[a]
    };
    if region.is_empty() { 0 } else { (0..grid.rank()).map(|a| along(a) as u64).product() }
}

/// Pieces no longer than regions are, that fill chunks.
fn cut(chunks: &Grid, regions: &FxHashSet<&Region>) -> Grid {
    let piece: SmallVec<[usize; 4]> = (0..chunks.rank())
        .map(|axis| {
            let longest = regions.iter().map(|region| region.len[axis]).max().unwrap_or(1);
            let most = longest.clamp(1, chunks.chunk[axis]);
            if chunks.count(axis) == 1 {
                return most;
            }
            (1..=most).rev().find(|d| chunks.chunk[axis].is_multiple_of(*d)).unwrap_or(1)
        })
        .collect();
    Grid::new(chunks.shape.clone(), &piece)
}

/// The task that decodes the chunk a piece is part of, and makes all its pieces.
pub fn task(planner: &mut Planner, id: NodeId, array: ArrayId, block: u32) -> Result<Pending> {
    let source = planner.source_array(id);
    let piece = planner.block_region(array, block);
    let chunks = planner.grid(source);
    let coords: SmallVec<[usize; 4]> = piece.start.iter().zip(&chunks.chunk).map(|(s, c)| s / c).collect();
    let chunk = chunks.region(&coords);
    let pieces = planner.grid(array);
    let mut b = Builder::default();
    let whole = b.input(source, chunk.clone());
    let (mut regs, mut outputs) = (Vec::new(), SmallVec::new());
    for coords in pieces.touching(&chunk) {
        let part = pieces.region(&coords).relative_to(&chunk.start);
        let axes = (0..part.rank()).map(|a| (part.start[a], 1, part.len[a])).collect();
        regs.push(b.step(Kernel::Slice { axes }, &[whole]));
        outputs.push(Output { array, block: pieces.number(&coords) as u32 });
    }
    Ok(planner.pending(b, &regs, outputs))
}

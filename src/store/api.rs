//! What a format must offer.

use crate::array::{Block, DType, Grid, Order, Pool, Region, Shape};
use crate::diag::Result;
use std::path::Path;
use std::sync::Arc;

/// What is known of an array at rest without reading an element.
#[derive(Debug, Clone, PartialEq)]
pub struct ArrayMeta {
    pub shape: Shape,
    pub dtype: DType,
    /// How it is cut (the chunk that must be decoded whole; for uncompressed formats a part costs only itself).
    pub grid: Grid,
    /// Order of elements inside a chunk: blocks that are whole chunks come in this order without a copy.
    pub order: Order,
    /// Whether a part of a chunk can be read without the rest.
    pub partial_reads: bool,
    /// In words: `zarr v3, zstd level 3, sharded 1000x1000 in 4000x4000`.
    pub description: String,
}

/// What of an array is really there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stored {
    pub bytes: u64,
    pub chunks: u64,
}

/// An array that can be read by regions, from many threads at once.
pub trait Source: Send + Sync {
    fn meta(&self) -> &ArrayMeta;

    /// The name messages use: the path as the user gave it.
    fn name(&self) -> &str;

    /// Reads a region. The buffer comes from the pool; the block's order is `meta().order` unless all orders are alike.
    /// An element that was never written is the fill value. Faults name array, chunk and file.
    fn read(&self, region: &Region, pool: &Pool) -> Result<Block>;

    /// Bytes that reading this region moves from disk or page cache (whole compressed chunks count whole).
    fn read_bytes(&self, region: &Region) -> u64;

    /// Bytes of temporary memory that reading this region takes besides the result (decoded chunks).
    fn read_scratch(&self, region: &Region) -> u64;

    /// Where the array lies, if it lies under a name (so that a save over it must not disturb who reads it).
    fn path(&self) -> Option<&Path> {
        None
    }

    /// Counts the bytes and chunks that exist, however long it takes; none of what has no name.
    fn stored(&self) -> Result<Stored> {
        Ok(Stored::default())
    }
}

/// An array being written. Regions handed to [`Sink::write`] are whole chunks of `grid` (or a union of them),
/// each written once, from many threads. Nothing is visible under the final name before [`Sink::publish`];
/// a sink that is dropped unpublished removes what it wrote.
pub trait Sink: Send + Sync {
    fn grid(&self) -> &Grid;
    fn dtype(&self) -> DType;
    /// Writes one region; the block may be in either order.
    fn write(&self, region: &Region, block: &Block) -> Result<()>;
    /// Makes the array appear under its name, replacing what was there, and syncs it to disk. Nothing can be written
    /// afterwards; a second call does nothing.
    fn publish(&self) -> Result<()>;
    /// Bytes written so far.
    fn written(&self) -> u64;
    /// Whether an earlier save of the same identity, which this one goes on with, has written this region already.
    fn finished(&self, _region: &Region) -> bool {
        false
    }
    /// Most bytes of temporary memory that one call of [`Sink::write`] takes.
    fn write_scratch(&self) -> u64 {
        0
    }
}

/// How to write an array; `None` leaves the choice to the format.
#[derive(Debug, Clone, Default)]
pub struct WriteOptions {
    pub chunk: Option<Vec<usize>>,
    /// Zarr version 3: extents of files that hold several chunks each; multiples of the chunk's.
    pub shard: Option<Vec<usize>>,
    /// `raw`, `zstd`, `gzip`, `blosc`, with a level: `zstd:3`.
    pub codec: Option<String>,
    /// Zarr format version, 2 or 3.
    pub version: Option<u8>,
    pub order: Option<Order>,
    /// What the array is made from, as a number: saves of one identity to one path write the same bytes. With it a save
    /// that is killed can be gone on with.
    pub identity: Option<u64>,
    /// Goes on with a killed save of the same identity.
    pub resume: bool,
}

/// A format on disk.
pub trait Format: Send + Sync {
    fn name(&self) -> &'static str;
    /// Extensions without the dot.
    fn extensions(&self) -> &'static [&'static str];
    /// Whether the thing at this path looks like this format (for paths without a telling extension).
    fn recognises(&self, path: &Path) -> bool;
    fn open(&self, path: &Path) -> Result<Arc<dyn Source>>;
    /// Starts a new array in a temporary sibling of `path`.
    fn create(&self, path: &Path, shape: &Shape, dtype: DType, options: &WriteOptions) -> Result<Arc<dyn Sink>>;
}

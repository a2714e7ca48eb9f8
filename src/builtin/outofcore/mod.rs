//! Algorithms on arrays that do not fit, where one pass is not enough. Each is a member of this room: a file that says
//! what it reads and writes in theory, an [`Algorithm`](crate::ir::Algorithm) that runs when its result is needed, and a
//! function that promises the result as lazy arrays.
//!
//! | file | what | reads | writes besides the result |
//! |---|---|---|---|
//! | `sort` | external merge sort of a lane or of rows, with places | the array, then the runs | the runs |
//! | `records`, `runs` | what it sorts, and how sorted runs are read as one | | |
//! | `scatter` | elements put to the places of a permutation | both once, then what was put aside | 16 bytes an element |
//! | `lookup` | elements taken by a column of places | both once, then what was put aside | 8 bytes and an element a place |
//! | `select` | order statistics by counting: median, quantiles | the array 2 to 5 times | nothing |
//! | `accumulate` | values folded by index | both once | nothing |
//! | `best` | the few greatest or least elements | the array once | nothing |
//! | `tally` | how many elements are 1, 2, ... | the array once | nothing |
//! | `tsqr` | QR of a tall matrix by a tree of panels | the array | one factor a panel, if Q is wanted |
//! | `compress` | elements by a mask | mask and array once, what was taken | what was taken |
//! | `columns` | covariance and correlation of columns | each sample twice | nothing |
//! | `tall` | linear algebra of tall matrices through their triangle | as `tsqr` | as `tsqr` |
//! | `aside` | a matrix in square tiles | the array | the array |
//! | `elements` | functions of single elements without a name in the graph | its arguments | the result |
//! | `lanes` | which lanes go to `sort` and `select`, one by one | | |
//!
//! All use the array once or a few times in whatever blocks it comes, hold a bounded part of the budget, and give the
//! same bits for any budget and any number of threads. None knows the names of the functions that use it.

pub mod accumulate;
pub mod aside;
pub mod best;
pub mod columns;
pub mod compress;
pub mod elements;
pub mod keys;
pub mod lanes;
pub mod lookup;
mod records;
mod reflections;
mod runs;
pub mod scatter;
pub mod select;
pub mod sort;
pub mod tall;
pub mod tally;
pub mod tsqr;

use crate::array::strided::copy_region;
use crate::array::{Block, DType, Grid, Order, Region};
use crate::diag::Result;
use crate::ir::Meta;
use crate::store::Sink;
use smallvec::SmallVec;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Runs an expression with the type that elements are sorted as: text as bytes.
macro_rules! each_type {
    ($dtype:expr, $t:ident => $body:expr) => {{
        macro_rules! with {
            ($own:ty) => {{
                type $t = $own;
                $body
            }};
        }
        match $dtype {
            $crate::array::DType::F64 => with!(f64),
            $crate::array::DType::F32 => with!(f32),
            $crate::array::DType::I8 => with!(i8),
            $crate::array::DType::I16 => with!(i16),
            $crate::array::DType::I32 => with!(i32),
            $crate::array::DType::I64 => with!(i64),
            $crate::array::DType::U8 | $crate::array::DType::Char => with!(u8),
            $crate::array::DType::U16 => with!(u16),
            $crate::array::DType::U32 => with!(u32),
            $crate::array::DType::U64 => with!(u64),
            $crate::array::DType::Bool => with!(bool),
            $crate::array::DType::C64 => with!($crate::array::Complex64),
            $crate::array::DType::C32 => with!($crate::array::Complex32),
        }
    }};
}
use each_type;

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A sink that calls a function with every chunk of its grid; the function tells how many bytes it put aside.
struct Visit<F> {
    grid: Grid,
    dtype: DType,
    scratch: u64,
    visit: F,
    written: AtomicU64,
}

impl<F: Fn(&Region, &Block) -> Result<u64> + Send + Sync> Visit<F> {
    /// A call of the function takes at most `scratch` bytes of memory.
    fn new(grid: Grid, dtype: DType, scratch: u64, visit: F) -> Visit<F> {
        Visit { grid, dtype, scratch, visit, written: AtomicU64::new(0) }
    }
}

impl<F: Fn(&Region, &Block) -> Result<u64> + Send + Sync> Sink for Visit<F> {
    fn grid(&self) -> &Grid {
        &self.grid
    }

    fn dtype(&self) -> DType {
        self.dtype
    }

    fn write(&self, region: &Region, block: &Block) -> Result<()> {
        each_chunk(&self.grid, region, block, |region, block| {
            self.written.fetch_add((self.visit)(region, block)?, Relaxed);
            Ok(())
        })
    }

    fn publish(&self) -> Result<()> {
        Ok(())
    }

    fn written(&self) -> u64 {
        self.written.load(Relaxed)
    }

    fn write_scratch(&self) -> u64 {
        self.scratch
    }
}

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

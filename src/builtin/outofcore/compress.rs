//! The elements of an array where a mask is true, as a column, when neither fits.
//!
//! Mask and array are streamed once, side by side. What is taken of each block is put aside, lane by lane (a lane runs
//! along the first dimension that is longer than one), with the number taken of each lane. The sequence of the language
//! goes lane by lane, each through all blocks it crosses; those pieces are found by the counts when the result is read.
//!
//! In theory: reads mask and array once, writes what was taken once to temporary storage, and reads it once.

use super::{chunks_of, each_chunk, lock};
use crate::array::grid::default_chunks;
use crate::array::strided::copy_region;
use crate::array::{Block, DType, Data, Grid, Order, Pool, Region, ScalarFn, Shape};
use crate::diag::Result;
use crate::ir::{Algorithm, Made, Meta, Node, Op, Promise, Runner};
use crate::store::{ArrayMeta, Scratch, Sink, Source};
use crate::{fault, map_data};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex};

/// A chunk of the array is one part in so many of the budget: with its mask and what is taken it is several times that.
const SHARE: u64 = 16;

/// Lets runs of their own stand for a node that takes elements by a mask. Nothing runs yet.
pub fn stand_in(node: &Node) -> Result<()> {
    let (Op::Compress { .. }, [mask, x]) = (&node.op, node.inputs.as_slice()) else { return Ok(()) };
    // Side by side in one array, so that both come in the same blocks.
    let rank = x.meta.shape.rank() as u8;
    let op = Op::map(ScalarFn::Cast, &[mask.meta.dtype], x.meta.dtype);
    let mask = Node::new(op, std::slice::from_ref(mask), node.span)?;
    let both = Node::new(Op::Concat { axis: rank }, &[x.clone(), mask], node.span)?;
    for made in Promise::nodes(Compress, &[both], std::slice::from_ref(&node.meta), node.span)? {
        if let Some(promised) = made.promised() {
            node.let_stand(promised);
        }
    }
    Ok(())
}

/// Whether taking elements of an array in one task is out of the question.
pub fn is_too_large(meta: &Meta, budget: u64) -> bool {
    meta.bytes() * 3 > budget as u128
}

#[derive(Debug)]
struct Compress;

impl Algorithm for Compress {
    fn name(&self) -> &'static str {
        "compress"
    }

    fn run(&self, inputs: &[Arc<Node>], runner: &mut dyn Runner) -> Result<Vec<Made>> {
        let both = &inputs[0].meta;
        let layer = both.shape.rank() - 1;
        let shape = Shape::new(&both.shape[..layer]);
        // About canonical chunks of the array, both layers of each.
        let array = Meta { shape: shape.clone(), dtype: both.dtype, chunks: both.chunks[..layer].into() };
        let mut chunk = chunks_of(&array, runner.room() / SHARE / both.dtype.size() as u64);
        chunk.push(2);
        let grid = Grid::new(both.shape.clone(), &chunk);
        let axis = shape.first_nonsingleton();
        let lanes = Lanes { axis, grid: Grid::new(shape.clone(), &chunk[..layer]), shape };
        let elements = grid.chunk.iter().product::<usize>() as u64 / 2;
        let index = lanes.shape.len() as u64 / lanes.grid.chunk[axis].max(1) as u64 * 8;
        let sink = Arc::new(Taker {
            grid,
            dtype: both.dtype,
            // What is taken, its counts, and array and mask once more where they lie row-major.
            scratch: elements * (3 * both.dtype.size() as u64 + 4),
            lanes,
            file: runner.scratch()?,
            taken: Mutex::default(),
            written: AtomicU64::new(0),
        });
        runner.stream(&[(inputs[0].clone(), sink.clone())], index)?;
        let taken = std::mem::take(&mut *lock(&sink.taken));
        let source = Taken::new(&sink, taken);
        let resident = source.resident();
        Ok(vec![Made::Stored { source: Arc::new(source), resident }])
    }
}

/// How an array is cut, and which way its lanes run.
#[derive(Debug, Clone)]
struct Lanes {
    shape: Shape,
    grid: Grid,
    axis: usize,
}

impl Lanes {
    /// Lanes of the whole array.
    fn count(&self) -> usize {
        self.shape.len() / self.shape.extent(self.axis).max(1)
    }

    /// The chunks that a lane crosses, in order, and its number among the lanes of each.
    fn crossed(&self, lane: usize) -> (impl Iterator<Item = usize> + '_, usize) {
        let rank = self.shape.rank();
        let mut coords = vec![0; rank];
        let (mut rest, mut inside, mut step) = (lane, 0, 1);
        for (axis, coord) in coords.iter_mut().enumerate().filter(|(axis, _)| *axis != self.axis) {
            let at = rest % self.shape.extent(axis);
            rest /= self.shape.extent(axis);
            let chunk = self.grid.chunk[axis];
            *coord = at / chunk;
            inside += at % chunk * step;
            step *= chunk.min(self.shape.extent(axis) - at / chunk * chunk);
        }
        let chunks = (0..self.grid.count(self.axis)).map(move |k| {
            coords[self.axis] = k;
            self.grid.number(&coords)
        });
        (chunks, inside)
    }
}

/// What was taken of a chunk: where it lies, and where in it each lane begins (and the last one ends).
struct Part {
    offset: u64,
    starts: Vec<u32>,
}

struct Taker {
    /// Of array and mask side by side.
    grid: Grid,
    dtype: DType,
    lanes: Lanes,
    scratch: u64,
    file: Arc<Scratch>,
    taken: Mutex<BTreeMap<usize, Part>>,
    written: AtomicU64,
}

impl Taker {
    fn take(&self, region: &Region, block: &Block) -> Result<()> {
        // Column-major, so that lanes are contiguous; singleton dimensions before them do not matter.
        let copied;
        let block = if block.order() == Order::F {
            block
        } else {
            let data = Data::zeros(block.dtype(), block.len());
            let mut dense = Block::dense(block.shape().clone(), data);
            copy_region(block, &Region::whole(block.shape()), &mut dense, &[0; Shape::MAX_RANK]);
            copied = dense;
            &copied
        };
        let half = block.len() / 2;
        let lane = region.len[self.lanes.axis].max(1);
        let mut starts = vec![0u32];
        let data = map_data!(block.data(), v => chosen(&v[..half], &v[half..], lane, &mut starts));
        let offset = self.file.reserve(data.bytes().len() as u64);
        self.file.write(data.bytes(), offset)?;
        self.written.fetch_add(data.bytes().len() as u64, Relaxed);
        let coords: Vec<usize> =
            (0..self.lanes.grid.rank()).map(|axis| region.start[axis] / self.lanes.grid.chunk[axis]).collect();
        lock(&self.taken).insert(self.lanes.grid.number(&coords), Part { offset, starts });
        Ok(())
    }
}

/// The values whose mask is not zero, and where each lane of them ends.
fn chosen<T: Copy + Default + PartialEq>(values: &[T], mask: &[T], lane: usize, ends: &mut Vec<u32>) -> Vec<T> {
    let mut out = Vec::new();
    for (values, mask) in values.chunks(lane).zip(mask.chunks(lane)) {
        out.extend(values.iter().zip(mask).filter(|(_, m)| **m != T::default()).map(|(x, _)| *x));
        ends.push(out.len() as u32);
    }
    out
}

impl Sink for Taker {
    fn grid(&self) -> &Grid {
        &self.grid
    }

    fn dtype(&self) -> DType {
        self.dtype
    }

    fn write(&self, region: &Region, block: &Block) -> Result<()> {
        each_chunk(&self.grid, region, block, |region, block| self.take(region, block))
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

/// The elements taken, readable by regions.
struct Taken {
    lanes: Lanes,
    parts: BTreeMap<usize, Part>,
    /// Where each lane begins in the result, and the end.
    starts: Vec<u64>,
    file: Arc<Scratch>,
    meta: ArrayMeta,
}

/// A piece of the result: where it lies in the file and in the result, in elements.
struct Piece {
    from: u64,
    to: usize,
    len: usize,
}

impl Taken {
    fn new(sink: &Taker, parts: BTreeMap<usize, Part>) -> Taken {
        let mut starts = vec![0u64];
        let mut sum = 0;
        for lane in 0..sink.lanes.count() {
            let (chunks, inside) = sink.lanes.crossed(lane);
            for part in chunks.filter_map(|chunk| parts.get(&chunk)) {
                sum += (part.starts[inside + 1] - part.starts[inside]) as u64;
            }
            starts.push(sum);
        }
        let shape = Shape::matrix(sum as usize, 1);
        let meta = ArrayMeta {
            grid: Grid::new(shape.clone(), &default_chunks(&shape, sink.dtype)),
            shape,
            dtype: sink.dtype,
            order: Order::F,
            partial_reads: true,
            description: "elements taken by a mask".to_owned(),
        };
        Taken { lanes: sink.lanes.clone(), parts, starts, file: sink.file.clone(), meta }
    }

    fn resident(&self) -> u64 {
        let parts: usize = self.parts.values().map(|part| part.starts.len() * 4 + 64).sum();
        (parts + self.starts.len() * 8) as u64
    }

    /// Where elements `a` to `b` lie, in the order of the file.
    fn pieces(&self, a: u64, b: u64) -> Vec<Piece> {
        let width = self.meta.dtype.size() as u64;
        let mut pieces = Vec::new();
        let mut lane = self.starts.partition_point(|&start| start <= a) - 1;
        while lane + 1 < self.starts.len() && self.starts[lane] < b {
            let mut at = self.starts[lane];
            let (chunks, inside) = self.lanes.crossed(lane);
            for part in chunks.filter_map(|chunk| self.parts.get(&chunk)) {
                let (first, last) = (part.starts[inside] as u64, part.starts[inside + 1] as u64);
                let (low, high) = (at.max(a), (at + last - first).min(b));
                if low < high {
                    let from = part.offset + (first + low - at) * width;
                    pieces.push(Piece { from, to: (low - a) as usize, len: (high - low) as usize });
                }
                at += last - first;
            }
            lane += 1;
        }
        pieces.sort_unstable_by_key(|piece| piece.from);
        pieces
    }
}

impl Source for Taken {
    fn meta(&self) -> &ArrayMeta {
        &self.meta
    }

    fn name(&self) -> &str {
        "elements taken"
    }

    fn read(&self, region: &Region, pool: &Pool) -> Result<Block> {
        let (dtype, width) = (self.meta.dtype, self.meta.dtype.size() as u64);
        let (a, b) = (region.start[0] as u64, region.end(0) as u64);
        let mut out = Block::dense(region.shape(), pool.take(dtype, region.size()));
        let pieces = self.pieces(a, b);
        // Pieces that follow each other in the file are read together.
        let mut rest = pieces.as_slice();
        while let Some(first) = rest.first() {
            let mut end = first.from;
            let together = rest.iter().take_while(|piece| {
                piece.from == end && {
                    end += piece.len as u64 * width;
                    true
                }
            });
            let count = together.count();
            let (run, after) = rest.split_at(count);
            let len = ((end - first.from) / width) as usize;
            let data = self.file.read_data(pool, dtype, len, first.from)?;
            let data = Block::dense(Shape::matrix(len, 1), data);
            let mut from = 0;
            for piece in run {
                copy_region(&data, &Region::new(&[from, 0], &[piece.len, 1]), &mut out, &[piece.to, 0]);
                from += piece.len;
            }
            pool.give(data);
            rest = after;
        }
        if pieces.iter().map(|piece| piece.len).sum::<usize>() != region.size() {
            return Err(fault!("internal error: a mask took another number of elements than it counted"));
        }
        Ok(out)
    }

    fn read_bytes(&self, region: &Region) -> u64 {
        (region.size() * self.meta.dtype.size()) as u64
    }

    fn read_scratch(&self, region: &Region) -> u64 {
        let pieces = region.size().min(self.starts.len() * self.lanes.grid.count(self.lanes.axis));
        (region.size() * self.meta.dtype.size() + pieces * size_of::<Piece>()) as u64
    }
}

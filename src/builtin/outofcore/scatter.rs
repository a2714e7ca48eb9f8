//! Elements put to the places of a permutation, when neither fits: `y(places) = x`.
//!
//! The result is cut into ranges of places. Element and place are streamed once, side by side, and put aside together in
//! the part of a file that belongs to the range of the place; as every place is named once, it is known beforehand how
//! long each part is. To read elements p to q of the result, the parts of their ranges are read and put in order.
//!
//! In theory: reads places and elements once, writes 16 bytes an element once to temporary storage, and reads them once.

use super::sort::COLUMN_CHUNK;
use super::{Visit, lock};
use crate::array::{Block, DType, Data, Grid, Order, Pool, Region, Shape};
use crate::diag::{Result, Span};
use crate::fault;
use crate::ir::{Algorithm, Made, Meta, Node, Op, Promise, Runner};
use crate::store::{ArrayMeta, Scratch, Source};
use smallvec::SmallVec;
use std::sync::{Arc, Mutex};

/// A range that is read, and a block that is put aside, are each at most one part in so many of the budget.
const SHARE: u64 = 32;
/// Bytes of an element with its place.
const PAIR: u64 = 16;

/// The column whose element `places(k)` is `x(k)`: `places` is a column that names each place from 1 once, `x` a column of
/// doubles. Nothing runs yet.
pub fn scattered(places: &Arc<Node>, x: &Arc<Node>, span: Span) -> Result<Arc<Node>> {
    let shape = places.meta.shape.clone();
    let both = Node::new(Op::Concat { axis: 1 }, &[places.clone(), x.clone()], span)?;
    let chunks = SmallVec::from_slice(&[COLUMN_CHUNK.min(shape.rows()).max(1), 1]);
    let output = Meta { chunks, shape, dtype: DType::F64 };
    Promise::node(Scatter, &[both], output, span)
}

#[derive(Debug)]
struct Scatter;

impl Algorithm for Scatter {
    fn name(&self) -> &'static str {
        "scatter"
    }

    fn run(&self, inputs: &[Arc<Node>], runner: &mut dyn Runner) -> Result<Vec<Made>> {
        let both = &inputs[0];
        let count = both.meta.shape.rows();
        let shape = Shape::matrix(count, 1);
        let share = (runner.room() / SHARE / PAIR).max(1) as usize;
        let range = share.min(count.max(1));
        let file = runner.scratch()?;
        let start = file.reserve(count as u64 * PAIR);
        // How much of each part is filled.
        let filled: Arc<Mutex<Vec<usize>>> = Arc::new(Mutex::new(vec![0; count.div_ceil(range)]));
        let grid = Grid::new(both.meta.shape.clone(), &[share, 2]);
        let scratch = grid.chunk[0] as u64 * (PAIR + 8) + (count / range) as u64 * 24;
        let put = {
            let (file, filled) = (file.clone(), filled.clone());
            move |_: &Region, block: &Block| {
                let pairs = block.slice::<f64>().ok_or_else(|| fault!("internal error: places of another type"))?;
                let parts = partition(pairs, block.order(), range, count)?;
                for (part, pairs) in parts {
                    let at = {
                        let mut filled = lock(&filled);
                        let at = part * range + filled[part];
                        filled[part] += pairs.len() / 2;
                        at
                    };
                    file.write(bytemuck::cast_slice(&pairs), start + at as u64 * PAIR)?;
                }
                Ok((pairs.len() / 2) as u64 * PAIR)
            }
        };
        let held = (count / range) as u64 * 8;
        runner.stream(&[(both.clone(), Arc::new(Visit::new(grid, DType::F64, scratch, put)))], held)?;
        if lock(&filled).iter().sum::<usize>() != count {
            return Err(fault!("internal error: a scatter lost elements"));
        }
        let meta = ArrayMeta {
            grid: Grid::new(shape.clone(), &[range, 1]),
            shape,
            dtype: DType::F64,
            order: Order::F,
            partial_reads: true,
            description: "elements in ranges of places".to_owned(),
        };
        Ok(vec![Made::Stored { source: Arc::new(Scattered { file, start, range, meta }), resident: 0 }])
    }
}

/// The pairs of each range of places, place before element.
fn partition(block: &[f64], order: Order, range: usize, count: usize) -> Result<Vec<(usize, Vec<f64>)>> {
    let rows = block.len() / 2;
    let pair = |k: usize| match order {
        Order::F => (block[k], block[rows + k]),
        Order::C => (block[2 * k], block[2 * k + 1]),
    };
    let mut order: Vec<(u32, u32)> = Vec::with_capacity(rows);
    for k in 0..rows {
        let place = pair(k).0;
        if !(place >= 1.0 && place <= count as f64) {
            return Err(fault!("internal error: a scatter to place {place} of {count}"));
        }
        order.push((((place as usize - 1) / range) as u32, k as u32));
    }
    order.sort_unstable();
    let parts = order.chunk_by(|a, b| a.0 == b.0);
    Ok(parts
        .map(|part| {
            let pairs = part.iter().flat_map(|&(_, k)| <[f64; 2]>::from(pair(k as usize)));
            (part[0].0 as usize, pairs.collect())
        })
        .collect())
}

struct Scattered {
    file: Arc<Scratch>,
    start: u64,
    range: usize,
    meta: ArrayMeta,
}

impl Scattered {
    /// The part of a range, in elements.
    fn part(&self, range: usize) -> (usize, usize) {
        (range * self.range, ((range + 1) * self.range).min(self.meta.shape.rows()))
    }
}

impl Source for Scattered {
    fn meta(&self) -> &ArrayMeta {
        &self.meta
    }

    fn name(&self) -> &str {
        "scattered elements"
    }

    fn read(&self, region: &Region, pool: &Pool) -> Result<Block> {
        let (first, end) = (region.start[0], region.end(0));
        let mut out = pool.take(DType::F64, region.size());
        let Data::F64(values) = &mut out else { return Err(fault!("internal error: doubles of another type")) };
        let mut found = 0;
        for range in first / self.range..end.div_ceil(self.range) {
            let (from, to) = self.part(range);
            let pairs = self.file.read_data(pool, DType::F64, 2 * (to - from), self.start + from as u64 * PAIR)?;
            let Data::F64(pairs) = pairs else { return Err(fault!("internal error: pairs of another type")) };
            for pair in pairs.chunks_exact(2) {
                let at = pair[0] as usize - 1;
                if (first..end).contains(&at) {
                    values[at - first] = pair[1];
                    found += 1;
                }
            }
            pool.give(Block::column(pairs));
        }
        if found != region.size() {
            return Err(fault!("internal error: a scatter names a place more than once"));
        }
        Ok(Block::dense(region.shape(), out))
    }

    fn read_bytes(&self, region: &Region) -> u64 {
        let ranges = region.start[0] / self.range..region.end(0).div_ceil(self.range);
        ranges.map(|range| self.part(range)).map(|(from, to)| (to - from) as u64 * PAIR).sum()
    }

    fn read_scratch(&self, _: &Region) -> u64 {
        self.range as u64 * PAIR
    }
}

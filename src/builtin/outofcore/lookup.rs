//! Elements of a column taken by a column of places, when neither fits: `y = x(places)`.
//!
//! Column and places are cut into ranges. The places are streamed once; those of each of their ranges are put aside
//! ordered by the range of the column they name. Then the column is streamed once, and what each of its ranges is asked for
//! is put beside. To read elements p to q of the result, the places of their ranges and what was found are read together.
//!
//! In theory: reads column and places once, writes 8 bytes and an element for each place to temporary storage, and reads
//! 16 bytes and an element for each place.

use super::{Visit, lock};
use crate::array::grid::default_chunks;
use crate::array::{Block, DType, Data, Grid, Order, Pool, Region, Shape};
use crate::diag::{Result, Span};
use crate::ir::{Algorithm, Made, Meta, Node, Promise, Runner};
use crate::store::{ArrayMeta, Scratch, Source};
use crate::{fault, map_data};
use std::sync::{Arc, Mutex};

/// A range that is worked on is at most one part in so many of the budget, unless there would be too many.
const SHARE: u64 = 32;
/// Bytes of memory that an element of a range takes besides itself: its place, and that place in order.
const ORDERING: u64 = 32;
/// What tells where requests lie uses at most one part in so many of the budget.
const TABLE_SHARE: u64 = 8;
/// Bytes of a request: which element of its range, for which element of the other.
const REQUEST: u64 = 8;

/// The column whose element k is `x(places(k))`: both are columns, `places` one of doubles that count `x` from 1, and
/// known to lie within. Nothing runs yet.
pub fn looked_up(x: &Arc<Node>, places: &Arc<Node>, span: Span) -> Result<Arc<Node>> {
    let shape = places.meta.shape.clone();
    let dtype = x.meta.dtype;
    let output = Meta { chunks: default_chunks(&shape, dtype), shape, dtype };
    Promise::node(Lookup, &[x.clone(), places.clone()], output, span)
}

#[derive(Debug)]
struct Lookup;

/// Requests of one range of places to one range of the column: where they begin among all, and how many.
#[derive(Debug, Clone, Copy)]
struct Extent {
    start: u64,
    len: u32,
}

impl Algorithm for Lookup {
    fn name(&self) -> &'static str {
        "lookup"
    }

    fn run(&self, inputs: &[Arc<Node>], runner: &mut dyn Runner) -> Result<Vec<Made>> {
        let [x, places] = inputs else { return Err(fault!("internal error: a lookup of something else")) };
        let (count, len) = (places.meta.shape.rows(), x.meta.shape.rows());
        let (dtype, width) = (x.meta.dtype, x.meta.dtype.size() as u64);
        let side = side(count as u64, len as u64, ORDERING + width, runner.room());
        let (ranges, parts) = (len.div_ceil(side), count.div_ceil(side));
        let held = (ranges * parts).min(count) as u64 * size_of::<Extent>() as u64;
        let file = runner.scratch()?;
        let requests = file.reserve(count as u64 * REQUEST);
        let found = file.reserve(count as u64 * width);
        let column = |shape: &Shape| Grid::new(shape.clone(), &[side, 1]);
        let table: Arc<Mutex<Vec<Vec<Extent>>>> = Arc::new(Mutex::new(vec![Vec::new(); ranges]));
        let scratch = side.min(count) as u64 * (ORDERING + width);
        let ask = {
            let (file, table) = (file.clone(), table.clone());
            move |region: &Region, block: &Block| {
                let places = block.slice::<f64>().ok_or_else(|| fault!("internal error: places of another type"))?;
                let start = region.start[0] as u64;
                let (asked, extents) = by_range(places, start, side, len)?;
                file.write(bytemuck::cast_slice(&asked), requests + start * REQUEST)?;
                let mut table = lock(&table);
                extents.into_iter().for_each(|(range, extent)| table[range].push(extent));
                Ok(places.len() as u64 * REQUEST)
            }
        };
        let sink = Visit::new(column(&places.meta.shape), DType::F64, scratch, ask);
        runner.stream(&[(places.clone(), Arc::new(sink))], held)?;
        let answer = {
            let (file, table, pool) = (file.clone(), table.clone(), Pool::new());
            move |region: &Region, block: &Block| {
                let extents = std::mem::take(&mut lock(&table)[region.start[0] / side]);
                let mut written = 0;
                for Extent { start, len } in extents {
                    let asked = read_requests(&file, &pool, len as usize, requests + start * REQUEST)?;
                    let each = asked.chunks_exact(2).map(|request| request[0] as usize);
                    let elements = map_data!(block.data(), v => each.map(|at| v[at]).collect());
                    file.write(elements.bytes(), found + start * width)?;
                    written += elements.bytes().len() as u64;
                    pool.give(Block::column(asked));
                }
                Ok(written)
            }
        };
        let sink = Visit::new(column(&x.meta.shape), dtype, scratch, answer);
        runner.stream(&[(x.clone(), Arc::new(sink))], held)?;
        let meta = ArrayMeta {
            grid: column(&places.meta.shape),
            shape: places.meta.shape.clone(),
            dtype,
            order: Order::F,
            partial_reads: true,
            description: "elements taken by places".to_owned(),
        };
        Ok(vec![Made::Stored { source: Arc::new(LookedUp { file, requests, found, side, meta }), resident: 0 }])
    }
}

/// Elements of a range: as many as take their share of the room, or more where the table would take more than its own.
fn side(count: u64, len: u64, bytes: u64, room: u64) -> usize {
    let own = room / SHARE / bytes;
    let extents = (room / TABLE_SHARE / size_of::<Extent>() as u64).max(1) as f64;
    let few = (count as f64 * len as f64 / extents).sqrt().ceil() as u64;
    own.max(few).clamp(1, u64::from(u32::MAX)) as usize
}

/// Requests, and where those to each range lie.
type Requests = (Vec<u32>, Vec<(usize, Extent)>);

/// Places of a range that begins at `start`, as requests ordered by the range of the column they name.
fn by_range(places: &[f64], start: u64, side: usize, len: usize) -> Result<Requests> {
    let mut order: Vec<(u32, u32, u32)> = Vec::with_capacity(places.len());
    for (k, &place) in places.iter().enumerate() {
        if !(place >= 1.0 && place <= len as f64) {
            return Err(fault!("internal error: a lookup of place {place} of {len}"));
        }
        let at = place as usize - 1;
        order.push(((at / side) as u32, k as u32, (at % side) as u32));
    }
    order.sort_unstable();
    let asked = order.iter().flat_map(|&(_, k, at)| [at, k]).collect();
    let mut before = start;
    let extents = order.chunk_by(|a, b| a.0 == b.0).map(|part| {
        let extent = Extent { start: before, len: part.len() as u32 };
        before += part.len() as u64;
        (part[0].0 as usize, extent)
    });
    Ok((asked, extents.collect()))
}

fn read_requests(file: &Scratch, pool: &Pool, len: usize, offset: u64) -> Result<Vec<u32>> {
    match file.read_data(pool, DType::U32, 2 * len, offset)? {
        Data::U32(asked) => Ok(asked),
        _ => Err(fault!("internal error: requests of another type")),
    }
}

struct LookedUp {
    file: Arc<Scratch>,
    requests: u64,
    found: u64,
    side: usize,
    meta: ArrayMeta,
}

impl LookedUp {
    /// The elements of the ranges that a region touches: the first, and the end.
    fn ranges(&self, region: &Region) -> (usize, usize) {
        let end = region.end(0).next_multiple_of(self.side).min(self.meta.shape.rows());
        (region.start[0] / self.side * self.side, end)
    }
}

impl Source for LookedUp {
    fn meta(&self) -> &ArrayMeta {
        &self.meta
    }

    fn name(&self) -> &str {
        "elements taken by places"
    }

    fn read(&self, region: &Region, pool: &Pool) -> Result<Block> {
        let (dtype, width) = (self.meta.dtype, self.meta.dtype.size());
        let (from, to) = self.ranges(region);
        let asked = read_requests(&self.file, pool, to - from, self.requests + from as u64 * REQUEST)?;
        let found = self.file.read_data(pool, dtype, to - from, self.found + (from * width) as u64)?;
        // Where the answer for each element wanted is among those read.
        let mut at = vec![0u32; region.size()];
        for (k, request) in asked.chunks_exact(2).enumerate() {
            let range = from + k / self.side * self.side;
            let element = (range + request[1] as usize).wrapping_sub(region.start[0]);
            if let Some(at) = at.get_mut(element) {
                *at = k as u32;
            }
        }
        let out = map_data!(&found, v => at.iter().map(|&k| v[k as usize]).collect());
        pool.give(Block::column(asked));
        Ok(Block::dense(region.shape(), out))
    }

    fn read_bytes(&self, region: &Region) -> u64 {
        let (from, to) = self.ranges(region);
        (to - from) as u64 * (REQUEST + self.meta.dtype.size() as u64)
    }

    fn read_scratch(&self, region: &Region) -> u64 {
        self.read_bytes(region) + region.size() as u64 * size_of::<u32>() as u64
    }
}

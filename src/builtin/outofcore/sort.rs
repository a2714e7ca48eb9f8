//! Sorting what does not fit, by external merging: the elements of a lane, or the rows of a matrix.
//!
//! The array is streamed once, in whatever blocks it comes; each is sorted in memory and put aside as a *run* of
//! [`records`](super::records). The sorted array is something that can be read by regions ([`runs`](super::runs)), which
//! is how a sort alone goes on. Where neighbours are compared or rows are read by column, the runs are merged once, window by
//! window, and the result is put aside in order.
//!
//! In theory: reads the array, writes it once to temporary storage (with places, 8 bytes a record more), and reads that
//! once when all of the result is used; finding the places reads about two samples' distance of every run for each
//! block read. What is put aside in order is written and read once more.
//!
//! With places, records are ordered by value and then by place, which is what a stable sort gives. Single elements without
//! places are ordered by value alone; where some that are equal differ in their bits (zeros of both signs, complex numbers)
//! they are sorted with places all the same.
//!
//! Knuth, The Art of Computer Programming 3, 5.4.9; Varman, Scheufler, Iyer, Ricard, "Merging multiple lists on
//! hierarchical-memory multiprocessors", J. Parallel Distrib. Comput. 12 (1991), for the splitting.

use super::keys::Keyed;
use super::records::{self, Records, Rules};
use super::runs::{Run, Runs, sample_bytes};
use super::{Visit, chunks_of, lock};
use crate::array::grid::default_chunks;
use crate::array::{Block, DType, Data, Grid, Order, Pool, Region, Shape};
use crate::diag::{Result, Span};
use crate::ir::{Algorithm, Made, Meta, Node, Op, Promise, Runner, op};
use crate::kernel::Formula;
use crate::store::{ArrayMeta, ScratchArray, Sink, Source};
use smallvec::SmallVec;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU8, Ordering::Relaxed};
use std::sync::{Arc, Mutex};

/// A run and what reading it takes use at most one part in so many of the budget.
const SHARE: u64 = 8;
/// Every so many-th record of a run is a sample, at least.
const SAMPLE: u64 = 64;
/// Samples use at most one part in so many of the budget, and so does what is read to find a split.
const SAMPLE_SHARE: u64 = 16;

/// Canonical chunks of columns that are put aside to be compared have so many elements: expressions of many of them fit
/// in a small budget.
pub const COLUMN_CHUNK: usize = 1 << 14;

/// The elements of `x` as one sorted vector of this shape, and, if asked for, where they were (from 1, in column-major
/// sequence). Nothing runs yet.
pub fn sorted(x: &Arc<Node>, shape: Shape, descending: bool, places: bool, span: Span) -> Result<Vec<Arc<Node>>> {
    Sort { rules: Rules::elements(descending, places), places, starts: false, shape }.promise(x, span)
}

/// The rows of a matrix in the order of some of its columns (and whether they descend), as a matrix, and where they were.
/// Nothing runs yet.
pub fn sorted_rows(x: &Arc<Node>, by: Vec<(usize, bool)>, span: Span) -> Result<Vec<Arc<Node>>> {
    let shape = x.meta.shape.clone();
    Sort { rules: Rules { width: shape.columns(), by, places: true }, places: true, starts: false, shape }
        .promise(x, span)
}

/// The elements of `x` as a sorted column, or with `rows` its rows in order of all their columns; which of them differ
/// from the one before; and, if asked for, where they were. Nothing runs yet.
pub fn grouped(x: &Arc<Node>, rows: bool, places: bool, span: Span) -> Result<Vec<Arc<Node>>> {
    let shape = if rows { x.meta.shape.clone() } else { Shape::matrix(x.meta.shape.len(), 1) };
    let width = shape.columns();
    let by = (0..width).map(|column| (column, false)).collect();
    Sort { rules: Rules { width, by, places: places || width > 1 }, places, starts: true, shape }.promise(x, span)
}

#[derive(Debug)]
struct Sort {
    rules: Rules,
    /// Whether places are wanted.
    places: bool,
    /// Whether neighbours are compared.
    starts: bool,
    /// Of the result.
    shape: Shape,
}

impl Sort {
    fn promise(self, x: &Arc<Node>, span: Span) -> Result<Vec<Arc<Node>>> {
        let column = Shape::matrix(self.shape.rows(), 1);
        let meta = |shape: &Shape, dtype| {
            let mut chunks = default_chunks(shape, dtype);
            if self.starts {
                chunks[0] = chunks[0].min(COLUMN_CHUNK);
            }
            Meta { shape: shape.clone(), dtype, chunks }
        };
        let mut outputs = vec![meta(&self.shape, x.meta.dtype)];
        if self.starts {
            outputs.push(meta(&column, DType::Bool));
        }
        if self.places {
            outputs.push(meta(if self.rules.width == 1 { &self.shape } else { &column }, DType::F64));
        }
        Promise::nodes(self, std::slice::from_ref(x), &outputs, span)
    }

    fn typed<T: Keyed>(&self, x: &Arc<Node>, runner: &mut dyn Runner) -> Result<Vec<Made>> {
        let mut rules = self.rules.clone();
        rules.places |= x.meta.dtype.is_complex();
        let runs = loop {
            let (runs, zeros) = make_runs::<T>(x, &rules, runner)?;
            // Zeros of both signs: only their places tell which comes first.
            if rules.places || zeros != 3 {
                break Arc::new(runs);
            }
            rules.places = true;
        };
        if self.starts || rules.width > 1 {
            return self.settled(&runs, x.meta.dtype, runner);
        }
        let mut made = vec![self.output(&runs, Wanted::Values, x.meta.dtype)];
        if self.places {
            made.push(self.output(&runs, Wanted::Places, DType::F64));
        }
        Ok(made)
    }

    fn output<T: Keyed>(&self, runs: &Arc<Runs<T>>, wanted: Wanted, dtype: DType) -> Made {
        let meta = ArrayMeta {
            shape: self.shape.clone(),
            dtype,
            grid: Grid::new(self.shape.clone(), &default_chunks(&self.shape, dtype)),
            order: Order::F,
            partial_reads: true,
            description: format!("{} sorted runs", runs.count()),
        };
        // Both outputs hold the samples; the first answers for them.
        let resident = if wanted == Wanted::Values { runs.resident() } else { 0 };
        Made::Stored { source: Arc::new(Merged { runs: runs.clone(), wanted, meta }), resident }
    }

    /// The runs merged into files in order, window by window.
    fn settled<T: Keyed>(&self, runs: &Arc<Runs<T>>, dtype: DType, runner: &mut dyn Runner) -> Result<Vec<Made>> {
        let (count, width) = (self.shape.rows() as u64, self.rules.width);
        let out = (width * size_of::<T>()) as u64 + 8 + 1;
        let put = out - if self.places { 0 } else { 8 } - !self.starts as u64;
        let window = (runner.room() / SHARE / (runs.record_bytes() + out)).clamp(1, count.max(1)) as usize;
        let file = runner.scratch()?;
        let column = Shape::matrix(count as usize, 1);
        let array = |name, shape: &Shape, dtype| {
            let chunk = [window, shape.columns()];
            Arc::new(ScratchArray::new(file.clone(), name, shape, dtype, &chunk, Order::F))
        };
        let values = array("sorted", &self.shape, dtype);
        let places = self.places.then(|| array("places of sorted", &column, DType::F64));
        let starts = self.starts.then(|| array("starts of groups", &column, DType::Bool));
        // The first and last record of every window.
        let ends: Mutex<BTreeMap<u64, [Vec<T>; 2]>> = Mutex::default();
        let ends = Arc::new(ends);
        let merge = {
            let (runs, ends, pool) = (runs.clone(), ends.clone(), Pool::new());
            let (values, places, starts) = (values.clone(), places.clone(), starts.clone());
            move |region: &Region, _: &Block| {
                let records = runs.merged(region.start[0] as u64, region.end(0) as u64, &pool)?;
                let Some(last) = records.len().checked_sub(1) else { return Ok(0) };
                let own = [records.record(0).to_vec(), records.record(last).to_vec()];
                lock(&ends).insert(region.start[0] as u64, own);
                let rows = |columns| Region::new(&[region.start[0], 0], &[region.len[0], columns]);
                let block = |columns, data| Block::dense(Shape::matrix(region.len[0], columns), data);
                if let Some(places) = &places {
                    places.write(&rows(1), &block(1, Data::F64(records.places())))?;
                }
                if let Some(starts) = &starts {
                    starts.write(&rows(1), &block(1, Data::Bool(records.starts())))?;
                }
                values.write(&rows(width), &block(width, typed_data(T::wrap(records.columns(0..width)), dtype)))?;
                Ok(records.len() as u64 * put)
            }
        };
        let nothing = Formula::Fill { bits: 0, dtype: DType::Bool };
        let windows = Node::new(Op::Source(op::Source::Formula(nothing, column.clone())), &[], Span::default())?;
        let chunk: SmallVec<[usize; 4]> = SmallVec::from_slice(&[window, 1]);
        let windows = Node::new(Op::Rechunk { chunk: chunk.clone() }, &[windows], Span::default())?;
        let scratch = runs.reading_bytes(window as u64, out);
        let sink = Visit::new(Grid::new(column, &chunk), DType::Bool, scratch, merge);
        runner.stream(&[(windows, Arc::new(sink))], runs.resident())?;
        let ends = std::mem::take(&mut *lock(&ends));
        for ((_, [_, before]), (at, [first, _])) in ends.iter().zip(ends.iter().skip(1)) {
            if let Some(starts) = &starts {
                let differs = Block::scalar(records::differ(before, first));
                starts.write(&Region::new(&[*at as usize, 0], &[1, 1]), &differs)?;
            }
        }
        let made = [Some(values), starts, places].into_iter().flatten();
        Ok(made.map(|source| Made::Stored { source, resident: 0 }).collect())
    }
}

impl Algorithm for Sort {
    fn name(&self) -> &'static str {
        "sort"
    }

    fn run(&self, inputs: &[Arc<Node>], runner: &mut dyn Runner) -> Result<Vec<Made>> {
        super::each_type!(inputs[0].meta.dtype, T => self.typed::<T>(&inputs[0], runner))
    }
}

/// Streams an array into sorted runs. Also tells which signs its zeros have: 1 for positive ones, 2 for negative ones,
/// together.
fn make_runs<T: Keyed>(x: &Arc<Node>, rules: &Rules, runner: &mut dyn Runner) -> Result<(Runs<T>, u8)> {
    let (room, shape) = (runner.room(), &x.meta.shape);
    let record = rules.bytes::<T>() + rules.moving::<T>();
    let most = (room / SHARE / (record + (rules.width * size_of::<T>()) as u64)).max(1);
    let (count, grid) = if rules.width == 1 {
        (shape.len() as u64, Grid::new(shape.clone(), &chunks_of(&x.meta, most)))
    } else {
        (shape.rows() as u64, Grid::new(shape.clone(), &[most as usize, shape.columns()]))
    };
    let sample = sample_bytes::<T::Key>(rules);
    let every = SAMPLE.max(count * sample / (room / SAMPLE_SHARE).max(1));
    let in_chunk = grid.chunk.iter().map(|&c| c as u64).product::<u64>() / rules.width as u64;
    let scratch = in_chunk * record + records::slab_bytes::<T>(in_chunk, rules);
    let file = runner.scratch()?;
    let runs: Arc<Mutex<Vec<Run<T::Key>>>> = Arc::default();
    let zeros = Arc::new(AtomicU8::new(0));
    let sort = {
        let (runs, zeros, file, rules, whole) =
            (runs.clone(), zeros.clone(), file.clone(), rules.clone(), shape.clone());
        move |region: &Region, block: &Block| {
            if !rules.places {
                let signs = records::elements_of::<T>(block.data())?.iter().fold(0, |signs, x| signs | x.zero());
                zeros.fetch_or(signs, Relaxed);
            }
            let mut records = Records::<T>::of(&whole, region, block, &rules)?;
            records.sort(&rules);
            let len = records.len();
            let values = file.reserve((len * rules.width * size_of::<T>()) as u64);
            let places = file.reserve(if rules.places { len as u64 * 8 } else { 0 });
            records.write(&file, values, places)?;
            let samples = (0..len).step_by(every as usize);
            let samples = samples.map(|at| (rules.key(records.record(at)), records.place(at))).collect();
            lock(&runs).push(Run { len: len as u64, values, places, samples });
            Ok((len * (rules.width * size_of::<T>() + if rules.places { 8 } else { 0 })) as u64)
        }
    };
    let sink = Visit::new(grid, x.meta.dtype, scratch, sort);
    runner.stream(&[(x.clone(), Arc::new(sink))], count.div_ceil(every) * sample)?;
    let runs = std::mem::take(&mut *lock(&runs));
    let window = room / SAMPLE_SHARE / (sample + rules.bytes::<T>());
    let zeros = zeros.load(Relaxed);
    Ok((Runs::new(runs, (file, x.meta.dtype), rules.clone(), every, window), zeros))
}

/// Bytes that stand for characters as characters.
fn typed_data(data: Data, dtype: DType) -> Data {
    match (dtype, data) {
        (DType::Char, Data::U8(bytes)) => Data::Char(bytes),
        (_, data) => data,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Values,
    Places,
}

/// A sorted vector, or the places of its elements, merged as it is read.
struct Merged<T: Keyed> {
    runs: Arc<Runs<T>>,
    wanted: Wanted,
    meta: ArrayMeta,
}

impl<T: Keyed> Source for Merged<T> {
    fn meta(&self) -> &ArrayMeta {
        &self.meta
    }

    fn name(&self) -> &str {
        if self.wanted == Wanted::Values { "sorted runs" } else { "places of sorted runs" }
    }

    fn read(&self, region: &Region, pool: &Pool) -> Result<Block> {
        let axis = (0..region.rank()).max_by_key(|&a| self.meta.shape.extent(a)).unwrap_or(0);
        let records = self.runs.merged(region.start[axis] as u64, region.end(axis) as u64, pool)?;
        let data = match self.wanted {
            Wanted::Places => Data::F64(records.places()),
            Wanted::Values => typed_data(T::wrap(records.columns(0..1)), self.meta.dtype),
        };
        Ok(Block::dense(region.shape(), data))
    }

    fn read_bytes(&self, region: &Region) -> u64 {
        let element = size_of::<T>() as u64 + if self.runs.rules.places { 8 } else { 0 };
        (region.size() as u64 + self.runs.split_records()) * element
    }

    fn read_scratch(&self, region: &Region) -> u64 {
        self.runs.reading_bytes(region.size() as u64, 0)
    }
}

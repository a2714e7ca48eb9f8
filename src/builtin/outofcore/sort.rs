//! Sorting a lane that does not fit, by external merging.
//!
//! The array is streamed once, in whatever blocks it comes; each is sorted in memory and put aside as a *run*. Nothing
//! is merged yet: the sorted array is something that can be read by regions. To read elements p to q, the exact places
//! where the first p and the first q elements end are found in every run, and what lies between is read and merged.
//! Those places are found without reading the runs: a sample of every run stays in memory, the sorted samples bound the
//! places to a few samples' distance, and of that little the elements themselves are read (first a finer sample, where
//! it is not so little).
//!
//! In theory: reads the array, writes it once to temporary storage (with places, 8 bytes an element more), and reads that
//! once when all of the result is used; finding the places reads about two samples' distance of every run for each
//! block read.
//!
//! With places asked for, elements are ordered by value and then by place, which is what a stable sort gives. Without,
//! values alone decide, and of zeros the negative ones come first.
//!
//! Knuth, The Art of Computer Programming 3, 5.4.9; Varman, Scheufler, Iyer, Ricard, "Merging multiple lists on
//! hierarchical-memory multiprocessors", J. Parallel Distrib. Comput. 12 (1991), for the splitting.

use super::keys::{Key, Keyed};
use super::{chunks_of, each_chunk};
use crate::array::grid::default_chunks;
use crate::array::{Block, DType, Data, Grid, Order, Pool, Region, Shape};
use crate::diag::{Result, Span};
use crate::fault;
use crate::ir::{Algorithm, Made, Meta, Node, Promise, Runner};
use crate::store::{ArrayMeta, Scratch, Sink, Source, Stored};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A run and what reading it takes use at most one part in so many of the budget.
const SHARE: u64 = 8;
/// Every so many-th element of a run is a sample, at least.
const SAMPLE: u64 = 64;
/// Samples use at most one part in so many of the budget, and so does what is read to find a split.
const SAMPLE_SHARE: u64 = 16;
/// Places of splits that are remembered.
const REMEMBERED: usize = 64;
/// Elements turned into bytes at a time.
const SLAB: usize = 1 << 16;

/// The elements of `x` as one sorted vector of this shape, and, if asked for, where they were (from 1, in column-major
/// sequence). Nothing runs yet.
pub fn sorted(x: &Arc<Node>, shape: Shape, descending: bool, places: bool, span: Span) -> Result<Vec<Arc<Node>>> {
    let meta = |dtype| Meta { shape: shape.clone(), dtype, chunks: default_chunks(&shape, dtype) };
    let mut outputs = vec![meta(x.meta.dtype)];
    if places {
        outputs.push(meta(DType::F64));
    }
    Promise::nodes(Sort { descending, places, shape: shape.clone() }, std::slice::from_ref(x), &outputs, span)
}

#[derive(Debug)]
struct Sort {
    descending: bool,
    places: bool,
    /// Of the result.
    shape: Shape,
}

impl Algorithm for Sort {
    fn name(&self) -> &'static str {
        "sort"
    }

    fn run(&self, inputs: &[Arc<Node>], runner: &mut dyn Runner) -> Result<Vec<Made>> {
        match inputs[0].meta.dtype {
            DType::F64 => self.typed::<f64>(&inputs[0], runner),
            DType::F32 => self.typed::<f32>(&inputs[0], runner),
            DType::I8 => self.typed::<i8>(&inputs[0], runner),
            DType::I16 => self.typed::<i16>(&inputs[0], runner),
            DType::I32 => self.typed::<i32>(&inputs[0], runner),
            DType::I64 => self.typed::<i64>(&inputs[0], runner),
            DType::U8 | DType::Char => self.typed::<u8>(&inputs[0], runner),
            DType::U16 => self.typed::<u16>(&inputs[0], runner),
            DType::U32 => self.typed::<u32>(&inputs[0], runner),
            DType::U64 => self.typed::<u64>(&inputs[0], runner),
            DType::Bool => self.typed::<bool>(&inputs[0], runner),
            DType::C64 => self.typed::<crate::array::Complex64>(&inputs[0], runner),
            DType::C32 => self.typed::<crate::array::Complex32>(&inputs[0], runner),
        }
    }
}

impl Sort {
    fn typed<T: Keyed>(&self, x: &Arc<Node>, runner: &mut dyn Runner) -> Result<Vec<Made>> {
        let room = runner.room();
        let n = x.meta.shape.len() as u64;
        let held = if self.places { size_of::<(T, u64)>() } else { size_of::<T>() } as u64;
        let elements = (room / SHARE / (held + size_of::<T>() as u64)).max(1);
        let grid = Grid::new(x.meta.shape.clone(), &chunks_of(&x.meta, elements));
        let sample = size_of::<Sample<T::Key>>() as u64;
        let every = SAMPLE.max(n * sample / (room / SAMPLE_SHARE).max(1));
        let samples = n.div_ceil(every) * sample;
        let chunk = grid.chunk.iter().map(|&c| c as u64).product::<u64>();
        let rules = Rules { descending: self.descending, places: self.places };
        let sink = Arc::new(RunSink::<T> {
            scratch: chunk * held + chunk.min(SLAB as u64) * size_of::<T>().max(8) as u64,
            grid,
            dtype: x.meta.dtype,
            rules,
            every,
            file: runner.scratch()?,
            runs: Mutex::default(),
            written: AtomicU64::new(0),
        });
        runner.stream(&[(x.clone(), sink.clone())], samples)?;
        let runs = std::mem::take(&mut *lock(&sink.runs));
        let window = (room / SAMPLE_SHARE / (sample + held)).max(8 * runs.len() as u64);
        let merge = Arc::new(Runs::<T>::new(runs, sink.file.clone(), sink.dtype, rules, every, window));
        let mut made = vec![self.output(&merge, Wanted::Values, sink.dtype)];
        if self.places {
            made.push(self.output(&merge, Wanted::Places, DType::F64));
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
            description: format!("{} sorted runs", runs.runs.len()),
        };
        // Both outputs hold the samples; the first answers for them.
        let resident = if wanted == Wanted::Values { runs.resident() } else { 0 };
        Made::Stored { source: Arc::new(Merged { runs: runs.clone(), wanted, meta }), resident }
    }
}

/// How elements are ordered, and whether their places go along.
#[derive(Debug, Clone, Copy)]
struct Rules {
    descending: bool,
    places: bool,
}

impl Rules {
    fn key<T: Keyed>(self, x: T) -> T::Key {
        let key = if self.places { x.key() } else { x.exact() };
        if self.descending { key.reversed() } else { key }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A sorted run in the scratch file.
struct Run<K> {
    len: u64,
    values: u64,
    places: u64,
    /// Key and place of every so many-th element.
    samples: Vec<(K, u64)>,
}

/// Sorts every chunk it is handed and puts it aside.
struct RunSink<T: Keyed> {
    grid: Grid,
    dtype: DType,
    rules: Rules,
    every: u64,
    scratch: u64,
    file: Arc<Scratch>,
    runs: Mutex<Vec<Run<T::Key>>>,
    written: AtomicU64,
}

impl<T: Keyed> RunSink<T> {
    fn put(&self, region: &Region, block: &Block) -> Result<()> {
        let elements = elements_of::<T>(block.data())?;
        let len = elements.len() as u64;
        let values = self.file.reserve(len * size_of::<T>() as u64);
        let mut run = Run { len, values, places: 0, samples: Vec::new() };
        if self.rules.places {
            let places = Places::new(&self.grid.shape, region, block);
            let mut pairs: Vec<(T, u64)> = elements.iter().copied().zip(places).collect();
            pairs.sort_unstable_by_key(|&(x, place)| (self.rules.key(x), place));
            run.places = self.file.reserve(len * 8);
            run.samples = pairs.iter().step_by(self.every as usize).map(|&(x, p)| (self.rules.key(x), p)).collect();
            self.append(run.values, pairs.iter().map(|&(x, _)| x))?;
            self.append(run.places, pairs.iter().map(|&(_, place)| place))?;
        } else {
            let mut sorted: Vec<T> = elements.iter().map(|x| x.settled()).collect();
            sorted.sort_unstable_by_key(|&x| self.rules.key(x));
            run.samples = sorted.iter().step_by(self.every as usize).map(|&x| (self.rules.key(x), 0)).collect();
            self.append(run.values, sorted.iter().copied())?;
        }
        lock(&self.runs).push(run);
        Ok(())
    }

    fn append<U: crate::array::Element>(&self, mut offset: u64, values: impl Iterator<Item = U>) -> Result<()> {
        let mut values = values.peekable();
        while values.peek().is_some() {
            let slab = U::wrap(values.by_ref().take(SLAB).collect());
            self.file.write(slab.bytes(), offset)?;
            offset += slab.bytes().len() as u64;
            self.written.fetch_add(slab.bytes().len() as u64, Relaxed);
        }
        Ok(())
    }
}

/// The elements of a block as what they are sorted as; text sorts as bytes.
fn elements_of<T: Keyed>(data: &Data) -> Result<&[T]> {
    if let Data::Char(bytes) = data
        && let Some(same) = (bytes as &dyn std::any::Any).downcast_ref::<Vec<T>>()
    {
        return Ok(same);
    }
    T::slice(data).ok_or_else(|| fault!("internal error: a run of another type"))
}

impl<T: Keyed> Sink for RunSink<T> {
    fn grid(&self) -> &Grid {
        &self.grid
    }

    fn dtype(&self) -> DType {
        self.dtype
    }

    fn write(&self, region: &Region, block: &Block) -> Result<()> {
        each_chunk(&self.grid, region, block, |region, block| self.put(region, block))
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

/// Column-major positions, in the whole array, of the elements of a block in the sequence it holds them.
struct Places {
    /// Extent and step of each axis, fastest in memory first.
    axes: Vec<(usize, u64)>,
    at: Vec<usize>,
    next: u64,
    left: usize,
}

impl Places {
    fn new(whole: &Shape, region: &Region, block: &Block) -> Places {
        let mut step = 1u64;
        let mut axes = Vec::with_capacity(region.rank());
        let mut next = 0;
        for axis in 0..region.rank() {
            axes.push((region.len[axis], step));
            next += region.start[axis] as u64 * step;
            step *= whole.extent(axis) as u64;
        }
        if block.order() == Order::C {
            axes.reverse();
        }
        Places { at: vec![0; axes.len()], axes, next, left: region.size() }
    }
}

impl Iterator for Places {
    type Item = u64;

    fn next(&mut self) -> Option<u64> {
        self.left = self.left.checked_sub(1)?;
        let place = self.next;
        for (at, &(extent, step)) in self.at.iter_mut().zip(&self.axes) {
            *at += 1;
            self.next += step;
            if *at < extent {
                break;
            }
            self.next -= step * extent as u64;
            *at = 0;
        }
        Some(place)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for Places {}

/// A sample: key, place, run.
type Sample<K> = (K, u64, u32);

/// All runs, and where they are cut.
struct Runs<T: Keyed> {
    /// Length, offset of values and of places.
    runs: Vec<(u64, u64, u64)>,
    file: Arc<Scratch>,
    dtype: DType,
    rules: Rules,
    every: u64,
    /// Elements that may be read to find a split.
    window: u64,
    /// Of all runs, sorted.
    samples: Vec<Sample<T::Key>>,
    splits: Mutex<BTreeMap<u64, Arc<Vec<u64>>>>,
}

impl<T: Keyed> Runs<T> {
    fn new(runs: Vec<Run<T::Key>>, file: Arc<Scratch>, dtype: DType, rules: Rules, every: u64, window: u64) -> Runs<T> {
        let of_run = |(r, run): (usize, &Run<T::Key>)| -> Vec<Sample<T::Key>> {
            run.samples.iter().map(|&(key, place)| (key, place, r as u32)).collect()
        };
        let mut samples: Vec<Sample<T::Key>> = runs.iter().enumerate().flat_map(of_run).collect();
        samples.sort_unstable();
        let runs = runs.iter().map(|run| (run.len, run.values, run.places)).collect();
        Runs { runs, file, dtype, rules, every, window, samples, splits: Mutex::default() }
    }

    fn resident(&self) -> u64 {
        let splits = REMEMBERED * self.runs.len() * 8;
        (self.samples.len() * size_of::<Sample<T::Key>>() + self.runs.len() * 24 + splits) as u64
    }

    /// Bytes of memory that finding a split takes at most.
    fn split_bytes(&self) -> u64 {
        self.split_elements() * (size_of::<Sample<T::Key>>() + size_of::<T>() + 8) as u64 + self.runs.len() as u64 * 24
    }

    /// Elements read to find a split, at most.
    fn split_elements(&self) -> u64 {
        self.window.min(2 * self.runs.len() as u64 * self.every)
    }

    fn values(&self, pool: &Pool, run: usize, from: u64, to: u64) -> Result<Vec<T>> {
        let offset = self.runs[run].1 + from * size_of::<T>() as u64;
        let dtype = if self.dtype == DType::Char { DType::U8 } else { self.dtype };
        let mut data = self.file.read_data(pool, dtype, (to - from) as usize, offset)?;
        let values = T::vec_mut(&mut data).ok_or_else(|| fault!("internal error: a run of another type"))?;
        Ok(std::mem::take(values))
    }

    fn places(&self, pool: &Pool, run: usize, from: u64, to: u64) -> Result<Vec<u64>> {
        if !self.rules.places {
            return Ok(vec![0; (to - from) as usize]);
        }
        match self.file.read_data(pool, DType::U64, (to - from) as usize, self.runs[run].2 + from * 8)? {
            Data::U64(places) => Ok(places),
            _ => Err(fault!("internal error: places of another type")),
        }
    }

    /// How many elements of each run are among the first `p` of all.
    fn split(&self, p: u64, pool: &Pool) -> Result<Arc<Vec<u64>>> {
        if let Some(known) = lock(&self.splits).get(&p) {
            return Ok(known.clone());
        }
        let split = Arc::new(self.find_split(p, pool)?);
        let mut splits = lock(&self.splits);
        while splits.len() >= REMEMBERED {
            splits.pop_first();
        }
        splits.insert(p, split.clone());
        Ok(split)
    }

    fn find_split(&self, p: u64, pool: &Pool) -> Result<Vec<u64>> {
        let mut windows: Vec<(u64, u64)> = self.runs.iter().map(|run| (0, run.0)).collect();
        narrow(&mut windows, p, self.every, &self.samples);
        loop {
            let total: u64 = windows.iter().map(|(low, high)| high - low).sum();
            if total <= self.window {
                break;
            }
            // Still too much to read: a finer sample, element by element.
            let every = total.div_ceil(self.window / 2).max(2);
            let mut samples = Vec::new();
            for (run, &(low, high)) in windows.iter().enumerate() {
                for at in (low..high).step_by(every as usize) {
                    samples.extend(self.window_of(run, at, at + 1, pool)?);
                }
            }
            samples.sort_unstable();
            narrow(&mut windows, p, every, &samples);
        }
        let mut window = Vec::new();
        for (run, &(low, high)) in windows.iter().enumerate() {
            if low < high {
                window.extend(self.window_of(run, low, high, pool)?);
            }
        }
        let mut split: Vec<u64> = windows.iter().map(|&(low, _)| low).collect();
        let missing = (p - split.iter().sum::<u64>()) as usize;
        if missing < window.len() {
            window.select_nth_unstable(missing);
            window.truncate(missing);
        }
        window.iter().for_each(|&(.., run)| split[run as usize] += 1);
        Ok(split)
    }

    /// Elements of a run as what splits compare.
    fn window_of(&self, run: usize, low: u64, high: u64, pool: &Pool) -> Result<Vec<Sample<T::Key>>> {
        let (values, places) = (self.values(pool, run, low, high)?, self.places(pool, run, low, high)?);
        Ok(values.into_iter().zip(places).map(|(x, place)| (self.rules.key(x), place, run as u32)).collect())
    }

    /// Elements `p` to `q` in order, with their places.
    fn merged(&self, p: u64, q: u64, pool: &Pool) -> Result<Vec<(T, u64)>> {
        let (from, to) = (self.split(p, pool)?, self.split(q, pool)?);
        let mut pairs: Vec<(T, u64)> = Vec::with_capacity((q - p) as usize);
        for run in 0..self.runs.len() {
            if from[run] < to[run] {
                let values = self.values(pool, run, from[run], to[run])?;
                pairs.extend(values.into_iter().zip(self.places(pool, run, from[run], to[run])?));
            }
        }
        // A sort that finds the runs in what it is given and merges them.
        pairs.sort_by_key(|&(x, place)| (self.rules.key(x), place));
        Ok(pairs)
    }

    /// As [`Runs::merged`], values alone.
    fn merged_values(&self, p: u64, q: u64, pool: &Pool) -> Result<Vec<T>> {
        if self.rules.places {
            return Ok(self.merged(p, q, pool)?.into_iter().map(|(x, _)| x).collect());
        }
        let (from, to) = (self.split(p, pool)?, self.split(q, pool)?);
        let mut values: Vec<T> = Vec::with_capacity((q - p) as usize);
        for run in 0..self.runs.len() {
            if from[run] < to[run] {
                values.extend(self.values(pool, run, from[run], to[run])?);
            }
        }
        values.sort_by_key(|&x| self.rules.key(x));
        Ok(values)
    }
}

/// Moves the ends of the windows together: the first `p` elements of all runs end inside the window of each run, and
/// `samples` are every `every`-th element of each window from its start on, sorted.
///
/// The sample of rank t among the samples has at least `t every - windows (every - 1)` and at most `t every` elements of
/// the windows before it: of each window with c samples before it between `(c - 1) every + 1` and `c every`.
fn narrow<K: Key>(windows: &mut [(u64, u64)], p: u64, every: u64, samples: &[Sample<K>]) {
    let p = p - windows.iter().map(|&(low, _)| low).sum::<u64>();
    let open = windows.iter().filter(|(low, high)| low < high).count() as u64;
    let below = (p / every).min(samples.len() as u64) as usize;
    let above = (p + open * (every - 1)).div_ceil(every);
    let mut counts = vec![0u64; windows.len()];
    samples[..below].iter().for_each(|&(.., run)| counts[run as usize] += 1);
    let low: Vec<u64> = counts.iter().map(|&c| if c > 0 { (c - 1) * every + 1 } else { 0 }).collect();
    let bounded = above < samples.len() as u64;
    if bounded {
        samples[below..above as usize].iter().for_each(|&(.., run)| counts[run as usize] += 1);
    }
    for ((window, low), count) in windows.iter_mut().zip(low).zip(counts) {
        let high = if bounded { window.1.min(window.0 + count * every) } else { window.1 };
        *window = (window.0 + low, high);
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Values,
    Places,
}

/// The sorted array, or the places of its elements, as an array that can be read.
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
        let (p, q) = (region.start[axis] as u64, region.end(axis) as u64);
        let data = match self.wanted {
            Wanted::Places => {
                Data::F64(self.runs.merged(p, q, pool)?.into_iter().map(|(_, place)| (place + 1) as f64).collect())
            }
            Wanted::Values => match (self.meta.dtype, T::wrap(self.runs.merged_values(p, q, pool)?)) {
                (DType::Char, Data::U8(bytes)) => Data::Char(bytes),
                (_, data) => data,
            },
        };
        Ok(Block::dense(region.shape(), data))
    }

    fn read_bytes(&self, region: &Region) -> u64 {
        let element = size_of::<T>() as u64 + if self.runs.rules.places { 8 } else { 0 };
        (region.size() as u64 + self.runs.split_elements()) * element
    }

    fn read_scratch(&self, region: &Region) -> u64 {
        let element = if self.runs.rules.places { size_of::<(T, u64)>() } else { size_of::<T>() } as u64;
        // What is merged, the sort's own buffer, and one run's part.
        (region.size() as u64 * element * 2 + region.size() as u64 * 8).max(self.runs.split_bytes())
    }

    fn path(&self) -> Option<&Path> {
        None
    }

    fn stored(&self) -> Result<Stored> {
        Ok(Stored::default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_column_major_in_either_order() {
        let region = Region::new(&[1, 2], &[2, 2]);
        let whole = Shape::matrix(4, 5);
        let block = Block::dense(region.shape(), Data::F64(vec![0.0; 4]));
        assert_eq!(Places::new(&whole, &region, &block).collect::<Vec<_>>(), [9, 10, 13, 14]);
        let block = Block::new(region.shape(), Order::C, Data::F64(vec![0.0; 4]));
        assert_eq!(Places::new(&whole, &region, &block).collect::<Vec<_>>(), [9, 13, 10, 14]);
    }
}

//! Sorted runs in a scratch file, read as one sorted sequence.
//!
//! Nothing is merged until it is read. To read records p to q, the exact places where the first p and the first q records
//! end are found in every run, and what lies between is read and merged. Those places are found without reading the
//! runs: a sample of every run stays in memory, the sorted samples bound the places to a few samples' distance, and of
//! that little the records themselves are read (first a finer sample, where it is not so little).

use super::keys::{Key, Keyed};
use super::lock;
use super::records::{RecordKey, Records, Rules};
use crate::array::{DType, Data, Pool};
use crate::diag::Result;
use crate::fault;
use crate::store::Scratch;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// Places of splits that are remembered.
const REMEMBERED: usize = 64;

/// A sorted run in the scratch file.
pub struct Run<K> {
    /// Records.
    pub len: u64,
    /// Where values and places begin.
    pub values: u64,
    pub places: u64,
    /// Key and place of every so many-th record.
    pub samples: Vec<(RecordKey<K>, u64)>,
}

/// A sample: key, place, run.
pub type Sample<K> = (RecordKey<K>, u64, u32);

/// Bytes of a sample of records.
pub fn sample_bytes<K: Key>(rules: &Rules) -> u64 {
    let spilled = if rules.by.len() > 1 { rules.by.len() * size_of::<K>() } else { 0 };
    (size_of::<Sample<K>>() + spilled) as u64
}

/// All runs, and where they are cut.
pub struct Runs<T: Keyed> {
    /// Length, offset of values and of places.
    runs: Vec<(u64, u64, u64)>,
    file: Arc<Scratch>,
    dtype: DType,
    pub rules: Rules,
    every: u64,
    /// Records that may be read to find a split.
    window: u64,
    /// Of all runs, sorted.
    samples: Vec<Sample<T::Key>>,
    splits: Mutex<BTreeMap<u64, Arc<Vec<u64>>>>,
}

impl<T: Keyed> Runs<T> {
    /// Runs of elements of a type with every `every`-th record sampled. `window` records may be read to find a split.
    pub fn new(
        runs: Vec<Run<T::Key>>,
        (file, dtype): (Arc<Scratch>, DType),
        rules: Rules,
        every: u64,
        window: u64,
    ) -> Runs<T> {
        let window = window.max(8 * runs.len() as u64);
        let places = runs.iter().map(|run| (run.len, run.values, run.places)).collect();
        let mut samples: Vec<Sample<T::Key>> = Vec::with_capacity(runs.iter().map(|run| run.samples.len()).sum());
        for (r, run) in runs.into_iter().enumerate() {
            samples.extend(run.samples.into_iter().map(|(key, place)| (key, place, r as u32)));
        }
        samples.sort_unstable();
        Runs { runs: places, file, dtype, rules, every, window, samples, splits: Mutex::default() }
    }

    pub fn count(&self) -> usize {
        self.runs.len()
    }

    /// Bytes that stay in memory.
    pub fn resident(&self) -> u64 {
        let splits = REMEMBERED * self.runs.len() * 8;
        self.samples.len() as u64 * sample_bytes::<T::Key>(&self.rules) + (self.runs.len() * 24 + splits) as u64
    }

    /// Bytes of memory that finding a split takes at most.
    fn split_bytes(&self) -> u64 {
        let record = sample_bytes::<T::Key>(&self.rules) + (self.rules.width * size_of::<T>()) as u64 + 8;
        self.split_records() * record + self.runs.len() as u64 * 24
    }

    /// Records read to find a split, at most.
    pub fn split_records(&self) -> u64 {
        self.window.min(2 * self.runs.len() as u64 * self.every)
    }

    /// Bytes of memory that merging a record takes: itself, the sort's own buffer or a copy in order, its run's part.
    pub fn record_bytes(&self) -> u64 {
        2 * self.rules.bytes::<T>() + self.rules.moving::<T>() + 8
    }

    /// Bytes of memory that reading so many records takes, with what they are made into of `out` bytes each.
    pub fn reading_bytes(&self, records: u64, out: u64) -> u64 {
        (records * (self.record_bytes() + out)).max(self.split_bytes())
    }

    fn values(&self, pool: &Pool, run: usize, from: u64, to: u64) -> Result<Vec<T>> {
        let width = self.rules.width as u64;
        let offset = self.runs[run].1 + from * width * size_of::<T>() as u64;
        let dtype = if self.dtype == DType::Char { DType::U8 } else { self.dtype };
        let mut data = self.file.read_data(pool, dtype, ((to - from) * width) as usize, offset)?;
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

    /// How many records of each run are among the first `p` of all.
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
        if p == windows.iter().map(|window| window.1).sum::<u64>() {
            return Ok(windows.into_iter().map(|window| window.1).collect());
        }
        narrow(&mut windows, p, self.every, &self.samples);
        loop {
            let total: u64 = windows.iter().map(|(low, high)| high - low).sum();
            if total <= self.window {
                break;
            }
            // Still too much to read: a finer sample, record by record.
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

    /// Records of a run as what splits compare.
    fn window_of(&self, run: usize, low: u64, high: u64, pool: &Pool) -> Result<Vec<Sample<T::Key>>> {
        let (values, places) = (self.values(pool, run, low, high)?, self.places(pool, run, low, high)?);
        let records = values.chunks(self.rules.width).zip(places);
        Ok(records.map(|(record, place)| (self.rules.key(record), place, run as u32)).collect())
    }

    /// Records `p` to `q` in order.
    pub fn merged(&self, p: u64, q: u64, pool: &Pool) -> Result<Records<T>> {
        let (from, to) = (self.split(p, pool)?, self.split(q, pool)?);
        let mut records = Records::with_capacity((q - p) as usize, &self.rules);
        for run in 0..self.runs.len() {
            let (from, to) = (from[run], to[run]);
            if from < to {
                let places = if self.rules.places { self.places(pool, run, from, to)? } else { Vec::new() };
                records.push(self.values(pool, run, from, to)?, places);
            }
        }
        records.merge(&self.rules);
        Ok(records)
    }
}

/// Moves the ends of the windows together: the first `p` records of all runs end inside the window of each run, and
/// `samples` are every `every`-th record of each window from its start on, sorted.
///
/// The sample of rank t among the samples has at least `t every - windows (every - 1)` and at most `t every` records of
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

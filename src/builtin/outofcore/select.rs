//! Order statistics of an array that does not fit, by counting: the element of rank k without sorting.
//!
//! Elements are taken as 64-bit keys that order alike. The first run counts how many there are by the leading 16 bits (fewer
//! where memory is short); that tells the leading bits of every wanted element. The next run either collects the
//! elements that share leading bits with a wanted one, if they fit, or counts them by the next bits, and so on.
//!
//! In theory: reads the array twice for most data (three to five times for data that crowds), writes nothing.
//!
//! Counting sorts by digits from the top: Knuth, The Art of Computer Programming 3, 5.2.5 and exercise 5.3.3.

use super::keys::{of_f64, to_f64};
use super::{Visit, chunks_of, lock};
use crate::array::{Block, DType, Grid, Region, Shape};
use crate::builtin::ops::elementwise::convert;
use crate::diag::{Result, Span};
use crate::ir::{Algorithm, Made, Meta, Node, Promise, Runner};
use crate::kernel::lanes::sample::quantile_by;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// Bits a run decides at most, and at least.
const DIGIT: (u32, u32) = (16, 4);
/// Counts use at most one part in so many of the budget, for all threads.
const COUNT_SHARE: u64 = 16;
/// Collected elements use at most one part in so many of the budget.
const SHARE: u64 = 6;

/// What is wanted of all elements together.
#[derive(Debug, Clone)]
pub enum Figure {
    /// The middle one, NaN if there is a NaN.
    Median,
    /// Quantiles of those that are not NaN, by one of the nine methods of [`quantile_by`].
    Quantiles { p: Vec<f64>, method: u32 },
    /// The elements of these ranks, from 0; NaN comes last.
    Nth { ranks: Vec<u64> },
}

/// A figure of all elements of a real array; `shape` and `dtype` are those of the result. Nothing runs yet.
pub fn figure(x: &Arc<Node>, figure: Figure, shape: Shape, dtype: DType, span: Span) -> Result<Arc<Node>> {
    let chunks = shape.iter().map(|&d| d.max(1)).collect();
    let meta = Meta { shape, dtype, chunks };
    Promise::node(Select { figure, meta: meta.clone() }, std::slice::from_ref(x), meta, span)
}

#[derive(Debug)]
struct Select {
    figure: Figure,
    meta: Meta,
}

impl Algorithm for Select {
    fn name(&self) -> &'static str {
        match self.figure {
            Figure::Median => "median",
            Figure::Quantiles { .. } => "quantiles",
            Figure::Nth { .. } => "order statistics",
        }
    }

    fn run(&self, inputs: &[Arc<Node>], runner: &mut dyn Runner) -> Result<Vec<Made>> {
        let x = &inputs[0];
        let counts = digits(x, &[0], 0, runner)?;
        let first = &counts[0];
        let missing = first.missing;
        let n = x.meta.shape.len() as u64 - missing;
        let values = match &self.figure {
            Figure::Median if missing > 0 || n == 0 => vec![f64::NAN],
            Figure::Quantiles { p, .. } if n == 0 => vec![f64::NAN; p.len()],
            figure => {
                // First find out which ranks the formula asks for, then give it the elements.
                let mut wanted = BTreeMap::new();
                evaluate(figure, n, &mut |rank| {
                    wanted.insert(rank, f64::NAN);
                    0.0
                });
                find(x, first, &mut wanted, runner)?;
                evaluate(figure, n, &mut |rank| wanted.get(&rank).copied().unwrap_or(f64::NAN))
            }
        };
        let block = Arc::new(Block::dense(self.meta.shape.clone(), crate::array::Data::F64(values)));
        Ok(vec![Made::Block(convert(block, self.meta.dtype))])
    }
}

/// A figure from the elements of certain ranks (from 0) among `n`.
fn evaluate(figure: &Figure, n: u64, element: &mut dyn FnMut(u64) -> f64) -> Vec<f64> {
    match figure {
        Figure::Median if n % 2 == 1 => vec![element(n / 2)],
        Figure::Median => {
            let (a, b) = (element(n / 2 - 1), element(n / 2));
            vec![if a == b { a } else { (a + b) / 2.0 }]
        }
        Figure::Nth { ranks } => ranks.iter().map(|&rank| if rank < n { element(rank) } else { f64::NAN }).collect(),
        Figure::Quantiles { p, method } => {
            p.iter().map(|&p| quantile_by(n as usize, p, *method, &mut |k| element(k as u64))).collect()
        }
    }
}

/// How many elements there are by the digit after a prefix.
struct Counts {
    by_digit: Vec<u64>,
    /// Bits of the digit.
    bits: u32,
    /// NaN, counted in the first run only.
    missing: u64,
}

impl Counts {
    /// The digit of the element of this rank, and how many elements have smaller ones.
    fn digit(&self, rank: u64) -> (u64, u64) {
        let mut before = 0;
        for (digit, &count) in self.by_digit.iter().enumerate() {
            if rank < before + count {
                return (digit as u64, before);
            }
            before += count;
        }
        (0, before)
    }
}

/// A wanted element that is not known yet: its rank among those of its prefix.
struct Sought {
    rank: u64,
    prefix: u64,
    left: u64,
    /// How many share the prefix.
    among: u64,
}

/// Finds the elements of the wanted ranks, given the counts of the first digit.
fn find(x: &Arc<Node>, first: &Counts, wanted: &mut BTreeMap<u64, f64>, runner: &mut dyn Runner) -> Result<()> {
    let mut sought: Vec<Sought> = wanted
        .keys()
        .map(|&rank| {
            let (digit, before) = first.digit(rank);
            Sought { rank, prefix: digit, left: rank - before, among: first.by_digit[digit as usize] }
        })
        .collect();
    let mut known_bits = first.bits;
    while known_bits < 64 && !sought.is_empty() {
        let mut prefixes: Vec<(u64, u64)> = sought.iter().map(|s| (s.prefix, s.among)).collect();
        prefixes.dedup();
        let total: u64 = prefixes.iter().map(|&(_, among)| among).sum();
        let prefixes: Vec<u64> = prefixes.into_iter().map(|(prefix, _)| prefix).collect();
        if total * 16 <= runner.room() / SHARE {
            let found = collect(x, &prefixes, known_bits, total, runner)?;
            for s in sought {
                let keys = &found[prefixes.partition_point(|&p| p < s.prefix)];
                wanted.insert(s.rank, keys.get(s.left as usize).map_or(f64::NAN, |&key| to_f64(key)));
            }
            return Ok(());
        }
        let counts = digits(x, &prefixes, known_bits, runner)?;
        for s in &mut sought {
            let counts = &counts[prefixes.partition_point(|&p| p < s.prefix)];
            let (digit, before) = counts.digit(s.left);
            *s = Sought {
                rank: s.rank,
                prefix: s.prefix << counts.bits | digit,
                left: s.left - before,
                among: counts.by_digit[digit as usize],
            };
        }
        known_bits += counts[0].bits;
    }
    wanted.extend(sought.iter().map(|s| (s.rank, to_f64(s.prefix))));
    Ok(())
}

/// One run that counts the digit after each prefix of `known` bits.
fn digits(x: &Arc<Node>, prefixes: &[u64], known: u32, runner: &mut dyn Runner) -> Result<Vec<Counts>> {
    let lists = prefixes.len() as u64;
    let affordable = (runner.room() / COUNT_SHARE / 8 / lists).max(1).ilog2();
    let bits = affordable.clamp(DIGIT.1, DIGIT.0).min(64 - known);
    let counts: Arc<Mutex<(Vec<u64>, u64)>> = Arc::new(Mutex::new((vec![0; prefixes.len() << bits], 0)));
    let count = {
        let (counts, prefixes) = (counts.clone(), prefixes.to_vec());
        move |_: &Region, block: &Block| {
            let (mut own, mut missing) = (vec![0u64; prefixes.len() << bits], 0);
            each_key(block, |key| {
                if key == u64::MAX {
                    missing += 1;
                } else if let Some(at) = prefix_of(&prefixes, known, key) {
                    own[at << bits | (key << known >> (64 - bits)) as usize] += 1;
                }
            });
            let mut all = lock(&counts);
            all.0.iter_mut().zip(own).for_each(|(a, c)| *a += c);
            all.1 += missing;
            Ok(0)
        }
    };
    let sink = Visit::new(grid(x, runner), x.meta.dtype, lists << bits << 3, count);
    runner.stream(&[(x.clone(), Arc::new(sink))], lists << bits << 3)?;
    let (counts, missing) = std::mem::take(&mut *lock(&counts));
    Ok(counts.chunks(1 << bits).map(|c| Counts { by_digit: c.to_vec(), bits, missing }).collect())
}

/// One run that collects the keys with certain prefixes, each list sorted.
fn collect(x: &Arc<Node>, prefixes: &[u64], known: u32, total: u64, runner: &mut dyn Runner) -> Result<Vec<Vec<u64>>> {
    let found: Arc<Mutex<Vec<Vec<u64>>>> = Arc::new(Mutex::new(vec![Vec::new(); prefixes.len()]));
    let collect = {
        let (found, prefixes) = (found.clone(), prefixes.to_vec());
        move |_: &Region, block: &Block| {
            let mut own = vec![Vec::new(); prefixes.len()];
            each_key(block, |key| {
                if key != u64::MAX
                    && let Some(at) = prefix_of(&prefixes, known, key)
                {
                    own[at].push(key);
                }
            });
            lock(&found).iter_mut().zip(own).for_each(|(list, more)| list.extend(more));
            Ok(0)
        }
    };
    let grid = grid(x, runner);
    // Of one block everything may be found.
    let scratch = grid.chunk.iter().map(|&c| c as u64).product::<u64>() * 16;
    // Growing lists are up to twice as long as what they hold.
    runner.stream(&[(x.clone(), Arc::new(Visit::new(grid, x.meta.dtype, scratch, collect)))], total * 16)?;
    let mut found = std::mem::take(&mut *lock(&found));
    found.iter_mut().for_each(|list| list.sort_unstable());
    Ok(found)
}

fn grid(x: &Node, runner: &dyn Runner) -> Grid {
    Grid::new(x.meta.shape.clone(), &chunks_of(&x.meta, runner.room() / 16 / x.meta.dtype.size() as u64))
}

/// Calls with the key of every element of a block.
fn each_key(block: &Block, mut visit: impl FnMut(u64)) {
    match block.data() {
        crate::array::Data::F64(v) => v.iter().for_each(|&x| visit(of_f64(x))),
        data => (0..data.len()).for_each(|i| visit(of_f64(data.get_f64(i)))),
    }
}

/// Which prefix a key has, if it is one of a sorted list.
fn prefix_of(prefixes: &[u64], known: u32, key: u64) -> Option<usize> {
    if known == 0 { Some(0) } else { prefixes.binary_search(&(key >> (64 - known))).ok() }
}

//! How many elements of long lanes are 1, 2, ... up to a number of bins. The counts of all lanes are in memory; each block is
//! counted by itself, and counts add up to the same whatever the sequence.
//!
//! In theory: reads the array once, writes nothing.

use super::{Visit, chunks_of, lock};
use crate::array::{Block, DType, Data, Grid, Region, Shape, amount};
use crate::diag::{Result, Span};
use crate::fault;
use crate::ir::{Algorithm, Made, Meta, Node, Promise, Runner};
use crate::kernel::lanes::Lanes;
use crate::kernel::lanes::table::tally;
use std::sync::{Arc, Mutex};

/// A chunk uses at most one part in so many of the budget.
const SHARE: u64 = 16;
/// The counts use at most one part in so many of the budget, those of one block beside them.
const COUNT_SHARE: u64 = 4;

/// The counts of every lane along an axis of an array of doubles. Nothing runs yet.
pub fn tallied(x: &Arc<Node>, axis: usize, bins: usize, span: Span) -> Result<Arc<Node>> {
    let shape = x.meta.shape.with_extent(axis, bins);
    let chunks = shape.iter().map(|&d| d.max(1)).collect();
    let output = Meta { shape, dtype: DType::F64, chunks };
    Promise::node(Tally { axis, bins }, std::slice::from_ref(x), output, span)
}

#[derive(Debug)]
struct Tally {
    axis: usize,
    bins: usize,
}

impl Algorithm for Tally {
    fn name(&self) -> &'static str {
        "tally"
    }

    fn run(&self, inputs: &[Arc<Node>], runner: &mut dyn Runner) -> Result<Vec<Made>> {
        let (x, axis, bins) = (&inputs[0], self.axis, self.bins);
        let shape = x.meta.shape.with_extent(axis, bins);
        let (room, bytes) = (runner.room(), shape.len() as u64 * 8);
        if bytes > room / COUNT_SHARE {
            let needed = bytes * COUNT_SHARE;
            return Err(fault!("{} of counts do not fit in the memory budget", amount::bytes(bytes))
                .id("arr:out-of-memory")
                .hint(format!("run with --memory {}MB or more, or count in fewer bins", needed.div_ceil(1_000_000))));
        }
        let grid = Grid::new(x.meta.shape.clone(), &chunks_of(&x.meta, room / SHARE / 8));
        let lanes = grid.chunk.iter().enumerate().filter(|(a, _)| *a != axis).map(|(_, &c)| c).product::<usize>();
        // The lanes as they are copied out, and the counts of one block.
        let scratch = (lanes * bins * 8) as u64 + grid.chunk.iter().product::<usize>() as u64 * 8;
        let counts = Arc::new(Mutex::new(vec![0.0; shape.len()]));
        let count = {
            let (counts, whole) = (counts.clone(), shape.clone());
            move |region: &Region, block: &Block| {
                let x = block.slice::<f64>().ok_or_else(|| fault!("internal error: a tally of another type"))?;
                let made = Lanes::of(block, axis).map(x, bins, tally);
                let own = Block::new(block.shape().with_extent(axis, bins), block.order(), Data::F64(made));
                add(&mut lock(&counts), &whole, region, axis, &own)?;
                Ok(0)
            }
        };
        runner.stream(&[(x.clone(), Arc::new(Visit::new(grid, DType::F64, scratch, count)))], bytes)?;
        let counts = std::mem::take(&mut *lock(&counts));
        Ok(vec![Made::Block(Arc::new(Block::dense(shape, Data::F64(counts))))])
    }
}

/// Adds the counts of a region's lanes to those of all.
fn add(all: &mut [f64], whole: &Shape, region: &Region, axis: usize, own: &Block) -> Result<()> {
    let counts = own.slice::<f64>().ok_or_else(|| fault!("internal error: counts of another type"))?;
    let strides = own.strides();
    let mut at = vec![0usize; region.rank()];
    for _ in 0..own.len() {
        let (mut from, mut to, mut step) = (0, 0, 1);
        for (a, &c) in at.iter().enumerate() {
            from += c * strides.get(a).copied().unwrap_or(0);
            to += (c + if a == axis { 0 } else { region.start[a] }) * step;
            step *= whole.extent(a);
        }
        all[to] += counts[from];
        for (a, c) in at.iter_mut().enumerate() {
            *c += 1;
            if *c < own.shape().extent(a) {
                break;
            }
            *c = 0;
        }
    }
    Ok(())
}

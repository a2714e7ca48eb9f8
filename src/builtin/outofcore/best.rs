//! The few greatest or least elements of a long lane, in one run. What was found so far is in memory; as equal elements go
//! by their places, it does not matter in which sequence the blocks come.
//!
//! In theory: reads the array once, writes nothing.

use super::keys::Keyed;
use super::records::{Records, Rules};
use super::{Visit, chunks_of, lock};
use crate::array::{Block, DType, Data, Grid, Region, Shape};
use crate::diag::{Result, Span};
use crate::fault;
use crate::ir::{Algorithm, Made, Meta, Node, Promise, Runner};
use std::cmp::Ordering;
use std::sync::{Arc, Mutex};

/// A chunk uses at most one part in so many of the budget.
const SHARE: u64 = 16;
/// What is wanted uses at most one part in so many of the budget.
const FOUND_SHARE: u64 = 16;

/// Bytes of memory that working on a wanted element takes: with its place, twice while blocks come together.
const BYTES: u64 = 64;

/// Whether so many elements can be looked for in one run.
pub fn are_few(count: usize, budget: u64) -> bool {
    count as u64 * BYTES <= budget / FOUND_SHARE
}

/// The `count` greatest or least elements of `x`, best first and NaN last, as a vector of this shape; and where they are,
/// from 1. Nothing runs yet.
pub fn best(x: &Arc<Node>, shape: &Shape, greatest: bool, count: usize, span: Span) -> Result<Vec<Arc<Node>>> {
    let meta = |dtype| Meta { shape: shape.clone(), dtype, chunks: shape.iter().map(|&d| d.max(1)).collect() };
    let best = Best { greatest, count, shape: shape.clone() };
    Promise::nodes(best, std::slice::from_ref(x), &[meta(x.meta.dtype), meta(DType::F64)], span)
}

#[derive(Debug)]
struct Best {
    greatest: bool,
    count: usize,
    shape: Shape,
}

impl Best {
    fn typed<T: Keyed>(&self, x: &Arc<Node>, runner: &mut dyn Runner) -> Result<Vec<Made>> {
        let (greatest, count) = (self.greatest, self.count);
        let compare = move |a: &(T, u64), b: &(T, u64)| -> Ordering {
            let by_value = if greatest { b.0.order(&a.0) } else { a.0.order(&b.0) };
            a.0.missing().cmp(&b.0.missing()).then(by_value).then(a.1.cmp(&b.1))
        };
        let keep = move |pairs: &mut Vec<(T, u64)>| {
            if count > 0 && count < pairs.len() {
                pairs.select_nth_unstable_by(count - 1, compare);
            }
            pairs.truncate(count);
        };
        let size = size_of::<(T, u64)>() as u64;
        let grid = Grid::new(x.meta.shape.clone(), &chunks_of(&x.meta, runner.room() / SHARE / size));
        let elements = grid.chunk.iter().map(|&c| c as u64).product::<u64>();
        let found: Arc<Mutex<Vec<(T, u64)>>> = Arc::default();
        let look = {
            let (found, whole, rules) = (found.clone(), x.meta.shape.clone(), Rules::elements(false, true));
            move |region: &Region, block: &Block| {
                let Records::Placed(mut pairs) = Records::<T>::of(&whole, region, block, &rules)? else {
                    return Err(fault!("internal error: elements without places"));
                };
                keep(&mut pairs);
                let mut found = lock(&found);
                found.append(&mut pairs);
                keep(&mut found);
                Ok(0)
            }
        };
        let sink = Visit::new(grid, x.meta.dtype, elements * size, look);
        runner.stream(&[(x.clone(), Arc::new(sink))], count as u64 * BYTES)?;
        let mut found = std::mem::take(&mut *lock(&found));
        found.sort_unstable_by(compare);
        let block = |data| Made::Block(Arc::new(Block::dense(self.shape.clone(), data)));
        let values = T::wrap(found.iter().map(|pair| pair.0).collect());
        Ok(vec![block(values), block(Data::F64(found.iter().map(|pair| (pair.1 + 1) as f64).collect()))])
    }
}

impl Algorithm for Best {
    fn name(&self) -> &'static str {
        if self.greatest { "greatest" } else { "least" }
    }

    fn run(&self, inputs: &[Arc<Node>], runner: &mut dyn Runner) -> Result<Vec<Made>> {
        super::each_type!(inputs[0].meta.dtype, T => self.typed::<T>(&inputs[0], runner))
    }
}

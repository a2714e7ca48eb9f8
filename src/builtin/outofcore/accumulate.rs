//! Values gathered by index, when they do not fit: every value goes to one of the places of a result in memory.
//!
//! Indices and values are streamed side by side, a window of rows at a time; within a window the blocks come as they
//! like, but it is folded from its first row to its last, so that sums have the bits they have in memory.
//!
//! In theory: reads indices and values once, writes nothing.

use super::{Visit, lock};
use crate::array::strided::copy_region;
use crate::array::{Block, DType, Data, Grid, Region, Shape, amount};
use crate::diag::{Result, Span};
use crate::fault;
use crate::ir::{Algorithm, AxisSlice, Made, Meta, Node, Op, Promise, Runner};
use smallvec::smallvec;
use std::sync::{Arc, Mutex};

/// A window uses at most one part in so many of the budget.
const SHARE: u64 = 8;
/// The result uses at most one part in so many of the budget.
const RESULT_SHARE: u64 = 4;
/// Blocks that a window is made of.
const BLOCKS: usize = 8;

/// How values come together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fold {
    Sum,
    Prod,
    Max,
    Min,
}

/// Values folded so far, by place.
pub struct Accumulator {
    fold: Fold,
    values: Vec<f64>,
    hit: Vec<bool>,
}

impl Accumulator {
    /// Bytes of memory for each place.
    const BYTES: u64 = 9;

    pub fn new(fold: Fold, places: usize) -> Accumulator {
        let start = match fold {
            Fold::Sum => 0.0,
            Fold::Prod => 1.0,
            Fold::Max | Fold::Min => f64::NAN,
        };
        Accumulator { fold, values: vec![start; places], hit: vec![false; places] }
    }

    /// Takes in a value at a place from 0.
    pub fn add(&mut self, at: usize, x: f64) {
        self.hit[at] = true;
        let value = &mut self.values[at];
        *value = match self.fold {
            Fold::Sum => *value + x,
            Fold::Prod => *value * x,
            Fold::Max => value.max(x),
            Fold::Min => value.min(x),
        };
    }

    /// What came together at every place; `fill` where nothing did.
    pub fn finish(mut self, fill: f64) -> Vec<f64> {
        self.values.iter_mut().zip(&self.hit).filter(|(_, hit)| !**hit).for_each(|(value, _)| *value = fill);
        self.values
    }
}

/// Refuses a result that does not fit in memory beside the windows it is made from.
pub fn must_fit(shape: &Shape, budget: u64) -> Result<()> {
    let needed = shape.len() as u64 * Accumulator::BYTES * RESULT_SHARE;
    if needed <= budget {
        return Ok(());
    }
    Err(fault!("the {shape} result of an accumulation does not fit, {} with what it works on", amount::bytes(needed))
        .id("arr:out-of-memory")
        .hint(format!("run with --memory {}MB or more", needed.div_ceil(1_000_000))))
}

/// `both` has two columns, places from 1 and values: the values folded by place, as an array of this shape. Nothing runs
/// yet.
pub fn accumulated(both: &Arc<Node>, shape: Shape, fold: Fold, fill: f64, span: Span) -> Result<Arc<Node>> {
    let chunks = shape.iter().map(|&d| d.max(1)).collect();
    let output = Meta { shape: shape.clone(), dtype: DType::F64, chunks };
    let accumulate = Accumulate { shape, fold, fill };
    Promise::node(accumulate, std::slice::from_ref(both), output, span)
}

#[derive(Debug)]
struct Accumulate {
    shape: Shape,
    fold: Fold,
    fill: f64,
}

impl Algorithm for Accumulate {
    fn name(&self) -> &'static str {
        "accumulate"
    }

    fn run(&self, inputs: &[Arc<Node>], runner: &mut dyn Runner) -> Result<Vec<Made>> {
        must_fit(&self.shape, runner.room())?;
        let bytes = self.shape.len() as u64 * Accumulator::BYTES;
        let mut sums = Accumulator::new(self.fold, self.shape.len());
        let places = self.shape.len() as f64;
        each_window(&inputs[0], runner, bytes, |rows| {
            let (at, values) = rows.split_at(rows.len() / 2);
            for (&at, &x) in at.iter().zip(values) {
                if !(at >= 1.0 && at <= places) {
                    return Err(fault!("internal error: a value for place {at} of {places}"));
                }
                sums.add(at as usize - 1, x);
            }
            Ok(())
        })?;
        let block = Block::dense(self.shape.clone(), Data::F64(sums.finish(self.fill)));
        Ok(vec![Made::Block(Arc::new(block))])
    }
}

/// Calls with the rows of a matrix of doubles in sequence, many at a time, column after column. `held` bytes are held
/// meanwhile.
fn each_window(
    x: &Arc<Node>,
    runner: &mut dyn Runner,
    held: u64,
    mut visit: impl FnMut(&[f64]) -> Result<()>,
) -> Result<()> {
    let (count, columns) = (x.meta.shape.rows(), x.meta.shape.columns());
    let most = ((runner.room() / SHARE / (columns as u64 * 8)).max(1) as usize).min(count.max(1));
    for start in (0..count).step_by(most) {
        let rows = most.min(count - start);
        let axes = smallvec![AxisSlice { start, step: 1, len: rows }, AxisSlice::all(columns)];
        let part = Node::new(Op::Slice { axes }, std::slice::from_ref(x), x.span)?;
        let shape = Shape::matrix(rows, columns);
        let window = Arc::new(Mutex::new(Block::dense(shape.clone(), Data::F64(vec![0.0; shape.len()]))));
        let copy = {
            let window = window.clone();
            move |region: &Region, block: &Block| {
                let from = Region::whole(block.shape());
                copy_region(block, &from, &mut lock(&window), &region.start);
                Ok(0)
            }
        };
        let sink = Visit::new(Grid::new(shape, &[rows.div_ceil(BLOCKS), columns]), DType::F64, 0, copy);
        runner.stream(&[(part, Arc::new(sink))], held + (rows * columns * 8) as u64)?;
        let window = lock(&window);
        visit(window.slice::<f64>().ok_or_else(|| fault!("internal error: rows of another type"))?)?;
    }
    Ok(())
}

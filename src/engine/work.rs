//! One task carried out: its arguments brought together, its program run, its blocks put where they belong.
//!
//! Runs without any lock. Panics end here: they become faults.

use super::job::{Job, Tally, internal};
use crate::array::strided::copy_region;
use crate::array::{Block, DType, Order, Region, Shape};
use crate::diag::interrupt::Interrupted;
use crate::diag::{Diagnostic, Result};
use crate::kernel::Context;
use crate::plan::{ArrayKind, Input};
use smallvec::SmallVec;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, PoisonError};
use std::time::Instant;

/// The blocks of temporaries that a task made, by their numbers.
pub type Made = SmallVec<[(u32, Arc<Block>); 2]>;

impl Job<'_> {
    /// Reads a region.
    pub fn read(&self, region: u32) -> Result<Block> {
        let since = Instant::now();
        let block = match self.stored(region) {
            Some((array, region)) => {
                let source = self.source(array).ok_or_else(|| internal("an array without a source"))?;
                let block = guarded(|| source.read(region, &self.pool)).map_err(|fault| fault.at(array.span))?;
                if *block.shape() != region.shape() || block.dtype() != array.dtype {
                    return Err(internal(&format!("reading {region} of {} gave another block", array.name)));
                }
                self.meter.reads.fetch_add(1, Relaxed);
                self.meter.bytes_read.fetch_add(source.read_bytes(region), Relaxed);
                block
            }
            None => {
                let spill = self.spill.as_ref().ok_or_else(|| internal("a region without a file"))?;
                spill.read(region as usize - self.links.regions.len(), &self.pool)?
            }
        };
        count(&self.meter.read, since);
        Ok(block)
    }

    /// Runs a task on its pieces (in the order of [`Job::each_piece`]), writes what goes to results, and returns what
    /// stays. A fault carries the place of the array that was being made.
    pub fn run(&self, number: u32, pieces: Vec<Arc<Block>>, threads: usize, tally: &mut Tally) -> Result<Made> {
        let made = guarded(|| {
            let since = Instant::now();
            let args = self.arguments(number, pieces)?;
            let program = &self.graph.programs[self.task(number).program as usize];
            let made = program.run(args, &Context { pool: &self.pool, threads })?;
            tally.kernel += since.elapsed();
            self.deliver(number, made)
        });
        tally.tasks += 1;
        tally.flops += self.task(number).flops;
        made.map_err(|fault| match self.target(number) {
            Some(array) => fault.at(array.span),
            None => fault,
        })
    }

    /// One block for every input.
    fn arguments(&self, number: u32, pieces: Vec<Arc<Block>>) -> Result<Vec<Arc<Block>>> {
        let task = self.task(number);
        let mut pieces = pieces.into_iter();
        let mut next = || pieces.next().ok_or_else(|| internal("a task without its inputs"));
        // With room for the results of the steps, which the program puts behind its arguments.
        let steps = self.graph.programs[task.program as usize].steps.len();
        let mut args = Vec::with_capacity(task.inputs.len() + steps);
        for number in task.inputs.clone() {
            let Input { array, region } = &self.graph.inputs[number as usize];
            let array = &self.graph.arrays[*array as usize];
            args.push(match &array.kind {
                ArrayKind::Stored { .. } => next()?,
                ArrayKind::Formula(formula) => Arc::new(formula.block(&array.grid.shape, region, Order::F, &self.pool)),
                ArrayKind::Dense { source } => {
                    let whole = &self.bindings.dense[*source as usize];
                    if same_shape(whole.shape(), region) {
                        Arc::clone(whole)
                    } else {
                        let mut part = self.blank(array.dtype, region, whole.order());
                        copy_region(whole, region, &mut part, &SmallVec::<[usize; 4]>::from_elem(0, region.rank()));
                        Arc::new(part)
                    }
                }
                _ => match self.links.pieces(number).len() {
                    1 => {
                        let block = next()?;
                        if same_shape(block.shape(), region) { block } else { self.assemble(number, vec![block]) }
                    }
                    count => {
                        let blocks = (0..count).map(|_| next()).collect::<Result<_>>()?;
                        self.assemble(number, blocks)
                    }
                },
            });
        }
        Ok(args)
    }

    /// A region of a temporary from the blocks it touches, in the order in memory the first of them has.
    fn assemble(&self, input: u32, blocks: Vec<Arc<Block>>) -> Arc<Block> {
        let numbers = self.links.pieces(input);
        let Input { array, region } = &self.graph.inputs[input as usize];
        let info = &self.graph.arrays[*array as usize];
        let first = self.links.block(*array, 0);
        let mut whole = self.blank(info.dtype, region, blocks.first().map_or(Order::F, |block| block.order()));
        for (block, &number) in blocks.into_iter().zip(numbers) {
            let place = info.block_region(number - first);
            if let Some(common) = place.intersect(region) {
                let at = common.relative_to(&region.start);
                copy_region(&block, &common.relative_to(&place.start), &mut whole, &at.start);
            }
            self.pool.recycle(block);
        }
        Arc::new(whole)
    }

    fn blank(&self, dtype: DType, region: &Region, order: Order) -> Block {
        Block::new(region.shape(), order, self.pool.take(dtype, region.size()))
    }

    /// Puts each block a task made where it belongs.
    fn deliver(&self, number: u32, blocks: SmallVec<[Arc<Block>; 2]>) -> Result<Made> {
        let outputs = self.graph.task_outputs(self.task(number));
        if blocks.len() != outputs.len() {
            return Err(internal("a program with another number of results"));
        }
        let mut made = Made::new();
        for (block, output) in blocks.into_iter().zip(outputs) {
            let array = &self.graph.arrays[output.array as usize];
            let region = array.block_region(output.block);
            if !same_shape(block.shape(), &region) || block.dtype() != array.dtype {
                let (is, wanted) = (block.shape(), region.shape());
                return Err(internal(&format!(
                    "a block of {} came out as {is} {:?}, not {wanted} {:?}",
                    array.name,
                    block.dtype(),
                    array.dtype
                )));
            }
            match array.kind {
                ArrayKind::Collect { result } => {
                    let mut whole = self.results[result as usize].lock().unwrap_or_else(PoisonError::into_inner);
                    match &mut *whole {
                        Some(whole) => copy_region(&block, &Region::whole(block.shape()), whole, &region.start),
                        None => *whole = Some(self.adopt(block)),
                    }
                }
                ArrayKind::Save { sink, .. } => {
                    let since = Instant::now();
                    self.bindings.sinks[sink as usize].write(&region, &block)?;
                    count(&self.meter.write, since);
                    self.pool.recycle(block);
                }
                _ => {
                    let at = self.links.block(output.array, output.block);
                    if let Some(spill) = self.spill.as_ref().filter(|spill| spill.is_spilled(at)) {
                        let since = Instant::now();
                        let bytes = spill.write(at, &block)?;
                        self.meter.bytes_spilled.fetch_add(bytes, Relaxed);
                        count(&self.meter.write, since);
                    }
                    made.push((at, block));
                }
            }
        }
        Ok(made)
    }

    /// The only block of a result, column-major and nobody else's.
    fn adopt(&self, block: Arc<Block>) -> Block {
        match Arc::try_unwrap(block) {
            Ok(block) if block.order() == Order::F || block.is_order_free() => {
                let shape = block.shape().clone();
                Block::dense(shape, block.into_data())
            }
            shared => {
                let block = shared.map_or_else(|shared| shared, Arc::new);
                let mut copy = Block::dense(block.shape().clone(), self.pool.take(block.dtype(), block.len()));
                copy_region(&block, &Region::whole(block.shape()), &mut copy, &[0; Shape::MAX_RANK]);
                self.pool.recycle(block);
                copy
            }
        }
    }
}

fn count(clock: &AtomicU64, since: Instant) {
    clock.fetch_add(since.elapsed().as_nanos() as u64, Relaxed);
}

/// Runs what may panic; a panic becomes a fault.
fn guarded<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        if panic.is::<Interrupted>() {
            return Err(Diagnostic::interrupted());
        }
        let text = panic.downcast_ref::<&str>().map(|text| text.to_string());
        let text = text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
        Err(internal(&text))
    })
}

fn same_shape(shape: &Shape, region: &Region) -> bool {
    (0..shape.rank().max(region.rank())).all(|a| shape.extent(a) == region.len.get(a).copied().unwrap_or(1))
}

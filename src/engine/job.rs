//! What all engines share: the graph beside its tables and bindings, and what was done so far.
//!
//! Nothing here decides when a task runs or whether there is room for it.

use super::api::{Bindings, Config, Progress, Report};
use super::spill::Spill;
use crate::array::{Block, Data, Pool, Region, Shape};
use crate::diag::{Fault, Result};
use crate::fault;
use crate::plan::links::Links;
use crate::plan::price::Reuse;
use crate::plan::{ArrayInfo, ArrayKind, Plan, Profile, Task, TaskGraph};
use crate::store::Source;
use std::borrow::Cow;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// A part of an input of a task, as something the engine holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    /// A block of a temporary in memory.
    Block(u32),
    /// Something read from a file: a region of a stored array, or a spilled block.
    Region(u32),
}

/// One run of one graph.
pub struct Job<'a> {
    pub graph: &'a TaskGraph,
    pub links: &'a Links,
    /// Of the serial run, with the blocks that go to a file gone.
    pub profile: Cow<'a, Profile>,
    pub pool: Pool,
    pub meter: Meter,
    pub budget: u64,
    pub bindings: &'a Bindings,
    pub spill: Option<Spill>,
    /// Collected results; one that is a single block is empty until the block is there.
    pub results: Vec<Mutex<Option<Block>>>,
    reuse: &'a Reuse,
    flops: u64,
    written_before: u64,
    began: Instant,
}

/// What one worker did since it last told: threads that count together at every task wait for each other.
#[derive(Debug, Default)]
pub struct Tally {
    pub tasks: u64,
    pub flops: u64,
    /// Time in kernels, and in the formulas and copies that feed them.
    pub kernel: Duration,
}

/// What was done so far, counted from any thread.
#[derive(Debug, Default)]
pub struct Meter {
    pub tasks: AtomicU64,
    pub flops: AtomicU64,
    pub reads: AtomicU64,
    pub bytes_read: AtomicU64,
    pub bytes_spilled: AtomicU64,
    /// Nanoseconds in kernels and what feeds them, reads and writes.
    pub kernel: AtomicU64,
    pub read: AtomicU64,
    pub write: AtomicU64,
}

impl Meter {
    pub fn add(&self, tally: Tally) {
        self.tasks.fetch_add(tally.tasks, Relaxed);
        self.flops.fetch_add(tally.flops, Relaxed);
        self.kernel.fetch_add(tally.kernel.as_nanos() as u64, Relaxed);
    }
}

/// Elements made and operations done in a task that costs less than handing it to another thread does.
const TRIVIAL: u64 = 16 << 10;

impl<'a> Job<'a> {
    /// Proves that the run fits its budget, by moving blocks to a file where it must; refuses with
    /// the smallest budget that would do.
    pub fn new(plan: &'a Plan, bindings: &'a Bindings, config: &Config) -> Result<Job<'a>> {
        let began = Instant::now();
        let graph = plan.graph();
        check_bindings(graph, bindings)?;
        let (mut spill, mut profile) = (None, Cow::Borrowed(&plan.profile));
        if profile.peak > config.memory {
            let (blocks, within) = Spill::plan(plan, config)?;
            (spill, profile) = (Some(blocks), Cow::Owned(within));
        }
        let results = collected(graph, bindings)?;
        let job = Job {
            graph,
            links: &plan.links,
            profile,
            pool: Pool::with_budget(config.memory),
            meter: Meter::default(),
            budget: config.memory,
            bindings,
            reuse: &plan.reuse,
            spill,
            results,
            flops: graph.tasks.iter().map(|task| task.flops).sum(),
            written_before: written(bindings),
            began,
        };
        job.pool.lease(job.profile.collected);
        Ok(job)
    }

    pub fn task(&self, number: u32) -> &'a Task {
        &self.graph.tasks[number as usize]
    }

    /// Whether a task is done sooner than another thread could take it.
    pub fn is_trivial(&self, number: u32) -> bool {
        let task = self.task(number);
        task.flops + task.out_bytes + task.scratch < TRIVIAL
    }

    /// The array a task makes; none where there are no tasks, for empty results need none.
    pub fn target(&self, task: u32) -> Option<&'a ArrayInfo> {
        let output = self.graph.task_outputs(self.graph.tasks.get(task as usize)?).first()?;
        Some(&self.graph.arrays[output.array as usize])
    }

    /// Visits the pieces of the inputs of a task in order; formulas and dense arrays have none.
    pub fn each_piece(&self, number: u32, mut visit: impl FnMut(Piece)) {
        for input in self.task(number).inputs.clone() {
            match self.graph.arrays[self.graph.inputs[input as usize].array as usize].kind {
                ArrayKind::Temporary => {
                    for &block in self.links.pieces(input) {
                        visit(self.piece(block, number));
                    }
                }
                ArrayKind::Stored { .. } => visit(Piece::Region(self.links.pieces(input)[0])),
                _ => {}
            }
        }
    }

    fn piece(&self, block: u32, task: u32) -> Piece {
        match &self.spill {
            Some(spill) if spill.on_disk(block, task) => {
                Piece::Region(self.links.regions.len() as u32 + spill.slot(block))
            }
            _ => Piece::Block(block),
        }
    }

    /// Number of regions that may be read from files.
    pub fn regions(&self) -> usize {
        self.links.regions.len() + self.spill.as_ref().map_or(0, Spill::len)
    }

    /// How many tasks read a block from memory.
    pub fn readers(&self) -> Vec<u32> {
        let mut readers = self.links.readers.clone();
        if let Some(spill) = &self.spill {
            spill.each_block(|block| readers[block as usize] = 0);
            for number in 0..self.graph.tasks.len() as u32 {
                self.each_piece(number, |piece| match piece {
                    Piece::Block(block) if spill.is_spilled(block) => readers[block as usize] += 1,
                    _ => {}
                });
            }
        }
        readers
    }

    /// The task after which a region can be read: the maker of a spilled block.
    pub fn region_maker(&self, region: u32) -> Option<u32> {
        let slot = (region as usize).checked_sub(self.links.regions.len())?;
        self.spill.as_ref().map(|spill| self.links.maker[spill.block(slot) as usize])
    }

    /// Bytes of a region once it is read, and of what reading it takes besides.
    pub fn region_bytes(&self, region: u32) -> (u64, u64) {
        match self.stored(region) {
            Some((array, region)) => {
                let scratch = self.source(array).map_or(0, |source| source.read_scratch(region));
                ((region.size() * array.dtype.size()) as u64, scratch)
            }
            None => (self.spill.as_ref().map_or(0, |spill| spill.bytes(region as usize - self.links.regions.len())), 0),
        }
    }

    /// The array and region behind the number of a region of a stored array.
    pub fn stored(&self, region: u32) -> Option<(&'a ArrayInfo, &'a Region)> {
        let &input = self.links.regions.get(region as usize)?;
        let input = &self.graph.inputs[input as usize];
        Some((&self.graph.arrays[input.array as usize], &input.region))
    }

    pub fn source(&self, array: &ArrayInfo) -> Option<&'a Arc<dyn Source>> {
        match array.kind {
            ArrayKind::Stored { source, .. } => self.bindings.stored.get(source as usize),
            _ => None,
        }
    }

    /// Bytes a task needs for its outputs and scratch, besides what lies in the memory of inputs and besides regions of
    /// stored arrays (they are counted as regions).
    pub fn price(&self, number: u32) -> u64 {
        self.task(number).out_bytes - self.reused_bytes(number) + self.own_scratch(number)
    }

    fn own_scratch(&self, number: u32) -> u64 {
        let task = self.task(number);
        if task.scratch == 0 {
            return 0;
        }
        let mut regions = 0;
        for input in task.inputs.clone() {
            if let ArrayKind::Stored { .. } = self.graph.arrays[self.graph.inputs[input as usize].array as usize].kind {
                let (bytes, scratch) = self.region_bytes(self.links.pieces(input)[0]);
                regions += bytes + scratch;
            }
        }
        task.scratch.saturating_sub(regions)
    }

    /// The block in whose memory the output of a task is made.
    pub fn reused(&self, number: u32) -> Option<u32> {
        let block = self.reuse.block(self.graph, self.links, self.task(number))?;
        matches!(self.piece(block, number), Piece::Block(_)).then_some(block)
    }

    fn reused_bytes(&self, number: u32) -> u64 {
        self.reused(number).map_or(0, |block| self.links.bytes[block as usize])
    }

    /// How far the run is.
    pub fn progress(&self, last: u32) -> Progress {
        Progress {
            tasks_done: self.meter.tasks.load(Relaxed),
            tasks: self.graph.tasks.len() as u64,
            flops_done: self.meter.flops.load(Relaxed),
            flops: self.flops,
            bytes_read: self.meter.bytes_read.load(Relaxed),
            bytes_written: written(self.bindings) - self.written_before,
            memory: self.pool.leased(),
            budget: self.budget,
            elapsed: self.began.elapsed(),
            current: self.target(last).map(|array| array.name.clone()).unwrap_or_default(),
        }
    }

    /// What the run did, with its results.
    pub fn report(self) -> Report {
        let seconds = |clock: &AtomicU64| Duration::from_nanos(clock.load(Relaxed)).as_secs_f64();
        let results = self.results.into_iter().map(|result| {
            let block = result.into_inner().unwrap_or_else(PoisonError::into_inner);
            Arc::new(block.unwrap_or_else(|| Block::dense(Shape::matrix(0, 0), Data::F64(Vec::new()))))
        });
        Report {
            tasks: self.meter.tasks.load(Relaxed),
            reads: self.meter.reads.load(Relaxed),
            bytes_read: self.meter.bytes_read.load(Relaxed),
            bytes_written: written(self.bindings) - self.written_before,
            bytes_spilled: self.meter.bytes_spilled.load(Relaxed),
            flops: self.meter.flops.load(Relaxed),
            peak_bytes: self.pool.peak(),
            elapsed: self.began.elapsed(),
            kernel_seconds: seconds(&self.meter.kernel),
            read_seconds: seconds(&self.meter.read),
            write_seconds: seconds(&self.meter.write),
            results: results.collect(),
        }
    }
}

/// The fault for what no script should be able to cause.
pub fn internal(text: &str) -> Fault {
    fault!("internal error: {text}").hint("this is a defect of arr, not of the script")
}

fn written(bindings: &Bindings) -> u64 {
    bindings.sinks.iter().map(|sink| sink.written()).sum()
}

fn check_bindings(graph: &TaskGraph, bindings: &Bindings) -> Result<()> {
    for array in &graph.arrays {
        let bound = match array.kind {
            ArrayKind::Stored { source, .. } => (source as usize) < bindings.stored.len(),
            ArrayKind::Dense { source } => (source as usize) < bindings.dense.len(),
            ArrayKind::Collect { result } => (result as usize) < bindings.results,
            ArrayKind::Save { sink, .. } => (sink as usize) < bindings.sinks.len(),
            _ => true,
        };
        if !bound {
            return Err(internal(&format!("{} is bound to nothing", array.name)));
        }
    }
    Ok(())
}

/// Room for the results; one that is a single block becomes that block when it is made.
fn collected(graph: &TaskGraph, bindings: &Bindings) -> Result<Vec<Mutex<Option<Block>>>> {
    let mut results: Vec<_> = (0..bindings.results).map(|_| Mutex::new(None)).collect();
    for array in &graph.arrays {
        if let ArrayKind::Collect { result } = array.kind
            && array.grid.len() != 1
        {
            let whole = Block::try_zeros(array.dtype, array.grid.shape.clone()).map_err(|f| f.at(array.span))?;
            results[result as usize] = Mutex::new(Some(whole));
        }
    }
    Ok(results)
}

//! When a graph does not fit its budget: which blocks go to a file, and the file.
//!
//! The choice is made before the run, by running the tasks in thought: where memory runs out, the block whose next
//! reader is furthest away leaves memory (Belady's rule). A chosen block is written right after it is made; readers
//! before its cut find it in memory, later ones read it from the file as they would a region of a stored array. So the
//! engine that runs the tasks needs to know nothing of all this. The file is a [`Scratch`]: whatever ends the process,
//! nothing is left behind.

use super::api::Config;
use crate::array::{Block, DType, Order, Pool, Shape};
use crate::diag::{Diagnostic, Fault, Result};
use crate::plan::links::{Links, NONE};
use crate::plan::price::{Profile, Reuse, profile, temporaries};
use crate::plan::{ArrayKind, Plan, TaskGraph};
use crate::store::Scratch;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

/// A block in the file.
struct Slot {
    block: u32,
    shape: Shape,
    dtype: DType,
    offset: u64,
    /// Whether it was row-major when it was written.
    row_major: AtomicBool,
}

/// The blocks that leave memory, and the file they go to.
pub struct Spill {
    /// By block: the first task that finds it in the file, or [`NONE`].
    cuts: Vec<u32>,
    slots: Vec<Slot>,
    slot_of: FxHashMap<u32, u32>,
    file: Scratch,
}

impl Spill {
    /// Chooses the blocks and opens the file; returns the memory profile with them gone. Refuses when a single task
    /// does not fit.
    pub fn plan(plan: &Plan, config: &Config) -> Result<(Spill, Profile)> {
        let (graph, links, reuse) = (plan.graph(), &plan.links, &plan.reuse);
        let floor = floor(graph, links, reuse);
        if floor > config.memory {
            return Err(refusal(floor, config.memory));
        }
        // A quarter of the budget is left for tasks that run side by side and for reading ahead.
        let target = floor.max(config.memory / 4 * 3);
        let cuts = choose(graph, links, reuse, target);
        let profile = profile(graph, links, reuse, |block, task| cuts[block as usize] <= task);
        let mut spill =
            Spill { cuts, slots: Vec::new(), slot_of: FxHashMap::default(), file: Scratch::new(&config.temp_dir)? };
        spill.lay_out(graph, links);
        Ok((spill, profile))
    }

    /// Gives every chosen block its place in the file.
    fn lay_out(&mut self, graph: &TaskGraph, links: &Links) {
        let mut offset = 0;
        for task in &graph.tasks {
            for output in graph.task_outputs(task) {
                let array = &graph.arrays[output.array as usize];
                if array.kind != ArrayKind::Temporary {
                    continue;
                }
                let block = links.block(output.array, output.block);
                if !self.is_spilled(block) {
                    continue;
                }
                self.slot_of.insert(block, self.slots.len() as u32);
                self.slots.push(Slot {
                    block,
                    shape: array.block_region(output.block).shape(),
                    dtype: array.dtype,
                    offset,
                    row_major: AtomicBool::new(false),
                });
                offset += links.bytes[block as usize];
            }
        }
    }

    /// Whether a task finds a block in the file.
    pub fn on_disk(&self, block: u32, task: u32) -> bool {
        self.cuts[block as usize] <= task
    }

    /// Whether a block goes to the file.
    pub fn is_spilled(&self, block: u32) -> bool {
        self.cuts[block as usize] != NONE
    }

    /// Number of blocks that go to the file.
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    pub fn slot(&self, block: u32) -> u32 {
        self.slot_of[&block]
    }

    pub fn block(&self, slot: usize) -> u32 {
        self.slots[slot].block
    }

    pub fn bytes(&self, slot: usize) -> u64 {
        (self.slots[slot].shape.len() * self.slots[slot].dtype.size()) as u64
    }

    pub fn each_block(&self, visit: impl FnMut(u32)) {
        self.slots.iter().map(|slot| slot.block).for_each(visit);
    }

    /// Writes a block; returns its bytes.
    pub fn write(&self, block: u32, data: &Block) -> Result<u64> {
        let slot = &self.slots[self.slot(block) as usize];
        slot.row_major.store(data.order() == Order::C, Relaxed);
        let bytes = data.data().bytes();
        self.file.write(bytes, slot.offset)?;
        Ok(bytes.len() as u64)
    }

    /// Reads a block back.
    pub fn read(&self, slot: usize, pool: &Pool) -> Result<Block> {
        let slot = &self.slots[slot];
        let data = self.file.read_data(pool, slot.dtype, slot.shape.len(), slot.offset)?;
        let order = if slot.row_major.load(Relaxed) { Order::C } else { Order::F };
        Ok(Block::new(slot.shape.clone(), order, data))
    }
}

/// Most bytes a single task needs with everything else out of memory.
fn floor(graph: &TaskGraph, links: &Links, reuse: &Reuse) -> u64 {
    profile(graph, links, reuse, |_, _| true).peak
}

/// The first task that finds each block in the file, so that at most `target` bytes are alive at any time.
fn choose(graph: &TaskGraph, links: &Links, reuse: &Reuse, target: u64) -> Vec<u32> {
    let readers = Readers::new(graph, links);
    let mut cuts = vec![NONE; links.maker.len()];
    let mut next: Vec<u32> = readers.start[..links.maker.len()].to_vec();
    // Blocks in memory by the task that reads them next.
    let mut resident: BTreeSet<(u32, u32)> = BTreeSet::new();
    let mut live = profile(graph, links, reuse, |_, _| true).collected;
    for (number, task) in graph.tasks.iter().enumerate() {
        let number = number as u32;
        let mut need = task.out_bytes + task.scratch;
        need -= reuse.bytes(graph, links, task, number, |block, task| cuts[block as usize] <= task);
        for block in temporaries(graph, links, task) {
            if cuts[block as usize] != NONE {
                need += links.bytes[block as usize];
            }
        }
        while live + need > target {
            let Some(&(when, block)) = resident.last() else { break };
            if when <= number {
                break;
            }
            resident.remove(&(when, block));
            cuts[block as usize] = number;
            live -= links.bytes[block as usize];
        }
        for block in temporaries(graph, links, task) {
            let at = block as usize;
            if cuts[at] == NONE {
                resident.remove(&(number, block));
                next[at] += 1;
                match readers.get(block, next[at]) {
                    Some(task) => {
                        resident.insert((task, block));
                    }
                    None => live -= links.bytes[at],
                }
            }
        }
        for output in graph.task_outputs(task) {
            if graph.arrays[output.array as usize].kind == ArrayKind::Temporary {
                let block = links.block(output.array, output.block);
                if let Some(task) = readers.get(block, next[block as usize]) {
                    resident.insert((task, block));
                    live += links.bytes[block as usize];
                }
            }
        }
    }
    cuts
}

/// The tasks that read each block, in order.
struct Readers {
    start: Vec<u32>,
    tasks: Vec<u32>,
}

impl Readers {
    fn new(graph: &TaskGraph, links: &Links) -> Readers {
        let mut start = Vec::with_capacity(links.readers.len() + 1);
        let mut sum = 0;
        for &count in &links.readers {
            start.push(sum);
            sum += count;
        }
        start.push(sum);
        let mut at = start.clone();
        let mut tasks = vec![0; sum as usize];
        for (number, task) in graph.tasks.iter().enumerate() {
            for block in temporaries(graph, links, task) {
                tasks[at[block as usize] as usize] = number as u32;
                at[block as usize] += 1;
            }
        }
        Readers { start, tasks }
    }

    /// The reader of a block at this place of the list, if it is one of its own.
    fn get(&self, block: u32, at: u32) -> Option<u32> {
        (at < self.start[block as usize + 1]).then(|| self.tasks[at as usize])
    }
}

/// The fault of a run that cannot fit.
pub fn refusal(needed: u64, budget: u64) -> Fault {
    let (needed, budget) = (needed.div_ceil(1_000_000), budget / 1_000_000);
    Diagnostic::new(format!("out of memory: this needs {needed} MB, and the budget is {budget} MB"))
        .id("Octave:bad-alloc")
        .hint(format!("run with --memory {needed}MB or more"))
}

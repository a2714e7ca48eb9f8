//! The task graph: plain data that prints, compares and serialises, the waist between planning and running.
//!
//! A task runs one [`Program`] on regions of arrays and makes blocks of arrays. Arrays are sources (files, formulas,
//! dense values), temporaries (blocks that live from their task to their last reader) and results. The order of
//! `tasks` is the serial order: running them one after the other is correct and needs at most `serial_peak` bytes.

use crate::array::{DType, Grid, Region};
use crate::diag::Span;
use crate::kernel::{Formula, Program};
use serde::{Deserialize, Serialize};

/// An index into [`TaskGraph::arrays`].
pub type ArrayId = u32;

/// Where an array's blocks come from or go to. Sources and results outside the graph are numbers into the tables the
/// engine is given beside it ([`crate::engine::Bindings`]).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum ArrayKind {
    /// An array at rest.
    Stored { source: u32, path: String },
    /// A block the session holds in memory.
    Dense { source: u32 },
    /// Made from its formula where it is needed.
    Formula(Formula),
    /// Lives between tasks.
    Temporary,
    /// Collected into one dense column-major block in memory.
    Collect { result: u32 },
    /// Written to a sink; blocks of the grid are unions of the sink's chunks.
    Save { sink: u32, path: String },
}

/// An array of the graph.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ArrayInfo {
    /// For people: `A.zarr`, `A' * A`, `partial of mean`.
    pub name: String,
    pub kind: ArrayKind,
    pub dtype: DType,
    /// Blocks of temporaries and results are the chunks of this grid, numbered with the last axis fastest.
    pub grid: Grid,
    /// The source text this array came from.
    pub span: Span,
}

impl ArrayInfo {
    /// The region of a block.
    pub fn block_region(&self, block: u32) -> Region {
        self.grid.region(&self.grid.coords(block as usize))
    }

    pub fn block_bytes(&self, block: u32) -> u64 {
        (self.block_region(block).size() * self.dtype.size()) as u64
    }
}

/// A region of an array that a task reads. The engine reads it from its source, or hands over or assembles the blocks
/// of the temporary that hold it (one whole block is passed without a copy).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Input {
    pub array: ArrayId,
    pub region: Region,
}

/// A block that a task makes: block number `block` of the grid of a temporary or result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Output {
    pub array: ArrayId,
    pub block: u32,
}

/// One task. Ranges index the flat lists of the graph.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Task {
    pub program: u32,
    pub inputs: std::ops::Range<u32>,
    pub outputs: std::ops::Range<u32>,
    /// Bytes of the blocks it makes; inputs that go to a save as they are, are not made.
    pub out_bytes: u64,
    /// Bytes it needs while it runs besides inputs that are temporaries and outputs: regions read from sources and
    /// what reading them takes besides, assembled inputs, kernel scratch.
    pub scratch: u64,
    pub flops: u64,
}

/// Everything there is to do.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct TaskGraph {
    pub arrays: Vec<ArrayInfo>,
    pub programs: Vec<Program>,
    pub tasks: Vec<Task>,
    pub inputs: Vec<Input>,
    pub outputs: Vec<Output>,
    /// Most bytes alive when the tasks run one after the other in order (set by `price`).
    pub serial_peak: u64,
    /// Bytes of dense results collected in memory (alive during the whole run, counted in `serial_peak`).
    pub collected_bytes: u64,
}

impl TaskGraph {
    pub fn task_inputs(&self, task: &Task) -> &[Input] {
        &self.inputs[task.inputs.start as usize..task.inputs.end as usize]
    }

    pub fn task_outputs(&self, task: &Task) -> &[Output] {
        &self.outputs[task.outputs.start as usize..task.outputs.end as usize]
    }
}

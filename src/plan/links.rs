//! Who makes and who reads each block: the task graph by numbers, in flat tables.
//!
//! Blocks of temporaries are numbered through all arrays; so are the distinct regions read from stored arrays. Knows no
//! memory and no schedule.

use super::task::{ArrayKind, TaskGraph};
use crate::array::Grid;
use crate::diag::Result;
use crate::fault;
use rustc_hash::{FxHashMap, FxHasher};
use smallvec::SmallVec;
use std::hash::{Hash, Hasher};
use std::ops::Range;

/// Stands for no task.
pub const NONE: u32 = u32::MAX;

/// The tables. A *piece* of an input is a block of a temporary it touches, or the region of a stored array it names.
#[derive(Debug, Default)]
pub struct Links {
    /// Number of the first block of each array; only temporaries have any.
    base: Vec<u32>,
    /// Start in `pieces` by input, and the end of the last.
    piece_at: Vec<u32>,
    /// Numbers of blocks, or one number of a region.
    pieces: Vec<u32>,
    /// By block: the task that makes it, or [`NONE`].
    pub maker: Vec<u32>,
    /// By block: how many inputs touch it.
    pub readers: Vec<u32>,
    /// By block: its bytes.
    pub bytes: Vec<u64>,
    /// By region: an input that names it.
    pub regions: Vec<u32>,
}

impl Links {
    pub fn new(graph: &TaskGraph) -> Links {
        let mut links = Links::default();
        let mut blocks = 0usize;
        for array in &graph.arrays {
            links.base.push(blocks as u32);
            if array.kind == ArrayKind::Temporary {
                blocks += array.grid.len();
            }
        }
        links.maker = vec![NONE; blocks];
        links.readers = vec![0; blocks];
        links.bytes = vec![0; blocks];
        // Blocks of most arrays have one size.
        let even: Vec<Option<usize>> = graph.arrays.iter().map(|array| even_size(&array.grid)).collect();
        for (number, task) in graph.tasks.iter().enumerate() {
            for output in graph.task_outputs(task) {
                let array = &graph.arrays[output.array as usize];
                if array.kind == ArrayKind::Temporary {
                    let block = links.block(output.array, output.block) as usize;
                    let size = even[output.array as usize];
                    let size = size.unwrap_or_else(|| block_size(&array.grid, output.block as usize));
                    links.maker[block] = number as u32;
                    links.bytes[block] = (size * array.dtype.size()) as u64;
                }
            }
        }
        links.piece_at.reserve_exact(graph.inputs.len() + 1);
        links.pieces.reserve(graph.inputs.len());
        let mut seen: FxHashMap<u64, SmallVec<[u32; 1]>> = FxHashMap::default();
        for (number, input) in graph.inputs.iter().enumerate() {
            links.piece_at.push(links.pieces.len() as u32);
            let array = &graph.arrays[input.array as usize];
            match &array.kind {
                ArrayKind::Temporary => {
                    let base = links.base[input.array as usize];
                    let pieces = &mut links.pieces;
                    array.grid.each_touching(&input.region, |block| pieces.push(base + block as u32));
                    for &block in &links.pieces[links.piece_at[number] as usize..] {
                        links.readers[block as usize] += 1;
                    }
                }
                ArrayKind::Stored { source, .. } => {
                    let mut hasher = FxHasher::default();
                    (source, &input.region).hash(&mut hasher);
                    let same = seen.entry(hasher.finish()).or_default();
                    let found = same.iter().copied().find(|&region| {
                        let other = &graph.inputs[links.regions[region as usize] as usize];
                        other.region == input.region && graph.arrays[other.array as usize].kind == array.kind
                    });
                    let region = found.unwrap_or_else(|| {
                        links.regions.push(number as u32);
                        same.push(links.regions.len() as u32 - 1);
                        links.regions.len() as u32 - 1
                    });
                    links.pieces.push(region);
                }
                _ => {}
            }
        }
        links.piece_at.push(links.pieces.len() as u32);
        links
    }

    /// The number of a block of a temporary.
    pub fn block(&self, array: u32, block: u32) -> u32 {
        self.base[array as usize] + block
    }

    /// The pieces of an input, by its number in [`TaskGraph::inputs`].
    pub fn pieces(&self, input: u32) -> &[u32] {
        &self.pieces[self.piece_range(input..input + 1)]
    }

    /// The pieces of a run of inputs, as a range for [`Links::all_pieces`].
    pub fn piece_range(&self, inputs: Range<u32>) -> Range<usize> {
        self.piece_at[inputs.start as usize] as usize..self.piece_at[inputs.end as usize] as usize
    }

    /// The pieces of all inputs in a row.
    pub fn all_pieces(&self) -> &[u32] {
        &self.pieces
    }

    /// Whether the graph can run: every number names something, every block is made once, before it is read, and
    /// results are not read.
    pub fn check(&self, graph: &TaskGraph) -> Result<()> {
        let wrong =
            |text: String| Err(fault!("internal error: {text}").hint("this is a defect of arr, not of the script"));
        let mut made = vec![0u8; self.maker.len()];
        for (number, task) in graph.tasks.iter().enumerate() {
            let Some(program) = graph.programs.get(task.program as usize) else {
                return wrong(format!("task {number} names program {}", task.program));
            };
            if program.inputs as usize != task.inputs.len() || program.outputs.len() != task.outputs.len() {
                return wrong(format!("task {number} does not fit its program"));
            }
            for input in task.inputs.clone() {
                let array = &graph.arrays[graph.inputs[input as usize].array as usize];
                match array.kind {
                    ArrayKind::Temporary if self.pieces(input).iter().any(|&block| made[block as usize] == 0) => {
                        return wrong(format!("task {number} reads a block of {} before it is made", array.name));
                    }
                    ArrayKind::Collect { .. } | ArrayKind::Save { .. } => {
                        return wrong(format!("task {number} reads the result {}", array.name));
                    }
                    _ => {}
                }
            }
            for output in graph.task_outputs(task) {
                let array = &graph.arrays[output.array as usize];
                match array.kind {
                    ArrayKind::Temporary => {
                        let count = &mut made[self.block(output.array, output.block) as usize];
                        *count += 1;
                        if *count > 1 {
                            return wrong(format!("block {} of {} is made twice", output.block, array.name));
                        }
                    }
                    ArrayKind::Collect { .. } | ArrayKind::Save { .. } => {}
                    _ => return wrong(format!("task {number} makes a block of the source {}", array.name)),
                }
            }
        }
        Ok(())
    }
}

/// Number of elements of every chunk, if no chunk is short.
fn even_size(grid: &Grid) -> Option<usize> {
    let even = (0..grid.rank()).all(|axis| grid.shape.extent(axis).is_multiple_of(grid.chunk[axis]));
    even.then(|| grid.chunk.iter().product())
}

/// Number of elements of a chunk.
fn block_size(grid: &Grid, number: usize) -> usize {
    let mut number = number;
    let mut size = 1;
    for axis in (0..grid.rank()).rev() {
        let count = grid.count(axis);
        let at = number % count * grid.chunk[axis];
        size *= grid.chunk[axis].min(grid.shape.extent(axis) - at);
        number /= count;
    }
    size
}

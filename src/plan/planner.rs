//! Which nodes get blocks of their own, and in which order their tasks are emitted.
//!
//! Cheap nodes (elementwise, slices, transposes, reads) never get blocks: they are expanded into the program of the
//! task that uses them ([`super::expand`]). Nodes that accumulate (reductions, products) are *realised* as arrays.
//! Tasks are emitted on demand, depth first: the block of a result asks for the blocks it reads, the smallest arrays
//! first, and each of those for its own; so what is made is used soon, and the order of the tasks is the order that
//! keeps memory low. Demand is an explicit stack: the depth of a graph never meets the stack of the machine.

use super::builder::Builder;
use super::programs::Programs;
use super::proof::Plan;
use super::staging::{self, Staged};
use super::task::{ArrayId, ArrayInfo, ArrayKind, Input, Output, Task, TaskGraph};
use super::{dot, lanes, reduce, reshape, scan, tile};
use crate::array::{DType, Grid, Region};
use crate::diag::{Diagnostic, Fault, Result, Span, interrupt};
use crate::fault;
use crate::ir::{AxisSlice, Graph, NodeId, Op, Source};
use crate::kernel::Program;
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::{SmallVec, smallvec};
use std::sync::Arc;

/// What a root becomes.
#[derive(Debug, Clone)]
pub enum Target {
    /// A dense block in memory.
    Collect,
    /// Written to sink number `sink`, cut by this grid.
    Save {
        sink: u32,
        path: String,
        grid: Grid,
        /// Bytes of memory that a write takes besides the block it writes.
        scratch: u64,
        /// Numbers of the chunks that are there already, in order.
        finished: Vec<usize>,
    },
}

/// What a plan may use and how it must be cut.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes for everything.
    pub budget: u64,
    /// How often free axes are halved.
    pub shrink: u32,
}

/// The real things that a plan's sources stand for, in the order of their numbers.
#[derive(Default, Clone)]
pub struct SourceTable {
    pub stored: Vec<Arc<dyn crate::store::Source>>,
    pub dense: Vec<Arc<crate::array::Block>>,
}

/// How a node is realised as an array of blocks.
#[derive(Debug, Clone, Copy)]
pub enum Form {
    /// Expanded where it is used.
    Inline,
    /// Every block by one program.
    Blocks { array: ArrayId },
    /// A reshape: blocks of consecutive elements, for regions that are not worth expanding where they are used.
    Reshape { array: ArrayId },
    /// Whole lanes, which may be cut into pieces once they are made.
    Lanes { array: ArrayId },
    /// A running result and what each block hands to the next.
    Scan { array: ArrayId, carries: Option<ArrayId> },
    /// A source that is cut into pieces once.
    Staged { array: ArrayId },
    /// A reduction over several panels.
    Reduce { array: ArrayId, group: u32 },
    /// A product.
    Dot { array: ArrayId },
}

impl Form {
    pub fn array(&self) -> Option<ArrayId> {
        match self {
            Form::Inline => None,
            Form::Blocks { array }
            | Form::Lanes { array }
            | Form::Staged { array }
            | Form::Reshape { array }
            | Form::Scan { array, .. }
            | Form::Reduce { array, .. }
            | Form::Dot { array } => Some(*array),
        }
    }
}

/// A task that waits for the blocks it reads.
pub struct Pending {
    pub program: Program,
    pub inputs: SmallVec<[Input; 2]>,
    pub outputs: SmallVec<[Output; 2]>,
}

/// Tasks that are emitted together, in order, each after what it reads.
struct Unit {
    tasks: Tasks,
    next: Option<Pending>,
    /// Outputs are marked emitted when their task is; a unit is entered once.
    key: (ArrayId, u32),
}

/// The tasks of a unit.
enum Tasks {
    Listed(std::vec::IntoIter<Pending>),
    /// Made as they are wanted.
    Scan(Box<reduce::Scan>),
}

impl Tasks {
    fn next(&mut self, planner: &mut Planner) -> Result<Option<Pending>> {
        match self {
            Tasks::Listed(tasks) => Ok(tasks.next()),
            Tasks::Scan(scan) => scan.next(planner),
        }
    }
}

pub struct Planner<'g> {
    pub graph: &'g Graph,
    pub limits: Limits,
    pub uses: Vec<u32>,
    pub forms: Vec<Form>,
    pub out: TaskGraph,
    pub sources: SourceTable,
    source_arrays: FxHashMap<NodeId, ArrayId>,
    programs: Programs,
    /// First block number of each array in `emitted`.
    emitted: Vec<Vec<bool>>,
    /// Blocks of all arrays that tasks make.
    blocks: u64,
    /// The first array that made them too many.
    excess: Option<Fault>,
    /// Which node an array realises.
    owners: FxHashMap<ArrayId, NodeId>,
    pub reduce_groups: Vec<reduce::Group>,
    /// The temporary of running sums of each product.
    pub product_sums: FxHashMap<NodeId, ArrayId>,
    /// What writing a block of an array takes besides the block.
    write_scratch: FxHashMap<ArrayId, u64>,
}

/// Ctrl-C is looked for once in so many tasks.
const POLL: usize = 1024;

/// A plan has at most so many blocks: each takes some hundred bytes, and a microsecond.
const MOST_BLOCKS: u64 = 1 << 24;

fn too_many(name: &str, blocks: usize, span: Span) -> Fault {
    fault!("{name} takes {blocks} tasks, more than a plan holds")
        .id("arr:too-many-blocks")
        .hint("compute a part of it, or use larger blocks: rechunk (A, [rows columns])")
        .at(span)
}

/// Plans the roots of a graph, one target each; some sources are staged.
pub fn plan(graph: &Graph, targets: &[Target], limits: Limits, staged: &[Staged]) -> Result<(Plan, SourceTable)> {
    let mut planner = Planner {
        graph,
        limits,
        uses: graph.uses(),
        forms: vec![Form::Inline; graph.len()],
        out: TaskGraph::default(),
        sources: SourceTable::default(),
        source_arrays: FxHashMap::default(),
        programs: Programs::default(),
        emitted: Vec::new(),
        blocks: 0,
        excess: None,
        owners: FxHashMap::default(),
        reduce_groups: Vec::new(),
        product_sums: FxHashMap::default(),
        write_scratch: FxHashMap::default(),
    };
    let results = planner.realise(targets, staged)?;
    planner.not_too_many()?;
    // Small results first: what they need is small or shared, and they are out of the way.
    let mut order: Vec<ArrayId> = results;
    order.sort_by_key(|&a| planner.out.arrays[a as usize].grid.shape.len());
    for array in order {
        planner.emit_array(array)?;
    }
    planner.out.collected_bytes = planner
        .out
        .arrays
        .iter()
        .filter(|a| matches!(a.kind, ArrayKind::Collect { .. }))
        .map(|a| (a.grid.shape.len() * a.dtype.size()) as u64)
        .sum();
    Ok((Plan::new(planner.out)?, planner.sources))
}

impl<'g> Planner<'g> {
    /// Gives every node its form, makes the result arrays, and returns them in the order of the targets.
    fn realise(&mut self, targets: &[Target], staged: &[Staged]) -> Result<Vec<ArrayId>> {
        let reachable = self.graph.reachable();
        for id in 0..self.graph.len() as NodeId {
            if reachable[id as usize] {
                self.choose_form(id)?;
            }
        }
        for Staged { node, pieces } in staged {
            let name = format!("pieces of {}", super::print::name(self.graph, *node));
            let dtype = self.graph.node(*node).meta.dtype;
            let array = self.owned_array(*node, name, ArrayKind::Temporary, dtype, pieces.clone());
            self.forms[*node as usize] = Form::Staged { array };
        }
        reduce::group(self);
        let mut results = Vec::new();
        let mut next_result = 0;
        for (&root, target) in self.graph.roots.iter().zip(targets) {
            let node = self.graph.node(root);
            let kind = match target {
                Target::Collect => {
                    next_result += 1;
                    ArrayKind::Collect { result: next_result - 1 }
                }
                Target::Save { sink, path, .. } => ArrayKind::Save { sink: *sink, path: path.clone() },
            };
            // A realised node writes its result straight to the target when nobody else reads it and the blocks fit.
            if let Some(array) = self.forms[root as usize].array()
                && !matches!(self.forms[root as usize], Form::Staged { .. })
            {
                let info = &mut self.out.arrays[array as usize];
                let fits = match target {
                    Target::Collect => true,
                    Target::Save { grid, .. } => tile::is_union_of_chunks(&info.grid, grid),
                };
                if self.uses[root as usize] == 1 && fits && info.kind == ArrayKind::Temporary {
                    info.kind = kind;
                    self.saves_to(array, target);
                    results.push(array);
                    continue;
                }
            }
            let grid = match target {
                Target::Collect => tile::free_grid(&node.meta, self.limits.shrink),
                Target::Save { grid, .. } => tile::save_grid(&node.meta.chunks, grid, self.limits.shrink),
            };
            let name = super::print::name(self.graph, root);
            let array = self.owned_array(root, name, kind, node.meta.dtype, grid);
            self.saves_to(array, target);
            results.push(array);
        }
        Ok(results)
    }

    /// Notes what writing an array takes, and that blocks need not be made whose chunks are all there.
    fn saves_to(&mut self, array: ArrayId, target: &Target) {
        let Target::Save { grid: chunks, scratch, finished, .. } = target else { return };
        self.write_scratch.insert(array, *scratch);
        if finished.is_empty() {
            return;
        }
        let blocks = &self.out.arrays[array as usize].grid;
        for (block, emitted) in self.emitted[array as usize].iter_mut().enumerate() {
            let region = blocks.region(&blocks.coords(block));
            let touching = chunks.touching(&region);
            *emitted = touching.iter().all(|coords| finished.binary_search(&chunks.number(coords)).is_ok());
        }
    }

    fn choose_form(&mut self, id: NodeId) -> Result<()> {
        let node = self.graph.node(id);
        let form = match &node.op {
            Op::Reduce { .. } if reduce::panels(self, id) > 1 => {
                let grid = reduce::result_grid(self, id);
                let array = self.node_array(id, grid);
                Form::Reduce { array, group: 0 }
            }
            Op::Dot { .. } | Op::SymDot { .. } if !dot::stays_inline(self, id) => {
                let grid = dot::result_grid(self.graph, id);
                let array = self.node_array(id, grid);
                Form::Dot { array }
            }
            Op::Reshape { shape } if !reshape::keeps_axes(&self.graph.node(node.inputs[0]).meta.shape, shape) => {
                let grid = reshape::grid(&node.meta, self.limits.shrink);
                let array = self.node_array(id, grid);
                Form::Reshape { array }
            }
            Op::Scan { kind, axis } => scan::realise(self, id, kind, *axis as usize),
            Op::Lanes { axis, .. } => lanes::realise(self, id, *axis as usize),
            // When memory is short, layers far apart are picked a few at a time: between them lies what nobody wants.
            Op::Slice { axes } if self.limits.shrink > 0 && axes.iter().any(AxisSlice::is_sparse) => {
                let array = self.node_array(id, tile::free_grid(&node.meta, self.limits.shrink));
                Form::Blocks { array }
            }
            Op::PageDot { .. } => {
                let array = self.node_array(id, tile::free_grid(&node.meta, self.limits.shrink));
                Form::Blocks { array }
            }
            Op::Compress { .. } => {
                let grid = Grid::single(node.meta.shape.clone());
                let array = self.node_array(id, grid);
                Form::Blocks { array }
            }
            _ => Form::Inline,
        };
        self.forms[id as usize] = form;
        Ok(())
    }

    /// A temporary that realises a node.
    pub fn node_array(&mut self, id: NodeId, grid: Grid) -> ArrayId {
        let name = super::print::name(self.graph, id);
        self.owned_array(id, name, ArrayKind::Temporary, self.graph.node(id).meta.dtype, grid)
    }

    /// An array whose blocks are made for a node when they are asked for.
    pub fn owned_array(&mut self, id: NodeId, name: String, kind: ArrayKind, dtype: DType, grid: Grid) -> ArrayId {
        let array = self.new_array(name, kind, dtype, grid, self.graph.node(id).span);
        self.owners.insert(array, id);
        array
    }

    pub fn grid(&self, array: ArrayId) -> &Grid {
        &self.out.arrays[array as usize].grid
    }

    pub fn new_array(&mut self, name: String, kind: ArrayKind, dtype: DType, grid: Grid, span: Span) -> ArrayId {
        let made = !matches!(kind, ArrayKind::Stored { .. } | ArrayKind::Dense { .. } | ArrayKind::Formula(_));
        let blocks = if made { grid.len() as u64 } else { 0 };
        self.blocks = self.blocks.saturating_add(blocks);
        if self.blocks > MOST_BLOCKS && self.excess.is_none() {
            self.excess = Some(too_many(&name, grid.len(), span));
        }
        let blocks = if self.excess.is_some() { 0 } else { blocks as usize };
        self.emitted.push(vec![false; blocks]);
        self.out.arrays.push(ArrayInfo { name, kind, dtype, grid, span });
        (self.out.arrays.len() - 1) as ArrayId
    }

    /// The array that stands for a source node.
    pub fn source_array(&mut self, id: NodeId) -> ArrayId {
        if let Some(&array) = self.source_arrays.get(&id) {
            return array;
        }
        let node = self.graph.node(id);
        let (name, kind, grid) = match &node.op {
            Op::Source(Source::Stored(source)) => {
                self.sources.stored.push(source.clone());
                let number = (self.sources.stored.len() - 1) as u32;
                let kind = ArrayKind::Stored { source: number, path: source.name().to_owned() };
                (source.name().to_owned(), kind, source.meta().grid.clone())
            }
            Op::Source(Source::Dense(block)) => {
                self.sources.dense.push(block.clone());
                let number = (self.sources.dense.len() - 1) as u32;
                let grid = Grid::single(block.shape().clone());
                ("in memory".to_owned(), ArrayKind::Dense { source: number }, grid)
            }
            Op::Source(Source::Formula(formula, shape)) => {
                let name = super::print::name(self.graph, id);
                (name, ArrayKind::Formula(formula.clone()), Grid::single(shape.clone()))
            }
            _ => ("not a source".to_owned(), ArrayKind::Temporary, Grid::single(node.meta.shape.clone())),
        };
        let array = self.new_array(name, kind, node.meta.dtype, grid, node.span);
        self.source_arrays.insert(id, array);
        array
    }

    /// Makes room for so many tasks and inputs at once: lists of a million that grow step by step are copied over and over.
    pub fn expect(&mut self, tasks: usize, inputs: usize) {
        let most = MOST_BLOCKS as usize;
        self.out.tasks.reserve(tasks.min(most));
        self.out.outputs.reserve(tasks.min(most));
        self.out.inputs.reserve(inputs.min(most));
    }

    /// Emits all blocks of a result, along the last axis first; where consecutive elements are made together, along the
    /// first.
    fn emit_array(&mut self, array: ArrayId) -> Result<()> {
        let grid = self.grid(array);
        let mut blocks: Vec<u32> = (0..grid.len() as u32).collect();
        if grid.count(0) > 1 && self.forms.iter().any(|form| matches!(form, Form::Reshape { .. })) {
            blocks.sort_by_cached_key(|&block| {
                let mut coords = grid.coords(block as usize);
                coords.reverse();
                coords
            });
        }
        self.expect(blocks.len(), blocks.len());
        blocks.into_iter().try_for_each(|block| self.emit(array, block))
    }

    /// An error once the tasks are more than can be planned.
    fn not_too_many(&mut self) -> Result<()> {
        self.excess.take().map_or(Ok(()), Err)
    }

    fn is_emitted(&self, array: ArrayId, block: u32) -> bool {
        self.emitted[array as usize][block as usize]
    }

    /// Emits the tasks that make a block, after those that make what they read.
    fn emit(&mut self, array: ArrayId, block: u32) -> Result<()> {
        if self.is_emitted(array, block) {
            return Ok(());
        }
        let mut stack = vec![self.unit(array, block)?];
        let mut open: FxHashSet<(ArrayId, u32)> = FxHashSet::default();
        while let Some(unit) = stack.last_mut() {
            self.not_too_many()?;
            if self.out.tasks.len().is_multiple_of(POLL) && interrupt::is_pending() {
                return Err(Diagnostic::interrupted());
            }
            let next = match unit.next.take() {
                Some(pending) => Some(pending),
                None => unit.tasks.next(self)?,
            };
            let Some(pending) = next else {
                open.remove(&unit.key);
                stack.pop();
                continue;
            };
            match self.first_missing(&pending) {
                Some((array, block)) => {
                    unit.next = Some(pending);
                    debug_assert!(!open.contains(&(array, block)), "a block cannot need itself");
                    open.insert((array, block));
                    let unit = self.unit(array, block)?;
                    stack.push(unit);
                }
                None => self.push_task(pending)?,
            }
        }
        Ok(())
    }

    /// The first block a task reads that nobody has made yet, smallest array first.
    fn first_missing(&self, pending: &Pending) -> Option<(ArrayId, u32)> {
        let mut missing: Option<(usize, ArrayId, u32)> = None;
        for input in &pending.inputs {
            let info = &self.out.arrays[input.array as usize];
            if !matches!(info.kind, ArrayKind::Temporary) {
                continue;
            }
            let size = info.grid.shape.len();
            if missing.is_some_and(|(s, ..)| s <= size) {
                continue;
            }
            let made = &self.emitted[input.array as usize];
            let mut absent = None;
            info.grid.each_touching(&input.region, |block| {
                if absent.is_none() && !made[block] {
                    absent = Some(block);
                }
            });
            if let Some(block) = absent {
                missing = Some((size, input.array, block as u32));
            }
        }
        missing.map(|(_, array, block)| (array, block))
    }

    /// The tasks that make a block of a realised node or a result.
    fn unit(&mut self, array: ArrayId, block: u32) -> Result<Unit> {
        let owner = self.owners[&array];
        let form = self.forms[owner as usize];
        let tasks = match form {
            Form::Reduce { array: own, group } if own == array => {
                let scan = reduce::Scan::new(self, group, block)?;
                return Ok(Unit { tasks: Tasks::Scan(Box::new(scan)), next: None, key: (array, block) });
            }
            Form::Dot { array: own } if own == array => dot::tasks(self, owner, own, block)?,
            Form::Blocks { array: own } if own == array => vec![self.block(owner, own, block)?],
            Form::Lanes { array: own } if own == array => vec![lanes::task(self, owner, own, block)?],
            Form::Staged { array: own } if own == array => vec![staging::task(self, owner, own, block)?],
            Form::Scan { array: own, carries } if own == array || carries == Some(array) => {
                vec![scan::task(self, owner, (own, carries), array, block)?]
            }
            form => {
                let region = self.block_region(array, block);
                let mut builder = Builder::default();
                let reg = match form {
                    Form::Reshape { array: own } if own == array => {
                        self.expand_inline(&mut builder, owner, &region, 0)?
                    }
                    _ => self.expand(&mut builder, owner, &region, 0)?,
                };
                vec![self.pending(builder, &[reg], smallvec![Output { array, block }])]
            }
        };
        Ok(Unit { tasks: Tasks::Listed(tasks.into_iter()), next: None, key: (array, block) })
    }

    pub fn block_region(&self, array: ArrayId, block: u32) -> Region {
        self.out.arrays[array as usize].block_region(block)
    }

    pub fn pending(&self, builder: Builder, regs: &[super::builder::Reg], outputs: SmallVec<[Output; 2]>) -> Pending {
        let (program, inputs) = builder.finish(regs);
        Pending { program, inputs, outputs }
    }

    /// Prices a task and appends it.
    fn push_task(&mut self, pending: Pending) -> Result<()> {
        let Pending { program, inputs, outputs } = pending;
        let mut read_bytes = 0;
        for input in &inputs {
            let info = &self.out.arrays[input.array as usize];
            let region_bytes = (input.region.size() * info.dtype.size()) as u64;
            read_bytes += match &info.kind {
                ArrayKind::Stored { source, .. } => {
                    region_bytes + self.sources.stored[*source as usize].read_scratch(&input.region)
                }
                ArrayKind::Dense { .. } => {
                    if input.region == Region::whole(&info.grid.shape) {
                        0
                    } else {
                        region_bytes
                    }
                }
                ArrayKind::Formula(_) => region_bytes,
                _ if info.grid.chunk_at(&input.region).is_some() => 0,
                _ => region_bytes,
            };
        }
        // An argument that a save takes as it is is there already.
        let passed_on = |(output, &register): (&Output, &u16)| {
            let info = &self.out.arrays[output.array as usize];
            let is_passed_on = register < program.inputs && matches!(info.kind, ArrayKind::Save { .. });
            if is_passed_on { info.block_bytes(output.block) } else { 0 }
        };
        let passed_on: u64 = outputs.iter().zip(&program.outputs).map(passed_on).sum();
        let (program, priced) = self.programs.price(program, &inputs, &mut self.out)?;
        let mut writing = 0;
        for output in &outputs {
            self.emitted[output.array as usize][output.block as usize] = true;
            writing = writing.max(self.write_scratch.get(&output.array).copied().unwrap_or(0));
        }
        let (first_in, first_out) = (self.out.inputs.len() as u32, self.out.outputs.len() as u32);
        // Pushed one by one: `extend` cannot tell how many come, and asks at each.
        inputs.into_iter().for_each(|input| self.out.inputs.push(input));
        outputs.into_iter().for_each(|output| self.out.outputs.push(output));
        self.out.tasks.push(Task {
            program,
            inputs: first_in..self.out.inputs.len() as u32,
            outputs: first_out..self.out.outputs.len() as u32,
            out_bytes: priced.out_bytes - passed_on,
            // Blocks are written after the kernels are done, one after the other.
            scratch: read_bytes + priced.scratch.max(writing),
            flops: priced.flops,
        });
        Ok(())
    }
}

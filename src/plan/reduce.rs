//! Reductions over several panels: a partial state for each panel, states merged in a tree, the last one finished.
//!
//! The tree is fixed by the number of panels (neighbours, [`FAN_IN`] at a time), and the panels by the canonical
//! chunks, so the bits do not depend on budget or threads. Only where nothing is rounded, panels too are cut when memory
//! is short. Reductions that scan the same elements panel by panel
//! are computed in one scan: they form a [`Group`], and one task makes the states of all its members.

use super::builder::{Builder, Reg};
use super::planner::{Form, Pending, Planner};
use super::task::{ArrayId, ArrayKind, Output};
use super::tile;
use crate::array::{DType, Grid, Region, Shape};
use crate::diag::Result;
use crate::ir::{Meta, NodeId, Op, Source};
use crate::kernel::{Kernel, Program, ReduceKind, Step};
use smallvec::{SmallVec, smallvec};
use std::collections::VecDeque;

/// States merged by one task.
const FAN_IN: usize = 8;
/// Levels of the tree over as many panels as can be counted.
const LEVELS: usize = usize::BITS as usize / FAN_IN.ilog2() as usize + 1;

/// Reductions computed in one scan.
#[derive(Debug, Clone)]
pub struct Group {
    pub members: Vec<NodeId>,
    /// Temporaries of each member: the partial states, then each level of merged states. Made when first needed.
    levels: Vec<Vec<ArrayId>>,
}

/// The blocks of its argument that a reduction works on: canonical along the reduced axes, unless any cut gives the same
/// bits, and cut along the others where the plan must shrink.
fn panel_chunks(planner: &Planner, id: NodeId) -> SmallVec<[usize; 4]> {
    let node = planner.graph.node(id);
    let axes = reduced_axes(&node.op);
    let input = &planner.graph.node(node.inputs[0]).meta;
    let any = cut_anywhere(kind_of(&node.op), axes, &input.shape);
    tile::halved(&input.chunks, &|axis| any || axes & (1 << axis) == 0, planner.limits.shrink)
}

/// Whether a reduction gives the same bits wherever its argument is cut: it rounds nothing, and where zeros of either
/// sign and places count, elements come in their order.
fn cut_anywhere(kind: ReduceKind, axes: u32, shape: &Shape) -> bool {
    match kind {
        ReduceKind::Any | ReduceKind::All | ReduceKind::Nnz => true,
        ReduceKind::Min | ReduceKind::Max | ReduceKind::ArgMin | ReduceKind::ArgMax => {
            (0..shape.rank()).filter(|axis| axes & (1 << axis) != 0 && shape.extent(*axis) > 1).count() <= 1
        }
        _ => false,
    }
}

/// Number of panels of a reduction.
pub fn panels(planner: &Planner, id: NodeId) -> usize {
    let node = planner.graph.node(id);
    let axes = reduced_axes(&node.op);
    let grid = Grid::new(planner.graph.node(node.inputs[0]).meta.shape.clone(), &panel_chunks(planner, id));
    (0..grid.rank()).filter(|a| axes & (1 << a) != 0).map(|a| grid.count(a)).product()
}

/// Blocks of the result: one along reduced axes, those of the argument along the others.
pub fn result_grid(planner: &Planner, id: NodeId) -> Grid {
    Grid::new(planner.graph.node(id).meta.shape.clone(), &panel_chunks(planner, id))
}

fn reduced_axes(op: &Op) -> u32 {
    match op {
        Op::Reduce { axes, .. } => *axes,
        _ => 0,
    }
}

fn kind_of(op: &Op) -> ReduceKind {
    match op {
        Op::Reduce { kind, .. } => *kind,
        _ => ReduceKind::Sum,
    }
}

/// Puts reductions of one scan together: same panels, same result blocks, same sources, nothing realised between.
pub fn group(planner: &mut Planner) {
    type Key = (Vec<NodeId>, u32, Shape, SmallVec<[usize; 4]>);
    let mut found: Vec<(Key, u32)> = Vec::new();
    for id in 0..planner.graph.len() as NodeId {
        let Form::Reduce { array, .. } = planner.forms[id as usize] else { continue };
        let node = planner.graph.node(id);
        let input = node.inputs[0];
        let meta = &planner.graph.node(input).meta;
        let axes = reduced_axes(&node.op);
        let key = leaves(planner, input).map(|l| (l, axes, meta.shape.clone(), panel_chunks(planner, id)));
        let known = key.as_ref().and_then(|k| found.iter().find(|(other, _)| other == k)).map(|f| f.1);
        let group = known.unwrap_or(planner.reduce_groups.len() as u32);
        if known.is_none() {
            planner.reduce_groups.push(Group { members: Vec::new(), levels: Vec::new() });
            if let Some(key) = key {
                found.push((key, group));
            }
        }
        planner.reduce_groups[group as usize].members.push(id);
        planner.forms[id as usize] = Form::Reduce { array, group };
    }
}

/// The stored sources under inline nodes, and what is cut out of them; `None` when a realised node lies between, for then one member might need another.
fn leaves(planner: &Planner, id: NodeId) -> Option<Vec<NodeId>> {
    let mut out = Vec::new();
    let mut stack = vec![id];
    let mut seen = Vec::new();
    while let Some(at) = stack.pop() {
        if seen.contains(&at) {
            continue;
        }
        seen.push(at);
        if !matches!(planner.forms[at as usize], Form::Inline) {
            return None;
        }
        let node = planner.graph.node(at);
        // Two cuts of one source are two scans: one task for both would hold both.
        if matches!(node.op, Op::Source(Source::Stored(_)) | Op::Slice { .. } | Op::Gather { .. }) {
            out.push(at);
        }
        stack.extend(node.inputs.iter().copied());
    }
    out.sort_unstable();
    if out.is_empty() { None } else { Some(out) }
}

/// The tasks that make one block of the results of a group, one after the other: for every panel the partial states,
/// merged as soon as a handful of neighbours is complete. A scan may have a million panels, so none is made before it
/// is wanted.
pub struct Scan {
    members: Vec<NodeId>,
    trees: Vec<Tree>,
    axes: u32,
    /// Blocks of the argument.
    chunks: SmallVec<[usize; 4]>,
    /// The part of the result, and how many panels of the input lie along each axis above it.
    kept: Region,
    counts: SmallVec<[usize; 4]>,
    panel: usize,
    panels: usize,
    /// Tasks that are due, first in first out.
    due: VecDeque<Pending>,
}

impl Scan {
    pub fn new(planner: &mut Planner, group: u32, block: u32) -> Result<Scan> {
        let members = planner.reduce_groups[group as usize].members.clone();
        let first = planner.graph.node(members[0]);
        let axes = reduced_axes(&first.op);
        let chunks = panel_chunks(planner, members[0]);
        let input = Grid::new(planner.graph.node(first.inputs[0]).meta.shape.clone(), &chunks);
        let result_array = planner.forms[members[0] as usize].array().unwrap_or(0);
        let kept = planner.block_region(result_array, block);
        // The panel grid: all of them along reduced axes, this block alone along the others.
        let counts: SmallVec<[usize; 4]> =
            (0..input.rank()).map(|a| if axes & (1 << a) != 0 { input.count(a) } else { 1 }).collect();
        let panels: usize = counts.iter().product();
        // A state for each panel; each is read by a merge, as most merges are in turn. A level may end in a short merge.
        let merges = members.len() * (panels.div_ceil(FAN_IN - 1) + LEVELS);
        planner.expect(panels + merges, panels * (1 + members.len()) + merges);
        let mut trees = Vec::with_capacity(members.len());
        for (slot, &member) in members.iter().enumerate() {
            let levels = level_arrays(planner, group, slot, member, &kept, panels)?;
            trees.push(Tree::new(planner, member, levels, block));
        }
        Ok(Scan { members, trees, axes, chunks, kept, counts, panel: 0, panels, due: VecDeque::new() })
    }

    /// The next task, or none after the last.
    pub fn next(&mut self, planner: &mut Planner) -> Result<Option<Pending>> {
        if self.due.is_empty() && self.panel < self.panels {
            self.scan_panel(planner)?;
        }
        Ok(self.due.pop_front())
    }

    /// Makes the task of one panel and the merges it completes.
    fn scan_panel(&mut self, planner: &mut Planner) -> Result<()> {
        let meta = &planner.graph.node(planner.graph.node(self.members[0]).inputs[0]).meta;
        let axes = self.axes | meta.shape.singletons();
        let region = self.panel_region(meta);
        let mut b = Builder::default();
        let mut regs = SmallVec::<[Reg; 4]>::new();
        let mut outputs = SmallVec::new();
        for (&member, tree) in self.members.iter().zip(&self.trees) {
            let node = planner.graph.node(member);
            let reg = planner.expand(&mut b, node.inputs[0], &region, 0)?;
            let mut state = b.step(Kernel::ReducePartial { kind: kind_of(&node.op), axes, of: None }, &[reg]);
            let wanted = &tree.levels[0].region;
            let (rank, components) = (wanted.rank() - 2, wanted.len[wanted.rank() - 2]);
            if components > 1 && region.shape().rank() != rank {
                // The components come behind the axes of the block, of which the result or the block may have fewer.
                state = b.step(Kernel::Reshape { shape: wanted.shape() }, &[state]);
            }
            regs.push(state);
            outputs.push(tree.levels[0].output(self.panel));
        }
        self.due.push_back(planner.pending(b, &regs, outputs));
        for tree in &mut self.trees {
            tree.add(planner, 0, self.panel, &mut self.due);
        }
        self.panel += 1;
        if self.panel == self.panels {
            for tree in &mut self.trees {
                tree.close(planner, &mut self.due);
            }
        }
        Ok(())
    }

    /// Where the panel in hand lies in the input.
    fn panel_region(&self, meta: &Meta) -> Region {
        let mut region = super::expand::pad_region(&self.kept, self.counts.len());
        let mut rest = self.panel;
        for axis in (0..self.counts.len()).rev() {
            if self.axes & (1 << axis) != 0 {
                let (at, chunk) = (rest % self.counts[axis], self.chunks[axis]);
                rest /= self.counts[axis];
                region.start[axis] = at * chunk;
                region.len[axis] = chunk.min(meta.shape.extent(axis) - region.start[axis]);
            }
        }
        region
    }
}

/// The temporaries of a member: level 0 holds a state for each panel, each further level one for every [`FAN_IN`].
/// States are blocks `[kept axes..., components]` with the panel as last axis.
fn level_arrays(
    planner: &mut Planner,
    group: u32,
    slot: usize,
    member: NodeId,
    kept: &Region,
    total: usize,
) -> Result<Vec<ArrayId>> {
    if let Some(levels) = planner.reduce_groups[group as usize].levels.get(slot) {
        return Ok(levels.clone());
    }
    let node = planner.graph.node(member);
    let axes = reduced_axes(&node.op);
    let kind = kind_of(&node.op);
    let input = &planner.graph.node(node.inputs[0]).meta;
    let chunks = panel_chunks(planner, member);
    // One panel priced tells type and number of components of a state.
    let probe = Program {
        inputs: 1,
        steps: vec![Step { kernel: Kernel::ReducePartial { kind, axes, of: None }, args: smallvec![0] }],
        outputs: smallvec![1],
    };
    let mut sample = super::expand::pad_region(kept, input.shape.rank());
    for axis in 0..sample.rank() {
        if axes & (1 << axis) != 0 {
            sample.len[axis] = chunks[axis];
        }
    }
    let price = probe.price(&[(sample.shape(), input.dtype)])?;
    let (state, dtype): (Shape, DType) = price.outputs[0].clone();
    let components = (state.len() / kept.size().max(1)).max(1);
    let name = super::print::name(planner.graph, member);
    let array = planner.forms[member as usize].array().unwrap_or(0);
    let grid = planner.out.arrays[array as usize].grid.clone();
    let mut levels = Vec::new();
    let mut count = total;
    while count > 1 {
        let mut extents: Vec<usize> = grid.shape.to_vec();
        extents.extend([components, count]);
        let mut chunk: Vec<usize> = grid.chunk.to_vec();
        chunk.extend([components, 1]);
        let title = if levels.is_empty() { format!("partial {name}") } else { format!("merged {name}") };
        let shape = Shape::new(&extents);
        levels.push(planner.new_array(title, ArrayKind::Temporary, dtype, Grid::new(shape, &chunk), node.span));
        count = count.div_ceil(FAN_IN);
    }
    planner.reduce_groups[group as usize].levels.push(levels.clone());
    Ok(levels)
}

/// The merge tree of one member over one result block.
struct Tree {
    kind: ReduceKind,
    dtype: DType,
    levels: Vec<Level>,
    result: Output,
}

/// The states of one level that belong to a result block: consecutive blocks of a temporary, for the panel is its last
/// axis.
struct Level {
    array: ArrayId,
    /// Number and region of state 0.
    first: u32,
    region: Region,
    /// States that wait to be merged: the first, and one past the last.
    waiting: (usize, usize),
}

impl Level {
    fn output(&self, at: usize) -> Output {
        Output { array: self.array, block: self.first + at as u32 }
    }

    fn region(&self, at: usize) -> Region {
        let mut region = self.region.clone();
        if let Some(panel) = region.start.last_mut() {
            *panel = at;
        }
        region
    }
}

impl Tree {
    fn new(planner: &Planner, member: NodeId, levels: Vec<ArrayId>, block: u32) -> Tree {
        let node = planner.graph.node(member);
        let array = planner.forms[member as usize].array().unwrap_or(0);
        let mut coords = planner.grid(array).coords(block as usize);
        coords.extend([0, 0]);
        let level = |array: ArrayId| {
            let grid = planner.grid(array);
            let (first, region) = (grid.number(&coords) as u32, grid.region(&coords));
            Level { array, first, region, waiting: (0, 0) }
        };
        Tree {
            kind: kind_of(&node.op),
            dtype: node.meta.dtype,
            levels: levels.into_iter().map(level).collect(),
            result: Output { array, block },
        }
    }

    /// Notes a new state and merges as far as groups are complete.
    fn add(&mut self, planner: &Planner, level: usize, at: usize, out: &mut VecDeque<Pending>) {
        let waiting = &mut self.levels[level].waiting;
        waiting.1 = at + 1;
        if waiting.1 - waiting.0 == FAN_IN && level + 1 < self.levels.len() {
            self.merge(planner, level, out);
        }
    }

    /// Merges the waiting states of a level into one of the next, or into the result after the last level.
    fn merge(&mut self, planner: &Planner, level: usize, out: &mut VecDeque<Pending>) {
        let states = &mut self.levels[level];
        let (start, end) = states.waiting;
        if start == end {
            return;
        }
        states.waiting.0 = end;
        let mut b = Builder::default();
        let regs: SmallVec<[Reg; FAN_IN]> =
            (start..end).map(|at| b.new_input(states.array, states.region(at))).collect();
        let mut reg = regs[0];
        if regs.len() > 1 {
            reg = b.step(Kernel::ReduceMerge { kind: self.kind }, &regs);
        }
        if level + 1 == self.levels.len() {
            reg = b.step(Kernel::ReduceFinish { kind: self.kind, dtype: self.dtype }, &[reg]);
            out.push_back(planner.pending(b, &[reg], smallvec![self.result]));
        } else {
            let next = start / FAN_IN;
            out.push_back(planner.pending(b, &[reg], smallvec![self.levels[level + 1].output(next)]));
            self.add(planner, level + 1, next, out);
        }
    }

    /// Merges what is left, level by level, into the result.
    fn close(&mut self, planner: &Planner, out: &mut VecDeque<Pending>) {
        for level in 0..self.levels.len() {
            self.merge(planner, level, out);
        }
    }
}

//! Output region to program: which regions of which arrays a region of a node needs, and the kernels between.

use super::builder::{Builder, Reg};
use super::planner::{Form, Pending, Planner};
use super::task::{ArrayId, Output};
use super::{gather, reshape};
use crate::array::{Region, Shape, per_axis};
use crate::diag::Result;
use crate::fault;
use crate::ir::{AxisSlice, NodeId, Op};
use crate::kernel::{Conj, Kernel};
use smallvec::{SmallVec, smallvec};
use std::sync::Arc;

/// Layers that nobody wants are read with those around them where they have at most so many bytes: another read costs
/// about as much.
const GAP_BYTES: usize = 64 << 10;

/// Chains of inline nodes longer than this are refused (elementwise chains are fused into one node long before).
const DEEPEST: usize = 4000;

impl Planner<'_> {
    /// Appends what computes a region of a node and says where it ends up.
    pub fn expand(&mut self, b: &mut Builder, id: NodeId, region: &Region, depth: usize) -> Result<Reg> {
        // What has one user is not asked for twice.
        let shared = self.uses[id as usize] > 1;
        if shared && let Some(reg) = b.known(id, region) {
            return Ok(reg);
        }
        if depth > DEEPEST {
            return Err(fault!("expression too deep: more than {DEEPEST} dependent operations before a result")
                .hint("force an intermediate result with gather (X) or save it"));
        }
        let reg = match self.forms[id as usize] {
            Form::Inline => self.expand_inline(b, id, region, depth + 1)?,
            Form::Reshape { .. }
                if self.uses[id as usize] == 1 && reshape::is_run(&self.graph.node(id).meta.shape, region) =>
            {
                self.expand_inline(b, id, region, depth + 1)?
            }
            form => match form.array() {
                Some(array) => b.input(array, region.clone()),
                None => self.expand_inline(b, id, region, depth + 1)?,
            },
        };
        if shared {
            b.remember(id, region, reg);
        }
        Ok(reg)
    }

    pub fn expand_inline(&mut self, b: &mut Builder, id: NodeId, region: &Region, depth: usize) -> Result<Reg> {
        let graph = self.graph;
        let node = graph.node(id);
        let inputs = &node.inputs;
        match &node.op {
            Op::Source(_) => {
                let array = self.source_array(id);
                Ok(b.input(array, region.clone()))
            }
            Op::Map(body) => {
                let mut args: SmallVec<[Reg; 4]> = SmallVec::new();
                for &input in inputs {
                    let part = broadcast_part(region, &graph.node(input).meta.shape);
                    args.push(self.expand(b, input, &part, depth)?);
                }
                Ok(b.step(Kernel::Map(body.clone()), &args))
            }
            Op::Permute { perm } => {
                let input = inputs[0];
                let rank = graph.node(input).meta.shape.rank();
                let mut part = Region::new(&vec![0; rank], &vec![1; rank]);
                for (axis, &from) in perm.iter().enumerate() {
                    if (from as usize) < rank && axis < region.rank() {
                        part.start[from as usize] = region.start[axis];
                        part.len[from as usize] = region.len[axis];
                    }
                }
                let reg = self.expand(b, input, &part, depth)?;
                Ok(b.step(Kernel::Permute { perm: perm.clone() }, &[reg]))
            }
            Op::Window(window) => {
                let part = window.part(region, &graph.node(inputs[0]).meta.shape);
                let reg = self.expand(b, inputs[0], &part, depth)?;
                Ok(b.step(Kernel::Window(Arc::new(window.within(region, &part))), &[reg]))
            }
            Op::Slice { axes } => self.expand_slice(b, inputs[0], axes, region, depth),
            Op::Gather { axis, indices } => {
                let axis = *axis as usize;
                let wanted = &indices[region.start[axis]..region.end(axis)];
                let mut part = pad_region(region, graph.node(inputs[0]).meta.shape.rank());
                let layer = part.size() / part.len[axis].max(1) * graph.node(inputs[0]).meta.dtype.size();
                let found = gather::runs(wanted, GAP_BYTES / layer.max(1));
                let mut regs: SmallVec<[Reg; 4]> = SmallVec::new();
                for (start, len) in found.runs {
                    (part.start[axis], part.len[axis]) = (start, len);
                    regs.push(self.expand(b, inputs[0], &part, depth)?);
                }
                let reg = match regs.as_slice() {
                    [] => {
                        (part.start[axis], part.len[axis]) = (0, 0);
                        self.expand(b, inputs[0], &part, depth)?
                    }
                    [one] => *one,
                    many => b.step(Kernel::Concat { axis: axis as u8 }, many),
                };
                Ok(b.step(Kernel::Gather { axis: axis as u8, indices: Arc::new(found.places) }, &[reg]))
            }
            Op::Rechunk { .. } => self.expand(b, inputs[0], region, depth),
            Op::Concat { axis } => {
                let axis = *axis as usize;
                let mut pieces: SmallVec<[Reg; 4]> = SmallVec::new();
                let mut offset = 0;
                for &input in inputs {
                    let extent = graph.node(input).meta.shape.extent(axis);
                    let start = region.start[axis].max(offset);
                    let end = region.end(axis).min(offset + extent);
                    if start < end {
                        let mut part = region.clone();
                        part.start[axis] = start - offset;
                        part.len[axis] = end - start;
                        let part = crop_region(&part, graph.node(input).meta.shape.rank());
                        pieces.push(self.expand(b, input, &part, depth)?);
                    }
                    offset += extent;
                }
                Ok(if pieces.len() == 1 { pieces[0] } else { b.step(Kernel::Concat { axis: axis as u8 }, &pieces) })
            }
            Op::Reduce { kind, axes } => {
                let input = inputs[0];
                let shape = &graph.node(input).meta.shape;
                let mut part = pad_region(region, shape.rank());
                for axis in 0..shape.rank() {
                    if axes & (1 << axis) != 0 {
                        part.start[axis] = 0;
                        part.len[axis] = shape.extent(axis);
                    }
                }
                let reg = self.expand(b, input, &part, depth)?;
                Ok(b.step(Kernel::Reduce { kind: *kind, axes: axes | shape.singletons(), of: None }, &[reg]))
            }
            Op::Dot { a, b: conj_b } => {
                let (left, right) = (inputs[0], inputs[1]);
                let inner = graph.node(left).meta.shape.extent(usize::from(*a == Conj::No));
                let rows = dot_operand(*a == Conj::No, (region.start[0], region.len[0]), (0, inner));
                let columns = dot_operand(*conj_b != Conj::No, (region.start[1], region.len[1]), (0, inner));
                let x = self.expand(b, left, &rows, depth)?;
                let y = self.expand(b, right, &columns, depth)?;
                Ok(b.step(Kernel::Dot { a: *a, b: *conj_b }, &[x, y]))
            }
            Op::PageDot { a, b: conj_b } => {
                let (left, right) = (inputs[0], inputs[1]);
                let (x, y) = (&graph.node(left).meta.shape, &graph.node(right).meta.shape);
                let axis =
                    |a: usize| (region.start.get(a).copied().unwrap_or(0), region.len.get(a).copied().unwrap_or(1));
                let part = |shape: &Shape, free: (usize, usize), free_axis: usize| {
                    let mut part = broadcast_part(region, shape);
                    (part.start[free_axis], part.len[free_axis]) = free;
                    (part.start[1 - free_axis], part.len[1 - free_axis]) = (0, shape.extent(1 - free_axis));
                    part
                };
                let rows = part(x, axis(0), usize::from(*a != Conj::No));
                let columns = part(y, axis(1), usize::from(*conj_b == Conj::No));
                let x = self.expand(b, left, &rows, depth)?;
                let y = self.expand(b, right, &columns, depth)?;
                Ok(b.step(Kernel::PageDot { a: *a, b: *conj_b }, &[x, y]))
            }
            Op::Assign { axes } => self.expand_assign(b, id, axes, region, depth),
            Op::Reshape { shape } => reshape::expand(self, b, inputs[0], shape, region, depth),
            Op::SymDot { .. } | Op::Scan { .. } | Op::Lanes { .. } | Op::Compress { .. } => {
                Err(fault!("internal error: {} has no inline form", super::print::name(graph, id)))
            }
        }
    }

    fn expand_slice(
        &mut self,
        b: &mut Builder,
        input: NodeId,
        axes: &[AxisSlice],
        region: &Region,
        depth: usize,
    ) -> Result<Reg> {
        let rank = self.graph.node(input).meta.shape.rank();
        let mut part = Region::new(&vec![0; rank], &vec![1; rank]);
        let mut local: SmallVec<[(usize, isize, usize); 4]> = SmallVec::new();
        let mut stepped = false;
        for axis in 0..rank {
            let whole = axes.get(axis).copied().unwrap_or(AxisSlice::all(1));
            let (start, len) = if axis < region.rank() { (region.start[axis], region.len[axis]) } else { (0, 1) };
            let wanted = whole.then(AxisSlice { start, step: 1, len });
            let (low, high) = wanted.bounds().unwrap_or((0, 0));
            part.start[axis] = low;
            part.len[axis] = high - low;
            stepped |= wanted.step != 1 && wanted.len > 1;
            let first = wanted.start.saturating_sub(low);
            local.push((first, wanted.step, wanted.len));
        }
        let reg = self.expand(b, input, &part, depth)?;
        Ok(if stepped { b.step(Kernel::Slice { axes: local }, &[reg]) } else { reg })
    }

    fn expand_assign(
        &mut self,
        b: &mut Builder,
        id: NodeId,
        axes: &[AxisSlice],
        region: &Region,
        depth: usize,
    ) -> Result<Reg> {
        let node = self.graph.node(id);
        let (base, value) = (node.inputs[0], node.inputs[1]);
        let scalar = self.graph.node(value).meta.shape.is_scalar();
        // Along each axis: which layers of the region are assigned, and which layers of the value they take.
        let mut targets: SmallVec<[(usize, isize, usize); 4]> = SmallVec::new();
        let mut part = Region::new(&vec![0; region.rank()], &vec![1; region.rank()]);
        for axis in 0..region.rank() {
            let slice = axes.get(axis).copied().unwrap_or(AxisSlice::all(1));
            // Positions i of the slice with start + i*step inside [low, high).
            let (low, high) = (region.start[axis] as isize, region.end(axis) as isize);
            let position = |x: isize| (x - slice.start as isize) as f64 / slice.step as f64;
            let (first, last) = if slice.step > 0 {
                (position(low).ceil(), position(high - 1).floor())
            } else {
                (position(high - 1).ceil(), position(low).floor())
            };
            let first = first.max(0.0) as isize;
            let last = (last.min(slice.len as f64 - 1.0)) as isize;
            if last < first || slice.len == 0 || (last == 0 && position(high - 1).max(position(low)) < 0.0) {
                return self.expand(b, base, region, depth);
            }
            let count = (last - first + 1) as usize;
            part.start[axis] = first as usize;
            part.len[axis] = count;
            let start = slice.start as isize + first * slice.step - low;
            targets.push((start as usize, slice.step, count));
        }
        let value_part = if scalar {
            Region::new(&[0, 0], &[1, 1])
        } else {
            crop_region(&part, self.graph.node(value).meta.shape.rank())
        };
        let covered = targets.iter().enumerate().all(|(a, t)| t.2 == region.len[a] && t.1 == 1);
        if covered && !scalar {
            return self.expand(b, value, &value_part, depth);
        }
        let under = self.expand(b, base, region, depth)?;
        let over = self.expand(b, value, &value_part, depth)?;
        Ok(b.step(Kernel::Assign { axes: targets }, &[under, over]))
    }

    /// The task that makes a block of a node that is realised by one kernel.
    pub fn block(&mut self, id: NodeId, array: ArrayId, block: u32) -> Result<Pending> {
        let graph = self.graph;
        let node = graph.node(id);
        let mut b = Builder::default();
        let reg = if let Op::Compress { .. } = node.op {
            let mut args: SmallVec<[Reg; 4]> = SmallVec::new();
            for &input in &node.inputs {
                args.push(self.expand(&mut b, input, &Region::whole(&graph.node(input).meta.shape), 0)?);
            }
            b.step(Kernel::Compress, &args)
        } else {
            self.expand_inline(&mut b, id, &self.block_region(array, block), 0)?
        };
        Ok(self.pending(b, &[reg], smallvec![Output { array, block }]))
    }
}

/// The region of a product's operand: free axis first unless it enters transposed.
fn dot_operand(free_first: bool, free: (usize, usize), inner: (usize, usize)) -> Region {
    if free_first {
        Region::new(&[free.0, inner.0], &[free.1, inner.1])
    } else {
        Region::new(&[inner.0, free.0], &[inner.1, free.1])
    }
}

/// The part of a broadcast operand that a region of the result needs.
pub fn broadcast_part(region: &Region, shape: &Shape) -> Region {
    let kept = |axis: usize| shape.extent(axis) != 1 && axis < region.rank();
    Region {
        start: per_axis(shape.rank(), |axis| if kept(axis) { region.start[axis] } else { 0 }),
        len: per_axis(shape.rank(), |axis| if kept(axis) { region.len[axis] } else { 1 }),
    }
}

/// A region with axes of extent 1 added up to a rank.
pub fn pad_region(region: &Region, rank: usize) -> Region {
    let mut out = region.clone();
    while out.start.len() < rank {
        out.start.push(0);
        out.len.push(1);
    }
    out
}

/// A region without the axes beyond a rank (which must be of extent 1), or padded to it.
pub fn crop_region(region: &Region, rank: usize) -> Region {
    let mut out = pad_region(region, rank);
    out.start.truncate(rank);
    out.len.truncate(rank);
    out
}

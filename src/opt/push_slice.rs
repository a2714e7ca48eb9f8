//! A slice moves towards the data: through elementwise operations, transposes, concatenations, the free axes of
//! reductions (and, for [`super::slice_product`], of products), down into the read, so that nothing is computed or read that nobody asked for.
//!
//! It stops at a reduction or product of which more than the whole is wanted: parts of it computed one by one would then
//! cost more than the parts of one result.

use super::api::{Class, Pass, Remarks, Rewrite};
use super::fold;
use crate::array::Shape;
use crate::diag::{Result, Span};
use crate::ir::{AxisSlice, Graph, NodeId, Op, Source};
use crate::kernel::{Conj, Formula};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

pub const PASS: Pass = Pass {
    name: "push_slice",
    doc: "moves a slice below the operations it is taken of, down into the read",
    class: Class::Exact,
    rewrite: Rewrite::Graph(|graph, remarks| push(graph, remarks, false)),
};

type Axes = SmallVec<[AxisSlice; 4]>;

/// Pushes all slices of a graph, into products too if so told.
pub fn push(graph: &Graph, remarks: &mut Remarks, into_products: bool) -> Result<Option<Graph>> {
    if !graph.nodes().iter().any(|n| matches!(n.op, Op::Slice { .. })) {
        return Ok(None);
    }
    let wanted = wanted_shares(graph);
    let mut pusher =
        Pusher { remarks, into_products, wanted: FxHashMap::default(), done: FxHashMap::default(), changed: false };
    let out = graph.rebuild(|new, old, node, inputs| {
        let id = match &node.op {
            Op::Slice { axes } => pusher.push(new, inputs[0], axes, node.span)?,
            _ => new.copy(node, inputs)?,
        };
        let share = pusher.wanted.entry(id).or_default();
        *share = share.max(wanted[old as usize]);
        Ok(id)
    })?;
    Ok(pusher.changed.then_some(out))
}

/// How much of each node its readers take together, as a multiple of its size: at most 1 where all of them are slices
/// that do not overlap.
fn wanted_shares(graph: &Graph) -> Vec<f64> {
    let reachable = graph.reachable();
    let mut shares = vec![0.0; graph.len()];
    graph.roots.iter().for_each(|&root| shares[root as usize] += 1.0);
    for (id, node) in graph.nodes().iter().enumerate().rev().filter(|(id, _)| reachable[*id]) {
        let part = match &node.op {
            Op::Slice { .. } => {
                let whole = graph.node(node.inputs[0]).meta.shape.len().max(1);
                shares[id] * node.meta.shape.len() as f64 / whole as f64
            }
            Op::Map(_) | Op::Permute { .. } | Op::Concat { .. } => shares[id],
            // A part of a product or a reduction may need the whole of an operand.
            _ => 1.0,
        };
        node.inputs.iter().for_each(|&input| shares[input as usize] += part);
    }
    shares
}

struct Pusher<'a> {
    remarks: &'a mut Remarks,
    into_products: bool,
    /// Shares in the old graph of nodes copied to the new one.
    wanted: FxHashMap<NodeId, f64>,
    done: FxHashMap<(NodeId, Axes), NodeId>,
    changed: bool,
}

impl Pusher<'_> {
    /// The slice of `x`, as far down as it goes.
    fn push(&mut self, new: &mut Graph, x: NodeId, axes: &Axes, span: Span) -> Result<NodeId> {
        let shape = new.node(x).meta.shape.clone();
        let axes: Axes =
            (0..shape.rank()).map(|a| axes.get(a).copied().unwrap_or(AxisSlice::all(shape.extent(a)))).collect();
        if axes.iter().enumerate().all(|(a, s)| s.is_all(shape.extent(a))) {
            return Ok(x);
        }
        if let Some(&id) = self.done.get(&(x, axes.clone())) {
            return Ok(id);
        }
        let id = self.push_below(new, x, &shape, &axes, span)?;
        self.done.insert((x, axes), id);
        Ok(id)
    }

    fn push_below(&mut self, new: &mut Graph, x: NodeId, shape: &Shape, axes: &Axes, span: Span) -> Result<NodeId> {
        let node = new.node(x).clone();
        // Rounding of the shares must not turn ten tenths into more than one.
        let shared = self.wanted.get(&x).is_some_and(|&share| share > 1.000_001);
        let result = Shape::new(&axes.iter().map(|s| s.len).collect::<Vec<_>>());
        match &node.op {
            Op::Map(_) => {
                self.changed = true;
                let mut inputs: SmallVec<[NodeId; 4]> = SmallVec::new();
                for &input in &node.inputs {
                    let extents = new.node(input).meta.shape.clone();
                    let part: Axes = (0..extents.rank())
                        .map(|a| if extents.extent(a) == 1 { AxisSlice::all(1) } else { axes[a] })
                        .collect();
                    inputs.push(self.push(new, input, &part, span)?);
                }
                // All inputs may have been broadcast along a sliced axis; then the slice must stay.
                let made = inputs.iter().try_fold(Shape::scalar(), |s, &i| s.broadcast(&new.node(i).meta.shape));
                if made.as_ref() == Some(&result) {
                    new.add(node.op.clone(), &inputs, node.span)
                } else {
                    fold::slice(new, x, axes, span)
                }
            }
            Op::Permute { perm } => {
                self.changed = true;
                let input = node.inputs[0];
                let extents = new.node(input).meta.shape.clone();
                let mut part: Axes = (0..extents.rank()).map(|a| AxisSlice::all(extents.extent(a))).collect();
                for (axis, &from) in perm.iter().enumerate() {
                    if let (Some(slot), Some(&slice)) = (part.get_mut(from as usize), axes.get(axis)) {
                        *slot = slice;
                    }
                }
                let below = self.push(new, input, &part, span)?;
                let id = new.add(node.op.clone(), &[below], node.span)?;
                self.keep_shape(new, id, &result, x, axes, span)
            }
            Op::Reduce { .. } | Op::Dot { .. } if shared && self.into_products == matches!(node.op, Op::Dot { .. }) => {
                self.remarks.add(span, "what it is taken of is needed elsewhere too");
                fold::slice(new, x, axes, span)
            }
            Op::Reduce { axes: reduced, .. } if !shared => {
                let untouched = (0..shape.rank()).all(|a| reduced & (1 << a) == 0 || axes[a].is_all(shape.extent(a)));
                if !untouched {
                    self.remarks.add(span, "it cuts the axis that is reduced");
                    return fold::slice(new, x, axes, span);
                }
                self.changed = true;
                let input = node.inputs[0];
                let extents = new.node(input).meta.shape.clone();
                let part: Axes = (0..extents.rank())
                    .map(|a| {
                        if reduced & (1 << a) != 0 || a >= axes.len() {
                            AxisSlice::all(extents.extent(a))
                        } else {
                            axes[a]
                        }
                    })
                    .collect();
                let below = self.push(new, input, &part, span)?;
                let id = new.add(node.op.clone(), &[below], node.span)?;
                self.keep_shape(new, id, &result, x, axes, span)
            }
            Op::Dot { a, b } if self.into_products => {
                self.changed = true;
                let operand = |conj: Conj, free: AxisSlice, inner: usize, transposed_when: bool| -> Axes {
                    let all = AxisSlice::all(inner);
                    if (conj != Conj::No) == transposed_when {
                        SmallVec::from_slice(&[all, free])
                    } else {
                        SmallVec::from_slice(&[free, all])
                    }
                };
                let (left, right) = (node.inputs[0], node.inputs[1]);
                let inner = new.node(left).meta.shape.extent(usize::from(*a == Conj::No));
                let rows = operand(*a, axes[0], inner, true);
                let columns = operand(*b, axes[1], inner, false);
                let x = self.push(new, left, &rows, span)?;
                let y = self.push(new, right, &columns, span)?;
                new.add(node.op.clone(), &[x, y], node.span)
            }
            Op::Concat { axis } => {
                let axis = *axis as usize;
                let cut = axes.get(axis).copied().unwrap_or(AxisSlice::all(1));
                if cut.step != 1 {
                    return fold::slice(new, x, axes, span);
                }
                self.changed = true;
                let mut parts: SmallVec<[NodeId; 4]> = SmallVec::new();
                let mut offset = 0;
                for &input in &node.inputs {
                    let extent = new.node(input).meta.shape.extent(axis);
                    let start = cut.start.max(offset);
                    let end = (cut.start + cut.len).min(offset + extent);
                    if start < end {
                        let mut part = axes.clone();
                        if let Some(slot) = part.get_mut(axis) {
                            *slot = AxisSlice { start: start - offset, step: 1, len: end - start };
                        }
                        parts.push(self.push(new, input, &part, span)?);
                    }
                    offset += extent;
                }
                match parts.len() {
                    0 => fold::slice(new, x, axes, span),
                    1 => Ok(parts[0]),
                    _ => new.add(node.op.clone(), &parts, node.span),
                }
            }
            Op::Source(Source::Formula(Formula::Fill { bits, dtype }, _)) => {
                self.changed = true;
                let fill = Formula::Fill { bits: *bits, dtype: *dtype };
                new.add(Op::Source(Source::Formula(fill, result)), &[], node.span)
            }
            _ => fold::slice(new, x, axes, span),
        }
    }

    /// The pushed form if it came out in the right shape, else the slice as it stood.
    fn keep_shape(
        &mut self,
        new: &mut Graph,
        id: NodeId,
        wanted: &Shape,
        x: NodeId,
        axes: &Axes,
        span: Span,
    ) -> Result<NodeId> {
        if new.node(id).meta.shape == *wanted { Ok(id) } else { fold::slice(new, x, axes, span) }
    }
}

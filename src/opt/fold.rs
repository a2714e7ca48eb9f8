//! Constants into the bodies that use them, identities away, steps that undo each other away.

use super::api::{Class, Pass, Remarks, Rewrite};
use super::body::BodyBuilder;
use crate::array::{DType, Shape};
use crate::diag::{Result, Span};
use crate::ir::{AxisSlice, Graph, GraphNode, NodeId, Op, Source};
use crate::kernel::{Formula, Operand};
use smallvec::SmallVec;
use std::sync::Arc;

pub const PASS: Pass = Pass {
    name: "fold",
    doc: "computes with constants once, drops x*1, x-0, x/1, x.^1, -(-x), transposes of transposes and empty slices",
    class: Class::Exact,
    rewrite: Rewrite::Graph(run),
};

fn run(graph: &Graph, _: &mut Remarks) -> Result<Option<Graph>> {
    let mut changed = false;
    let out = graph.rebuild(|new, _, node, inputs| {
        let id = fold(new, node, inputs)?;
        let same = new.node(id);
        changed |= same.op != node.op || same.inputs.len() != node.inputs.len();
        Ok(id)
    })?;
    Ok(changed.then_some(out))
}

fn fold(new: &mut Graph, node: &GraphNode, inputs: &[NodeId]) -> Result<NodeId> {
    match &node.op {
        Op::Map(_) => fold_map(new, node, inputs),
        Op::Permute { perm } => {
            let input = inputs[0];
            if let Op::Permute { perm: first } = &new.node(input).op {
                // Axis i of the outer is axis perm[i] of the inner, which is axis first[perm[i]] of its input.
                let combined: SmallVec<[u8; 4]> =
                    perm.iter().map(|&p| first.get(p as usize).copied().unwrap_or(p)).collect();
                let below = new.node(input).inputs[0];
                return permute(new, below, combined, node);
            }
            permute(new, input, perm.clone(), node)
        }
        Op::Slice { axes } => slice(new, inputs[0], axes, node.span),
        Op::Reshape { shape } => {
            let mut below = inputs[0];
            if let Op::Reshape { .. } = new.node(below).op {
                below = new.node(below).inputs[0];
            }
            if new.node(below).meta.shape == *shape { Ok(below) } else { new.copy(node, &[below]) }
        }
        Op::Rechunk { .. } => {
            let mut below = inputs[0];
            if let Op::Rechunk { .. } = new.node(below).op {
                below = new.node(below).inputs[0];
            }
            new.copy(node, &[below])
        }
        Op::Concat { .. } if inputs.len() == 1 => Ok(inputs[0]),
        _ => new.copy(node, inputs),
    }
}

fn permute(new: &mut Graph, input: NodeId, perm: SmallVec<[u8; 4]>, node: &GraphNode) -> Result<NodeId> {
    let meta = &new.node(input).meta;
    let identity = perm.iter().enumerate().all(|(a, &p)| a == p as usize);
    if (identity || meta.shape.is_scalar()) && meta.shape == node.meta.shape {
        return Ok(input);
    }
    new.add_with(Op::Permute { perm }, &[input], node.span, Some(node.meta.clone()))
}

/// A slice of a node: whole slices vanish, slices of slices become one.
pub fn slice(new: &mut Graph, input: NodeId, axes: &[AxisSlice], span: Span) -> Result<NodeId> {
    let shape = new.node(input).meta.shape.clone();
    let rank = shape.rank().max(axes.len());
    let at = |a: usize| axes.get(a).copied().unwrap_or(AxisSlice::all(shape.extent(a)));
    if (0..rank).all(|a| at(a).is_all(shape.extent(a))) {
        return Ok(input);
    }
    if let Op::Slice { axes: first } = &new.node(input).op {
        let combined: SmallVec<[AxisSlice; 4]> = (0..first.len().max(axes.len()))
            .map(|a| first.get(a).copied().unwrap_or(AxisSlice::all(1)).then(at(a)))
            .collect();
        let below = new.node(input).inputs[0];
        return slice(new, below, &combined, span);
    }
    let axes: SmallVec<[AxisSlice; 4]> = (0..shape.rank()).map(at).collect();
    new.add(Op::Slice { axes }, &[input], span)
}

/// The constant that every element of a node equals, for real double fills.
pub fn constant(graph: &Graph, id: NodeId) -> Option<u64> {
    match &graph.node(id).op {
        Op::Source(Source::Formula(Formula::Fill { bits, dtype: DType::F64 }, _)) => Some(*bits),
        Op::Source(Source::Dense(block)) if block.shape().is_scalar() && block.dtype() == DType::F64 => {
            Some(block.data().get_f64(0).to_bits())
        }
        _ => None,
    }
}

fn fold_map(new: &mut Graph, node: &GraphNode, inputs: &[NodeId]) -> Result<NodeId> {
    let Op::Map(body) = &node.op else { return new.copy(node, inputs) };
    let mut builder = BodyBuilder { inputs: body.inputs.clone(), instrs: Vec::new() };
    // A constant input may go if the shape is still there without it.
    let constants: Vec<Option<u64>> = inputs.iter().map(|&i| constant(new, i)).collect();
    let mut rest = Shape::scalar();
    for (&input, c) in inputs.iter().zip(&constants) {
        if c.is_none() {
            rest = rest.broadcast(&new.node(input).meta.shape).unwrap_or(rest);
        }
    }
    let all_constant = constants.iter().all(Option::is_some);
    let embed = rest == node.meta.shape || all_constant;
    let operands: Vec<Operand> = (0..inputs.len())
        .map(|i| match constants[i] {
            Some(bits) if embed => Operand::Const(bits),
            _ => Operand::Input(i as u16),
        })
        .collect();
    let result = builder.append(body, &operands);
    match result {
        Operand::Const(bits) => {
            let formula = Formula::Fill { bits, dtype: DType::F64 };
            new.add_with(
                Op::Source(Source::Formula(formula, node.meta.shape.clone())),
                &[],
                node.span,
                Some(node.meta.clone()),
            )
        }
        Operand::Input(i) if new.node(inputs[i as usize]).meta.shape == node.meta.shape => Ok(inputs[i as usize]),
        Operand::Input(_) => new.copy(node, inputs),
        Operand::Instr(_) => match builder.finish(result) {
            Some((folded, kept)) if !kept.is_empty() => {
                let kept: Vec<NodeId> = kept.iter().map(|&i| inputs[i]).collect();
                let shape = kept.iter().try_fold(Shape::scalar(), |s, &i| s.broadcast(&new.node(i).meta.shape));
                if shape.as_ref() == Some(&node.meta.shape) {
                    new.add_with(Op::Map(Arc::new(folded)), &kept, node.span, Some(node.meta.clone()))
                } else {
                    new.copy(node, inputs)
                }
            }
            _ => new.copy(node, inputs),
        },
    }
}

//! A node under the eyes of a rule: the node, its rewritten inputs, who else reads them, and the tools to make what
//! takes its place.

use super::api::Remarks;
use crate::array::{DType, ScalarFn};
use crate::diag::Result;
use crate::ir::{Graph, GraphNode, NodeId, Op};
use crate::kernel::{Instr, MapBody, Operand, ReduceKind};
use smallvec::{SmallVec, smallvec};
use std::sync::Arc;

/// See the module.
pub struct Site<'a> {
    /// The graph made so far.
    pub graph: &'a mut Graph,
    /// The node as it was.
    pub node: &'a GraphNode,
    /// Its inputs in `graph`.
    pub inputs: &'a [NodeId],
    /// By input: how many nodes (and the user, for a result) read it in the old graph.
    pub readers: SmallVec<[u32; 4]>,
    pub remarks: &'a mut Remarks,
}

/// An argument of a [`Call`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Arg {
    Node(NodeId),
    Const(f64),
}

/// A scalar function applied by element: a map of one instruction.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    pub f: ScalarFn,
    pub args: SmallVec<[Arg; 3]>,
    pub dtype: DType,
}

impl Call {
    /// A node as a call, if it is a map of one instruction.
    pub fn of(node: &GraphNode, inputs: &[NodeId]) -> Option<Call> {
        let Op::Map(body) = &node.op else { return None };
        let [Instr { f, args, dtype }] = body.instrs.as_slice() else { return None };
        let args = args.iter().map(|x| match *x {
            Operand::Input(i) => inputs.get(i as usize).map(|&id| Arg::Node(id)),
            Operand::Const(bits) => Some(Arg::Const(f64::from_bits(bits))),
            Operand::Instr(_) => None,
        });
        Some(Call { f: *f, args: args.collect::<Option<_>>()?, dtype: *dtype })
    }

    /// Whether it computes with real floating-point numbers.
    pub fn is_real(&self) -> bool {
        matches!(self.dtype, DType::F64 | DType::F32)
    }
}

impl Site<'_> {
    pub fn at(&self, id: NodeId) -> &GraphNode {
        self.graph.node(id)
    }

    /// This node as a call on its rewritten inputs.
    pub fn call(&self) -> Option<Call> {
        Call::of(self.node, self.inputs)
    }

    /// A node as a call.
    pub fn call_at(&self, id: NodeId) -> Option<Call> {
        let node = self.at(id);
        Call::of(node, &node.inputs)
    }

    /// An argument as a call.
    pub fn call_of(&self, arg: Arg) -> Option<Call> {
        match arg {
            Arg::Node(id) => self.call_at(id),
            Arg::Const(_) => None,
        }
    }

    /// Kind, axes and input of a reduction.
    pub fn reduction(&self, id: NodeId) -> Option<(ReduceKind, u32, NodeId)> {
        match &self.at(id).op {
            Op::Reduce { kind, axes } => Some((*kind, *axes, self.at(id).inputs[0])),
            _ => None,
        }
    }

    /// Whether this node is the only reader of its input number `k`.
    pub fn reads_alone(&self, k: usize) -> bool {
        self.readers.get(k).is_none_or(|&n| n <= 1)
    }

    /// Adds a node, or finds the equal one.
    pub fn add(&mut self, op: Op, inputs: &[NodeId]) -> Result<NodeId> {
        self.graph.add(op, inputs, self.node.span)
    }

    /// The node that takes this one's place: of its shape, type and canonical chunks.
    pub fn replace(&mut self, op: Op, inputs: &[NodeId]) -> Result<Option<NodeId>> {
        self.graph.add_with(op, inputs, self.node.span, Some(self.node.meta.clone())).map(Some)
    }

    /// `id` in the place of this node, if it is an array of the same shape and type.
    pub fn stand_in(&self, id: NodeId) -> Option<NodeId> {
        let (new, old) = (&self.at(id).meta, &self.node.meta);
        (new.shape == old.shape && new.dtype == old.dtype).then_some(id)
    }

    /// The stand-in for an argument.
    pub fn stand_in_arg(&self, arg: Arg) -> Option<NodeId> {
        match arg {
            Arg::Node(id) => self.stand_in(id),
            Arg::Const(_) => None,
        }
    }

    /// The operation that applies a scalar function to arguments, and its inputs.
    pub fn apply(&self, f: ScalarFn, args: &[Arg], dtype: DType) -> (Op, SmallVec<[NodeId; 3]>) {
        let mut inputs: SmallVec<[NodeId; 3]> = smallvec![];
        let mut operands = SmallVec::new();
        for arg in args {
            operands.push(match *arg {
                Arg::Const(x) => Operand::constant(x),
                Arg::Node(id) => {
                    let at = inputs.iter().position(|&i| i == id).unwrap_or_else(|| {
                        inputs.push(id);
                        inputs.len() - 1
                    });
                    Operand::Input(at as u16)
                }
            });
        }
        let types = inputs.iter().map(|&id| self.at(id).meta.dtype).collect();
        let body = MapBody { inputs: types, instrs: vec![Instr { f, args: operands, dtype }] };
        (Op::Map(Arc::new(body)), inputs)
    }

    /// A scalar function of arguments as a new node.
    pub fn map(&mut self, f: ScalarFn, args: &[Arg], dtype: DType) -> Result<NodeId> {
        let (op, inputs) = self.apply(f, args, dtype);
        self.add(op, &inputs)
    }

    /// A scalar function of arguments in the place of this node, if the shape comes out the same.
    pub fn replace_by(&mut self, f: ScalarFn, args: &[Arg]) -> Result<Option<NodeId>> {
        let (op, inputs) = self.apply(f, args, self.node.meta.dtype);
        let shape = inputs
            .iter()
            .try_fold(crate::array::Shape::scalar(), |shape, &id| shape.broadcast(&self.at(id).meta.shape));
        if inputs.is_empty() || shape.as_ref() != Some(&self.node.meta.shape) {
            return Ok(None);
        }
        self.replace(op, &inputs)
    }

    /// Says why the rule leaves this node alone.
    pub fn declines(&mut self, why: impl Into<String>) -> Result<Option<NodeId>> {
        self.remarks.add(self.node.span, why);
        Ok(None)
    }
}

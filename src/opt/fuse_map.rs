//! Elementwise operations on elementwise operations become one body that runs over each element once.
//!
//! An input is taken in when it has the shape of the result (a small broadcast operand is cheaper computed once), and
//! nobody else reads it or it is cheap enough to compute again.

use super::api::{Class, Pass, Remarks, Rewrite};
use super::body::BodyBuilder;
use crate::diag::Result;
use crate::ir::{Graph, NodeId, Op};
use crate::kernel::Operand;
use std::sync::Arc;

pub const PASS: Pass = Pass {
    name: "fuse_map",
    doc: "fuses chains of elementwise operations into one",
    class: Class::Exact,
    rewrite: Rewrite::Graph(run),
};

/// Instructions a fused body may have: registers stay in the nearest cache.
const LONGEST_BODY: usize = 96;

/// Inputs a fused body may have.
const MOST_INPUTS: usize = 24;

/// A body this short is computed again for each reader rather than kept.
const CHEAP: usize = 4;

fn run(graph: &Graph, _: &mut Remarks) -> Result<Option<Graph>> {
    let uses = graph.uses();
    let mut changed = false;
    let out = graph.rebuild(|new, old, node, inputs| {
        let Op::Map(body) = &node.op else { return new.copy(node, inputs) };
        let old_inputs = &graph.node(old).inputs;
        let mut builder = BodyBuilder::default();
        let mut sources: Vec<NodeId> = Vec::new();
        let mut operands: Vec<Operand> = Vec::new();
        let mut fused = false;
        for (at, &input) in inputs.iter().enumerate() {
            let below = new.node(input).clone();
            let inner = match &below.op {
                Op::Map(inner)
                    if below.meta.shape == node.meta.shape
                        && (uses[old_inputs[at] as usize] == 1 || inner.instrs.len() <= CHEAP)
                        && inner.instrs.len() + body.instrs.len() + builder.instrs.len() <= LONGEST_BODY
                        && sources.len() + below.inputs.len() + inputs.len() <= MOST_INPUTS =>
                {
                    Some(inner.clone())
                }
                _ => None,
            };
            match inner {
                Some(inner) => {
                    fused = true;
                    let inner_operands: Vec<Operand> =
                        below.inputs.iter().map(|&i| operand(new, &mut builder, &mut sources, i)).collect();
                    operands.push(builder.append(&inner, &inner_operands));
                }
                None => operands.push(operand(new, &mut builder, &mut sources, input)),
            }
        }
        if !fused {
            return new.copy(node, inputs);
        }
        let result = builder.append(body, &operands);
        // -(-x) is x.
        if let Operand::Input(i) = result {
            let source = sources[i as usize];
            let meta = &new.node(source).meta;
            if meta.shape == node.meta.shape && meta.dtype == node.meta.dtype {
                changed = true;
                return Ok(source);
            }
        }
        match builder.finish(result) {
            Some((whole, kept)) if !kept.is_empty() => {
                changed = true;
                let kept: Vec<NodeId> = kept.iter().map(|&i| sources[i]).collect();
                new.add_with(Op::Map(Arc::new(whole)), &kept, node.span, Some(node.meta.clone()))
            }
            _ => new.copy(node, inputs),
        }
    })?;
    Ok(changed.then_some(out))
}

/// The operand that stands for a node, each node once.
fn operand(graph: &Graph, builder: &mut BodyBuilder, sources: &mut Vec<NodeId>, id: NodeId) -> Operand {
    let at = sources.iter().position(|&s| s == id).unwrap_or_else(|| {
        sources.push(id);
        builder.inputs.push(graph.node(id).meta.dtype);
        sources.len() - 1
    });
    Operand::Input(at as u16)
}

//! A transpose that feeds a product becomes a flag of the product: the kernel walks the block the other way and no
//! transpose is ever stored. Transposes are found below elementwise operations too: `(2*A')*B`, `(A'+B')*C`.

use super::api::{Class, Pass, Rewrite};
use super::site::Site;
use crate::array::{DType, ScalarFn};
use crate::diag::Result;
use crate::ir::{Graph, NodeId, Op};
use crate::kernel::Conj;
use smallvec::SmallVec;

pub const PASS: Pass = Pass {
    name: "transpose_dot",
    doc: "turns transposed operands of a product into flags of the product",
    class: Class::Exact,
    rewrite: Rewrite::Node { at: |op| matches!(op, Op::Dot { .. }), rule },
};

fn rule(site: &mut Site) -> Result<Option<NodeId>> {
    let Op::Dot { a, b } = site.node.op else { return Ok(None) };
    let (left, a) = absorb(site.graph, site.inputs[0], a)?;
    let (right, b) = absorb(site.graph, site.inputs[1], b)?;
    if left != site.inputs[0] || right != site.inputs[1] {
        return site.replace(Op::Dot { a, b }, &[left, right]);
    }
    for &input in site.inputs {
        let node = site.at(input);
        let transposes = node.inputs.iter().filter(|&&i| is_transpose(site.graph, i)).count();
        if matches!(node.op, Op::Map(_)) && transposes > 0 {
            return site.declines("not all operands under the elementwise operation are transposed");
        }
    }
    Ok(None)
}

/// The operand without its transpose, and the flag that stands for it.
fn absorb(new: &mut Graph, x: NodeId, conj: Conj) -> Result<(NodeId, Conj)> {
    let node = new.node(x).clone();
    // X' of a complex X: conj over transpose.
    if let Op::Map(body) = &node.op {
        let conjugates = body.instrs.len() == 1 && body.instrs[0].f == ScalarFn::Conj;
        if conjugates && conj == Conj::No && is_transpose(new, node.inputs[0]) {
            return Ok((new.node(node.inputs[0]).inputs[0], Conj::Adjoint));
        }
    }
    let Some(below) = untransposed(new, x)? else { return Ok((x, conj)) };
    let complex = node.meta.dtype.is_complex();
    Ok(match conj {
        // Real transposes are written as adjoints: one form for the rules that follow.
        Conj::No => (below, if complex { Conj::Transposed } else { Conj::Adjoint }),
        Conj::Transposed => (below, Conj::No),
        Conj::Adjoint if !complex => (below, Conj::No),
        Conj::Adjoint => (x, conj),
    })
}

fn is_transpose(graph: &Graph, id: NodeId) -> bool {
    let node = graph.node(id);
    matches!(&node.op, Op::Permute { perm } if perm.as_slice() == [1, 0]) && node.meta.shape.rank() == 2
}

/// A node whose transpose `x` is, where one can be had without storing anything.
fn untransposed(new: &mut Graph, x: NodeId) -> Result<Option<NodeId>> {
    if is_transpose(new, x) {
        return Ok(Some(new.node(x).inputs[0]));
    }
    let node = new.node(x).clone();
    let Op::Map(_) = &node.op else { return Ok(None) };
    let mut below: SmallVec<[NodeId; 4]> = SmallVec::new();
    let mut found = false;
    for &input in &node.inputs {
        if new.node(input).meta.shape.is_scalar() {
            below.push(input);
        } else if is_transpose(new, input) {
            found = true;
            below.push(new.node(input).inputs[0]);
        } else {
            // Through an elementwise operation again, but not without end.
            match untransposed(new, input)? {
                Some(id) => {
                    found = true;
                    below.push(id);
                }
                None => return Ok(None),
            }
        }
    }
    if !found || node.meta.dtype == DType::Char {
        return Ok(None);
    }
    Ok(Some(new.add(node.op.clone(), &below, node.span)?))
}

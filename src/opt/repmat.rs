//! Copies of a row, a column or a scalar side by side, used by an elementwise operation that broadcasts anyway:
//! `X - repmat (m, rows (X), 1)` is `X - m`.

use super::api::{Class, Pass, Rewrite};
use super::site::Site;
use crate::array::Shape;
use crate::diag::Result;
use crate::ir::{NodeId, Op};
use smallvec::SmallVec;

pub const PASS: Pass = Pass {
    name: "repmat",
    doc: "broadcasts an operand instead of storing copies of it side by side",
    class: Class::Exact,
    rewrite: Rewrite::Node { at: |op| matches!(op, Op::Map(_)), rule },
};

fn rule(site: &mut Site) -> Result<Option<NodeId>> {
    let mut inputs: SmallVec<[NodeId; 4]> = SmallVec::from_slice(site.inputs);
    let mut found = false;
    for k in 0..inputs.len() {
        while let Some(one) = repeated(site, inputs[k]) {
            let mut tried = inputs.clone();
            tried[k] = one;
            let shape = tried.iter().try_fold(Shape::scalar(), |s, &id| s.broadcast(&site.at(id).meta.shape));
            if shape.as_ref() != Some(&site.node.meta.shape) {
                if found {
                    break;
                }
                return site.declines("no other operand has the shape of the result");
            }
            inputs = tried;
            found = true;
        }
    }
    if found { site.replace(site.node.op.clone(), &inputs) } else { Ok(None) }
}

/// What a concatenation repeats, if it is one thing of extent 1 along the axis.
fn repeated(site: &Site, id: NodeId) -> Option<NodeId> {
    let node = site.at(id);
    let Op::Concat { axis } = node.op else { return None };
    let &first = node.inputs.first()?;
    let same = node.inputs.iter().all(|&input| input == first);
    (same && site.at(first).meta.shape.extent(axis as usize) == 1).then_some(first)
}

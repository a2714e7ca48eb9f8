//! `sum (X', 1)` to `sum (X, 2)'`: the small result is turned instead of the large array.

use super::api::{Class, Pass, Rewrite};
use super::site::Site;
use crate::diag::Result;
use crate::ir::{NodeId, Op};

pub const PASS: Pass = Pass {
    name: "sum_transpose",
    doc: "reduces the array under a transpose along the other axis and transposes the result",
    class: Class::Rounding,
    rewrite: Rewrite::Node { at: |op| matches!(op, Op::Reduce { .. }), rule },
};

fn rule(site: &mut Site) -> Result<Option<NodeId>> {
    let Op::Reduce { kind, axes } = site.node.op else { return Ok(None) };
    let below = site.at(site.inputs[0]);
    let Op::Permute { perm } = below.op.clone() else { return Ok(None) };
    let x = below.inputs[0];
    if !site.reads_alone(0) {
        return site.declines("the transpose is used elsewhere too");
    }
    let turned = perm.iter().enumerate().filter(|(i, _)| axes & (1 << i) != 0).fold(0, |bits, (_, &p)| bits | 1 << p);
    let reduced = site.add(Op::Reduce { kind, axes: turned }, &[x])?;
    if site.node.meta.shape.is_scalar() {
        return Ok(site.stand_in(reduced));
    }
    site.replace(Op::Permute { perm }, &[reduced])
}

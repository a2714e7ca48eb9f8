//! `diag (A * B)` to `sum (A .* B.', 2)` and `trace (A * B)` to the sum of all of it: of a product of which only the
//! diagonal is wanted, only the diagonal is computed.
//!
//! A diagonal is the sum along rows of what the identity selects (that is what `diag` of a large array builds).

use super::api::{Class, Pass, Rewrite};
use super::site::{Arg, Site};
use crate::array::{DType, ScalarFn};
use crate::diag::Result;
use crate::ir::{NodeId, Op, Source};
use crate::kernel::{Conj, Formula, ReduceKind};
use smallvec::smallvec;

pub const PASS: Pass = Pass {
    name: "diagonal_product",
    doc: "computes only the diagonal of a product for diag (A * B) and trace (A * B)",
    class: Class::Rounding,
    rewrite: Rewrite::Node { at: |op| matches!(op, Op::Reduce { kind: ReduceKind::Sum, .. }), rule },
};

const COLUMNS: u32 = 0b10;
const ALL: u32 = 0b11;

fn rule(site: &mut Site) -> Result<Option<NodeId>> {
    let Op::Reduce { kind, axes } = site.node.op else { return Ok(None) };
    let Some(call) = site.call_at(site.inputs[0]).filter(|c| c.f == ScalarFn::Select) else { return Ok(None) };
    let &[Arg::Node(eye), Arg::Node(product), Arg::Const(0.0)] = call.args.as_slice() else { return Ok(None) };
    let identity = matches!(&site.at(eye).op, Op::Source(Source::Formula(Formula::Eye { .. }, _)));
    if !identity || !matches!(axes, COLUMNS | ALL) {
        return Ok(None);
    }
    let Op::Dot { a, b } = site.at(product).op else { return Ok(None) };
    let dtype = site.at(product).meta.dtype;
    if !matches!(dtype, DType::F64 | DType::F32) {
        return site.declines("the product is complex");
    }
    let (left, right) = (site.at(product).inputs[0], site.at(product).inputs[1]);
    let (turned_left, turned_right) = (a != Conj::No, b != Conj::No);
    // Elements that meet in the diagonal lie in the same places of A and B where exactly one of them enters turned.
    let transpose = |site: &mut Site, x| site.add(Op::Permute { perm: smallvec![1, 0] }, &[x]);
    let (x, y) = match (turned_left, turned_right) {
        (false, false) => (left, transpose(site, right)?),
        (true, true) => (transpose(site, left)?, right),
        _ => (left, right),
    };
    let by_element = site.map(ScalarFn::Mul, &[Arg::Node(x), Arg::Node(y)], dtype)?;
    // A' * B: their columns meet, not their rows.
    if turned_left && !turned_right && axes == COLUMNS {
        let row = site.add(Op::Reduce { kind, axes: 0b01 }, &[by_element])?;
        return site.replace(Op::Permute { perm: smallvec![1, 0] }, &[row]);
    }
    site.replace(Op::Reduce { kind, axes }, &[by_element])
}

//! `sum (X .* X)`, `sum (X .^ 2)`, `sum (abs (X) .^ 2)` to a sum of squares. Not for `norm`, which scales.

use super::api::{Class, Pass, Rewrite};
use super::site::{Arg, Site};
use crate::array::ScalarFn;
use crate::diag::Result;
use crate::ir::{NodeId, Op};
use crate::kernel::ReduceKind;

pub const PASS: Pass = Pass {
    name: "sum_squares",
    doc: "turns the sum of X .* X, X .^ 2 or abs (X) .^ 2 into a sum of squares",
    class: Class::Rounding,
    rewrite: Rewrite::Node { at: |op| matches!(op, Op::Reduce { kind: ReduceKind::Sum, .. }), rule },
};

fn rule(site: &mut Site) -> Result<Option<NodeId>> {
    let Op::Reduce { axes, .. } = site.node.op else { return Ok(None) };
    let Some(call) = site.call_at(site.inputs[0]).filter(|c| c.is_real()) else { return Ok(None) };
    let mut x = match (call.f, call.args.as_slice()) {
        (ScalarFn::Mul, &[Arg::Node(x), Arg::Node(y)]) if x == y => x,
        (ScalarFn::Pow, &[Arg::Node(x), Arg::Const(2.0)]) => x,
        _ => return Ok(None),
    };
    if let Some(inner) = site.call_at(x)
        && inner.f == ScalarFn::Abs
        && let Arg::Node(y) = inner.args[0]
    {
        x = y;
    }
    let kind = ReduceKind::SumSq;
    if !site.at(x).meta.dtype.is_float() || kind.result_type(site.at(x).meta.dtype) != site.node.meta.dtype {
        return Ok(None);
    }
    site.replace(Op::Reduce { kind, axes }, &[x])
}

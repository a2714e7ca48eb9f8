//! `sum (c * X)` to `c * sum (X)` for a finite constant c: one multiplication instead of one for each element.

use super::api::{Class, Pass, Rewrite};
use super::site::{Arg, Site};
use crate::array::ScalarFn;
use crate::diag::Result;
use crate::ir::{NodeId, Op};
use crate::kernel::ReduceKind;

pub const PASS: Pass = Pass {
    name: "sum_scaled",
    doc: "takes a constant factor out of a sum or mean",
    class: Class::Rounding,
    rewrite: Rewrite::Node { at: |op| matches!(op, Op::Reduce { kind: ReduceKind::Sum | ReduceKind::Mean, .. }), rule },
};

fn rule(site: &mut Site) -> Result<Option<NodeId>> {
    let Some(call) = site.call_at(site.inputs[0]).filter(|c| c.is_real()) else { return Ok(None) };
    let (x, c, f) = match (call.f, call.args.as_slice()) {
        (ScalarFn::Mul, &[Arg::Node(x), Arg::Const(c)] | &[Arg::Const(c), Arg::Node(x)]) => (x, c, ScalarFn::Mul),
        (ScalarFn::Div, &[Arg::Node(x), Arg::Const(c)]) => (x, c, ScalarFn::Div),
        _ => return Ok(None),
    };
    if !c.is_finite() || (f == ScalarFn::Div && c == 0.0) {
        return site.declines(format!("the factor {c} is not finite"));
    }
    if !site.reads_alone(0) {
        return site.declines("the scaled array is used elsewhere too");
    }
    let sum = site.add(site.node.op.clone(), &[x])?;
    site.replace_by(f, &[Arg::Node(sum), Arg::Const(c)])
}

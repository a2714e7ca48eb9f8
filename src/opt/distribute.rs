//! `A*B + A*C` to `A * (B + C)` and `A*C + B*C` to `(A + B) * C`: one product instead of two. It moves roundings into
//! the operands, where a later cancellation magnifies them, so it takes the user's word.

use super::api::{Class, Pass, Rewrite};
use super::site::{Arg, Site};
use crate::array::ScalarFn;
use crate::diag::Result;
use crate::ir::{NodeId, Op};

pub const PASS: Pass = Pass {
    name: "distribute",
    doc: "computes A*B + A*C as A * (B + C), and A*C + B*C as (A + B) * C",
    class: Class::Assumption,
    rewrite: Rewrite::Node { at: |op| matches!(op, Op::Map(_)), rule },
};

fn rule(site: &mut Site) -> Result<Option<NodeId>> {
    let Some(call) = site.call() else { return Ok(None) };
    let (ScalarFn::Add | ScalarFn::Sub, &[Arg::Node(x), Arg::Node(y)]) = (call.f, call.args.as_slice()) else {
        return Ok(None);
    };
    let (Op::Dot { a, b }, Op::Dot { a: c, b: d }) = (site.at(x).op.clone(), site.at(y).op.clone()) else {
        return Ok(None);
    };
    let (p, q) = (site.at(x).inputs.clone(), site.at(y).inputs.clone());
    if (a, b) != (c, d) || site.at(x).meta.shape != site.at(y).meta.shape {
        return Ok(None);
    }
    if !(site.reads_alone(0) && site.reads_alone(1)) {
        return site.declines("a product is used elsewhere too");
    }
    let dtype = call.dtype;
    if p[0] == q[0] {
        let sum = site.map(call.f, &[Arg::Node(p[1]), Arg::Node(q[1])], dtype)?;
        return site.replace(Op::Dot { a, b }, &[p[0], sum]);
    }
    if p[1] == q[1] {
        let sum = site.map(call.f, &[Arg::Node(p[0]), Arg::Node(q[0])], dtype)?;
        return site.replace(Op::Dot { a, b }, &[sum, p[1]]);
    }
    Ok(None)
}

//! `x .^ 2` to `x .* x`: a square is one multiplication by definition, and that is rounded once either way.

use super::api::{Class, Pass, Rewrite};
use super::site::{Arg, Site};
use crate::array::ScalarFn;
use crate::diag::Result;
use crate::ir::{NodeId, Op};

pub const PASS: Pass = Pass {
    name: "square",
    doc: "turns x .^ 2 into x .* x",
    class: Class::Exact,
    rewrite: Rewrite::Node { at: |op| matches!(op, Op::Map(_)), rule },
};

fn rule(site: &mut Site) -> Result<Option<NodeId>> {
    match site.call() {
        Some(call) if call.f == ScalarFn::Pow && call.is_real() && call.args[1] == Arg::Const(2.0) => {
            let x = call.args[0];
            site.replace_by(ScalarFn::Mul, &[x, x])
        }
        _ => Ok(None),
    }
}

//! `!(a == b)` to `a != b` and the reverse: of the comparisons, the only two of which NaN makes exact opposites.

use super::api::{Class, Pass, Rewrite};
use super::site::Site;
use crate::array::ScalarFn;
use crate::diag::Result;
use crate::ir::{NodeId, Op};

pub const PASS: Pass = Pass {
    name: "compare",
    doc: "turns !(a == b) into a != b and !(a != b) into a == b",
    class: Class::Exact,
    rewrite: Rewrite::Node { at: |op| matches!(op, Op::Map(_)), rule },
};

fn rule(site: &mut Site) -> Result<Option<NodeId>> {
    let Some(call) = site.call().filter(|c| c.f == ScalarFn::Not) else { return Ok(None) };
    let Some(inner) = site.call_of(call.args[0]) else { return Ok(None) };
    match inner.f {
        ScalarFn::Eq => site.replace_by(ScalarFn::Ne, &inner.args),
        ScalarFn::Ne => site.replace_by(ScalarFn::Eq, &inner.args),
        _ => Ok(None),
    }
}

//! Signs that cancel: `-(-x)`, `a - (-b)`, `a + (-b)`, `abs (-x)`, `abs (abs (x))`. Negation is exact, so is this.

use super::api::{Class, Pass, Rewrite};
use super::site::Site;
use crate::array::ScalarFn;
use crate::diag::Result;
use crate::ir::{NodeId, Op};

pub const PASS: Pass = Pass {
    name: "signs",
    doc: "drops signs that cancel: -(-x), a - (-b), a + (-b), abs (-x), abs (abs (x))",
    class: Class::Exact,
    rewrite: Rewrite::Node { at: |op| matches!(op, Op::Map(_)), rule },
};

fn rule(site: &mut Site) -> Result<Option<NodeId>> {
    let Some(call) = site.call().filter(|c| c.is_real()) else { return Ok(None) };
    let negated = |site: &Site, k: usize| {
        let inner = site.call_of(call.args[k])?;
        (inner.f == ScalarFn::Neg && inner.dtype == call.dtype).then_some(inner.args[0])
    };
    match call.f {
        ScalarFn::Neg => Ok(negated(site, 0).and_then(|x| site.stand_in_arg(x))),
        ScalarFn::Sub => match negated(site, 1) {
            Some(b) => site.replace_by(ScalarFn::Add, &[call.args[0], b]),
            None => Ok(None),
        },
        ScalarFn::Add => match (negated(site, 0), negated(site, 1)) {
            (_, Some(b)) => site.replace_by(ScalarFn::Sub, &[call.args[0], b]),
            (Some(a), None) => site.replace_by(ScalarFn::Sub, &[call.args[1], a]),
            (None, None) => Ok(None),
        },
        ScalarFn::Abs => match site.call_of(call.args[0]) {
            Some(inner) if matches!(inner.f, ScalarFn::Neg | ScalarFn::Abs) && inner.dtype == call.dtype => {
                site.replace_by(ScalarFn::Abs, &inner.args)
            }
            _ => Ok(None),
        },
        _ => Ok(None),
    }
}

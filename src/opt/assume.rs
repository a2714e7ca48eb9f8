//! What school algebra says and floating point does not: `x * 0`, `x - x`, `x ./ x`, `x == x`, `x + 0`, `x .^ 0.5`,
//! `-(a - b)`, `!(a < b)`. True of finite numbers that are not NaN (and of `x ./ x` not zero), up to the sign of zeros.

use super::api::{Class, Pass, Rewrite};
use super::site::{Arg, Call, Site};
use crate::array::{DType, ScalarFn};
use crate::diag::Result;
use crate::ir::{NodeId, Op, Source};
use crate::kernel::Formula;

pub const PASS: Pass = Pass {
    name: "assume",
    doc: "takes numbers to be finite: x*0 is 0, x-x is 0, x./x is 1, x==x is true, x+0 is x, x.^0.5 is sqrt (x), -(a-b) is b-a, !(a<b) is a>=b",
    class: Class::Assumption,
    rewrite: Rewrite::Node { at: |op| matches!(op, Op::Map(_)), rule },
};

fn rule(site: &mut Site) -> Result<Option<NodeId>> {
    let Some(call) = site.call() else { return Ok(None) };
    let equal = matches!(call.args.as_slice(), [Arg::Node(a), Arg::Node(b)] if a == b);
    let constant = |k: usize| match call.args.get(k) {
        Some(Arg::Const(c)) => Some(*c),
        _ => None,
    };
    match call.f {
        ScalarFn::Mul if call.is_real() && (constant(0) == Some(0.0) || constant(1) == Some(0.0)) => fill(site, 0.0),
        ScalarFn::Sub if call.is_real() && equal => fill(site, 0.0),
        ScalarFn::Div if call.is_real() && equal => fill(site, 1.0),
        ScalarFn::Eq if equal => fill(site, 1.0),
        ScalarFn::Add if call.is_real() && constant(1) == Some(0.0) => Ok(site.stand_in_arg(call.args[0])),
        ScalarFn::Add if call.is_real() && constant(0) == Some(0.0) => Ok(site.stand_in_arg(call.args[1])),
        ScalarFn::Pow if call.is_real() && constant(1) == Some(0.5) => site.replace_by(ScalarFn::Sqrt, &call.args[..1]),
        ScalarFn::Neg if call.is_real() => match site.call_of(call.args[0]) {
            Some(Call { f: ScalarFn::Sub, args, dtype }) if dtype == call.dtype => {
                site.replace_by(ScalarFn::Sub, &[args[1], args[0]])
            }
            _ => Ok(None),
        },
        ScalarFn::Not => match site.call_of(call.args[0]) {
            Some(inner) => match opposite(inner.f) {
                Some(f) => site.replace_by(f, &inner.args),
                None => Ok(None),
            },
            None => Ok(None),
        },
        _ => Ok(None),
    }
}

/// The comparison that holds when this one does not, of ordered numbers.
fn opposite(f: ScalarFn) -> Option<ScalarFn> {
    match f {
        ScalarFn::Lt => Some(ScalarFn::Ge),
        ScalarFn::Ge => Some(ScalarFn::Lt),
        ScalarFn::Gt => Some(ScalarFn::Le),
        ScalarFn::Le => Some(ScalarFn::Gt),
        _ => None,
    }
}

/// An array of one value in the place of the node.
fn fill(site: &mut Site, x: f64) -> Result<Option<NodeId>> {
    let dtype: DType = site.node.meta.dtype;
    let formula = Formula::Fill { bits: x.to_bits(), dtype };
    let shape = site.node.meta.shape.clone();
    site.replace(Op::Source(Source::Formula(formula, shape)), &[])
}

//! `sum (x(m))` and its kin: what the mask leaves out is replaced by what changes nothing, so that nothing is ever
//! collected. By selection, never by multiplication: `0 * Inf` is NaN.

use super::api::{Class, Pass, Rewrite};
use super::site::{Arg, Site};
use crate::array::{DType, ScalarFn};
use crate::diag::Result;
use crate::ir::{NodeId, Op};
use crate::kernel::ReduceKind;

pub const PASS: Pass = Pass {
    name: "masked",
    doc: "reduces x(mask) by selecting a neutral element where the mask is false",
    class: Class::Rounding,
    rewrite: Rewrite::Node { at: |op| matches!(op, Op::Reduce { .. }), rule },
};

fn rule(site: &mut Site) -> Result<Option<NodeId>> {
    let Op::Reduce { kind, axes } = site.node.op else { return Ok(None) };
    // A mask of a row gives a row: the same elements under another shape.
    let mut list = site.inputs[0];
    if let Op::Reshape { shape } = &site.at(list).op
        && shape.is_vector()
    {
        list = site.at(list).inputs[0];
    }
    let Op::Compress { count } = site.at(list).op else { return Ok(None) };
    let (mask, x) = (site.at(list).inputs[0], site.at(list).inputs[1]);
    let shape = site.at(site.inputs[0]).meta.shape.clone();
    let whole = (0..shape.rank()).all(|a| shape.extent(a) == 1 || axes & (1 << a) != 0);
    let dtype = site.at(x).meta.dtype;
    if !whole || !matches!(dtype, DType::F64 | DType::F32) || site.at(mask).meta.shape != site.at(x).meta.shape {
        return Ok(None);
    }
    let neutral = match kind {
        ReduceKind::Sum | ReduceKind::Mean | ReduceKind::SumSq | ReduceKind::Nnz | ReduceKind::Any => 0.0,
        ReduceKind::Prod | ReduceKind::All => 1.0,
        // NaN is skipped; but of nothing at all there is no extreme, and so it stands in for nothing here.
        ReduceKind::Min | ReduceKind::Max if count > 0 => f64::NAN,
        _ => return site.declines(format!("{kind:?} has no neutral element")),
    };
    if count == 0 {
        return Ok(None);
    }
    let selected = site.map(ScalarFn::Select, &[Arg::Node(mask), Arg::Node(x), Arg::Const(neutral)], dtype)?;
    let axes = (1u32 << site.at(x).meta.shape.rank()) - 1;
    if kind == ReduceKind::Mean {
        let sum = site.add(Op::Reduce { kind: ReduceKind::Sum, axes }, &[selected])?;
        return site.replace_by(ScalarFn::Div, &[Arg::Node(sum), Arg::Const(count as f64)]);
    }
    site.replace(Op::Reduce { kind, axes }, &[selected])
}

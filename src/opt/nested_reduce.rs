//! `sum (sum (X))`, `max (max (X))`, `mean (X(:))` in one reduction over several axes: no reshape, one tree of sums.
//!
//! Not exact: the sums are added in another order, and of zeros of both signs another one may come out as the extreme.

use super::api::{Class, Pass, Rewrite};
use super::site::Site;
use crate::diag::Result;
use crate::ir::{NodeId, Op};
use crate::kernel::ReduceKind::{self, *};

pub const PASS: Pass = Pass {
    name: "nested_reduce",
    doc: "makes one reduction of sum (sum (X)), max (max (X)), mean (mean (X)), sum (X(:)) and their kin",
    class: Class::Rounding,
    rewrite: Rewrite::Node {
        at: |op| matches!(op, Op::Reduce { .. }),
        rule: |site| {
            let combined = |outer, inner| match (outer, inner) {
                (Sum, Sum | SumSq | Nnz) => Some(inner),
                (Prod, Prod) | (Min, Min) | (Max, Max) | (Mean, Mean) => Some(outer),
                _ => None,
            };
            merge(site, combined, |kind| !matches!(kind, Any | All | Nnz | ArgMin | ArgMax))
        },
    },
};

/// Merges the node with the reduction below it where `combined (outer, inner)` names one that does the work of both;
/// or takes a reshape to a vector from below it where `flattens (kind)` says that the order of elements is no matter.
pub fn merge(
    site: &mut Site,
    combined: fn(ReduceKind, ReduceKind) -> Option<ReduceKind>,
    flattens: fn(ReduceKind) -> bool,
) -> Result<Option<NodeId>> {
    let Op::Reduce { kind, axes } = site.node.op else { return Ok(None) };
    let below = site.inputs[0];
    if let Some((inner, inner_axes, x)) = site.reduction(below) {
        let Some(both) = combined(kind, inner) else { return Ok(None) };
        if !site.reads_alone(0) {
            return site.declines("the inner result is used elsewhere too");
        }
        if both.result_type(site.at(x).meta.dtype) != site.node.meta.dtype {
            return Ok(None);
        }
        return site.replace(Op::Reduce { kind: both, axes: axes | inner_axes }, &[x]);
    }
    if let Op::Reshape { shape } = &site.at(below).op
        && flattens(kind)
        && (0..shape.rank()).all(|a| shape.extent(a) == 1 || axes & (1 << a) != 0)
    {
        let x = site.at(below).inputs[0];
        let all = ((1u64 << site.at(x).meta.shape.rank()) - 1) as u32;
        return site.replace(Op::Reduce { kind, axes: all }, &[x]);
    }
    Ok(None)
}

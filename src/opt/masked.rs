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
    let Some(pieces) = selected(site) else { return Ok(None) };
    let shape = &site.at(site.inputs[0]).meta.shape;
    let whole = (0..shape.rank()).all(|a| shape.extent(a) == 1 || axes & (1 << a) != 0);
    let count: usize = pieces.iter().map(|piece| piece.count).sum();
    if !whole || count == 0 {
        return Ok(None);
    }
    // What changes nothing, what a piece is reduced by, and what then the pieces are.
    let (neutral, inner, outer) = match kind {
        ReduceKind::Sum | ReduceKind::Mean => (0.0, ReduceKind::Sum, ReduceKind::Sum),
        ReduceKind::SumSq | ReduceKind::Nnz => (0.0, kind, ReduceKind::Sum),
        ReduceKind::Any => (0.0, kind, kind),
        ReduceKind::Prod | ReduceKind::All => (1.0, kind, kind),
        // NaN is skipped, and comes out only where all that is selected is NaN.
        ReduceKind::Min | ReduceKind::Max => (f64::NAN, kind, kind),
        _ => return site.declines(format!("{kind:?} has no neutral element")),
    };
    let mut parts = Vec::with_capacity(pieces.len());
    for Piece { mask, x, .. } in pieces {
        let dtype = site.at(x).meta.dtype;
        let kept = site.map(ScalarFn::Select, &[Arg::Node(mask), Arg::Node(x), Arg::Const(neutral)], dtype)?;
        let axes = ((1u64 << site.at(x).meta.shape.rank()) - 1) as u32;
        parts.push(site.add(Op::Reduce { kind: inner, axes }, &[kept])?);
    }
    let mut result = parts[0];
    if parts.len() > 1 {
        let column = site.add(Op::Concat { axis: 0 }, &parts)?;
        result = site.add(Op::Reduce { kind: outer, axes: 1 }, &[column])?;
    }
    if kind == ReduceKind::Mean {
        return site.replace_by(ScalarFn::Div, &[Arg::Node(result), Arg::Const(count as f64)]);
    }
    Ok(site.stand_in(result))
}

/// A part of an array and of its mask.
struct Piece {
    mask: NodeId,
    x: NodeId,
    count: usize,
}

/// The pieces of `x(mask)` that the node reduces, if that is what it reduces: one or several side by side, under another
/// shape or chunking.
fn selected(site: &Site) -> Option<Vec<Piece>> {
    let mut list = site.inputs[0];
    while let Op::Rechunk { .. } | Op::Reshape { .. } = site.at(list).op {
        if !site.at(list).meta.shape.is_vector() {
            return None;
        }
        list = site.at(list).inputs[0];
    }
    let pieces = match site.at(list).op {
        Op::Concat { .. } => site.at(list).inputs.to_vec(),
        _ => vec![list],
    };
    let piece = |id: NodeId| {
        let Op::Compress { count } = site.at(id).op else { return None };
        let (mask, x) = (site.at(id).inputs[0], site.at(id).inputs[1]);
        let real = matches!(site.at(x).meta.dtype, DType::F64 | DType::F32);
        (real && site.at(mask).meta.shape == site.at(x).meta.shape).then_some(Piece { mask, x, count })
    };
    pieces.into_iter().map(piece).collect()
}

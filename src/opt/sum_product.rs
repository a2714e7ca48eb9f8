//! `sum (A * B, 2)` to `A * sum (B, 2)` and `sum (A * B, 1)` to `sum (A, 1) * B`: a product with a vector instead of
//! one with a matrix.

use super::api::{Class, Pass, Rewrite};
use super::site::Site;
use crate::diag::Result;
use crate::ir::{NodeId, Op};
use crate::kernel::{Conj, ReduceKind};

pub const PASS: Pass = Pass {
    name: "sum_product",
    doc: "sums an operand of a product before the product instead of the product itself",
    class: Class::RoundingOrInf,
    rewrite: Rewrite::Node { at: |op| matches!(op, Op::Reduce { kind: ReduceKind::Sum, .. }), rule },
};

fn rule(site: &mut Site) -> Result<Option<NodeId>> {
    let Op::Reduce { kind, axes } = site.node.op else { return Ok(None) };
    let product = site.at(site.inputs[0]);
    let Op::Dot { a, b } = product.op else { return Ok(None) };
    let (mut left, mut right) = (product.inputs[0], product.inputs[1]);
    if !site.reads_alone(0) {
        return site.declines("the product is used elsewhere too");
    }
    let shape = &site.at(site.inputs[0]).meta.shape;
    let (many_rows, many_columns) = (axes & 1 != 0 && shape.rows() > 1, axes & 2 != 0 && shape.columns() > 1);
    if !many_rows && !many_columns {
        return Ok(None);
    }
    // Rows of the left factor as it enters, columns of the right one.
    if many_rows {
        let axes = if a == Conj::No { 1 } else { 2 };
        left = site.add(Op::Reduce { kind, axes }, &[left])?;
    }
    if many_columns {
        let axes = if b == Conj::No { 2 } else { 1 };
        right = site.add(Op::Reduce { kind, axes }, &[right])?;
    }
    site.replace(Op::Dot { a, b }, &[left, right])
}

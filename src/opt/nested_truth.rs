//! `any (any (X))`, `all (all (X))`, `any (X(:))` in one reduction: truth values combine in any order.

use super::api::{Class, Pass, Rewrite};
use super::nested_reduce::merge;
use crate::ir::Op;
use crate::kernel::ReduceKind::{All, Any, Nnz};

pub const PASS: Pass = Pass {
    name: "nested_truth",
    doc: "makes one reduction of any (any (X)), all (all (X)), any (X(:)), all (X(:)) and nnz (X(:))",
    class: Class::Exact,
    rewrite: Rewrite::Node {
        at: |op| matches!(op, Op::Reduce { kind: Any | All | Nnz, .. }),
        rule: |site| {
            let combined = |outer, inner| match (outer, inner) {
                (Any, Any) | (All, All) => Some(outer),
                _ => None,
            };
            merge(site, combined, |kind| matches!(kind, Any | All | Nnz))
        },
    },
};

//! `A' * A` and `A * A'` become a symmetric product: half the arithmetic, an exactly symmetric (Hermitian) result.

use super::api::{Class, Pass, Rewrite};
use super::site::Site;
use crate::diag::Result;
use crate::ir::{NodeId, Op};
use crate::kernel::Conj;

pub const PASS: Pass = Pass {
    name: "symmetric",
    doc: "computes one triangle of A' * A or A * A' and mirrors it",
    class: Class::Exact,
    rewrite: Rewrite::Node { at: |op| matches!(op, Op::Dot { .. }), rule },
};

fn rule(site: &mut Site) -> Result<Option<NodeId>> {
    let Op::Dot { a, b } = site.node.op else { return Ok(None) };
    let (turned, adjoint_first) = match (a, b) {
        (Conj::No, Conj::No) => return Ok(None),
        (turned, Conj::No) => (turned, true),
        (Conj::No, turned) => (turned, false),
        _ => return Ok(None),
    };
    if site.inputs[0] != site.inputs[1] {
        if site.at(site.inputs[0]).meta.shape == site.at(site.inputs[1]).meta.shape {
            return site.declines("the two factors are different arrays");
        }
        return Ok(None);
    }
    if turned == Conj::Transposed && site.node.meta.dtype.is_complex() {
        return site.declines("A.' * A of a complex A is symmetric, not Hermitian");
    }
    site.replace(Op::SymDot { adjoint_first }, &site.inputs[..1])
}

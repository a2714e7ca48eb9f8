//! `A' * A` and `A * A'` become a symmetric product: half the arithmetic, an exactly symmetric (Hermitian) result.

use super::api::{Class, Pass};
use crate::diag::Result;
use crate::ir::{Graph, Op};
use crate::kernel::Conj;

pub const PASS: Pass = Pass {
    name: "symmetric",
    doc: "computes one triangle of A' * A or A * A' and mirrors it",
    class: Class::Exact,
    run,
};

fn run(graph: &Graph) -> Result<Option<Graph>> {
    let mut changed = false;
    let out = graph.rebuild(|new, _, node, inputs| {
        let adjoint_first = match &node.op {
            Op::Dot { a, b } if inputs[0] == inputs[1] => {
                let complex = node.meta.dtype.is_complex();
                // A .' * A of a complex A is symmetric, not Hermitian: left to the general product.
                let flips = |c: Conj| c == Conj::Adjoint || (c == Conj::Transposed && !complex);
                match (flips(*a), *a, flips(*b), *b) {
                    (true, _, _, Conj::No) => Some(true),
                    (_, Conj::No, true, _) => Some(false),
                    _ => None,
                }
            }
            _ => None,
        };
        match adjoint_first {
            Some(adjoint_first) => {
                changed = true;
                new.add_with(Op::SymDot { adjoint_first }, &inputs[..1], node.span, Some(node.meta.clone()))
            }
            None => new.copy(node, inputs),
        }
    })?;
    Ok(changed.then_some(out))
}

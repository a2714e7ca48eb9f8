//! What a pass is.

use crate::diag::Result;
use crate::ir::Graph;

/// What a rewrite may change in the values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Nothing: the same bits, for NaN, infinities and signed zeros too.
    Exact,
    /// The rounding of finite results.
    Rounding,
    /// As `Rounding`, and with infinities in the input a NaN may stand where an infinity stood, or the reverse.
    RoundingOrInf,
}

impl Class {
    /// As `explain` writes it.
    pub fn letter(self) -> &'static str {
        match self {
            Class::Exact => "E",
            Class::Rounding => "R",
            Class::RoundingOrInf => "R+",
        }
    }
}

/// A rewrite of the whole graph. Roots keep their number, shapes and types.
pub struct Pass {
    pub name: &'static str,
    /// One sentence for `explain` and the documentation.
    pub doc: &'static str,
    pub class: Class,
    /// The rewritten graph, or `None` when there was nothing to do.
    pub run: fn(&Graph) -> Result<Option<Graph>>,
}

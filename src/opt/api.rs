//! What a rule is, what it is given, and when it may be applied.

use super::site::Site;
use crate::diag::{Result, Span};
use crate::ir::{Graph, NodeId, Op};

/// What a rewrite may change in the values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Nothing: the same bits, for NaN, infinities and signed zeros too.
    Exact,
    /// The rounding of finite results, and the sign of a zero.
    Rounding,
    /// As `Rounding`, and with infinities in the input a NaN may stand where an infinity stood, or the reverse.
    RoundingOrInf,
    /// Anything, unless something holds of the data that nobody has shown: that it is finite, say, or has no -0.
    Assumption,
}

impl Class {
    /// As `explain` writes it.
    pub fn letter(self) -> &'static str {
        match self {
            Class::Exact => "E",
            Class::Rounding => "R",
            Class::RoundingOrInf => "R+",
            Class::Assumption => "U",
        }
    }
}

/// Which classes of rewrites the user allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FpMode {
    /// Only those that keep every bit.
    Strict,
    /// Those that keep the values up to rounding; where infinities could show, `explain` says `R+`.
    #[default]
    Default,
    /// Also those that take the data to be ordinary numbers.
    Fast,
}

impl FpMode {
    pub const ALL: [FpMode; 3] = [FpMode::Strict, FpMode::Default, FpMode::Fast];

    pub fn name(self) -> &'static str {
        match self {
            FpMode::Strict => "strict",
            FpMode::Default => "default",
            FpMode::Fast => "fast",
        }
    }

    pub fn from_name(name: &str) -> Option<FpMode> {
        FpMode::ALL.into_iter().find(|mode| mode.name() == name)
    }

    pub fn allows(self, class: Class) -> bool {
        match self {
            FpMode::Strict => class == Class::Exact,
            FpMode::Default => class <= Class::RoundingOrInf,
            FpMode::Fast => true,
        }
    }
}

/// A rewrite. Roots keep their number, shapes and types.
pub struct Pass {
    pub name: &'static str,
    /// One sentence for `explain` and the documentation.
    pub doc: &'static str,
    pub class: Class,
    pub rewrite: Rewrite,
}

/// How much of the graph a rewrite has to see.
#[derive(Clone, Copy)]
pub enum Rewrite {
    /// All of it: gives the rewritten graph, or `None` when there was nothing to do.
    Graph(fn(&Graph, &mut Remarks) -> Result<Option<Graph>>),
    /// One node at a time, its inputs rewritten already. `at` says at which operations `rule` looks; it names the
    /// node that takes the place of this one, or `None` to leave it.
    Node { at: fn(&Op) -> bool, rule: fn(&mut Site) -> Result<Option<NodeId>> },
}

/// Why a rule that nearly applied did not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    pub pass: &'static str,
    /// The expression it looked at.
    pub span: Span,
    pub why: String,
}

/// Where rules leave their remarks.
#[derive(Default)]
pub struct Remarks(Vec<(Span, String)>);

impl Remarks {
    /// Says why the rule left the expression at `span` alone. The same remark counts once.
    pub fn add(&mut self, span: Span, why: impl Into<String>) {
        let remark = (span, why.into());
        if !self.0.contains(&remark) {
            self.0.push(remark);
        }
    }

    /// The remarks, as those of a pass.
    pub(super) fn of(self, pass: &'static str) -> impl Iterator<Item = Remark> {
        self.0.into_iter().map(move |(span, why)| Remark { pass, span, why })
    }
}

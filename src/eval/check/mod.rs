//! What a program shows to be wrong before it runs: names that nothing defines, calls that no builtin takes
//! ([`names`]), and shapes that do not go together ([`shapes`]).
//!
//! What is found is meant to be certain: where a name may appear at run time (`eval`, `load` into variables), or a
//! value is not known, nothing is said.

mod names;
mod shapes;

use super::interp::Interp;
use crate::diag::Fault;
use crate::syntax::ast::Expr;
use std::borrow::Cow;

/// The identifier of the fault by which an engine says that it computes nothing here. An interpreter that checks is
/// given such an engine; whatever meets this fault is unknown, not wrong.
pub const NOT_COMPUTED: &str = "arr:not-computed";

impl Interp {
    /// Everything wrong with a text that shows without running it, in order of place, warnings among it.
    ///
    /// Takes this interpreter's variables as its own scratch: use a fresh one.
    pub fn check_text(&mut self, name: &str, text: &str) -> Vec<Fault> {
        let parsed = self.parse(name, text);
        let mut faults = parsed.warnings;
        faults.extend(parsed.errors);
        names::check(self, &parsed.program, &mut faults);
        // Each place has one fault, and names tell more than what follows from them.
        for fault in shapes::check(self, &parsed.program) {
            let place = fault.labels.first().map(|label| label.span);
            let known = faults.iter().any(|f| f.labels.first().map(|l| l.span) == place);
            if !known {
                faults.push(fault);
            }
        }
        faults.sort_by_key(|fault| fault.labels.first().map(|label| label.span.start));
        faults
    }
}

/// The name at the bottom of `a(1).b{2}`.
fn root(expr: &Expr) -> Cow<'_, str> {
    use crate::syntax::ast::ExprKind::*;
    match &expr.kind {
        Name(name) => Cow::Borrowed(name),
        Index { base, .. } | Brace { base, .. } | Field { base, .. } | DynField { base, .. } | Paren(base) => {
            root(base)
        }
        _ => Cow::Borrowed(""),
    }
}

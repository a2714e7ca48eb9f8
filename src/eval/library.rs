//! Builtin functions that are written in the language: read once, called as any other function, and their inside is
//! nobody's business; a fault in one has the place of the call.

use super::code::{Function, Siblings};
use super::interp::{Interp, builtins};
use super::resolve;
use crate::builtin::Values;
use crate::diag::{Label, Result, SourceId, Span};
use crate::fault;
use crate::syntax::ast::StmtKind;
use crate::value::Value;
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// The functions read so far.
#[derive(Default)]
pub struct Library {
    functions: FxHashMap<String, Rc<Function>>,
    sources: Vec<SourceId>,
}

impl Interp {
    /// Calls the function of this name in a text of the library.
    pub(super) fn call_library(
        &mut self,
        name: &'static str,
        text: &'static str,
        args: &[Value],
        nargout: usize,
        span: Span,
    ) -> Result<Values> {
        if !self.library.functions.contains_key(name) {
            self.read_library(name, text);
        }
        let Some(function) = self.library.functions.get(name).cloned() else {
            return Err(fault!("internal error: {name} is not in its file").at(span));
        };
        self.call_function(&function, args.iter().cloned().collect(), nargout, span).map_err(|mut fault| {
            let inside = |span: &Span| self.library.sources.contains(&span.source);
            if fault.labels.first().is_none_or(|label| inside(&label.span)) {
                fault.labels = vec![Label { span, text: String::new() }];
            }
            fault.trace.retain(|(_, call)| !inside(call));
            fault
        })
    }

    /// Every function of a text; they see each other.
    fn read_library(&mut self, name: &str, text: &str) {
        let source = self.sources.add(format!("<{name}>"), text);
        self.library.sources.push(source);
        let parsed = crate::syntax::parse(text, source, &|_| false);
        debug_assert!(parsed.errors.is_empty(), "the library has errors: {:?}", parsed.errors);
        let siblings = Rc::new(Siblings::default());
        for stmt in &parsed.program.body {
            if let StmtKind::Function(source) = &stmt.kind {
                let function = resolve::function(source, Some(siblings.clone()));
                siblings.functions.borrow_mut().insert(function.name.clone(), function.clone());
                // The others are helpers of their own file alone.
                if builtins().get(&*function.name).is_some_and(|row| row.source.or(row.large).is_some()) {
                    self.library.functions.insert(function.name.to_string(), function);
                }
            }
        }
    }
}

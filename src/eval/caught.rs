//! A fault as the value that `catch err` sees, and back.

use super::frame::Owner;
use super::interp::Interp;
use crate::array::Shape;
use crate::builtin::state::LastError;
use crate::diag::{Diagnostic, Span};
use crate::value::{Struct, Value};
use std::sync::Arc;

/// `message`, `identifier` and `stack` of a fault caught in the running frame.
pub fn as_struct(fault: &Diagnostic, interp: &Interp) -> Value {
    let mut error = Struct::scalar();
    error.set("message", Value::text(&fault.message));
    error.set("identifier", Value::text(&fault.id));
    error.set("stack", Value::Struct(Arc::new(stack(fault, interp))));
    Value::Struct(Arc::new(error))
}

/// The active functions, innermost first, each with the place it had reached.
fn stack(fault: &Diagnostic, interp: &Interp) -> Struct {
    let mut place = fault.labels.first().map_or(Span::default(), |label| label.span);
    let mut levels: Vec<(String, Span)> = Vec::new();
    for (name, call) in &fault.trace {
        levels.push((name.clone(), place));
        place = *call;
    }
    for frame in std::iter::once(&interp.frame).chain(interp.callers.iter().rev()) {
        if !matches!(frame.owner, Owner::Top) {
            levels.push((frame.function_name().to_string(), place));
            place = frame.call;
        }
    }
    let column = |make: &dyn Fn(&(String, Span)) -> Value| levels.iter().map(make).collect::<Vec<Value>>();
    let mut stack = Struct::new(Shape::matrix(levels.len(), 1));
    let file = |span: Span| interp.sources.get(span.source).map_or("", |source| &*source.name).to_owned();
    let position = |span: Span| interp.sources.line_col(span);
    stack.set_column(&"file".into(), column(&|(_, span)| Value::text(&file(*span))));
    stack.set_column(&"name".into(), column(&|(name, _)| Value::text(name)));
    stack.set_column(&"line".into(), column(&|(_, span)| Value::from(position(*span).0)));
    stack.set_column(&"column".into(), column(&|(_, span)| Value::from(position(*span).1)));
    stack
}

impl Interp {
    /// Keeps a caught fault for `lasterr` and `rethrow`.
    pub(super) fn remember_error(&mut self, fault: &Diagnostic, _error: &Value) {
        self.state.last_error = Some(LastError { message: fault.message.clone(), id: fault.id.to_string() });
    }
}

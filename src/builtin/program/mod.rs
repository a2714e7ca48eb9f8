//! What a program asks of itself: its variables, functions, calls, errors and help.

pub mod assert;
pub mod calls;
pub mod console;
pub mod errors;
pub mod evaluation;
pub mod help;
pub mod input_parser;
pub mod on_cleanup;
pub mod variables;

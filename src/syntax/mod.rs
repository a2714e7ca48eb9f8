//! Text to expression tree: tokens (logos), the meaning of quotes and blanks, the grammar (lalrpop).
//! Knows no shapes, no values, no variables beyond what command syntax needs.
//!
//! The way of a text: [`token::Raw`] tokens from `logos` → [`lexer`] settles quotes, blanks and line ends →
//! [`blocks`] balances `if ... end` → the grammar in `grammar/arr.lalrpop` builds the tree through [`builder`].
//! [`parse`](parse::parse) is the door; [`print`](mod@print) and [`dump`] turn trees back into text.

pub mod ast;
mod blocks;
mod builder;
mod command;
pub mod dump;
pub mod lexer;
mod literal;
mod message;
pub mod parse;
pub mod print;
pub mod token;

pub use parse::{Parsed, parse};

lalrpop_util::lalrpop_mod!(
    #[allow(clippy::all, clippy::pedantic, unused, missing_docs)]
    grammar,
    "/arr.rs"
);

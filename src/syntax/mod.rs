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

/// The text in the bytes of a file, and whether some of it had to be guessed: bytes that are not UTF-8 are taken as
/// Latin-1, as old scripts are written.
pub fn decode(bytes: Vec<u8>) -> (String, bool) {
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return (text, false),
        Err(error) => error.into_bytes(),
    };
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
    for piece in bytes.utf8_chunks() {
        text.push_str(piece.valid());
        text.extend(piece.invalid().iter().map(|&byte| byte as char));
    }
    (text, true)
}

lalrpop_util::lalrpop_mod!(
    #[allow(clippy::all, clippy::pedantic, unused, missing_docs)]
    grammar,
    "/arr.rs"
);

//! Text to expression tree: tokens (logos), the meaning of quotes and blanks, the grammar (lalrpop).
//! Knows no shapes, no values, no variables beyond what command syntax needs.

pub mod ast;

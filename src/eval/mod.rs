//! The walker: runs resolved code. Scopes, control flow, calls, indexing, assignment, errors.
//!
//! The way of a text: `syntax` parses it, [`resolve`] settles its names into slots ([`code`]), and
//! [`Interp`] walks the result. Scalars stay unboxed on that way; an operation on anything larger is asked of
//! `builtin::ops`, an indexing of `value::index`, so this room knows no kernels, no files of data and no graph.
//!
//! One variable table is one [`frame::Frame`]. The interpreter is also the [`crate::builtin::Host`] that running
//! builtins talk to.

mod append;
pub mod assign;
mod call;
mod caught;
mod chain;
pub mod check;
pub mod code;
mod elements;
mod exec;
mod expr;
mod files;
pub mod frame;
mod guard;
mod host;
mod interp;
mod lazy;
mod library;
mod map;
mod message;
mod numbers;
mod resolve;
mod scalar;
mod stack;
mod update;
mod vectors;

pub use interp::{Interp, Output};
pub use stack::with_deep_stack;

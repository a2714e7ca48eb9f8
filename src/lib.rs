//! `arr`: a compiler and REPL for a Matlab-style array language whose arrays may be larger than memory.

pub mod array;
pub mod builtin;
pub mod diag;
pub mod engine;
pub mod eval;
pub mod ir;
pub mod kernel;
pub mod opt;
pub mod plan;
pub mod session;
pub mod store;
pub mod syntax;
pub mod value;

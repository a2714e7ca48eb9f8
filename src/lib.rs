//! `arr`: a compiler and REPL for a Matlab-style array language whose arrays may be larger than memory.
//!
//! # The way of a program
//!
//! 1. [`syntax`] turns text into tokens (logos), settles what a quote or a blank means, and parses (lalrpop) into the
//!    expression tree, every node with its span.
//! 2. [`session`] holds all state and hands statements to [`eval`], which resolves names to slots and walks them. An
//!    array operation asks [`builtin`]; dense operands go straight to a [`kernel`]; lazy ones add a node to the [`ir`]
//!    graph, where shape and type are inferred on arrival.
//! 3. When a lazy value is needed, [`force`] has [`compile`] walk the passes of [`opt`] over the nodes and ask
//!    [`plan`] for tasks: for every output block, which input blocks; each task priced before anything runs. What one
//!    run cannot make (a sort, a QR) is a promise ([`ir::promise`]) whose algorithm ([`builtin::outofcore`]) runs first.
//! 4. An [`engine`] runs the tasks inside the memory budget, reading and writing blocks through a [`store`].
//! 5. The answer lands in a dense [`value`] or on disk; [`explain`] can print every stage on the way.
//!
//! # The house
//!
//! Imports point only down this list; `tests/it/house.rs` enforces it. A star marks an open room: `api.rs` is its
//! contract, `mod.rs` the table of its members, every other file one member.
//!
//! | floor | room | what |
//! |---|---|---|
//! | people | `cli`, [`repl`] | arguments in, exit code out; the interactive session |
//! | language | [`session`], [`eval`] | all state between statements; scopes, control flow, calls, indexing |
//! | driving | [`force`], [`explain`], [`compile`] | what happens when a lazy value is needed; every stage as text |
//! | back end | [`engine`] ★ | serial and parallel engines, budget, spilling |
//! | library | [`builtin`] ★ | the functions of the language, one family a file |
//! | middle | [`opt`] ★, [`plan`] | rewrites of the graph; blocks, tasks, order, price |
//! | values | [`value`], [`ir`] | what a variable holds and how it is shown; the graph of large arrays |
//! | blocks | [`kernel`] ★, [`store`] ★ | arithmetic on blocks; arrays at rest |
//! | front | [`syntax`] | text to tree |
//! | ground | [`array`], [`diag`] | types, shapes, grids, blocks; faults and places |
//!
//! `syntax` knows no shapes; `ir` and `opt` touch no block; `kernel` knows no files, threads or names; `store` knows no
//! graph; nothing below `session` remembers anything between statements.

pub mod array;
pub mod builtin;
pub mod cli;
pub mod compile;
pub mod diag;
pub mod engine;
pub mod eval;
pub mod explain;
pub mod force;
pub mod ir;
pub mod kernel;
pub mod opt;
pub mod plan;
pub mod repl;
pub mod session;
pub mod store;
pub mod syntax;
pub mod value;

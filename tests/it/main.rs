//! The tests that see the project from outside: one crate, one module for each room.

/// Task graphs run: the same bits on every engine, within the budget.
mod engine;
/// Text to tree: snapshots, agreement with Octave, no text that brings the parser down.
mod parse;
/// What other programs wrote we read, and the reverse.
mod store;

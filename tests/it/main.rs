//! The tests that see the project from outside: one crate, one module for each room.

/// Random programs, blocked and optimised, against the naive evaluator.
mod arranged;
mod blocked;
/// `arr check`: what shows before a program runs, and nothing that is not wrong.
mod check;
/// The command line: exit codes, standard input and output.
mod command_line;
/// Task graphs run: the same bits on every engine, within the budget.
mod engine;
/// The examples, every stage.
mod examples;
/// The house: imports point down, tables are documented.
mod house;
/// Ctrl-C in the middle of a statement.
mod interrupt;
/// The language reference and the examples in it.
mod manual;
/// Order, search and counts inside small budgets.
mod ordered;
/// Algorithms of several runs inside small budgets.
mod outofcore;
/// Text to tree: snapshots, agreement with Octave, no text that brings the parser down.
mod parse;
/// Every rewrite fires where it should, and nowhere else.
mod passes;
/// The interactive session through a terminal.
mod prompt;
/// The naive evaluator.
mod reference;
/// Programs from end to end: what they print and how they fail.
mod run;
/// What other programs wrote we read, and the reverse.
mod store;

//! Optimisation passes: graph to graph, the same roots with the same shapes and types. Touches no block.
//!
//! This file is the ordered table. To add a rule: a file, a `mod` line, and a line in [`PASSES`] that says why it
//! stands where it does. Common subexpressions need no pass: [`Graph::add`] stores equal nodes once. Dead nodes
//! need none either: [`Graph::rebuild`] leaves them behind.

mod api;
mod body;
mod fold;
mod fuse_map;
mod push_slice;
mod symmetric;
mod transpose_dot;

pub use api::{Class, Pass};

use crate::diag::Result;
use crate::ir::Graph;

/// The passes in the order they run.
pub const PASSES: &[Pass] = &[
    // First, so that every later rule sees constants as constants and no double transposes or empty steps.
    fold::PASS,
    // Before products are looked at: a slice of a product becomes a smaller product of slices.
    push_slice::PASS,
    // After slices have moved, so that a transpose meets the product that uses it.
    transpose_dot::PASS,
    // After transposes are flags: A' * A is then one node with the same input twice.
    symmetric::PASS,
    // Last: what the other rules look at are single operations; fused bodies hide them.
    fuse_map::PASS,
];

/// What a pass left behind.
#[derive(Debug, Clone)]
pub struct Stage {
    pub pass: &'static str,
    pub class: Class,
    pub graph: Graph,
}

/// Runs the passes; gives every graph that differs from the one before it. The last stage is the result.
pub fn optimise(graph: &Graph, passes: &[Pass]) -> Result<Vec<Stage>> {
    let mut stages: Vec<Stage> = Vec::new();
    for pass in passes {
        let current = stages.last().map_or(graph, |s| &s.graph);
        if let Some(next) = (pass.run)(current)? {
            stages.push(Stage { pass: pass.name, class: pass.class, graph: next });
        }
    }
    Ok(stages)
}

//! Optimisation passes: graph to graph, the same roots with the same shapes and types. Touches no block.
//!
//! This file is the ordered table. To add a rule: a file, a `mod` line, and a line in [`PASSES`] that says why it
//! stands where it does. Common subexpressions need no pass: [`Graph::add`] stores equal nodes once. Dead nodes
//! need none either: [`Graph::rebuild`] leaves them behind.

mod api;
mod assume;
mod body;
mod chain;
mod compare;
mod diagonal_product;
mod distribute;
mod fold;
mod fuse_map;
mod masked;
mod nested_reduce;
mod nested_truth;
mod push_slice;
mod reciprocal;
mod repmat;
mod signs;
mod site;
mod slice_product;
mod square;
mod sum_product;
mod sum_scaled;
mod sum_squares;
mod sum_transpose;
mod symmetric;
mod transpose_dot;

pub use api::{Class, FpMode, Pass, Remark, Rewrite};

use crate::diag::Result;
use crate::ir::Graph;
use api::Remarks;
use site::Site;

/// The passes in the order they run.
pub const PASSES: &[Pass] = &[
    // First, so that every later rule sees constants as constants and no double transposes or empty steps.
    fold::PASS,
    // Rules about single operations, while operations are single: fused bodies hide them. Those that take operations
    // away come before those that look for what remains.
    signs::PASS,
    compare::PASS,
    assume::PASS,
    square::PASS,
    reciprocal::PASS,
    // Copies side by side vanish before anybody slices them.
    repmat::PASS,
    // Before products are looked at: a slice of a product becomes a smaller product of slices.
    push_slice::PASS,
    slice_product::PASS,
    // After slices have moved, so that a transpose meets the product that uses it.
    transpose_dot::PASS,
    // Reductions, from the outside in: first which axes go together, then what is reduced.
    masked::PASS,
    nested_truth::PASS,
    nested_reduce::PASS,
    sum_transpose::PASS,
    sum_scaled::PASS,
    sum_squares::PASS,
    // Reductions of products, now that transposes are flags: they save the product itself.
    diagonal_product::PASS,
    sum_product::PASS,
    // Products that are left: fewer of them, then their order.
    distribute::PASS,
    chain::PASS,
    // After the order is known: A' * A is then one node with the same input twice.
    symmetric::PASS,
    // Last: what the other rules look at are single operations.
    fuse_map::PASS,
];

/// What a pass left behind.
#[derive(Debug, Clone)]
pub struct Stage {
    pub pass: &'static str,
    pub class: Class,
    pub graph: Graph,
}

/// What the passes made of a graph.
#[derive(Debug, Clone, Default)]
pub struct Optimised {
    /// After each pass that changed something; the last one is the result.
    pub stages: Vec<Stage>,
    /// Why others did not.
    pub remarks: Vec<Remark>,
}

/// Runs the passes that the mode allows.
pub fn optimise(graph: &Graph, passes: &[Pass], mode: FpMode) -> Result<Optimised> {
    let mut out = Optimised::default();
    for pass in passes {
        let current = out.stages.last().map_or(graph, |s| &s.graph);
        let mut remarks = Remarks::default();
        let next = apply(pass, current, &mut remarks)?;
        if !mode.allows(pass.class) {
            // A rule that would have changed something is worth a word.
            if next.is_some() {
                let span = current.roots.first().map(|&root| current.node(root).span).unwrap_or_default();
                let why = format!("its class {} is not in mode {}", pass.class.letter(), mode.name());
                out.remarks.push(Remark { pass: pass.name, span, why });
            }
            continue;
        }
        out.remarks.extend(remarks.of(pass.name));
        if let Some(next) = next {
            out.stages.push(Stage { pass: pass.name, class: pass.class, graph: next });
        }
    }
    Ok(out)
}

/// The graph as one pass rewrites it; `None` where it changes nothing.
fn apply(pass: &Pass, graph: &Graph, remarks: &mut Remarks) -> Result<Option<Graph>> {
    let (at, rule) = match pass.rewrite {
        Rewrite::Graph(run) => return run(graph, remarks),
        Rewrite::Node { at, rule } => (at, rule),
    };
    if !graph.nodes().iter().any(|node| at(&node.op)) {
        return Ok(None);
    }
    let uses = graph.uses();
    let mut changed = false;
    let out = graph.rebuild(|new, _, node, inputs| {
        if at(&node.op) {
            let readers = node.inputs.iter().map(|&i| uses[i as usize]).collect();
            let mut site = Site { graph: new, node, inputs, readers, remarks };
            if let Some(id) = rule(&mut site)? {
                changed = true;
                return Ok(id);
            }
        }
        new.copy(node, inputs)
    })?;
    Ok(changed.then_some(out))
}

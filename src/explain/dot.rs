//! A task graph for Graphviz: boxes are blocks, circles are tasks, as the pictures of blocked algorithms are drawn.

use crate::plan::print::kernel_name;
use crate::plan::{ArrayKind, TaskGraph};
use std::collections::BTreeSet;
use std::fmt::Write;

/// Larger graphs make no picture anyone could read.
const MOST_TASKS: usize = 2000;

/// The graph in the DOT language; of a large graph the first [`MOST_TASKS`] tasks.
pub fn dot(graph: &TaskGraph) -> String {
    let mut out = String::from("digraph tasks {\n  rankdir = BT;\n  node [fontname = \"Helvetica\", fontsize = 10];\n");
    let mut drawn: BTreeSet<String> = BTreeSet::new();
    for (number, task) in graph.tasks.iter().take(MOST_TASKS).enumerate() {
        let program = &graph.programs[task.program as usize];
        let label: Vec<String> = program.steps.iter().map(|s| kernel_name(&s.kernel)).collect();
        let label = if label.is_empty() { "copy".to_owned() } else { label.join("\n") };
        let _ = writeln!(out, "  t{number} [shape = ellipse, label = {label:?}];");
        for input in graph.task_inputs(task) {
            let array = &graph.arrays[input.array as usize];
            match array.kind {
                ArrayKind::Temporary => {
                    for coords in array.grid.touching(&input.region) {
                        let name = format!("b{}_{}", input.array, array.grid.number(&coords));
                        let _ = writeln!(out, "  {name} -> t{number};");
                    }
                }
                _ => {
                    let name = format!("{} {}", array.name, input.region);
                    if drawn.insert(name.clone()) {
                        let _ = writeln!(out, "  {name:?} [shape = box, style = filled, fillcolor = lightgrey];");
                    }
                    let _ = writeln!(out, "  {name:?} -> t{number};");
                }
            }
        }
        for output in graph.task_outputs(task) {
            let array = &graph.arrays[output.array as usize];
            let name = format!("b{}_{}", output.array, output.block);
            let region = array.grid.region(&array.grid.coords(output.block as usize));
            let label = format!("{} {}", array.name, region);
            let _ = writeln!(out, "  {name} [shape = box, label = {label:?}];\n  t{number} -> {name};");
        }
    }
    if graph.tasks.len() > MOST_TASKS {
        let _ =
            writeln!(out, "  rest [shape = plaintext, label = \"and {} more tasks\"];", graph.tasks.len() - MOST_TASKS);
    }
    out.push_str("}\n");
    out
}

//! A plan as text: tasks by kind, what is read, what it costs, and the peak it needs.

use super::task::{ArrayKind, TaskGraph};
use crate::array::amount::{bytes, flops};
use crate::ir::{Graph, NodeId, Op, Source, print};
use crate::kernel::ScanKind;
use std::fmt::Write;

/// A short name of a node for people: `A.zarr`, `symmetric dot`, `reduce Sum`.
pub fn name(graph: &Graph, id: NodeId) -> String {
    let node = graph.node(id);
    match &node.op {
        Op::Source(Source::Stored(source)) => source.name().to_owned(),
        Op::Source(Source::Dense(_)) => "array in memory".to_owned(),
        Op::Source(Source::Formula(..) | Source::Promised(_)) => print::describe(node, &[]),
        Op::Map(_) => "elementwise".to_owned(),
        Op::Dot { .. } => "dot".to_owned(),
        Op::SymDot { .. } => "symmetric dot".to_owned(),
        Op::Reduce { kind, .. } => format!("{kind:?}").to_lowercase(),
        Op::Scan { kind: ScanKind::Filter(_), .. } => "filter".to_owned(),
        Op::Scan { kind, .. } => format!("cumulative {kind:?}").to_lowercase(),
        Op::Lanes { kind, .. } => print::lane_text(kind),
        Op::PageDot { .. } => "dot of pages".to_owned(),
        Op::Window(window) => print::window_text(window),
        Op::Permute { .. } => "permute".to_owned(),
        Op::Slice { .. } => "slice".to_owned(),
        Op::Gather { .. } => "gather".to_owned(),
        Op::Assign { .. } => "assign".to_owned(),
        Op::Reshape { .. } => "reshape".to_owned(),
        Op::Concat { .. } => "concat".to_owned(),
        Op::Rechunk { .. } => "rechunk".to_owned(),
        Op::Compress { .. } => "compress".to_owned(),
    }
}

/// The plan: one line for every program with its number of tasks, then the totals.
pub fn print(graph: &TaskGraph) -> String {
    let mut out = String::new();
    let mut rows: Vec<(u64, u64, u64)> = vec![(0, 0, 0); graph.programs.len()];
    for task in &graph.tasks {
        let row = &mut rows[task.program as usize];
        row.0 += 1;
        row.1 += task.flops;
        let made = graph.task_outputs(task).iter();
        row.2 += made.map(|output| graph.arrays[output.array as usize].block_bytes(output.block)).sum::<u64>();
    }
    // Programs that differ only in parameters of edge blocks are one row.
    let mut kinds: Vec<(String, (u64, u64, u64))> = Vec::new();
    for (program, row) in graph.programs.iter().zip(&rows) {
        let steps: Vec<String> = program.steps.iter().map(|s| kernel_name(&s.kernel)).collect();
        let text = if steps.is_empty() { "copy".to_owned() } else { steps.join(", ") };
        match kinds.iter_mut().find(|(t, _)| *t == text) {
            Some((_, sum)) => *sum = (sum.0 + row.0, sum.1 + row.1, sum.2 + row.2),
            None => kinds.push((text, *row)),
        }
    }
    for (text, (tasks, work, made)) in &kinds {
        let _ = writeln!(out, "{tasks:>8} tasks: {text}  ({}, makes {})", flops(*work), bytes(*made));
    }
    let total: u64 = graph.tasks.iter().map(|t| t.flops).sum();
    let _ = writeln!(out, "reads {} in {} regions", bytes(planned_read(graph)), planned_regions(graph));
    let _ = writeln!(out, "{} tasks, {}, serial peak {}", graph.tasks.len(), flops(total), bytes(graph.serial_peak));
    out
}

fn planned_regions(graph: &TaskGraph) -> usize {
    graph.inputs.iter().filter(|i| matches!(graph.arrays[i.array as usize].kind, ArrayKind::Stored { .. })).count()
}

/// Bytes of stored regions that tasks ask for (regions shared by neighbouring tasks are read once).
pub fn planned_read(graph: &TaskGraph) -> u64 {
    graph
        .inputs
        .iter()
        .map(|i| (i, &graph.arrays[i.array as usize]))
        .filter(|(_, a)| matches!(a.kind, ArrayKind::Stored { .. }))
        .map(|(i, a)| (i.region.size() * a.dtype.size()) as u64)
        .sum()
}

/// A kernel's name with what tells it from its kin.
pub fn kernel_name(kernel: &crate::kernel::Kernel) -> String {
    use crate::kernel::Kernel::*;
    match kernel {
        Map(body) => format!("map {}", expression(body)),
        Dot { a, b } => format!("dot{}", orientation(*a, *b)),
        DotAdd { a, b } => format!("dot-add{}", orientation(*a, *b)),
        SymDot { .. } => "symmetric dot".to_owned(),
        SymDotAdd { .. } => "symmetric dot-add".to_owned(),
        PageDot { a, b } => format!("dot of pages{}", orientation(*a, *b)),
        Window(window) => print::window_text(window),
        Mirror => "mirror".to_owned(),
        Reduce { kind, of: None, .. } => format!("reduce {kind:?}"),
        ReducePartial { kind, of: None, .. } => format!("partial {kind:?}"),
        Reduce { kind, of: Some(body), .. } => format!("reduce {kind:?} of {}", expression(body)),
        ReducePartial { kind, of: Some(body), .. } => format!("partial {kind:?} of {}", expression(body)),
        ReduceMerge { kind } => format!("merge {kind:?}"),
        ReduceFinish { kind, .. } => format!("finish {kind:?}"),
        Scan { kind: ScanKind::Filter(filter), .. } => format!("filter of order {}", filter.order()),
        Scan { kind, .. } => format!("scan {kind:?}"),
        FilterState { .. } => "state of a filter".to_owned(),
        Last { .. } => "last layer".to_owned(),
        Lanes { kind, .. } => print::lane_text(kind),
        Permute { perm } if perm.as_slice() == [1, 0] => "transpose".to_owned(),
        Permute { .. } => "permute".to_owned(),
        Slice { .. } => "slice".to_owned(),
        Gather { .. } => "gather".to_owned(),
        Assign { .. } => "assign".to_owned(),
        Concat { .. } => "concat".to_owned(),
        Reshape { .. } => "reshape".to_owned(),
        Compress => "compress".to_owned(),
        Reorder { .. } => "reorder".to_owned(),
    }
}

fn expression(body: &crate::kernel::MapBody) -> String {
    let names: Vec<String> = (0..body.inputs.len()).map(|i| format!("x{i}")).collect();
    print::body_text(body, &names)
}

fn orientation(a: crate::kernel::Conj, b: crate::kernel::Conj) -> &'static str {
    use crate::kernel::Conj::No;
    match (a == No, b == No) {
        (true, true) => "",
        (false, true) => " (A'B)",
        (true, false) => " (AB')",
        (false, false) => " (A'B')",
    }
}

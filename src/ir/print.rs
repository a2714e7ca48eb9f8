//! A graph as text: a line a node, inputs before users. Written for people and for snapshots, so it is stable.

use super::graph::{Graph, GraphNode};
use super::op::{AxisSlice, Op, Source};
use crate::kernel::{Conj, Figure, Instr, LaneKind, MapBody, Operand, ScanKind, Window, WindowKind};
use std::fmt::Write;

/// All reachable nodes, one a line: `%3 = map x0 + 1  1000x1000 double, chunks 1000x500`, and the roots.
pub fn print(graph: &Graph) -> String {
    let reachable = graph.reachable();
    let mut names = vec![0usize; graph.len()];
    let mut next = 0;
    let mut out = String::new();
    for (id, node) in graph.nodes().iter().enumerate() {
        if !reachable[id] {
            continue;
        }
        names[id] = next;
        next += 1;
        let inputs: Vec<String> = node.inputs.iter().map(|&i| format!("%{}", names[i as usize])).collect();
        let chunks: Vec<String> = node.meta.chunks.iter().map(|c| c.to_string()).collect();
        let _ = writeln!(
            out,
            "%{} = {}  : {} {}, chunks {}",
            names[id],
            describe(node, &inputs),
            node.meta.shape,
            class(node),
            chunks.join("x")
        );
    }
    let roots: Vec<String> = graph.roots.iter().map(|&r| format!("%{}", names[r as usize])).collect();
    let _ = writeln!(out, "wanted: {}", roots.join(", "));
    out
}

fn class(node: &GraphNode) -> String {
    let dtype = node.meta.dtype;
    if dtype.is_complex() { format!("complex {}", dtype.class()) } else { dtype.class().to_owned() }
}

/// A node's operation on inputs of these names.
pub fn describe(node: &GraphNode, inputs: &[String]) -> String {
    let arg = |i: usize| inputs.get(i).map_or("?", String::as_str);
    let oriented = |conj: &Conj, i: usize| match conj {
        Conj::No => arg(i).to_owned(),
        Conj::Transposed => format!("{}.'", arg(i)),
        Conj::Adjoint => format!("{}'", arg(i)),
    };
    match &node.op {
        Op::Source(Source::Stored(source)) => format!("load \"{}\"", source.name()),
        Op::Source(Source::Dense(_)) => "in memory".to_owned(),
        Op::Source(Source::Formula(formula, _)) => formula_text(formula),
        Op::Source(Source::Promised(promised)) => promised.name().to_owned(),
        Op::Map(body) => format!("map {}", body_text(body, inputs)),
        Op::Dot { a, b } => format!("dot {} * {}", oriented(a, 0), oriented(b, 1)),
        Op::SymDot { adjoint_first: true } => format!("symmetric dot {0}' * {0}", arg(0)),
        Op::SymDot { adjoint_first: false } => format!("symmetric dot {0} * {0}'", arg(0)),
        Op::PageDot { a, b } => format!("dot of pages {} * {}", oriented(a, 0), oriented(b, 1)),
        Op::Reduce { kind, axes } => format!("reduce {kind:?} of {} over axes {}", arg(0), axes_text(*axes)),
        Op::Scan { kind: ScanKind::Filter(filter), axis } => {
            let from = if node.inputs.len() > 1 { format!(" from {}", arg(1)) } else { String::new() };
            format!("filter of order {} of {} along axis {}{from}", filter.order(), arg(0), axis + 1)
        }
        Op::Scan { kind, axis } => format!("scan {kind:?} of {} along axis {}", arg(0), axis + 1),
        Op::Lanes { kind, axis } => format!("lanes {} of {} along axis {}", lane_text(kind), arg(0), axis + 1),
        Op::Window(window) => format!("{} of {}", window_text(window), arg(0)),
        Op::Permute { perm } if perm.as_slice() == [1, 0] => format!("transpose {}", arg(0)),
        Op::Permute { perm } => {
            let perm: Vec<String> = perm.iter().map(|p| (p + 1).to_string()).collect();
            format!("permute {} by [{}]", arg(0), perm.join(" "))
        }
        Op::Slice { axes } => format!("slice {}({})", arg(0), slice_text(axes, None)),
        Op::Gather { axis, indices } => {
            format!("gather {} layers of {} along axis {}", indices.len(), arg(0), axis + 1)
        }
        Op::Assign { axes } => format!("assign {}({}) = {}", arg(0), slice_text(axes, None), arg(1)),
        Op::Reshape { shape } => format!("reshape {} to {shape}", arg(0)),
        Op::Concat { axis } => format!("concat [{}] along axis {}", inputs.join(", "), axis + 1),
        Op::Rechunk { .. } => format!("rechunk {}", arg(0)),
        Op::Compress { count } => format!("compress {} by {} to {count}", arg(1), arg(0)),
    }
}

/// A function of lanes by name: `sort`, `median`, `moving mean`.
pub fn lane_text(kind: &LaneKind) -> String {
    match kind {
        LaneKind::Sort { descending: false } => "sort".to_owned(),
        LaneKind::Sort { descending: true } => "sort descending".to_owned(),
        LaneKind::SortIndex { .. } => "places of sort".to_owned(),
        LaneKind::RunningIndex { .. } => "places of running extreme".to_owned(),
        LaneKind::Best { greatest: true, count, .. } => format!("{count} greatest"),
        LaneKind::Best { count, .. } => format!("{count} least"),
        LaneKind::Nth { places } => format!("{} order statistics", places.len()),
        LaneKind::Figure(f) => figure_text(f),
        LaneKind::Quantile { shares, .. } => format!("{} quantiles", shares.len()),
        LaneKind::Ranks(_) => "ranks".to_owned(),
        LaneKind::Statistics => "statistics".to_owned(),
        LaneKind::Center => "center".to_owned(),
        LaneKind::Standardise { .. } => "standardise".to_owned(),
        LaneKind::Fourier { points, inverse: false } => format!("Fourier transform of {points}"),
        LaneKind::Fourier { points, inverse: true } => format!("inverse Fourier transform of {points}"),
        LaneKind::Unwrap { .. } => "unwrap".to_owned(),
        LaneKind::Steps(steps) => format!("{} steps", steps.len()),
        LaneKind::Interpolate(points) => format!("interpolate between {} points", points.len()),
        LaneKind::Tally { bins } => format!("tally of {bins}"),
    }
}

fn figure_text(figure: &Figure) -> String {
    match figure {
        Figure::Standardised { order: 3, .. } => "skewness".to_owned(),
        Figure::Standardised { .. } => "kurtosis".to_owned(),
        other => {
            let name = format!("{other:?}");
            name.split([' ', '{']).next().unwrap_or_default().to_lowercase()
        }
    }
}

/// A function of surroundings by name: `convolution with 3x3`, `moving mean of 5`.
pub fn window_text(window: &Window) -> String {
    match &window.kind {
        WindowKind::Convolve { extents, .. } => {
            let extents: Vec<String> = extents.iter().map(|n| n.to_string()).collect();
            format!("convolution with {}", extents.join("x"))
        }
        WindowKind::Moving { figure, before, after, .. } => {
            format!("moving {} of {}", figure_text(figure), before + after + 1)
        }
    }
}

fn formula_text(formula: &crate::kernel::Formula) -> String {
    use crate::kernel::Formula::*;
    match formula {
        Fill { bits, .. } => format!("fill {}", f64::from_bits(*bits)),
        Linear { start, step, .. } => format!("linear from {} by {}", f64::from_bits(*start), f64::from_bits(*step)),
        Eye { .. } => "eye".to_owned(),
        Rand { seed, call, .. } => format!("rand (seed {seed}, call {call})"),
        Randn { seed, call, .. } => format!("randn (seed {seed}, call {call})"),
        Randi { seed, call, low, high, .. } => {
            format!("randi {}..{} (seed {seed}, call {call})", f64::from_bits(*low), f64::from_bits(*high))
        }
    }
}

/// Axes of a bit set, counted from 1.
pub fn axes_text(axes: u32) -> String {
    let list: Vec<String> = (0..32).filter(|a| axes & (1 << a) != 0).map(|a: u32| (a + 1).to_string()).collect();
    list.join(",")
}

fn slice_text(axes: &[AxisSlice], _extents: Option<&[usize]>) -> String {
    let parts: Vec<String> = axes
        .iter()
        .map(|s| {
            let last = s.start as isize + s.step * (s.len as isize - 1);
            match (s.len, s.step) {
                (0, _) => "[]".to_owned(),
                (1, _) => (s.start + 1).to_string(),
                (_, 1) => format!("{}:{}", s.start + 1, last + 1),
                _ => format!("{}:{}:{}", s.start + 1, s.step, last + 1),
            }
        })
        .collect();
    parts.join(", ")
}

/// An elementwise body as one expression, shared instructions written out where they are short.
pub fn body_text(body: &MapBody, inputs: &[String]) -> String {
    fn operand(inputs: &[String], x: &Operand) -> String {
        match x {
            Operand::Input(i) => inputs.get(*i as usize).cloned().unwrap_or_else(|| format!("x{i}")),
            Operand::Const(bits) => format!("{}", f64::from_bits(*bits)),
            Operand::Instr(i) => format!("t{i}"),
        }
    }
    fn instr(inputs: &[String], i: &Instr) -> String {
        use crate::array::ScalarFn::*;
        let a: Vec<String> = i.args.iter().map(|x| operand(inputs, x)).collect();
        let infix = match i.f {
            Add => "+",
            Sub => "-",
            Mul => ".*",
            Div => "./",
            Pow => ".^",
            Eq => "==",
            Ne => "!=",
            Lt => "<",
            Le => "<=",
            Gt => ">",
            Ge => ">=",
            And => "&",
            Or => "|",
            Neg => return format!("-{}", a.join(", ")),
            Not => return format!("!{}", a.join(", ")),
            Cast => return format!("{}({})", i.dtype.class(), a.join(", ")),
            other => return format!("{}({})", format!("{other:?}").to_lowercase(), a.join(", ")),
        };
        a.join(&format!(" {infix} "))
    }
    let lines: Vec<String> = body
        .instrs
        .iter()
        .enumerate()
        .map(|(n, i)| {
            let text = instr(inputs, i);
            if n + 1 == body.instrs.len() { text } else { format!("t{n} = {text}") }
        })
        .collect();
    lines.join("; ")
}

//! Any stage of a computation as text: the graph before and after each pass, the plan with its price, the report of a
//! run beside it, the task graph for Graphviz. Computes nothing.

pub mod dot;

use crate::array::amount::{bytes, flops};
use crate::compile::Compiled;
use crate::diag::{Sources, Span};
use crate::engine::Report;
use crate::ir::print;
use crate::opt::PASSES;
use crate::plan::print::planned_read;
use std::fmt::Write;

/// All stages of a compilation. `source` names the line the nodes came from, where it is known.
pub fn stages(compiled: &Compiled, budget: u64, sources: Option<&Sources>) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "graph:");
    indent(&mut out, &print::print(&compiled.graph));
    for stage in &compiled.stages {
        let doc = PASSES.iter().find(|p| p.name == stage.pass).map_or("", |p| p.doc);
        let _ = writeln!(out, "after {} ({}): {doc}", stage.pass, stage.class.letter());
        if let Some(line) = changed_line(compiled, sources) {
            let _ = writeln!(out, "  for {line}");
        }
        indent(&mut out, &print::print(&stage.graph));
    }
    if !compiled.remarks.is_empty() {
        let _ = writeln!(out, "not applied:");
        for remark in &compiled.remarks {
            let place = sources.and_then(|s| place(s, remark.span)).map_or_else(String::new, |p| format!("{p}: "));
            let _ = writeln!(out, "  {}: {place}{}", remark.pass, remark.why);
        }
    }
    let _ = writeln!(out, "plan:");
    indent(&mut out, &crate::plan::print::print(&compiled.tasks));
    let fits = if compiled.tasks.serial_peak <= budget { "fits" } else { "does not fit; blocks would spill" };
    let _ = writeln!(out, "  predicted peak {} of {} ({fits})", bytes(compiled.tasks.serial_peak), bytes(budget));
    out
}

/// The place in the source of the first wanted node.
fn changed_line(compiled: &Compiled, sources: Option<&Sources>) -> Option<String> {
    let sources = sources?;
    let root = *compiled.graph.roots.first()?;
    place(sources, compiled.graph.node(root).span)
}

/// `line 3: A' * B`, a place in the source as text.
fn place(sources: &Sources, span: Span) -> Option<String> {
    let text = sources.slice(span);
    let (line, _) = sources.line_col(span);
    (!text.is_empty()).then(|| format!("line {line}: {text}"))
}

/// What a run did, beside what the plan said.
pub fn analysis(compiled: &Compiled, report: &Report, budget: u64) -> String {
    let mut out = String::new();
    let planned: u64 = compiled.tasks.tasks.iter().map(|t| t.flops).sum();
    let seconds = report.elapsed.as_secs_f64();
    let _ = writeln!(out, "measured:                     planned      measured");
    let _ = writeln!(out, "  tasks            {:>16} {:>13}", compiled.tasks.tasks.len(), report.tasks);
    let _ = writeln!(
        out,
        "  read             {:>16} {:>13}",
        bytes(planned_read(&compiled.tasks)),
        bytes(report.bytes_read)
    );
    let _ = writeln!(
        out,
        "  peak memory      {:>16} {:>13}  (budget {})",
        bytes(compiled.tasks.serial_peak),
        bytes(report.peak_bytes),
        bytes(budget)
    );
    let _ = writeln!(out, "  flops            {:>16} {:>13}", flops(planned), flops(report.flops));
    let _ = writeln!(out, "  written          {:>16} {:>13}", "", bytes(report.bytes_written));
    let _ = writeln!(out, "  spilled          {:>16} {:>13}", "", bytes(report.bytes_spilled));
    let _ = writeln!(
        out,
        "  {seconds:.3} s; kernels {:.3} s, reads {:.3} s, writes {:.3} s over all threads",
        report.kernel_seconds, report.read_seconds, report.write_seconds
    );
    out
}

fn indent(out: &mut String, text: &str) {
    for line in text.lines() {
        let _ = writeln!(out, "  {line}");
    }
}

//! From live nodes to tasks: the graph, the passes, the plan. Pure: reads nothing, runs nothing, keeps every stage.

use crate::diag::Result;
use crate::ir::{Graph, Node};
use crate::opt::{self, FpMode, Optimised, PASSES, Remark, Stage};
use crate::plan::{self, Limits, Plan, SourceTable, Target};
use std::sync::Arc;

/// What a compilation may assume.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Bytes the run may use.
    pub budget: u64,
    /// Threads the run will have: the plan leaves room for as many tasks at once, if it can.
    pub threads: usize,
    /// Whether the passes run (off only to compare).
    pub optimise: bool,
    /// Which classes of rewrites they may apply.
    pub fp: FpMode,
}

/// Every stage of the way.
pub struct Compiled {
    /// As the program built it.
    pub graph: Graph,
    /// After each pass that changed something.
    pub stages: Vec<Stage>,
    /// Why passes that nearly applied did not.
    pub remarks: Vec<Remark>,
    pub tasks: Plan,
    pub sources: SourceTable,
}

impl Compiled {
    /// The graph that was planned.
    pub fn optimised(&self) -> &Graph {
        self.stages.last().map_or(&self.graph, |s| &s.graph)
    }
}

/// Free axes are halved at most this often in search of a plan that fits.
const MOST_SHRINK: u32 = 14;

/// How well a plan fits a budget, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
enum Fit {
    /// With a task for every thread.
    #[default]
    Roomy,
    /// One task at a time.
    Serial,
    /// Blocks are put aside, with a task for every thread; the halvings decide.
    Spilled,
    /// What must be in memory at once, in bytes.
    Least(u64),
}

impl Fit {
    fn of(plan: &Plan, options: Options) -> Fit {
        let dearest = plan.tasks.iter().map(|t| t.out_bytes + t.scratch).max().unwrap_or(0);
        let others = dearest.saturating_mul(options.threads as u64 - 1);
        match plan.serial_peak {
            peak if peak.saturating_add(others) <= options.budget => Fit::Roomy,
            peak if peak <= options.budget => Fit::Serial,
            _ => match plan.least_peak() {
                least if least.saturating_add(others) <= options.budget => Fit::Spilled,
                least => Fit::Least(least),
            },
        }
    }
}

/// Compiles the computation of some nodes, each to its target.
///
/// Blocks start at canonical size and are halved until the plan's serial peak, and one more task for each further
/// thread, fit the budget. If only the serial peak fits, that plan is taken. If blocks have to be put aside, the first
/// plan is taken that has room for what must be in memory at once, and for one more task for each further thread; if
/// there is none, the one with the least of it, and the engine refuses. Sources that would be decoded again and again
/// are staged, if that can be done in the budget.
pub fn compile(roots: &[Arc<Node>], targets: &[Target], options: Options) -> Result<Compiled> {
    let graph = Graph::from_live(roots)?;
    let passes = if options.optimise { PASSES } else { &[] };
    let Optimised { stages, remarks } = opt::optimise(&graph, passes, options.fp)?;
    let optimised = stages.last().map_or(&graph, |s| &s.graph);
    let mut best: Option<(Fit, Plan, SourceTable)> = None;
    let mut limits = Limits { budget: options.budget, shrink: 0 };
    for shrink in 0..=MOST_SHRINK {
        let (tasks, sources) = match plan::plan(optimised, targets, Limits { shrink, ..limits }, &[]) {
            // Smaller blocks may be more than a plan holds.
            Err(fault) if best.is_some() && !fault.interrupt => break,
            planned => planned?,
        };
        let fit = Fit::of(&tasks, options);
        let better = best.as_ref().is_none_or(|(other, ..)| fit < *other);
        let stuck = shrink > 2 && !better;
        if better {
            best = Some((fit, tasks, sources));
            limits.shrink = shrink;
        }
        if matches!(fit, Fit::Roomy) || stuck {
            break;
        }
    }
    let (_, mut tasks, mut sources) = best.unwrap_or_default();
    let staged = plan::staging::wanted(optimised, &tasks, &sources);
    if !staged.is_empty() {
        let plan = plan::plan(optimised, targets, limits, &staged)?;
        if plan.0.least_peak() <= options.budget {
            (tasks, sources) = plan;
        }
    }
    Ok(Compiled { graph, stages, remarks, tasks, sources })
}

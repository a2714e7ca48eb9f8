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

/// Compiles the computation of some nodes, each to its target.
///
/// Blocks start at canonical size and are halved until the plan's serial peak, and one more task for each further
/// thread, fit the budget. If only the serial peak fits, that plan is taken; if nothing fits, the one with the least peak
/// is, and the engine spills or refuses. Sources that would be decoded again and again are staged, if that can be done
/// in the budget.
pub fn compile(roots: &[Arc<Node>], targets: &[Target], options: Options) -> Result<Compiled> {
    let graph = Graph::from_live(roots)?;
    let passes = if options.optimise { PASSES } else { &[] };
    let Optimised { stages, remarks } = opt::optimise(&graph, passes, options.fp)?;
    let optimised = stages.last().map_or(&graph, |s| &s.graph);
    let mut best: Option<(u64, Plan, SourceTable)> = None;
    let mut limits = Limits { budget: options.budget, shrink: 0 };
    for shrink in 0..=MOST_SHRINK {
        let (tasks, sources) = plan::plan(optimised, targets, Limits { shrink, ..limits }, &[])?;
        let peak = tasks.serial_peak;
        let dearest = tasks.tasks.iter().map(|t| t.out_bytes + t.scratch).max().unwrap_or(0);
        let roomy = peak.saturating_add(dearest.saturating_mul(options.threads as u64 - 1)) <= options.budget;
        let better = match &best {
            None => true,
            Some((least, ..)) => peak < *least && (*least > options.budget || roomy),
        };
        let stuck = shrink > 2 && !better;
        if better {
            best = Some((peak, tasks, sources));
            limits.shrink = shrink;
        }
        if roomy || stuck {
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

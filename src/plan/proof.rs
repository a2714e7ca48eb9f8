//! What follows from a task graph: who makes and reads each block, that it can run, and what it costs.

use super::links::Links;
use super::price::{Profile, Reuse, profile};
use super::task::TaskGraph;
use crate::diag::Result;
use std::ops::Deref;

/// A task graph that was checked, beside its tables. Planning asks for the tables to see whether a plan fits, the engine
/// to run it, so they are made once.
#[derive(Debug, Default)]
pub struct Plan {
    graph: TaskGraph,
    pub links: Links,
    pub reuse: Reuse,
    /// Memory of the serial run with every block in memory.
    pub profile: Profile,
}

impl Plan {
    /// Makes the tables of a graph, or says why it cannot run. Time and space O(tasks + inputs).
    pub fn new(mut graph: TaskGraph) -> Result<Plan> {
        let links = Links::new(&graph);
        links.check(&graph)?;
        let reuse = Reuse::new(&graph);
        let profile = profile(&graph, &links, &reuse, |_, _| false);
        graph.serial_peak = profile.peak;
        Ok(Plan { graph, links, reuse, profile })
    }

    pub fn graph(&self) -> &TaskGraph {
        &self.graph
    }

    /// Most bytes alive at once in the serial run when every block that waits is on disk: no engine needs less.
    pub fn least_peak(&self) -> u64 {
        profile(&self.graph, &self.links, &self.reuse, |_, _| true).peak
    }
}

impl Deref for Plan {
    type Target = TaskGraph;

    fn deref(&self) -> &TaskGraph {
        &self.graph
    }
}

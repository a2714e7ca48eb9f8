//! A few kernels in a row on the blocks of one task: cheap steps are inlined into the dear one that uses them.

use super::Kernel;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

/// One kernel of a program. Registers are the arguments of the program, then the results of its steps in order.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Step {
    pub kernel: Kernel,
    pub args: SmallVec<[u16; 4]>,
}

/// Straight-line code on blocks, free of positions and sizes, so that many tasks share one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Program {
    /// Number of argument blocks.
    pub inputs: u16,
    pub steps: Vec<Step>,
    /// The registers that are the results.
    pub outputs: SmallVec<[u16; 2]>,
}

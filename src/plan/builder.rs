//! One task while it is being put together: inputs, steps, results.

use super::task::{ArrayId, Input};
use crate::array::Region;
use crate::kernel::{Kernel, Program, Step};
use smallvec::SmallVec;

/// A register of a program under construction: steps are numbered behind the inputs only at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reg {
    Input(u16),
    Step(u16),
}

/// A program and the regions it is applied to.
#[derive(Debug, Default)]
pub struct Builder {
    pub inputs: SmallVec<[Input; 2]>,
    steps: SmallVec<[(Kernel, SmallVec<[Reg; 4]>); 2]>,
    /// What an expanded node's region became, so that a region is read and computed once in a task.
    memo: SmallVec<[(u32, Region, Reg); 2]>,
}

impl Builder {
    pub fn input(&mut self, array: ArrayId, region: Region) -> Reg {
        if let Some(at) = self.inputs.iter().position(|i| i.array == array && i.region == region) {
            return Reg::Input(at as u16);
        }
        self.inputs.push(Input { array, region });
        Reg::Input((self.inputs.len() - 1) as u16)
    }

    pub fn step(&mut self, kernel: Kernel, args: &[Reg]) -> Reg {
        if let Some(at) = self.steps.iter().position(|(k, a)| a.as_slice() == args && *k == kernel) {
            return Reg::Step(at as u16);
        }
        self.steps.push((kernel, SmallVec::from_slice(args)));
        Reg::Step((self.steps.len() - 1) as u16)
    }

    pub fn known(&self, node: u32, region: &Region) -> Option<Reg> {
        self.memo.iter().find(|(n, r, _)| *n == node && r == region).map(|m| m.2)
    }

    pub fn remember(&mut self, node: u32, region: &Region, reg: Reg) {
        self.memo.push((node, region.clone(), reg));
    }

    /// The finished program and its inputs.
    pub fn finish(self, outputs: &[Reg]) -> (Program, SmallVec<[Input; 2]>) {
        let inputs = self.inputs.len() as u16;
        let number = |reg: &Reg| match *reg {
            Reg::Input(i) => i,
            Reg::Step(i) => inputs + i,
        };
        let steps = self
            .steps
            .into_iter()
            .map(|(kernel, args)| Step { kernel, args: args.iter().map(number).collect() })
            .collect();
        (Program { inputs, steps, outputs: outputs.iter().map(number).collect() }, self.inputs)
    }
}

//! One task while it is being put together: inputs, steps, results.

use super::task::{ArrayId, Input};
use crate::array::Region;
use crate::kernel::{Kernel, Program, Step};
use smallvec::SmallVec;

/// A register of a program under construction: steps are numbered behind the inputs only at the end, so until then
/// [`STEP`] tells them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reg(u16);

const STEP: u16 = 1 << 15;

/// A program and the regions it is applied to.
#[derive(Debug, Default)]
pub struct Builder {
    pub inputs: SmallVec<[Input; 2]>,
    steps: Vec<Step>,
    /// What an expanded node's region became, so that a region is read and computed once in a task.
    memo: Vec<(u32, Region, Reg)>,
}

impl Builder {
    pub fn input(&mut self, array: ArrayId, region: Region) -> Reg {
        match self.inputs.iter().position(|i| i.array == array && i.region == region) {
            Some(at) => Reg(at as u16),
            None => self.new_input(array, region),
        }
    }

    /// An input that is known to be none of those there are.
    pub fn new_input(&mut self, array: ArrayId, region: Region) -> Reg {
        self.inputs.push(Input { array, region });
        Reg(self.inputs.len() as u16 - 1)
    }

    pub fn step(&mut self, kernel: Kernel, args: &[Reg]) -> Reg {
        let same = |step: &Step| step.args.iter().eq(args.iter().map(|reg| &reg.0)) && step.kernel == kernel;
        let at = self.steps.iter().position(same).unwrap_or_else(|| {
            let mut numbers = SmallVec::with_capacity(args.len());
            args.iter().for_each(|reg| numbers.push(reg.0));
            self.steps.push(Step { kernel, args: numbers });
            self.steps.len() - 1
        });
        Reg(at as u16 | STEP)
    }

    pub fn known(&self, node: u32, region: &Region) -> Option<Reg> {
        self.memo.iter().find(|(n, r, _)| *n == node && r == region).map(|m| m.2)
    }

    pub fn remember(&mut self, node: u32, region: &Region, reg: Reg) {
        self.memo.push((node, region.clone(), reg));
    }

    /// The finished program and its inputs.
    pub fn finish(self, outputs: &[Reg]) -> (Program, SmallVec<[Input; 2]>) {
        let Builder { inputs, mut steps, .. } = self;
        let mut outputs: SmallVec<[u16; 2]> = outputs.iter().map(|reg| reg.0).collect();
        fuse_reductions(&mut steps, &mut outputs);
        let count = inputs.len() as u16;
        let number = |reg: u16| if reg & STEP == 0 { reg } else { count + (reg & !STEP) };
        steps.iter_mut().flat_map(|step| &mut step.args).for_each(|arg| *arg = number(*arg));
        outputs.iter_mut().for_each(|output| *output = number(*output));
        (Program { inputs: count, steps, outputs }, inputs)
    }
}

/// A reduction takes in the elementwise step it reads where nothing else does: what that makes is then never stored.
fn fuse_reductions(steps: &mut Vec<Step>, outputs: &mut [u16]) {
    let mut taken: SmallVec<[u16; 4]> = SmallVec::new();
    for at in 0..steps.len() {
        let (Kernel::Reduce { .. } | Kernel::ReducePartial { .. }, &[from]) = (&steps[at].kernel, &steps[at].args[..])
        else {
            continue;
        };
        let reads = steps.iter().flat_map(|step| &step.args).chain(outputs.iter()).filter(|&&reg| reg == from).count();
        if from & STEP == 0 || reads != 1 {
            continue;
        }
        let Step { kernel: Kernel::Map(body), args } = steps[(from & !STEP) as usize].clone() else { continue };
        if let Kernel::Reduce { of, .. } | Kernel::ReducePartial { of, .. } = &mut steps[at].kernel {
            *of = Some(body);
            steps[at].args = args;
            taken.push(from);
        }
    }
    if taken.is_empty() {
        return;
    }
    let left = |reg: u16| reg - taken.iter().filter(|&&gone| gone < reg).count() as u16;
    let renumber = |reg: &mut u16| *reg = if *reg & STEP == 0 { *reg } else { left(*reg) };
    let mut at = STEP;
    steps.retain(|_| {
        at += 1;
        !taken.contains(&(at - 1))
    });
    steps.iter_mut().flat_map(|step| &mut step.args).for_each(renumber);
    outputs.iter_mut().for_each(renumber);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::array::{DType, ScalarFn};
    use crate::kernel::{MapBody, ReduceKind};
    use std::sync::Arc;

    #[test]
    fn a_reduction_takes_in_the_map_that_only_it_reads() {
        let map = |f| Kernel::Map(Arc::new(MapBody::single(f, &[DType::F64], DType::F64)));
        let partial = |kind| Kernel::ReducePartial { kind, axes: 1, of: None };
        let input = |b: &mut Builder| b.input(0, Region::new(&[0, 0], &[4, 1]));
        let mut alone = Builder::default();
        let x = input(&mut alone);
        let (sine, root) = (alone.step(map(ScalarFn::Sin), &[x]), alone.step(map(ScalarFn::Sqrt), &[x]));
        let sums = [alone.step(partial(ReduceKind::Sum), &[sine]), alone.step(partial(ReduceKind::Max), &[root])];
        let (program, _) = alone.finish(&sums);
        let of = |step: &Step| matches!(&step.kernel, Kernel::ReducePartial { of: Some(_), .. });
        assert!(program.steps.len() == 2 && program.steps.iter().all(|step| of(step) && step.args[..] == [0]));
        assert_eq!(program.outputs[..], [1, 2]);
        let mut shared = Builder::default();
        let x = input(&mut shared);
        let sine = shared.step(map(ScalarFn::Sin), &[x]);
        let sums = [shared.step(partial(ReduceKind::Sum), &[sine]), shared.step(partial(ReduceKind::Max), &[sine])];
        let (program, _) = shared.finish(&sums);
        assert!(program.steps.len() == 3 && !program.steps.iter().any(of), "made once for both");
    }
}

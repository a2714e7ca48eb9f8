//! A few kernels in a row on the blocks of one task: cheap steps are inlined into the dear one that uses them.

use super::{Context, Kernel, release, run};
use crate::array::{Block, DType, Shape};
use crate::diag::Result;
use crate::fault;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;
use std::sync::Arc;

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

/// What a program costs.
#[derive(Debug, Clone, PartialEq)]
pub struct ProgramPrice {
    /// Shape and type of each output.
    pub outputs: SmallVec<[(Shape, DType); 2]>,
    /// Most bytes alive at once besides arguments and outputs: intermediate registers and the scratch of a step.
    pub scratch: u64,
    pub flops: u64,
}

impl Program {
    /// The program of one kernel.
    pub fn single(kernel: Kernel, inputs: u16) -> Program {
        let step = Step { kernel, args: (0..inputs).collect() };
        Program { inputs, steps: vec![step], outputs: SmallVec::from_slice(&[inputs]) }
    }

    /// For each register, the step that reads it last; `None` where it is an output or nobody reads it.
    fn last_readers(&self) -> SmallVec<[Option<usize>; 12]> {
        let mut last = SmallVec::from_elem(None, self.inputs as usize + self.steps.len());
        for (i, step) in self.steps.iter().enumerate() {
            for &a in &step.args {
                if let Some(slot) = last.get_mut(a as usize) {
                    *slot = Some(i);
                }
            }
        }
        for &o in &self.outputs {
            if let Some(slot) = last.get_mut(o as usize) {
                *slot = None;
            }
        }
        last
    }

    /// Runs the steps. A register is let go with its last reader, which then may work in its memory.
    pub fn run(&self, args: Vec<Arc<Block>>, cx: &Context) -> Result<SmallVec<[Arc<Block>; 2]>> {
        if args.len() != self.inputs as usize {
            return Err(fault!("a program of {} arguments was given {}", self.inputs, args.len()));
        }
        let last = self.last_readers();
        let mut registers: Vec<Option<Arc<Block>>> = args.into_iter().map(Some).collect();
        for (i, step) in self.steps.iter().enumerate() {
            let mut blocks = Vec::with_capacity(step.args.len());
            for (k, &a) in step.args.iter().enumerate() {
                let register = registers.get_mut(a as usize).ok_or_else(|| missing(a))?;
                let again = step.args[k + 1..].contains(&a);
                let block = if last[a as usize] == Some(i) && !again { register.take() } else { register.clone() };
                blocks.push(block.ok_or_else(|| missing(a))?);
            }
            registers.push(Some(Arc::new(run(&step.kernel, blocks, cx)?)));
        }
        let outputs =
            self.outputs.iter().map(|&o| registers.get(o as usize).cloned().flatten().ok_or_else(|| missing(o)));
        let outputs = outputs.collect::<Result<_>>()?;
        registers.into_iter().flatten().for_each(|block| release(block, cx.pool));
        Ok(outputs)
    }

    /// What the program costs with arguments of these shapes and types. Pure.
    pub fn price(&self, args: &[(Shape, DType)]) -> Result<ProgramPrice> {
        let last = self.last_readers();
        let mut registers: Vec<(Shape, DType)> = args.to_vec();
        let bytes = |r: &(Shape, DType)| r.0.len() as u64 * r.1.size() as u64;
        let (mut alive, mut peak, mut flops) = (0u64, 0u64, 0u64);
        for (i, step) in self.steps.iter().enumerate() {
            let of = |&a: &u16| registers.get(a as usize).cloned().ok_or_else(|| missing(a));
            let given = step.args.iter().map(of).collect::<Result<Vec<_>>>()?;
            let price = super::price(&step.kernel, &given)?;
            flops += price.flops;
            let made = registers.len();
            let intermediate = |r: usize| r >= args.len() && !self.outputs.contains(&(r as u16));
            registers.push((price.shape, price.dtype));
            if intermediate(made) {
                alive += bytes(&registers[made]);
            }
            peak = peak.max(alive + price.scratch);
            for (r, at) in last.iter().enumerate().take(made) {
                if *at == Some(i) && intermediate(r) {
                    alive -= bytes(&registers[r]);
                }
            }
            if last[made].is_none() && intermediate(made) {
                alive -= bytes(&registers[made]);
            }
        }
        let of = |&o: &u16| registers.get(o as usize).cloned().ok_or_else(|| missing(o));
        Ok(ProgramPrice { outputs: self.outputs.iter().map(of).collect::<Result<_>>()?, scratch: peak, flops })
    }
}

fn missing(register: u16) -> crate::diag::Fault {
    fault!("a program reads register {register} before it is made")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::array::{Pool, ScalarFn};
    use crate::kernel::{MapBody, ReduceKind};

    fn double_then_sum() -> Program {
        let f64s = [DType::F64, DType::F64];
        let add = Kernel::Map(Arc::new(MapBody::single(ScalarFn::Add, &f64s, DType::F64)));
        let sum = Kernel::Reduce { kind: ReduceKind::Sum, axes: 1, of: None };
        Program {
            inputs: 1,
            steps: vec![
                Step { kernel: add, args: SmallVec::from_slice(&[0, 0]) },
                Step { kernel: sum, args: SmallVec::from_slice(&[1]) },
            ],
            outputs: SmallVec::from_slice(&[2]),
        }
    }

    #[test]
    fn runs_its_steps_in_order() {
        let pool = Pool::new();
        let a = Arc::new(Block::column(vec![1.0, 2.0, 4.0]));
        let out = double_then_sum().run(vec![a.clone()], &Context { pool: &pool, threads: 1 }).expect("runs");
        assert_eq!(out[0].slice::<f64>(), Some(&[14.0][..]));
        assert_eq!(a.slice::<f64>(), Some(&[1.0, 2.0, 4.0][..]), "a shared argument keeps its elements");
    }

    #[test]
    fn prices_its_registers() {
        let price = double_then_sum().price(&[(Shape::matrix(1000, 3), DType::F64)]).expect("a price");
        assert_eq!(price.outputs[0], (Shape::matrix(1, 3), DType::F64));
        assert!(price.scratch >= 24_000);
        assert!(price.flops >= 6_000);
        assert!(double_then_sum().price(&[]).is_err());
    }
}

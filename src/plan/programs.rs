//! The programs of a plan's tasks: each is kept once, and priced once on arguments of the same extents.

use super::task::{Input, TaskGraph};
use crate::array::{DType, Shape};
use crate::diag::Result;
use crate::kernel::Program;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

/// Extents and type of each argument of a task.
type Arguments = SmallVec<[(SmallVec<[usize; 4]>, DType); 2]>;

/// A program with arguments of certain extents, and what it costs.
struct Recent {
    program: Program,
    number: u32,
    arguments: Arguments,
    priced: Priced,
}

/// Kinds of tasks that may take turns without being looked up: a partial state and the merges above it.
const RECENT: usize = 4;

/// What a program costs on arguments of certain shapes.
#[derive(Debug, Clone, Copy)]
pub struct Priced {
    pub out_bytes: u64,
    pub scratch: u64,
    pub flops: u64,
}

/// Programs by number, and what they cost.
#[derive(Default)]
pub struct Programs {
    numbers: FxHashMap<Program, u32>,
    prices: FxHashMap<(u32, Arguments), Priced>,
    /// The kinds of tasks made last, oldest at `next_recent`: comparing is cheaper than hashing.
    recent: Vec<Recent>,
    next_recent: usize,
}

impl Programs {
    /// The number of a program in a graph, and its price on these inputs.
    pub fn price(&mut self, program: Program, inputs: &[Input], out: &mut TaskGraph) -> Result<(u32, Priced)> {
        let arrays = &out.arrays;
        let dtype = |input: &Input| arrays[input.array as usize].dtype;
        let same = |recent: &&Recent| {
            let known = recent.arguments.iter().map(|(extents, dtype)| (&**extents, *dtype));
            recent.arguments.len() == inputs.len()
                && known.eq(inputs.iter().map(|input| (&*input.region.len, dtype(input))))
                && recent.program == program
        };
        if let Some(recent) = self.recent.iter().find(same) {
            return Ok((recent.number, recent.priced));
        }
        let arguments: Arguments = inputs.iter().map(|input| (input.region.len.clone(), dtype(input))).collect();
        let number = match self.numbers.get(&program) {
            Some(&number) => number,
            None => {
                let number = out.programs.len() as u32;
                out.programs.push(program.clone());
                self.numbers.insert(program.clone(), number);
                number
            }
        };
        let key = (number, arguments);
        let priced = match self.prices.get(&key) {
            Some(&priced) => priced,
            None => {
                let shapes: Vec<(Shape, DType)> = key.1.iter().map(|(e, dtype)| (Shape::new(e), *dtype)).collect();
                let price = program.price(&shapes)?;
                let out_bytes = price.outputs.iter().map(|(s, d)| (s.len() * d.size()) as u64).sum();
                let priced = Priced { out_bytes, scratch: price.scratch, flops: price.flops };
                self.prices.insert(key.clone(), priced);
                priced
            }
        };
        let recent = Recent { program, number, arguments: key.1, priced };
        if self.recent.len() < RECENT {
            self.recent.push(recent);
        } else {
            self.recent[self.next_recent] = recent;
            self.next_recent = (self.next_recent + 1) % RECENT;
        }
        Ok((number, priced))
    }
}

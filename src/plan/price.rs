//! What a task graph costs in memory when its tasks run one after the other: the figure a plan is judged by, and the
//! floor on which an engine proves that it cannot get stuck.

use super::links::Links;
use super::task::{ArrayKind, Input, Task, TaskGraph};
use crate::kernel::{Kernel, Program};
use smallvec::SmallVec;

/// Memory of the serial run, in bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Profile {
    /// Most bytes alive at once.
    pub peak: u64,
    /// By task: most bytes alive while it or any later task runs. One more entry stands for the end.
    pub suffix: Vec<u64>,
    /// Bytes of the dense results, alive from beginning to end.
    pub collected: u64,
}

/// Runs the tasks in thought, one after the other. A block lives from its task to its last reader; a task holds its
/// inputs, its outputs and its scratch while it runs. Blocks for which `on_disk(block, task)` holds are not in memory
/// when that task starts, and the task reads them from disk; for every block it holds from some task on. Time and space
/// O(tasks + inputs).
pub fn profile(graph: &TaskGraph, links: &Links, reuse: &Reuse, on_disk: impl Fn(u32, u32) -> bool) -> Profile {
    let collected = collected_bytes(graph);
    let mut left = vec![0u32; links.readers.len()];
    for_each_read(graph, links, |task, block| {
        if !on_disk(block, task) {
            left[block as usize] += 1;
        }
    });
    let mut live = collected;
    let mut suffix = Vec::with_capacity(graph.tasks.len() + 1);
    for (number, task) in graph.tasks.iter().enumerate() {
        let number = number as u32;
        let mut need = live + task.out_bytes + task.scratch - reuse.bytes(graph, links, task, number, &on_disk);
        for output in graph.task_outputs(task) {
            if graph.arrays[output.array as usize].kind == ArrayKind::Temporary {
                let block = links.block(output.array, output.block) as usize;
                if left[block] > 0 {
                    live += links.bytes[block];
                }
            }
        }
        temporaries(graph, links, task).for_each(|block| {
            if on_disk(block, number) {
                need += links.bytes[block as usize];
            } else {
                left[block as usize] -= 1;
                if left[block as usize] == 0 {
                    live -= links.bytes[block as usize];
                }
            }
        });
        suffix.push(need);
    }
    suffix.push(collected);
    for at in (0..graph.tasks.len()).rev() {
        suffix[at] = suffix[at].max(suffix[at + 1]);
    }
    Profile { peak: suffix[0], suffix, collected }
}

/// Bytes of all dense results.
fn collected_bytes(graph: &TaskGraph) -> u64 {
    let results = graph.arrays.iter().filter(|array| matches!(array.kind, ArrayKind::Collect { .. }));
    results.map(|array| (array.grid.shape.len() * array.dtype.size()) as u64).sum()
}

/// The blocks of temporaries a task reads; one that two inputs touch comes twice.
pub fn temporaries<'a>(graph: &'a TaskGraph, links: &'a Links, task: &Task) -> impl Iterator<Item = u32> + 'a {
    task.inputs
        .clone()
        .filter(|&input| graph.arrays[graph.inputs[input as usize].array as usize].kind == ArrayKind::Temporary)
        .flat_map(|input| links.pieces(input).iter().copied())
}

fn for_each_read(graph: &TaskGraph, links: &Links, mut visit: impl FnMut(u32, u32)) {
    for (number, task) in graph.tasks.iter().enumerate() {
        temporaries(graph, links, task).for_each(|block| visit(number as u32, block));
    }
}

/// Which tasks make their output in the memory of an input.
#[derive(Debug, Default)]
pub struct Reuse {
    by_program: Vec<SmallVec<[u16; 2]>>,
}

impl Reuse {
    pub fn new(graph: &TaskGraph) -> Reuse {
        Reuse { by_program: graph.programs.iter().map(in_place).collect() }
    }

    /// The block of a temporary whose memory becomes the output of this task, whatever the schedule: the program
    /// works in place, and nobody else ever reads the block.
    pub fn block(&self, graph: &TaskGraph, links: &Links, task: &Task) -> Option<u32> {
        let arguments = &self.by_program[task.program as usize];
        if arguments.is_empty() {
            return None;
        }
        let &[output] = graph.task_outputs(task) else { return None };
        let dtype = graph.arrays[output.array as usize].dtype;
        arguments.iter().find_map(|&argument| {
            let input = task.inputs.start + argument as u32;
            let Input { array, region } = &graph.inputs[input as usize];
            let array = &graph.arrays[*array as usize];
            if array.kind != ArrayKind::Temporary || array.dtype != dtype {
                return None;
            }
            let &[block] = links.pieces(input) else { return None };
            let (bytes, readers) = (links.bytes[block as usize], links.readers[block as usize]);
            let whole = (region.size() * dtype.size()) as u64 == bytes;
            (whole && readers == 1 && bytes == task.out_bytes).then_some(block)
        })
    }

    /// Bytes of the output that need no memory of their own.
    pub fn bytes(
        &self,
        graph: &TaskGraph,
        links: &Links,
        task: &Task,
        number: u32,
        on_disk: impl Fn(u32, u32) -> bool,
    ) -> u64 {
        let block = self.block(graph, links, task).filter(|&block| !on_disk(block, number));
        block.map_or(0, |block| links.bytes[block as usize])
    }
}

/// The arguments of a program whose memory its only result can take, if type and size agree: sums and mirrors are made
/// in the memory of their first argument, elementwise results in that of any argument nobody else holds. (One that
/// takes the memory of another argument instead needs no more.)
pub fn in_place(program: &Program) -> SmallVec<[u16; 2]> {
    let mut arguments = SmallVec::new();
    let &[output] = program.outputs.as_slice() else { return arguments };
    let mut registers: SmallVec<[u16; 4]> = SmallVec::from_slice(&[output]);
    while let Some(register) = registers.pop() {
        if register < program.inputs {
            arguments.push(register);
            continue;
        }
        let Some(step) = program.steps.get((register - program.inputs) as usize) else { continue };
        let candidates = match step.kernel {
            Kernel::DotAdd { .. } | Kernel::SymDotAdd { .. } | Kernel::Mirror => step.args.get(..1).unwrap_or_default(),
            Kernel::Map(_) => &step.args,
            _ => &[],
        };
        let uses = |register: u16| program.steps.iter().flat_map(|s| &s.args).filter(|&&arg| arg == register).count();
        registers.extend(candidates.iter().copied().filter(|&candidate| uses(candidate) == 1));
    }
    arguments.retain(|argument| *argument != output);
    arguments
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::array::{DType, ScalarFn};
    use crate::kernel::{Conj, MapBody, Step};
    use smallvec::smallvec;
    use std::sync::Arc;

    fn program(inputs: u16, steps: Vec<(Kernel, &[u16])>) -> Program {
        let output = inputs + steps.len() as u16 - 1;
        let step = |(kernel, args): (Kernel, &[u16])| Step { kernel, args: SmallVec::from_slice(args) };
        Program { inputs, steps: steps.into_iter().map(step).collect(), outputs: smallvec![output] }
    }

    #[test]
    fn work_in_place_is_seen_through_a_program() {
        let update = || Kernel::DotAdd { a: Conj::No, b: Conj::No };
        let add = || Kernel::Map(Arc::new(MapBody::single(ScalarFn::Add, &[DType::F64; 2], DType::F64)));
        let found = |program: Program| in_place(&program).to_vec();
        assert_eq!(found(program(3, vec![(update(), &[0, 1, 2])])), [0]);
        assert_eq!(
            found(program(4, vec![(update(), &[0, 1, 2]), (update(), &[4, 3, 2]), (Kernel::Mirror, &[5])])),
            [0]
        );
        assert_eq!(found(program(3, vec![(update(), &[0, 1, 0])])), [0u16; 0], "the sum is also a factor");
        assert_eq!(found(program(2, vec![(add(), &[0, 1])])), [1, 0]);
        assert_eq!(found(program(1, vec![(add(), &[0, 0])])), [0u16; 0]);
        assert_eq!(found(program(1, vec![(Kernel::Compress, &[0])])), [0u16; 0]);
    }
}

//! What a task graph costs in memory when its tasks run one after the other: the figure a plan is judged by, and the
//! floor on which an engine proves that it cannot get stuck.

use super::links::Links;
use super::task::{ArrayKind, Input, Task, TaskGraph};
use crate::kernel::{Kernel, Program};

/// Memory of the serial run, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Most bytes alive at once.
    pub peak: u64,
    /// By task: most bytes alive while it or any later task runs. One more entry stands for the end.
    pub suffix: Vec<u64>,
    /// Bytes of the dense results, alive from beginning to end.
    pub collected: u64,
}

/// Runs the tasks in thought, one after the other. A block lives from its task to its last reader; a task holds its
/// inputs, its outputs and its scratch while it runs. Time and space O(tasks + inputs).
pub fn serial_profile(graph: &TaskGraph) -> Profile {
    let links = Links::new(graph);
    let reuse = Reuse::new(graph);
    profile(graph, &links, &reuse, |_, _| false)
}

/// As [`serial_profile`]; blocks for which `on_disk(block, task)` holds are not in memory when that task starts, and
/// the task reads them from disk. For every block it holds from some task on.
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
        for block in temporaries(graph, links, task) {
            if on_disk(block, number) {
                need += links.bytes[block as usize];
            } else {
                left[block as usize] -= 1;
                if left[block as usize] == 0 {
                    live -= links.bytes[block as usize];
                }
            }
        }
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
        for block in temporaries(graph, links, task) {
            visit(number as u32, block);
        }
    }
}

/// Which tasks write their output into the memory of an input.
#[derive(Debug)]
pub struct Reuse {
    by_program: Vec<Option<u16>>,
}

impl Reuse {
    pub fn new(graph: &TaskGraph) -> Reuse {
        Reuse { by_program: graph.programs.iter().map(in_place).collect() }
    }

    /// The block of a temporary whose memory becomes the output of this task, whatever the schedule: the program
    /// updates in place, and nobody else ever reads the block.
    pub fn block(&self, graph: &TaskGraph, links: &Links, task: &Task) -> Option<u32> {
        let argument = self.by_program[task.program as usize]?;
        let input = task.inputs.start + argument as u32;
        let Input { array, region } = &graph.inputs[input as usize];
        let array = &graph.arrays[*array as usize];
        let &[block] = links.pieces(input) else { return None };
        let whole = (region.size() * array.dtype.size()) as u64 == links.bytes[block as usize];
        (array.kind == ArrayKind::Temporary
            && whole
            && links.readers[block as usize] == 1
            && links.bytes[block as usize] == task.out_bytes)
            .then_some(block)
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

/// The argument of a program whose memory becomes its only result, if that is certain: a run of updates starting at the
/// argument, which no other step reads.
pub fn in_place(program: &Program) -> Option<u16> {
    let &[mut register] = program.outputs.as_slice() else { return None };
    while register >= program.inputs {
        let step = program.steps.get((register - program.inputs) as usize)?;
        if !matches!(step.kernel, Kernel::DotAdd { .. } | Kernel::SymDotAdd { .. }) {
            return None;
        }
        register = *step.args.first()?;
        let uses = program.steps.iter().flat_map(|step| &step.args).filter(|&&arg| arg == register).count();
        if uses != 1 {
            return None;
        }
    }
    (!program.steps.is_empty()).then_some(register)
}

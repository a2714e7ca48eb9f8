//! What planning tables and scheduling cost: a tree of 1,048,575 trivial tasks, run by each engine.
//!
//! `cargo bench --bench scheduler`. Prints nanoseconds a task on top of what the kernels took, and the memory of the
//! process at its highest.

use arr::array::{DType, Grid, Region, ScalarFn, Shape};
use arr::diag::Span;
use arr::engine::{Bindings, Config, Engine, Observer, Parallel, Serial};
use arr::kernel::{Formula, Kernel, MapBody, Program, Step};
use arr::plan::{ArrayInfo, ArrayKind, Input, Output, Plan, Task, TaskGraph};
use smallvec::smallvec;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

/// Leaves of the tree: 2^19.
const DEPTH: usize = 19;

fn main() {
    println!("before the graph: {} MB", highest_megabytes());
    let since = Instant::now();
    let graph = tree();
    let tasks = graph.tasks.len() as f64;
    println!("{tasks} tasks; graph made in {:.0} ns a task, {} MB", per(since, tasks), highest_megabytes());
    let since = Instant::now();
    let plan = Plan::new(graph).unwrap_or_else(|fault| panic!("{fault}"));
    let peak = plan.profile.peak;
    println!("tables and price in {:.0} ns a task: peak {peak} bytes, {} MB", per(since, tasks), highest_megabytes());
    let parallel = Parallel::new();
    let engines: [(&dyn Engine, usize); 3] = [(&Serial, 1), (&parallel, 1), (&parallel, 2)];
    for (engine, threads) in engines {
        let config = Config { memory: 64 << 20, threads, temp_dir: std::env::temp_dir() };
        let bindings = Bindings { results: 1, ..Bindings::default() };
        let since = Instant::now();
        match engine.execute(&plan, &bindings, &config, &Quiet, &AtomicBool::new(false)) {
            Ok(report) => println!(
                "{} with {threads} threads: {:.0} ns a task, of which {:.0} ns in kernels (summed over threads); {} MB; sum {}",
                engine.name(),
                per(since, tasks),
                report.kernel_seconds * 1e9 / tasks,
                highest_megabytes(),
                report.results[0].data().get_f64(0),
            ),
            Err(fault) => println!("{}: {fault}", engine.name()),
        }
    }
}

struct Quiet;
impl Observer for Quiet {}

fn per(since: Instant, tasks: f64) -> f64 {
    since.elapsed().as_nanos() as f64 / tasks
}

/// Sums 2^DEPTH ones in pairs, depth first, as a planner orders it.
fn tree() -> TaskGraph {
    let mut graph = TaskGraph::default();
    let map = |f, inputs: usize| {
        let kernel = Kernel::Map(Arc::new(MapBody::single(f, &vec![DType::F64; inputs], DType::F64)));
        Program {
            inputs: inputs as u16,
            steps: vec![Step { kernel, args: (0..inputs as u16).collect() }],
            outputs: smallvec![inputs as u16],
        }
    };
    graph.programs = vec![map(ScalarFn::Mul, 2), map(ScalarFn::Add, 2)];
    let column = |len: usize| Grid::new(Shape::matrix(len, 1), &[1, 1]);
    let ones = Formula::Fill { bits: 1f64.to_bits(), dtype: DType::F64 };
    let array = |kind, grid| ArrayInfo { name: "level".into(), kind, dtype: DType::F64, grid, span: Span::default() };
    graph.arrays.push(array(ArrayKind::Formula(ones), Grid::single(Shape::matrix(1 << DEPTH, 1))));
    for level in 0..=DEPTH {
        let kind = if level == DEPTH { ArrayKind::Collect { result: 0 } } else { ArrayKind::Temporary };
        graph.arrays.push(array(kind, column(1 << (DEPTH - level))));
    }
    let mut task = |level: usize, block: usize| {
        let first = graph.inputs.len() as u32;
        let from = |array: usize, at: usize| Input { array: array as u32, region: Region::new(&[at, 0], &[1, 1]) };
        if level == 0 {
            graph.inputs.extend([from(0, block), from(0, block)]);
        } else {
            graph.inputs.extend([from(level, 2 * block), from(level, 2 * block + 1)]);
        }
        let output = graph.outputs.len() as u32;
        graph.outputs.push(Output { array: level as u32 + 1, block: block as u32 });
        graph.tasks.push(Task {
            program: (level > 0) as u32,
            inputs: first..first + 2,
            outputs: output..output + 1,
            out_bytes: 8,
            scratch: if level == 0 { 16 } else { 0 },
            flops: 1,
        });
    };
    for leaf in 0..1usize << DEPTH {
        task(0, leaf);
        for level in 1..=(leaf + 1).trailing_zeros() as usize {
            task(level, ((leaf + 1) >> level) - 1);
        }
    }
    graph
}

/// The largest resident size of the process so far.
fn highest_megabytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0");
    line.trim().trim_end_matches("kB").trim().parse::<u64>().unwrap_or(0) / 1000
}

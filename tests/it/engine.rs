//! Engines against each other: random graphs of small blocks, run serially and by any number of threads, inside any
//! budget, give the same bits, keep to their budget, and end.

use arr::array::strided::copy_region;
use arr::array::{Block, DType, Data, Grid, Order, Pool, Region, ScalarFn, Shape};
use arr::diag::{Diagnostic, Result, Span};
use arr::engine::{Bindings, Config, Engine, Observer, Parallel, Report, Serial};
use arr::kernel::{Conj, Formula, Instr, Kernel, MapBody, Operand, Program, ReduceKind, Step};
use arr::plan::{ArrayInfo, ArrayKind, Input, Output, Task, TaskGraph, serial_profile};
use arr::store::{ArrayMeta, Sink, Source};
use smallvec::{SmallVec, smallvec};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

/// A small generator of numbers (splitmix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e3779b97f4a7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58476d1ce4e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d049bb133111eb);
        ((z ^ (z >> 31)) % sides as u64) as usize
    }
}

/// A stored array in memory that counts what is read, and can fail or be slow.
struct FakeSource {
    meta: ArrayMeta,
    whole: Block,
    reads: AtomicU64,
    fails: bool,
    delay: Duration,
}

impl FakeSource {
    fn new(whole: Block) -> FakeSource {
        let meta = ArrayMeta {
            shape: whole.shape().clone(),
            dtype: whole.dtype(),
            grid: Grid::single(whole.shape().clone()),
            order: whole.order(),
            partial_reads: true,
            description: "fake".into(),
            stored_bytes: None,
            stored_chunks: None,
        };
        FakeSource { meta, whole, reads: AtomicU64::new(0), fails: false, delay: Duration::ZERO }
    }
}

impl Source for FakeSource {
    fn meta(&self) -> &ArrayMeta {
        &self.meta
    }

    fn name(&self) -> &str {
        "fake"
    }

    fn read(&self, region: &Region, pool: &Pool) -> Result<Block> {
        if self.fails {
            return Err(Diagnostic::new("a broken chunk"));
        }
        std::thread::sleep(self.delay);
        self.reads.fetch_add(1, Relaxed);
        let data = pool.take(self.meta.dtype, region.size());
        let mut block = Block::new(region.shape(), self.whole.order(), data);
        copy_region(&self.whole, region, &mut block, &vec![0; region.rank()]);
        Ok(block)
    }

    fn read_bytes(&self, region: &Region) -> u64 {
        (region.size() * self.meta.dtype.size()) as u64
    }

    fn read_scratch(&self, _region: &Region) -> u64 {
        0
    }

    fn path(&self) -> Option<&Path> {
        None
    }
}

/// An array being written, in memory.
struct FakeSink {
    grid: Grid,
    whole: Mutex<Block>,
    written: AtomicU64,
}

impl FakeSink {
    fn new(grid: Grid) -> FakeSink {
        let whole = Block::dense(grid.shape.clone(), Data::zeros(DType::F64, grid.shape.len()));
        FakeSink { grid, whole: Mutex::new(whole), written: AtomicU64::new(0) }
    }
}

impl Sink for FakeSink {
    fn grid(&self) -> &Grid {
        &self.grid
    }

    fn dtype(&self) -> DType {
        DType::F64
    }

    fn write(&self, region: &Region, block: &Block) -> Result<()> {
        copy_region(block, &Region::whole(block.shape()), &mut self.whole.lock().unwrap(), &region.start);
        self.written.fetch_add(block.bytes() as u64, Relaxed);
        Ok(())
    }

    fn publish(&self) -> Result<()> {
        Ok(())
    }

    fn written(&self) -> u64 {
        self.written.load(Relaxed)
    }
}

/// Builds a task graph by hand, and what it is bound to.
#[derive(Default)]
struct Builder {
    graph: TaskGraph,
    dense: Vec<Arc<Block>>,
    stored: Vec<Block>,
    sinks: Vec<Grid>,
    results: usize,
}

impl Builder {
    fn array(&mut self, name: &str, kind: ArrayKind, grid: Grid) -> u32 {
        let at = self.graph.arrays.len();
        let span = Span::new(0, at, at + 1);
        self.graph.arrays.push(ArrayInfo { name: name.into(), kind, dtype: DType::F64, grid, span });
        at as u32
    }

    fn temporary(&mut self, grid: Grid) -> u32 {
        self.array("temporary", ArrayKind::Temporary, grid)
    }

    fn program(&mut self, kernel: Kernel, inputs: u16) -> u32 {
        let step = Step { kernel, args: (0..inputs).collect() };
        let program = Program { inputs, steps: vec![step], outputs: smallvec![inputs] };
        let programs = &mut self.graph.programs;
        programs.iter().position(|p| *p == program).unwrap_or_else(|| {
            programs.push(program);
            programs.len() - 1
        }) as u32
    }

    fn map(&mut self, f: ScalarFn) -> u32 {
        self.program(Kernel::Map(Arc::new(MapBody::single(f, &[DType::F64, DType::F64], DType::F64))), 2)
    }

    fn shift(&mut self, by: f64) -> u32 {
        let args: SmallVec<[Operand; 3]> = smallvec![Operand::Input(0), Operand::constant(by)];
        let instrs = vec![Instr { f: ScalarFn::Add, args, dtype: DType::F64 }];
        self.program(Kernel::Map(Arc::new(MapBody { inputs: vec![DType::F64], instrs })), 1)
    }

    /// Adds a task that makes one block; scratch is what the inputs need besides temporaries.
    fn task(&mut self, program: u32, inputs: Vec<Input>, array: u32, block: usize) {
        let bytes = |region: &Region| (region.size() * 8) as u64;
        let mut scratch = 0;
        for input in &inputs {
            let from = &self.graph.arrays[input.array as usize];
            scratch += match from.kind {
                ArrayKind::Dense { .. } if input.region.size() == from.grid.shape.len() => 0,
                ArrayKind::Temporary => match from.grid.touching(&input.region).as_slice() {
                    [one] if from.grid.region(one) == input.region => 0,
                    _ => bytes(&input.region),
                },
                _ => bytes(&input.region),
            };
        }
        let info = &self.graph.arrays[array as usize];
        let out_bytes = bytes(&info.grid.region(&info.grid.coords(block)));
        let first = self.graph.inputs.len() as u32;
        self.graph.inputs.extend(inputs);
        let inputs = first..self.graph.inputs.len() as u32;
        let first = self.graph.outputs.len() as u32;
        self.graph.outputs.push(Output { array, block: block as u32 });
        self.graph.tasks.push(Task { program, inputs, outputs: first..first + 1, out_bytes, scratch, flops: 1 });
    }

    fn grid(&self, array: u32) -> Grid {
        self.graph.arrays[array as usize].grid.clone()
    }

    fn blocks(&self, array: u32) -> Vec<Region> {
        let grid = self.grid(array);
        (0..grid.len()).map(|number| grid.region(&grid.coords(number))).collect()
    }

    /// An array of the same shape made block by block from others.
    fn blockwise(&mut self, program: u32, from: &[u32], to: u32) {
        for (block, region) in self.blocks(to).into_iter().enumerate() {
            let inputs = from.iter().map(|&array| Input { array, region: region.clone() }).collect();
            self.task(program, inputs, to, block);
        }
    }

    /// `A * B` by chains of updates over panels of the inner dimension.
    fn product(&mut self, a: u32, b: u32, chunk: &[usize], panel: usize) -> u32 {
        let (n, m, inner) = (self.grid(a).shape.rows(), self.grid(b).shape.columns(), self.grid(a).shape.columns());
        let grid = Grid::new(Shape::matrix(n, m), chunk);
        let fill = Formula::Fill { bits: 0, dtype: DType::F64 };
        let zeros = self.array("zeros", ArrayKind::Formula(fill), Grid::single(grid.shape.clone()));
        let update = self.program(Kernel::DotAdd { a: Conj::No, b: Conj::No }, 3);
        let panels: Vec<_> = (0..inner).step_by(panel).collect();
        let steps: Vec<_> = panels.iter().map(|_| self.temporary(grid.clone())).collect();
        for (block, region) in self.blocks(steps[0]).into_iter().enumerate() {
            for (step, &k) in panels.iter().enumerate() {
                let len = panel.min(inner - k);
                let before = if step == 0 { zeros } else { steps[step - 1] };
                let left = Region::new(&[region.start[0], k], &[region.len[0], len]);
                let right = Region::new(&[k, region.start[1]], &[len, region.len[1]]);
                let inputs = vec![
                    Input { array: before, region: region.clone() },
                    Input { array: a, region: left },
                    Input { array: b, region: right },
                ];
                self.task(update, inputs, steps[step], block);
            }
        }
        *steps.last().unwrap()
    }

    /// The sum of all elements by a tree over blocks.
    fn total(&mut self, a: u32) -> u32 {
        let sum = self.program(Kernel::Reduce { kind: ReduceKind::Sum, axes: 3 }, 1);
        let add = self.map(ScalarFn::Add);
        let blocks = self.blocks(a);
        let mut level = self.temporary(Grid::new(Shape::matrix(blocks.len(), 1), &[1, 1]));
        for (block, region) in blocks.into_iter().enumerate() {
            self.task(sum, vec![Input { array: a, region }], level, block);
        }
        while self.grid(level).len() > 1 {
            let count = self.grid(level).len();
            let next = self.temporary(Grid::new(Shape::matrix(count.div_ceil(2), 1), &[1, 1]));
            for block in 0..count.div_ceil(2) {
                let part = |at: usize| Input { array: level, region: Region::new(&[at, 0], &[1, 1]) };
                if 2 * block + 1 < count {
                    self.task(add, vec![part(2 * block), part(2 * block + 1)], next, block);
                } else {
                    let shift = self.shift(0.0);
                    self.task(shift, vec![part(2 * block)], next, block);
                }
            }
            level = next;
        }
        level
    }

    fn collect(&mut self, a: u32, chunk: &[usize]) {
        let to = self.array(
            "result",
            ArrayKind::Collect { result: self.results as u32 },
            Grid::new(self.grid(a).shape, chunk),
        );
        self.results += 1;
        let shift = self.shift(1.0);
        self.blockwise(shift, &[a], to);
    }

    fn save(&mut self, a: u32, chunk: &[usize]) {
        let kind = ArrayKind::Save { sink: self.sinks.len() as u32, path: "out.zarr".into() };
        let grid = Grid::new(self.grid(a).shape, chunk);
        self.sinks.push(grid.clone());
        let to = self.array("saved", kind, grid);
        let shift = self.shift(2.0);
        self.blockwise(shift, &[a], to);
    }

    fn source(&mut self, dice: &mut Dice, rows: usize, columns: usize) -> u32 {
        let shape = Shape::matrix(rows, columns);
        let order = if dice.roll(2) == 0 { Order::F } else { Order::C };
        let values = (0..shape.len()).map(|_| dice.roll(9) as f64 / 3.0).collect();
        let grid = Grid::single(shape.clone());
        match dice.roll(4) {
            0 => {
                self.dense.push(Arc::new(Block::dense(shape, Data::F64(values))));
                self.array("dense", ArrayKind::Dense { source: self.dense.len() as u32 - 1 }, grid)
            }
            1 => {
                let fill = Formula::Fill { bits: 1.5f64.to_bits(), dtype: DType::F64 };
                self.array("fill", ArrayKind::Formula(fill), grid)
            }
            _ => {
                self.stored.push(Block::new(shape, order, Data::F64(values)));
                let source = self.stored.len() as u32 - 1;
                self.array("stored", ArrayKind::Stored { source, path: format!("{source}.zarr") }, grid)
            }
        }
    }

    /// Puts the tasks into a random order that is still serial.
    fn shuffle(&mut self, dice: &mut Dice) {
        let links = arr::plan::Links::new(&self.graph);
        let tasks = std::mem::take(&mut self.graph.tasks);
        let mut left: Vec<usize> = (0..tasks.len()).collect();
        let mut done = vec![false; tasks.len()];
        let temporary = |input: u32| {
            self.graph.arrays[self.graph.inputs[input as usize].array as usize].kind == ArrayKind::Temporary
        };
        let mut order = Vec::new();
        while !left.is_empty() {
            let from = dice.roll(left.len());
            let at = (from..left.len()).chain(0..from).find(|&at| {
                let inputs = tasks[left[at]].inputs.clone().filter(|&input| temporary(input));
                inputs.flat_map(|input| links.pieces(input)).all(|&block| done[links.maker[block as usize] as usize])
            });
            let task = left.remove(at.unwrap());
            done[task] = true;
            order.push(tasks[task].clone());
        }
        self.graph.tasks = order;
    }

    fn random(dice: &mut Dice) -> Builder {
        let mut b = Builder::default();
        let side = 3 + dice.roll(10);
        let chunk = |dice: &mut Dice| [1 + dice.roll(side), 1 + dice.roll(side)];
        let mut arrays: Vec<u32> = (0..2 + dice.roll(3)).map(|_| b.source(dice, side, side)).collect();
        for _ in 0..1 + dice.roll(5) {
            let (x, y) = (arrays[dice.roll(arrays.len())], arrays[dice.roll(arrays.len())]);
            let made = match dice.roll(3) {
                0 => {
                    let chunk = chunk(dice);
                    b.product(x, y, &chunk, 1 + dice.roll(side))
                }
                _ => {
                    let to = b.temporary(Grid::new(Shape::matrix(side, side), &chunk(dice)));
                    let f = [ScalarFn::Add, ScalarFn::Sub, ScalarFn::Mul][dice.roll(3)];
                    let program = b.map(f);
                    b.blockwise(program, &[x, y], to);
                    to
                }
            };
            arrays.push(made);
        }
        for &array in &arrays[arrays.len() - 2..] {
            let chunk = chunk(dice);
            match dice.roll(3) {
                0 => b.collect(array, &chunk),
                1 => b.save(array, &chunk),
                _ => {
                    let total = b.total(array);
                    b.collect(total, &[1, 1]);
                }
            }
        }
        if dice.roll(2) == 0 {
            b.shuffle(dice);
        }
        b
    }

    fn bind(&self) -> (Bindings, Vec<Arc<FakeSource>>, Vec<Arc<FakeSink>>) {
        let sources: Vec<_> = self.stored.iter().map(|block| Arc::new(FakeSource::new(block.clone()))).collect();
        let sinks: Vec<_> = self.sinks.iter().map(|grid| Arc::new(FakeSink::new(grid.clone()))).collect();
        let bindings = Bindings {
            stored: sources.iter().map(|source| Arc::clone(source) as Arc<dyn Source>).collect(),
            dense: self.dense.clone(),
            sinks: sinks.iter().map(|sink| Arc::clone(sink) as Arc<dyn Sink>).collect(),
            results: self.results,
        };
        (bindings, sources, sinks)
    }
}

struct Quiet;
impl Observer for Quiet {}

/// What a run gave: its report, and what it saved.
#[derive(Debug)]
struct Outcome {
    report: Report,
    saved: Vec<Block>,
}

impl Outcome {
    fn bits(&self) -> Vec<Vec<u64>> {
        let blocks = self.report.results.iter().map(|block| &**block).chain(&self.saved);
        blocks.map(|block| (0..block.len()).map(|i| block.data().get_f64(i).to_bits()).collect()).collect()
    }
}

fn config(memory: u64, threads: usize) -> Config {
    Config { memory, threads, temp_dir: std::env::temp_dir() }
}

/// Runs on a thread of its own, so that a run that hangs fails the test.
fn run(engine: &'static dyn Engine, builder: &Builder, memory: u64, threads: usize) -> Result<Outcome> {
    let (bindings, _, sinks) = builder.bind();
    let graph = builder.graph.clone();
    let (send, receive) = mpsc::channel();
    std::thread::spawn(move || {
        let report = engine.execute(&graph, &bindings, &config(memory, threads), &Quiet, &AtomicBool::new(false));
        let _ = send.send(report);
    });
    let report = receive.recv_timeout(Duration::from_secs(60)).expect("the run hangs")?;
    let saved = sinks.iter().map(|sink| sink.whole.lock().unwrap().clone()).collect();
    Ok(Outcome { report, saved })
}

static SERIAL: Serial = Serial;
static PARALLEL: Parallel = Parallel::new();

/// Bytes of the distinct regions of stored arrays.
fn distinct_bytes(graph: &TaskGraph) -> u64 {
    let links = arr::plan::Links::new(graph);
    links.regions.iter().map(|&input| (graph.inputs[input as usize].region.size() * 8) as u64).sum()
}

#[test]
fn any_threads_and_any_budget_give_the_bits_of_the_serial_run() {
    for seed in 0..150 {
        let mut dice = Dice(seed);
        let builder = Builder::random(&mut dice);
        let peak = serial_profile(&builder.graph).peak;
        let expected = run(&SERIAL, &builder, peak, 1).unwrap();
        assert!(expected.report.peak_bytes <= peak, "seed {seed}: serial peak {}", expected.report.peak_bytes);
        for threads in [1, 2, 7] {
            for memory in [peak, peak + peak / 5, peak * 3, u64::MAX / 4] {
                let got = run(&PARALLEL, &builder, memory, threads).unwrap();
                assert_eq!(got.bits(), expected.bits(), "seed {seed}, {threads} threads, {memory} bytes");
                assert!(got.report.peak_bytes <= memory, "seed {seed}, {threads} threads, {memory} bytes: too much");
                assert_eq!(got.report.tasks, builder.graph.tasks.len() as u64);
                assert_eq!(got.report.bytes_spilled, 0);
                if memory > peak * 3 {
                    assert_eq!(got.report.bytes_read, distinct_bytes(&builder.graph), "seed {seed}: read twice");
                }
            }
        }
    }
}

#[test]
fn what_does_not_fit_is_spilled_or_refused() {
    let (mut spilled, mut refused) = (0, 0);
    for seed in 0..150 {
        let mut dice = Dice(seed);
        let builder = Builder::random(&mut dice);
        let peak = serial_profile(&builder.graph).peak;
        let expected = run(&SERIAL, &builder, peak, 1).unwrap().bits();
        for memory in [peak - 1, peak / 4 * 3, peak / 2, peak / 3] {
            for (engine, threads) in [(&SERIAL as &'static dyn Engine, 1), (&PARALLEL, 1), (&PARALLEL, 3)] {
                match run(engine, &builder, memory, threads) {
                    Ok(got) => {
                        assert_eq!(got.bits(), expected, "seed {seed}, {threads} threads, {memory} of {peak} bytes");
                        assert!(got.report.peak_bytes <= memory, "seed {seed}: {memory} of {peak} bytes: too much");
                        spilled += (got.report.bytes_spilled > 0) as u32;
                    }
                    Err(fault) => {
                        assert!(fault.message.starts_with("out of memory: this needs"), "{fault}");
                        refused += 1;
                    }
                }
            }
        }
    }
    assert!(spilled > 100 && refused > 100, "{spilled} spilled, {refused} refused");
}

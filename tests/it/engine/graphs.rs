//! Task graphs made by hand, and arrays at rest that live in memory, for the tests of engines.

use arr::array::strided::copy_region;
use arr::array::{Block, DType, Data, Grid, Order, Pool, Region, ScalarFn, Shape};
use arr::diag::{Result, Span};
use arr::engine::Bindings;
use arr::kernel::{Conj, Formula, Instr, Kernel, MapBody, Operand, Program, ReduceKind, Step};
use arr::plan::{ArrayInfo, ArrayKind, Input, Output, Task, TaskGraph};
use arr::store::{ArrayMeta, Sink, Source};
use smallvec::{SmallVec, smallvec};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex};

/// A small generator of numbers (splitmix64).
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e3779b97f4a7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58476d1ce4e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d049bb133111eb);
        ((z ^ (z >> 31)) % sides as u64) as usize
    }
}

/// What happens when a region is read.
pub type OnRead = Box<dyn Fn() -> Result<()> + Send + Sync>;

/// Bytes an element that reading a stored array takes besides the result.
pub const READ_SCRATCH: u64 = 3;

/// A stored array in memory.
pub struct FakeSource {
    meta: ArrayMeta,
    whole: Block,
    on_read: OnRead,
}

impl FakeSource {
    pub fn new(whole: Block, on_read: OnRead) -> FakeSource {
        let meta = ArrayMeta {
            shape: whole.shape().clone(),
            dtype: whole.dtype(),
            grid: Grid::single(whole.shape().clone()),
            order: whole.order(),
            partial_reads: true,
            description: "fake".into(),
        };
        FakeSource { meta, whole, on_read }
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
        (self.on_read)()?;
        let data = pool.take(self.meta.dtype, region.size());
        let mut block = Block::new(region.shape(), self.whole.order(), data);
        copy_region(&self.whole, region, &mut block, &vec![0; region.rank()]);
        Ok(block)
    }

    fn read_bytes(&self, region: &Region) -> u64 {
        (region.size() * self.meta.dtype.size()) as u64
    }

    fn read_scratch(&self, region: &Region) -> u64 {
        READ_SCRATCH * region.size() as u64
    }
}

/// An array being written, in memory.
pub struct FakeSink {
    grid: Grid,
    pub whole: Mutex<Block>,
    written: AtomicU64,
}

impl FakeSink {
    pub fn new(grid: Grid) -> FakeSink {
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

/// A part of an array that a task reads.
pub fn input(array: u32, start: &[usize], len: &[usize]) -> Input {
    Input { array, region: Region::new(start, len) }
}

/// Builds a task graph by hand, and what it is bound to.
#[derive(Default)]
pub struct Builder {
    pub graph: TaskGraph,
    dense: Vec<Arc<Block>>,
    pub stored: Vec<Block>,
    sinks: Vec<Grid>,
    results: usize,
}

impl Builder {
    pub fn array(&mut self, name: &str, kind: ArrayKind, grid: Grid) -> u32 {
        let at = self.graph.arrays.len();
        let span = Span::new(0, at, at + 1);
        self.graph.arrays.push(ArrayInfo { name: name.into(), kind, dtype: DType::F64, grid, span });
        at as u32
    }

    pub fn temporary(&mut self, grid: Grid) -> u32 {
        self.array("temporary", ArrayKind::Temporary, grid)
    }

    pub fn program(&mut self, kernel: Kernel, inputs: u16) -> u32 {
        let step = Step { kernel, args: (0..inputs).collect() };
        let program = Program { inputs, steps: vec![step], outputs: smallvec![inputs] };
        let programs = &mut self.graph.programs;
        programs.iter().position(|p| *p == program).unwrap_or_else(|| {
            programs.push(program);
            programs.len() - 1
        }) as u32
    }

    pub fn map(&mut self, f: ScalarFn) -> u32 {
        self.program(Kernel::Map(Arc::new(MapBody::single(f, &[DType::F64, DType::F64], DType::F64))), 2)
    }

    pub fn shift(&mut self, by: f64) -> u32 {
        let args: SmallVec<[Operand; 3]> = smallvec![Operand::Input(0), Operand::constant(by)];
        let instrs = vec![Instr { f: ScalarFn::Add, args, dtype: DType::F64 }];
        self.program(Kernel::Map(Arc::new(MapBody { inputs: vec![DType::F64], instrs })), 1)
    }

    /// Adds a task that makes one block; scratch is what the inputs need besides temporaries.
    pub fn task(&mut self, program: u32, inputs: Vec<Input>, array: u32, block: usize) {
        let bytes = |region: &Region| (region.size() * 8) as u64;
        let mut scratch = 0;
        for input in &inputs {
            let from = &self.graph.arrays[input.array as usize];
            scratch += match from.kind {
                ArrayKind::Stored { .. } => bytes(&input.region) + READ_SCRATCH * input.region.size() as u64,
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

    pub fn grid(&self, array: u32) -> Grid {
        self.graph.arrays[array as usize].grid.clone()
    }

    pub fn blocks(&self, array: u32) -> Vec<Region> {
        let grid = self.grid(array);
        (0..grid.len()).map(|number| grid.region(&grid.coords(number))).collect()
    }

    /// An array of the same shape made block by block from others.
    pub fn blockwise(&mut self, program: u32, from: &[u32], to: u32) {
        for (block, region) in self.blocks(to).into_iter().enumerate() {
            let inputs = from.iter().map(|&array| Input { array, region: region.clone() }).collect();
            self.task(program, inputs, to, block);
        }
    }

    /// `A * B` by chains of updates over panels of the inner dimension.
    pub fn product(&mut self, a: u32, b: u32, chunk: &[usize], panel: usize) -> u32 {
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
    pub fn total(&mut self, a: u32) -> u32 {
        let sum = self.program(Kernel::Reduce { kind: ReduceKind::Sum, axes: 3, of: None }, 1);
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

    pub fn collect(&mut self, a: u32, chunk: &[usize]) {
        let to = self.array(
            "result",
            ArrayKind::Collect { result: self.results as u32 },
            Grid::new(self.grid(a).shape, chunk),
        );
        self.results += 1;
        let shift = self.shift(1.0);
        self.blockwise(shift, &[a], to);
    }

    pub fn save(&mut self, a: u32, chunk: &[usize]) {
        let kind = ArrayKind::Save { sink: self.sinks.len() as u32, path: "out.zarr".into() };
        let grid = Grid::new(self.grid(a).shape, chunk);
        self.sinks.push(grid.clone());
        let to = self.array("saved", kind, grid);
        let shift = self.shift(2.0);
        self.blockwise(shift, &[a], to);
    }

    /// A column of numbers on disk.
    pub fn stored_column(&mut self, len: usize) -> u32 {
        self.store(Block::column((0..len).map(|i| i as f64).collect()))
    }

    /// A matrix of random numbers on disk.
    pub fn stored_matrix(&mut self, dice: &mut Dice, rows: usize, columns: usize) -> u32 {
        let values = (0..rows * columns).map(|_| dice.roll(9) as f64 / 3.0).collect();
        self.store(Block::dense(Shape::matrix(rows, columns), Data::F64(values)))
    }

    fn store(&mut self, block: Block) -> u32 {
        let grid = Grid::single(block.shape().clone());
        self.stored.push(block);
        let source = self.stored.len() as u32 - 1;
        self.array("stored", ArrayKind::Stored { source, path: format!("{source}.zarr") }, grid)
    }

    pub fn source(&mut self, dice: &mut Dice, rows: usize, columns: usize) -> u32 {
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
            _ => self.store(Block::new(shape, order, Data::F64(values))),
        }
    }

    /// Puts the tasks into a random order that is still serial.
    pub fn shuffle(&mut self, dice: &mut Dice) {
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

    pub fn random(dice: &mut Dice) -> Builder {
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

    /// What the graph is bound to, and its sinks.
    pub fn bind(&self) -> (Bindings, Vec<Arc<FakeSink>>) {
        let source =
            |block: &Block| -> Arc<dyn Source> { Arc::new(FakeSource::new(block.clone(), Box::new(|| Ok(())))) };
        let sinks: Vec<_> = self.sinks.iter().map(|grid| Arc::new(FakeSink::new(grid.clone()))).collect();
        let bindings = Bindings {
            stored: self.stored.iter().map(source).collect(),
            dense: self.dense.clone(),
            sinks: sinks.iter().map(|sink| Arc::clone(sink) as Arc<dyn Sink>).collect(),
            results: self.results,
        };
        (bindings, sinks)
    }
}

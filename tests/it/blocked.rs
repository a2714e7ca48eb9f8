//! Random programs through passes, plan and engines, against the naive evaluator: passes on and off, any chunking, any
//! number of threads, tiny budgets. Values agree to rounding; between budgets and threads they agree to the bit.

use crate::reference::{Whole, evaluate};
use arr::array::{Block, DType, Data, ScalarFn, Shape};
use arr::compile::{Options, compile};
use arr::diag::Span;
use arr::engine::{Bindings, Config, Engine, Observer, Parallel, Serial};
use arr::ir::{AxisSlice, Node, Op, Source};
use arr::kernel::{Conj, Instr, MapBody, Operand, ReduceKind};
use arr::opt::FpMode;
use arr::plan::Target;
use proptest::prelude::*;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

struct Nobody;
impl Observer for Nobody {}

/// Numbers drawn one after the other from what proptest chose; runs out into zeros, so that less input is a smaller program.
pub struct Draw<'a>(std::slice::Iter<'a, u8>);

impl<'a> Draw<'a> {
    pub fn new(bytes: &'a [u8]) -> Draw<'a> {
        Draw(bytes.iter())
    }

    pub fn below(&mut self, n: usize) -> usize {
        *self.0.next().unwrap_or(&0) as usize % n.max(1)
    }
}

pub fn node(op: Op, inputs: &[Arc<Node>]) -> Option<Arc<Node>> {
    Node::new(op, inputs, Span::default()).ok()
}

fn source(draw: &mut Draw) -> Arc<Node> {
    let (m, n) = (1 + draw.below(13), 1 + draw.below(13));
    let seed = draw.below(50) as f64;
    let data = (0..m * n).map(|i| ((i as f64 + seed) * 0.7).sin() * 3.0).collect();
    let block = Arc::new(Block::dense(Shape::matrix(m, n), Data::F64(data)));
    let dense = node(Op::Source(Source::Dense(block)), &[]).expect("a source");
    let chunk = [1 + draw.below(m), 1 + draw.below(n)];
    node(Op::Rechunk { chunk: chunk.as_slice().into() }, &[dense]).expect("a chunking")
}

pub fn slice(draw: &mut Draw, extent: usize) -> AxisSlice {
    let step = [1, 1, 2, -1, 3][draw.below(5)];
    let start = draw.below(extent);
    let room = if step > 0 { (extent - 1 - start) / step as usize } else { start } + 1;
    AxisSlice { start, step, len: 1 + draw.below(room) }
}

/// A program of a few operations; operations that do not fit their operands are left out.
fn program(bytes: &[u8]) -> Vec<Arc<Node>> {
    let draw = &mut Draw::new(bytes);
    let mut nodes = vec![source(draw)];
    if draw.below(2) == 1 {
        nodes.push(source(draw));
    }
    for _ in 0..2 + draw.below(8) {
        let x = nodes[nodes.len() - 1 - draw.below(nodes.len().min(3))].clone();
        let y = nodes[draw.below(nodes.len())].clone();
        let f64s = |n: &Arc<Node>| n.meta.dtype == DType::F64;
        let shape = x.meta.shape.clone();
        let made = match draw.below(14) {
            0..=2 if f64s(&x) && f64s(&y) => {
                let f = [ScalarFn::Add, ScalarFn::Sub, ScalarFn::Mul, ScalarFn::Max][draw.below(4)];
                node(Op::map(f, &[DType::F64; 2], DType::F64), &[x, y])
            }
            3 if f64s(&x) => {
                let f = [ScalarFn::Neg, ScalarFn::Abs, ScalarFn::Sin][draw.below(3)];
                node(Op::map(f, &[DType::F64], DType::F64), &[x])
            }
            4 => node(Op::Permute { perm: [1, 0].as_slice().into() }, &[x]),
            5 if f64s(&x) && f64s(&y) => {
                let flags = [Conj::No, Conj::Adjoint];
                let (a, b) = (flags[draw.below(2)], flags[draw.below(2)]);
                let t = |n: Arc<Node>, c: Conj| match c {
                    Conj::No => Some(n),
                    _ => node(Op::Permute { perm: [1, 0].as_slice().into() }, &[n]),
                };
                match (t(x, a), t(y, b)) {
                    (Some(x), Some(y)) => node(Op::Dot { a: Conj::No, b: Conj::No }, &[x, y]),
                    _ => None,
                }
            }
            6 if f64s(&x) => {
                let t = node(Op::Permute { perm: [1, 0].as_slice().into() }, std::slice::from_ref(&x));
                t.and_then(|t| node(Op::Dot { a: Conj::No, b: Conj::No }, &[t, x]))
            }
            7 | 8 if f64s(&x) => {
                let kinds = [
                    ReduceKind::Sum,
                    ReduceKind::Mean,
                    ReduceKind::Max,
                    ReduceKind::Min,
                    ReduceKind::Var { population: false },
                    ReduceKind::SumSq,
                    ReduceKind::Nnz,
                ];
                let kind = kinds[draw.below(kinds.len())];
                node(Op::Reduce { kind, axes: [1, 2, 3][draw.below(3)] }, &[x])
            }
            9 => {
                let axes = [slice(draw, shape.rows()), slice(draw, shape.columns())];
                node(Op::Slice { axes: axes.as_slice().into() }, &[x])
            }
            10 => match draw.below(3) {
                0 => node(Op::Concat { axis: draw.below(2) as u8 }, &[x.clone(), y, x]),
                1 => {
                    let axis = draw.below(2);
                    let list = (0..1 + draw.below(6)).map(|_| draw.below(shape.extent(axis)) as u64).collect();
                    node(Op::Gather { axis: axis as u8, indices: Arc::new(list) }, &[x])
                }
                _ => {
                    let axes = [slice(draw, shape.rows()), slice(draw, shape.columns())];
                    let part = Op::Slice { axes: axes.as_slice().into() };
                    let value = node(part, std::slice::from_ref(&x));
                    let value = value.and_then(|v| node(Op::map(ScalarFn::Neg, &[DType::F64], DType::F64), &[v]));
                    let op = Op::Assign { axes: axes.as_slice().into() };
                    value.filter(|_| f64s(&x)).and_then(|v| node(op, &[x, v]))
                }
            },
            // What the rules about constants, squares and signs look for.
            11 if f64s(&x) => {
                let (f, c) = [
                    (ScalarFn::Mul, 3.0),
                    (ScalarFn::Div, 4.0),
                    (ScalarFn::Div, 3.0),
                    (ScalarFn::Pow, 2.0),
                    (ScalarFn::Mul, 0.0),
                    (ScalarFn::Add, 0.0),
                    (ScalarFn::Sub, 0.0),
                ][draw.below(7)];
                let args = [Operand::Input(0), Operand::constant(c)].as_slice().into();
                let instrs = vec![Instr { f, args, dtype: DType::F64 }];
                node(Op::Map(Arc::new(MapBody { inputs: vec![DType::F64], instrs })), &[x])
            }
            12 if f64s(&x) && f64s(&y) => match draw.below(3) {
                0 => node(Op::map(ScalarFn::Mul, &[DType::F64; 2], DType::F64), &[x.clone(), x]),
                1 => {
                    let negated = node(Op::map(ScalarFn::Neg, &[DType::F64], DType::F64), &[y]);
                    negated.and_then(|y| node(Op::map(ScalarFn::Sub, &[DType::F64; 2], DType::F64), &[x, y]))
                }
                _ => node(Op::Reshape { shape: Shape::matrix(shape.len(), 1) }, &[x]),
            },
            _ => {
                let extents = [shape.columns(), shape.rows()];
                node(Op::Reshape { shape: Shape::new(&extents) }, &[x])
            }
        };
        nodes.extend(made.filter(|n| n.meta.shape.len() <= 2000));
    }
    let last = nodes.len() - 1;
    let other = draw.below(nodes.len());
    vec![nodes[last].clone(), nodes[other].clone()]
}

pub fn run(
    roots: &[Arc<Node>],
    engine: &dyn Engine,
    budget: u64,
    threads: usize,
    optimise: bool,
) -> Option<Vec<Arc<Block>>> {
    run_in(FpMode::Default, roots, engine, budget, threads, optimise)
}

fn run_in(
    fp: FpMode,
    roots: &[Arc<Node>],
    engine: &dyn Engine,
    budget: u64,
    threads: usize,
    optimise: bool,
) -> Option<Vec<Arc<Block>>> {
    let targets = vec![Target::Collect; roots.len()];
    let compiled = compile(roots, &targets, Options { budget, threads, optimise, fp }).expect("compiles");
    let bindings = Bindings {
        stored: compiled.sources.stored.clone(),
        dense: compiled.sources.dense.clone(),
        sinks: Vec::new(),
        results: roots.len(),
    };
    let config = Config { memory: budget, threads, temp_dir: std::env::temp_dir() };
    match engine.execute(&compiled.tasks, &bindings, &config, &Nobody, &AtomicBool::new(false)) {
        Ok(report) => {
            assert!(report.peak_bytes <= budget, "peak {} over budget {budget}", report.peak_bytes);
            assert_eq!(report.tasks, compiled.tasks.tasks.len() as u64);
            Some(report.results)
        }
        // Too small a budget may be refused, by a message that names a sufficient one.
        Err(fault) => {
            assert!(fault.message.contains("budget") || fault.message.contains("memory"), "{}", fault.message);
            None
        }
    }
}

pub fn assert_close(wanted: &Whole, got: &Block, what: &str) {
    assert_eq!(&wanted.shape, got.shape(), "{what}");
    let size = wanted.data.iter().fold(1.0f64, |m, v| if v.is_finite() { m.max(v.abs()) } else { m });
    let share = if got.dtype().is_single() { 1e-5 } else { 1e-10 };
    for (i, &w) in wanted.data.iter().enumerate() {
        let g = got.data().get_f64(i);
        // The parts of a transform need not both see a NaN.
        let missing = w.is_nan() && (g.is_nan() || got.dtype().is_complex());
        let same = w == g || missing || (w - g).abs() <= share * size;
        assert!(same, "{what}: element {i} is {g}, should be {w}");
    }
}

proptest! {
    #[test]
    fn random_programs_equal_the_naive_evaluator(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
        let roots = program(&bytes);
        let mut known = HashMap::new();
        let wanted: Vec<Whole> = roots.iter().map(|r| evaluate(r, &mut known)).collect();
        let check = |results: &[Arc<Block>], what: &str| {
            for (w, g) in wanted.iter().zip(results) {
                assert_close(w, g, what);
            }
        };
        let plain = run(&roots, &Serial, 1 << 30, 1, false).expect("a large budget suffices");
        check(&plain, "without passes");
        let serial = run(&roots, &Serial, 1 << 30, 1, true).expect("a large budget suffices");
        check(&serial, "with passes");
        for fp in [FpMode::Strict, FpMode::Fast] {
            let other = run_in(fp, &roots, &Serial, 1 << 30, 1, true).expect("a large budget suffices");
            check(&other, fp.name());
        }
        for (threads, budget) in [(1, 1 << 30), (2, 1 << 30), (7, 1 << 30), (2, 16_000), (7, 6_000), (1, 3_000)] {
            if let Some(got) = run(&roots, &Parallel::default(), budget, threads, true) {
                for (a, b) in serial.iter().zip(&got) {
                    let bits = |x: &Block| (0..x.len()).map(|i| x.data().get_f64(i).to_bits()).collect::<Vec<_>>();
                    assert_eq!(bits(a), bits(b), "{threads} threads, {budget} bytes: other bits");
                }
            }
        }
    }
}

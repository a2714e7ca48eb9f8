//! Each rewrite: that it fires, that it stays silent where it must, and that NaN, infinities and signed zeros come out
//! as its class promises. Programs are written in the language; what is looked at is the optimised graph.

use arr::array::{Block, DType, Data, ScalarFn, Shape};
use arr::compile::{Compiled, Options, compile};
use arr::diag::Span;
use arr::engine::{Bindings, Config, Engine, Observer, Serial};
use arr::ir::{AxisSlice, Node, Op, Source, print};
use arr::kernel::{Conj, Formula, ReduceKind};
use arr::opt::FpMode;
use arr::plan::Target;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// The rules about single operations, reductions and products that came after the first ones; modes and remarks.
mod rules;

struct Nobody;
impl Observer for Nobody {}

fn node(op: Op, inputs: &[&Arc<Node>]) -> Arc<Node> {
    let inputs: Vec<Arc<Node>> = inputs.iter().map(|n| (*n).clone()).collect();
    Node::new(op, &inputs, Span::default()).expect("a well-formed node")
}

/// Every special value somewhere, and ordinary ones.
const SPECIAL: [f64; 8] = [0.0, -0.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1.5, -2.25, 1e300];

fn special(rows: usize, columns: usize) -> Arc<Node> {
    let data = (0..rows * columns).map(|i| SPECIAL[(i * 5 + i / 8) % 8]).collect();
    dense(rows, columns, data)
}

fn plain(rows: usize, columns: usize) -> Arc<Node> {
    dense(rows, columns, (0..rows * columns).map(|i| (i as f64 * 0.37).sin()).collect())
}

fn dense(rows: usize, columns: usize, data: Vec<f64>) -> Arc<Node> {
    let block = Arc::new(Block::dense(Shape::matrix(rows, columns), Data::F64(data)));
    let source = node(Op::Source(Source::Dense(block)), &[]);
    node(Op::Rechunk { chunk: [2, 3].as_slice().into() }, &[&source])
}

fn constant(x: f64) -> Arc<Node> {
    let formula = Formula::Fill { bits: x.to_bits(), dtype: DType::F64 };
    node(Op::Source(Source::Formula(formula, Shape::scalar())), &[])
}

fn map(f: ScalarFn, inputs: &[&Arc<Node>]) -> Arc<Node> {
    node(Op::map(f, &vec![DType::F64; inputs.len()], DType::F64), inputs)
}

fn transpose(x: &Arc<Node>) -> Arc<Node> {
    node(Op::Permute { perm: [1, 0].as_slice().into() }, &[x])
}

fn dot(x: &Arc<Node>, y: &Arc<Node>) -> Arc<Node> {
    node(Op::Dot { a: Conj::No, b: Conj::No }, &[x, y])
}

fn slice(x: &Arc<Node>, rows: (usize, usize), columns: (usize, usize)) -> Arc<Node> {
    let axis = |(start, len)| AxisSlice { start, step: 1, len };
    node(Op::Slice { axes: [axis(rows), axis(columns)].as_slice().into() }, &[x])
}

fn reduce(kind: ReduceKind, axes: u32, x: &Arc<Node>) -> Arc<Node> {
    node(Op::Reduce { kind, axes }, &[x])
}

fn compiled(root: &Arc<Node>, optimise: bool) -> Compiled {
    compiled_in(root, optimise, FpMode::Default)
}

fn compiled_in(root: &Arc<Node>, optimise: bool, fp: FpMode) -> Compiled {
    let options = Options { budget: 1 << 30, threads: 1, optimise, fp };
    compile(std::slice::from_ref(root), &[Target::Collect], options).expect("compiles")
}

/// The result of a compilation.
fn run(c: &Compiled) -> Arc<Block> {
    let bindings =
        Bindings { stored: c.sources.stored.clone(), dense: c.sources.dense.clone(), sinks: Vec::new(), results: 1 };
    let config = Config { memory: 1 << 30, threads: 1, temp_dir: std::env::temp_dir() };
    let report = Serial.execute(&c.tasks, &bindings, &config, &Nobody, &AtomicBool::new(false)).expect("runs");
    report.results[0].clone()
}

fn bits(root: &Arc<Node>, optimise: bool) -> Vec<u64> {
    let block = run(&compiled(root, optimise));
    // All NaN are one value of the language.
    let canonical = |x: f64| if x.is_nan() { f64::NAN.to_bits() } else { x.to_bits() };
    (0..block.len()).map(|i| canonical(block.data().get_f64(i))).collect()
}

/// The optimised graph as text.
fn shown(root: &Arc<Node>) -> String {
    print::print(compiled(root, true).optimised())
}

fn fired(root: &Arc<Node>, pass: &str) -> bool {
    compiled(root, true).stages.iter().any(|s| s.pass == pass)
}

/// The rewrites change no bit.
fn exact(root: &Arc<Node>) {
    assert_eq!(bits(root, false), bits(root, true), "{}", shown(root));
}

#[test]
fn transposes_become_flags_of_products() {
    for data in [plain, special] {
        let (a, b) = (data(7, 5), data(7, 4));
        for root in [
            dot(&transpose(&a), &b),
            dot(&transpose(&map(ScalarFn::Mul, &[&constant(2.0), &a])), &b),
            dot(&map(ScalarFn::Mul, &[&constant(2.0), &transpose(&a)]), &b),
            dot(&transpose(&map(ScalarFn::Add, &[&a, &data(7, 5)])), &b),
            dot(&map(ScalarFn::Add, &[&transpose(&a), &transpose(&data(7, 5))]), &b),
            dot(&transpose(&dot(&data(7, 6), &data(6, 5))), &b),
            dot(&transpose(&a), &transpose(&data(4, 7))),
        ] {
            assert!(fired(&root, "transpose_dot"), "{}", shown(&root));
            assert!(!shown(&root).contains("transpose"), "{}", shown(&root));
            exact(&root);
        }
    }
}

#[test]
fn a_transpose_that_meets_no_product_stays() {
    let a = plain(7, 5);
    assert!(!fired(&dot(&a, &plain(5, 3)), "transpose_dot"));
    assert!(shown(&transpose(&a)).contains("transpose"));
    // One operand is transposed and the other is not: nothing to pull out.
    let mixed = map(ScalarFn::Add, &[&transpose(&a), &plain(5, 7)]);
    assert!(!fired(&dot(&mixed, &plain(7, 2)), "transpose_dot"));
}

#[test]
fn a_matrix_times_itself_is_symmetric() {
    for data in [plain, special] {
        let a = data(7, 5);
        for root in [dot(&transpose(&a), &a), dot(&a, &transpose(&a))] {
            assert!(shown(&root).contains("symmetric dot"), "{}", shown(&root));
            let n = root.meta.shape.rows();
            let values = bits(&root, true);
            for i in 0..n {
                for j in 0..n {
                    assert_eq!(values[i + j * n], values[j + i * n], "symmetric to the bit");
                }
            }
        }
    }
    let (a, b) = (plain(7, 5), plain(7, 5));
    assert!(!shown(&dot(&transpose(&a), &b)).contains("symmetric"), "equal shapes are not equal arrays");
    assert!(!shown(&dot(&dense(4, 4, vec![1.0; 16]), &dense(4, 4, vec![1.0; 16]))).contains("symmetric"));
}

#[test]
fn slices_move_down_to_the_data() {
    for data in [plain, special] {
        let a = data(9, 8);
        let sum = map(ScalarFn::Add, &[&a, &map(ScalarFn::Sin, &[&a])]);
        for root in [
            slice(&sum, (2, 4), (1, 3)),
            slice(&map(ScalarFn::Add, &[&a, &data(1, 8)]), (2, 4), (1, 3)),
            slice(&reduce(ReduceKind::Sum, 1, &a), (0, 1), (2, 3)),
            slice(&transpose(&a), (1, 4), (0, 3)),
            slice(&node(Op::Concat { axis: 0 }, &[&a, &data(3, 8)]), (7, 4), (0, 2)),
            slice(&slice(&sum, (1, 7), (1, 6)), (2, 3), (0, 2)),
        ] {
            assert!(fired(&root, "push_slice") || fired(&root, "fold"), "{}", shown(&root));
            exact(&root);
        }
    }
    // A slice of a product is a product of slices: a quarter of the work.
    let product = slice(&dot(&plain(8, 6), &plain(6, 8)), (0, 4), (0, 4));
    let work = |optimise| compiled(&product, optimise).tasks.tasks.iter().map(|t| t.flops).sum::<u64>();
    assert!(work(true) * 3 < work(false));
}

#[test]
fn a_slice_stays_above_what_is_needed_whole() {
    let a = plain(8, 6);
    // Along the reduced axis there is nothing to push through.
    let r = reduce(ReduceKind::Sum, 2, &a);
    assert!(!fired(&slice(&r, (0, 8), (0, 1)), "push_slice"));
    exact(&slice(&r, (2, 3), (0, 1)));
}

#[test]
fn chains_of_elementwise_operations_fuse() {
    for data in [plain, special] {
        let a = data(7, 5);
        let mut x = map(ScalarFn::Add, &[&a, &constant(1.0)]);
        x = map(ScalarFn::Mul, &[&x, &constant(2.0)]);
        x = map(ScalarFn::Mul, &[&x, &x]);
        assert_eq!(shown(&x).matches("map ").count(), 1, "{}", shown(&x));
        exact(&x);
        // A broadcast operand is computed once, not once for each row.
        let row = map(ScalarFn::Sin, &[&data(1, 5)]);
        let wide = map(ScalarFn::Add, &[&a, &row]);
        assert_eq!(shown(&wide).matches("map ").count(), 2, "{}", shown(&wide));
        exact(&wide);
    }
}

#[test]
fn identities_that_keep_every_bit_vanish() {
    let a = special(7, 5);
    for root in [
        map(ScalarFn::Mul, &[&a, &constant(1.0)]),
        map(ScalarFn::Mul, &[&constant(1.0), &a]),
        map(ScalarFn::Div, &[&a, &constant(1.0)]),
        map(ScalarFn::Sub, &[&a, &constant(0.0)]),
        transpose(&transpose(&a)),
        map(ScalarFn::Neg, &[&map(ScalarFn::Neg, &[&a])]),
    ] {
        let graph = shown(&root);
        assert!(!graph.contains("map") && !graph.contains("transpose"), "{graph}");
        exact(&root);
    }
}

#[test]
fn identities_that_would_change_a_bit_stay() {
    let a = special(7, 5);
    for root in [
        map(ScalarFn::Add, &[&a, &constant(0.0)]),
        map(ScalarFn::Sub, &[&a, &constant(-0.0)]),
        map(ScalarFn::Mul, &[&a, &constant(0.0)]),
        map(ScalarFn::Sub, &[&a, &a]),
        map(ScalarFn::Div, &[&a, &a]),
    ] {
        assert!(shown(&root).contains("map"), "{}", shown(&root));
        exact(&root);
    }
}

#[test]
fn equal_expressions_are_computed_once() {
    let a = plain(7, 5);
    let s = || map(ScalarFn::Sin, &[&a]);
    let root = map(ScalarFn::Add, &[&reduce(ReduceKind::Sum, 3, &s()), &reduce(ReduceKind::Sum, 3, &s())]);
    assert_eq!(shown(&root).matches("reduce").count(), 1, "{}", shown(&root));
    exact(&root);
}

#[test]
fn a_thin_product_chain_reads_its_matrix_once() {
    let a = plain(40, 6);
    let a = node(Op::Rechunk { chunk: [8, 6].as_slice().into() }, &[&a]);
    let v = plain(6, 1);
    let root = dot(&transpose(&a), &dot(&a, &v));
    // One task for each panel of A, and the sums of lanes.
    let tasks = compiled(&root, true).tasks;
    let with_a = tasks.tasks.iter().filter(|t| tasks.task_inputs(t).iter().any(|i| i.region.len[0] == 8)).count();
    assert_eq!(with_a, 5, "{}", arr::plan::print::print(&tasks));
}

#[test]
fn reductions_of_one_array_share_its_scan() {
    // Three reductions, one partial task for each panel.
    let a = plain(30, 4);
    let rows = [ReduceKind::Mean, ReduceKind::Std { population: false }, ReduceKind::Max].map(|k| reduce(k, 1, &a));
    let root = node(Op::Concat { axis: 0 }, &[&rows[0], &rows[1], &rows[2]]);
    let c = compiled(&root, true);
    assert_eq!(c.graph.nodes().iter().filter(|n| matches!(n.op, Op::Reduce { .. })).count(), 3);
    exact(&root);
}

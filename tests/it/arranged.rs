//! Random programs over arrays of up to four dimensions: running results, reshapes, permutations, functions of whole
//! lanes. Against the naive evaluator, and to the bit between budgets, threads and chunkings.

use crate::blocked::{Draw, assert_close, node, run, slice};
use crate::reference::{Whole, evaluate};
use arr::array::{Block, Complex64, DType, Data, ScalarFn, Shape};
use arr::engine::{Parallel, Serial};
use arr::ir::{Node, Op, Source};
use arr::kernel::{Ends, Figure, Filter, LaneKind, ReduceKind, ScanKind, Window, WindowKind};
use proptest::prelude::*;
use smallvec::SmallVec;
use std::collections::HashMap;
use std::sync::Arc;

/// A source of two to four dimensions in some type and chunking, with equal elements and now and then a NaN.
fn source(draw: &mut Draw) -> Arc<Node> {
    let rank = 2 + draw.below(3);
    let dims: Vec<usize> = (0..rank).map(|_| 1 + draw.below(7)).collect();
    let shape = Shape::new(&dims);
    let seed = draw.below(50);
    let nan = draw.below(3) == 1;
    let value = |i: usize| match (i * 7 + seed) % 11 {
        3 if nan => f64::NAN,
        k if k < 6 => ((i + seed) as f64 * 0.7).sin() * 3.0,
        k => k as f64 - 8.0,
    };
    let data = match draw.below(4) {
        0 => Data::F32((0..shape.len()).map(|i| value(i) as f32).collect()),
        1 => Data::I16((0..shape.len()).map(|i| ((i * 5 + seed) % 13) as i16 - 4).collect()),
        _ => Data::F64((0..shape.len()).map(value).collect()),
    };
    let dense = node(Op::Source(Source::Dense(Arc::new(Block::dense(shape.clone(), data)))), &[]).expect("a source");
    let chunk: Vec<usize> = (0..shape.rank()).map(|a| 1 + draw.below(shape.extent(a))).collect();
    node(Op::Rechunk { chunk: chunk.as_slice().into() }, &[dense]).expect("a chunking")
}

/// Extents with this product.
fn factors(draw: &mut Draw, mut n: usize) -> Shape {
    let mut dims = Vec::new();
    for _ in 0..3 {
        let divisors: Vec<usize> = (1..=n).filter(|d| n.is_multiple_of(*d)).collect();
        let d = divisors[draw.below(divisors.len())];
        dims.push(d);
        n /= d;
    }
    dims.push(n);
    Shape::new(&dims)
}

fn lane_kind(draw: &mut Draw, n: usize) -> LaneKind {
    let descending = draw.below(2) == 1;
    match draw.below(8) {
        6 => LaneKind::Best { greatest: descending, count: 1 + draw.below(n), places: draw.below(2) == 1 },
        7 => LaneKind::Tally { bins: 1 + draw.below(4) },
        0 => LaneKind::Sort { descending },
        1 => LaneKind::SortIndex { descending },
        2 => LaneKind::Figure(Figure::Median),
        3 => {
            let shares = (0..1 + draw.below(4)).map(|_| (draw.below(5) as f64 / 4.0).to_bits()).collect();
            LaneKind::Quantile { shares: Arc::new(shares), method: 7 }
        }
        _ => LaneKind::Fourier { points: 1 + draw.below(9), inverse: false },
    }
}

fn scan_kind(draw: &mut Draw) -> ScanKind {
    let kinds = [ScanKind::Sum, ScanKind::Prod, ScanKind::Max, ScanKind::Min, ScanKind::Latest];
    kinds.get(draw.below(7)).cloned().unwrap_or_else(|| {
        let mut numbers = |first: f64| -> Vec<Complex64> {
            let rest = (0..1 + draw.below(2)).map(|_| draw.below(5) as f64 / 4.0 - 0.5);
            std::iter::once(first).chain(rest).map(Complex64::from).collect()
        };
        ScanKind::Filter(Arc::new(Filter::new(&numbers(0.5), &numbers(1.0))))
    })
}

/// A convolution, or a moving sum, of which a part is taken.
fn window(draw: &mut Draw, shape: &Shape) -> Window {
    let result: Vec<usize> = shape.iter().map(|&n| 1 + draw.below(n)).collect();
    let shape = Shape::new(&result);
    if draw.below(2) == 0 {
        let extents: SmallVec<[usize; 4]> = result.iter().map(|_| 1 + draw.below(3)).collect();
        let taps = (0..extents.iter().product()).map(|_| [(draw.below(5) as f64 / 2.0 - 1.0).to_bits(), 0]).collect();
        let offset = extents.iter().map(|&n| draw.below(n) as i64).collect();
        return Window { kind: WindowKind::Convolve { taps: Arc::new(taps), extents }, offset, shape };
    }
    let (axis, before, after) = (draw.below(result.len()), draw.below(4), draw.below(4));
    let mut offset: SmallVec<[i64; 4]> = SmallVec::from_elem(0, result.len());
    offset[axis] = draw.below(before + 1) as i64;
    let kind = WindowKind::Moving { figure: Figure::Sum, axis: axis as u8, before, after, ends: Ends::Shrink };
    Window { kind, offset, shape }
}

fn program(bytes: &[u8]) -> Vec<Arc<Node>> {
    let draw = &mut Draw::new(bytes);
    let mut nodes = vec![source(draw)];
    for _ in 0..1 + draw.below(5) {
        let x = nodes[nodes.len() - 1 - draw.below(nodes.len().min(2))].clone();
        let shape = x.meta.shape.clone();
        let axis = draw.below(shape.rank());
        let made = match draw.below(15) {
            0..=2 => {
                let kind = scan_kind(draw);
                let start = match &kind {
                    ScanKind::Filter(filter) if draw.below(2) == 1 => {
                        let shape = shape.with_extent(axis, filter.order());
                        let state = Data::F64((0..shape.len()).map(|k| k as f64 % 3.0).collect());
                        node(Op::Source(Source::Dense(Arc::new(Block::dense(shape, state)))), &[])
                    }
                    _ => None,
                };
                let inputs: Vec<Arc<Node>> = std::iter::once(x).chain(start).collect();
                node(Op::Scan { kind, axis: axis as u8 }, &inputs)
            }
            3 | 4 => {
                let op = Op::Reshape { shape: factors(draw, shape.len()) };
                node(op, &[x])
            }
            5 => {
                let mut perm: Vec<u8> = (0..shape.rank() as u8).collect();
                let other = draw.below(perm.len());
                perm.swap(axis, other);
                node(Op::Permute { perm: perm.as_slice().into() }, &[x])
            }
            6 => {
                let axes: Vec<_> = shape.iter().map(|&d| slice(draw, d)).collect();
                node(Op::Slice { axes: axes.as_slice().into() }, &[x])
            }
            11 | 12 => node(Op::Window(Arc::new(window(draw, &shape))), &[x]),
            7..=10 => node(Op::Lanes { kind: lane_kind(draw, x.meta.shape.extent(axis)), axis: axis as u8 }, &[x]),
            13 if x.meta.dtype == DType::F64 => node(Op::map(ScalarFn::Abs, &[DType::F64], DType::F64), &[x]),
            _ => {
                let kinds = [ReduceKind::Max, ReduceKind::Sum, ReduceKind::Nnz];
                node(Op::Reduce { kind: kinds[draw.below(3)], axes: 1 << axis }, &[x])
            }
        };
        // The naive evaluator knows the real parts of a transform only: nothing is made of one.
        let complex = made.as_ref().is_some_and(|n| n.meta.dtype.is_complex());
        nodes.extend(made);
        if complex {
            break;
        }
    }
    let last = nodes.len() - 1;
    let other = draw.below(nodes.len());
    vec![nodes[last].clone(), nodes[other].clone()]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3 * ProptestConfig::default().cases / 2, ..ProptestConfig::default() })]

    #[test]
    fn random_arrangements_equal_the_naive_evaluator(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
        let roots = program(&bytes);
        let mut known = HashMap::new();
        let wanted: Vec<Whole> = roots.iter().map(|r| evaluate(r, &mut known)).collect();
        let plain = run(&roots, &Serial, 1 << 30, 1, false).expect("a large budget suffices");
        wanted.iter().zip(&plain).for_each(|(w, g)| assert_close(w, g, "without passes"));
        let serial = run(&roots, &Serial, 1 << 30, 1, true).expect("a large budget suffices");
        wanted.iter().zip(&serial).for_each(|(w, g)| assert_close(w, g, "with passes"));
        for (threads, budget) in [(2, 1 << 30), (7, 40_000), (2, 12_000), (7, 6_000), (1, 3_000)] {
            if let Some(got) = run(&roots, &Parallel::default(), budget, threads, true) {
                for (a, b) in serial.iter().zip(&got) {
                    let bits = |x: &Block| (0..x.len()).map(|i| x.data().get_f64(i).to_bits()).collect::<Vec<_>>();
                    assert_eq!(bits(a), bits(b), "{threads} threads, {budget} bytes: other bits");
                }
            }
        }
    }
}

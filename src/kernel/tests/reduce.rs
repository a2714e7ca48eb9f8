use super::*;
use crate::array::ScalarFn;
use crate::array::scalar_fn::compare_complex;
use crate::kernel::{MapBody, ReduceKind};
use smallvec::SmallVec;
use std::cmp::Ordering;

const KINDS: [ReduceKind; 15] = [
    ReduceKind::Sum,
    ReduceKind::Prod,
    ReduceKind::SumSq,
    ReduceKind::Mean,
    ReduceKind::Var { population: false },
    ReduceKind::Var { population: true },
    ReduceKind::Std { population: false },
    ReduceKind::Std { population: true },
    ReduceKind::Min,
    ReduceKind::Max,
    ReduceKind::ArgMin,
    ReduceKind::ArgMax,
    ReduceKind::Any,
    ReduceKind::All,
    ReduceKind::Nnz,
];

/// The reduction of a list of elements by the book.
fn naive(kind: ReduceKind, dtype: DType, x: &[Complex64]) -> Complex64 {
    let real = |v: f64| Complex64::new(v, 0.0);
    let n = x.len() as f64;
    let sum: Complex64 = x.iter().sum();
    let nan = |z: &Complex64| z.re.is_nan() || z.im.is_nan();
    let variance = |population: bool| {
        let mean = sum / n;
        let squares: f64 = x.iter().map(|z| (z - mean).norm_sqr()).sum();
        if population || n == 1.0 { squares / n } else { squares / (n - 1.0) }
    };
    let place = |greatest: bool| {
        let mut best: Option<usize> = None;
        for (i, z) in x.iter().enumerate().filter(|(_, z)| !nan(z)) {
            let order = |b: usize| {
                if dtype.is_complex() { compare_complex(x[b], *z) } else { x[b].re.partial_cmp(&z.re) }
            };
            let wanted = if greatest { Ordering::Less } else { Ordering::Greater };
            if best.is_none_or(|b| order(b) == Some(wanted)) {
                best = Some(i);
            }
        }
        best
    };
    // Where there is nothing but NaN, NaN it is; of complex ones the first.
    let nothing = || if dtype.is_complex() { x[0] } else { real(f64::NAN) };
    match kind {
        ReduceKind::Sum => sum,
        ReduceKind::Prod => x.iter().product(),
        ReduceKind::SumSq => real(x.iter().map(|z| z.norm_sqr()).sum()),
        ReduceKind::Mean => sum / n,
        ReduceKind::Var { population } => real(variance(population)),
        ReduceKind::Std { population } => real(variance(population).sqrt()),
        ReduceKind::Min => place(false).map_or_else(nothing, |i| x[i]),
        ReduceKind::Max => place(true).map_or_else(nothing, |i| x[i]),
        ReduceKind::ArgMin => real(place(false).unwrap_or(0) as f64 + 1.0),
        ReduceKind::ArgMax => real(place(true).unwrap_or(0) as f64 + 1.0),
        ReduceKind::Any => real(x.iter().any(|z| !nan(z) && *z != Complex64::ZERO) as u8 as f64),
        ReduceKind::All => real(x.iter().all(|z| *z != Complex64::ZERO) as u8 as f64),
        ReduceKind::Nnz => real(x.iter().filter(|z| **z != Complex64::ZERO).count() as f64),
    }
}

fn exact(kind: ReduceKind) -> bool {
    use ReduceKind::*;
    matches!(kind, Min | Max | ArgMin | ArgMax | Any | All | Nnz)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2 * ProptestConfig::default().cases))]

    #[test]
    fn as_by_the_book(
        kind in proptest::sample::select(KINDS.to_vec()),
        dtype in proptest::sample::select(DType::ALL.to_vec()),
        shape in prop_oneof![4 => shapes(), 1 => (1usize..3000).prop_map(|n| Shape::matrix(n, 2)),
                             1 => (1usize..300).prop_map(|n| Shape::matrix(3, n))],
        axes in 0u32..16,
        order in orders(),
        salt in any::<u64>(),
        cut in 0.0f64..1.0,
    ) {
        let axes = if matches!(kind, ReduceKind::ArgMin | ReduceKind::ArgMax) { 1 << (axes % 4) } else { axes };
        // Infinities and NaN only where the answer does not hang on the sequence of additions, and no ties of
        // infinite lengths, which several reduced axes may meet in another sequence.
        let value = |i: usize| {
            let x = interesting(i, salt);
            let any = exact(kind) && !(dtype.is_complex() && x.is_infinite());
            if any || (x.is_finite() && x.abs() < 100.0) { x } else { 0.5 }
        };
        let one = |i: usize| if i < shape.len() { 1.0 } else { 0.0 };
        let value = |i: usize| if kind == ReduceKind::Prod { one(i) + value(i) / 1e4 } else { value(i) };
        let a = Arc::new(block(dtype, &shape, order, value));
        let kept: Vec<usize> = (0..shape.rank()).map(|k| if axes >> k & 1 == 1 { 1 } else { shape.extent(k) }).collect();
        let kept = Shape::new(&kept);
        let result = call(Kernel::Reduce { kind, axes, of: None }, vec![a.clone()]);
        let extremum = matches!(kind, ReduceKind::Min | ReduceKind::Max | ReduceKind::ArgMin | ReduceKind::ArgMax);
        if shape.is_empty() && !kept.is_empty() && extremum {
            prop_assert!(result.is_err());
            return Ok(());
        }
        let result = result.expect("runs");
        prop_assert_eq!(result.shape(), &kept);
        prop_assert_eq!(result.dtype(), kind.result_type(dtype));
        let price = crate::kernel::price(&Kernel::Reduce { kind, axes, of: None }, &[(shape.clone(), dtype)]).expect("a price");
        prop_assert_eq!((&price.shape, price.dtype), (result.shape(), result.dtype()));
        let mut lists: Vec<Vec<Complex64>> = vec![Vec::new(); kept.len()];
        for d in coordinates(&shape) {
            let (mut to, mut step) = (0, 1);
            for (k, &i) in d.iter().enumerate() {
                to += if axes >> k & 1 == 1 { 0 } else { i * step };
                step *= kept.extent(k);
            }
            lists[to].push(a.data().get_c64(at(&a, &d)));
        }
        for (c, x) in coordinates(&kept).into_iter().zip(lists) {
            if x.is_empty() && matches!(kind, ReduceKind::Mean | ReduceKind::Var { .. } | ReduceKind::Std { .. }) {
                prop_assert!(result.data().get_f64(0).is_nan());
                continue;
            }
            let want = naive(kind, dtype, &x);
            let got = result.data().get_c64(at(&result, &c));
            let tolerance = if exact(kind) { 0.0 } else if dtype.is_single() { 1e-5 } else { 1e-12 };
            prop_assert!(
                close(got.re, want.re, tolerance) && close(got.im, want.im, tolerance),
                "{kind:?} {dtype:?}: {got} is not {want}"
            );
        }
        // Of an expression that is not stored: the same bits.
        let same_elements = Some(Arc::new(MapBody::single(ScalarFn::Cast, &[dtype], dtype)));
        let unstored = call(Kernel::Reduce { kind, axes, of: same_elements }, vec![a.clone()]).expect("runs");
        prop_assert!(equal(&unstored, &result), "an expression need not be stored");
        // In panels along the last reduced axis: the state, merged and finished, means the same.
        let partial = |b: Arc<Block>| call(Kernel::ReducePartial { kind, axes, of: None }, vec![b]).expect("runs");
        let whole = partial(a.clone());
        let price = crate::kernel::price(&Kernel::ReducePartial { kind, axes, of: None }, &[(shape.clone(), dtype)]);
        prop_assert_eq!(&price.expect("a price").shape, whole.shape());
        let finish = Kernel::ReduceFinish { kind, dtype: kind.result_type(dtype) };
        let finished = call(finish.clone(), vec![Arc::new(whole)]).expect("runs");
        prop_assert!(equal(&finished, &result), "one pass is the partial state, finished");
        let along = (0..shape.rank()).rev().find(|&k| axes >> k & 1 == 1 && shape.extent(k) > 1);
        if let (Some(k), false) = (along, shape.is_empty()) {
            let first = ((shape.extent(k) as f64 * cut) as usize).clamp(1, shape.extent(k) - 1);
            let panel = |start: usize, len: usize| {
                let part = |a: usize| if a == k { (start, 1, len) } else { (0, 1, shape.extent(a)) };
                let axes: SmallVec<[(usize, isize, usize); 4]> = (0..shape.rank()).map(part).collect();
                Arc::new(partial(Arc::new(call(Kernel::Slice { axes }, vec![a.clone()]).expect("runs"))))
            };
            let states = vec![panel(0, first), panel(first, shape.extent(k) - first)];
            let merged = call(Kernel::ReduceMerge { kind }, states).expect("runs");
            let merged = call(finish, vec![Arc::new(merged)]).expect("runs");
            for i in 0..merged.len() {
                let (p, q) = (merged.data().get_c64(i), result.data().get_c64(i));
                let tolerance = if exact(kind) { 0.0 } else if dtype.is_single() { 1e-5 } else { 1e-12 };
                prop_assert!(close(p.re, q.re, tolerance) && close(p.im, q.im, tolerance), "{kind:?}: {p} is not {q}");
            }
        }
    }
}

fn equal(a: &Block, b: &Block) -> bool {
    a.shape() == b.shape()
        && a.dtype() == b.dtype()
        && (0..a.len()).all(|i| {
            let (x, y) = (a.data().get_c64(i), b.data().get_c64(i));
            same(x.re, y.re) && same(x.im, y.im)
        })
}

#[test]
fn long_sums_keep_their_digits() {
    let n = 1_000_003;
    let a = Arc::new(Block::column((0..n).map(|i| 0.1 + (i % 7) as f64 * 1e-3).collect::<Vec<_>>()));
    let exact: f64 = (0..7).map(|r| (0.1 + r as f64 * 1e-3) * ((n - r as i64 + 6) / 7) as f64).sum();
    let sum = call(Kernel::Reduce { kind: ReduceKind::Sum, axes: 1, of: None }, vec![a.clone()]).expect("runs");
    assert!((sum.data().get_f64(0) - exact).abs() < 4.0 * f64::EPSILON * exact);
    let shifted = Arc::new(Block::column((0..n).map(|i| 1e9 + (i % 2) as f64).collect::<Vec<_>>()));
    let kind = ReduceKind::Var { population: true };
    let var = call(Kernel::Reduce { kind, axes: 1, of: None }, vec![shifted]).expect("runs");
    assert!((var.data().get_f64(0) - 0.25).abs() < 1e-9);
}

#[test]
fn wide_integers_are_compared_exactly() {
    let big = i64::MAX;
    let a = Arc::new(Block::column(vec![big - 2, big, big - 1]));
    let max = call(Kernel::Reduce { kind: ReduceKind::Max, axes: 1, of: None }, vec![a.clone()]).expect("runs");
    assert_eq!(max.slice::<i64>(), Some(&[big][..]));
    let place = call(Kernel::Reduce { kind: ReduceKind::ArgMax, axes: 1, of: None }, vec![a]).expect("runs");
    assert_eq!(place.slice::<f64>(), Some(&[2.0][..]));
}

use super::*;
use crate::kernel::Conj;

fn conjs() -> impl Strategy<Value = Conj> {
    prop_oneof![Just(Conj::No), Just(Conj::Transposed), Just(Conj::Adjoint)]
}

fn fields() -> impl Strategy<Value = DType> {
    prop_oneof![Just(DType::F64), Just(DType::F32), Just(DType::C64), Just(DType::C32)]
}

/// `op(block)[i, j]`.
fn element(block: &Block, conj: Conj, i: usize, j: usize) -> Complex64 {
    let c = if conj == Conj::No { [i, j] } else { [j, i] };
    let z = block.data().get_c64(at(block, &c));
    if conj == Conj::Adjoint { z.conj() } else { z }
}

fn shape(conj: Conj, rows: usize, columns: usize) -> Shape {
    if conj == Conj::No { Shape::matrix(rows, columns) } else { Shape::matrix(columns, rows) }
}

fn small(i: usize, salt: u64) -> f64 {
    let x = interesting(i, salt);
    if x.is_finite() && x.abs() < 100.0 { x } else { 1.5 }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(ProptestConfig::default().cases / 2))]

    #[test]
    fn products(
        dtype in fields(),
        (m, k, n) in prop_oneof![4 => (0usize..9, 0usize..9, 0usize..9), 1 => (1usize..90, 1usize..90, 1usize..90),
                                 1 => (64usize..70, 1usize..20, Just(256)),
                                 1 => (Just(1), 1usize..3000, Just(1)), 1 => (1usize..200, 1usize..200, Just(1)),
                                 1 => (Just(1), 1usize..200, 1usize..200)],
        (a, b) in (conjs(), conjs()),
        order in [orders(), orders(), orders()],
        salt in any::<u64>(),
        add in any::<bool>(),
    ) {
        let x = Arc::new(block(dtype, &shape(a, m, k), order[0], |i| small(i, salt)));
        let y = Arc::new(block(dtype, &shape(b, k, n), order[1], |i| small(i, salt ^ 1)));
        let c = Arc::new(block(dtype, &Shape::matrix(m, n), order[2], |i| small(i, salt ^ 2)));
        let result = if add {
            call(Kernel::DotAdd { a, b }, vec![c.clone(), x.clone(), y.clone()])
        } else {
            call(Kernel::Dot { a, b }, vec![x.clone(), y.clone()])
        }.expect("runs");
        prop_assert_eq!(result.shape(), &Shape::matrix(m, n));
        let tolerance = if dtype.is_single() { 1e-5 } else { 1e-13 };
        for i in 0..m {
            for j in 0..n {
                let mut want = if add { c.data().get_c64(at(&c, &[i, j])) } else { Complex64::ZERO };
                let mut size = want.norm();
                for l in 0..k {
                    let term = element(&x, a, i, l) * element(&y, b, l, j);
                    want += term;
                    size += term.norm();
                }
                let got = result.data().get_c64(at(&result, &[i, j]));
                prop_assert!((got - want).norm() <= tolerance * size.max(1e-300), "({i}, {j}): {got} is not {want}");
            }
        }
    }

    #[test]
    fn symmetric_products(
        dtype in fields(),
        (m, n) in prop_oneof![3 => (0usize..9, 0usize..9), 1 => (1usize..70, 1usize..70)],
        adjoint_first in any::<bool>(),
        order in orders(),
        salt in any::<u64>(),
    ) {
        let x = Arc::new(block(dtype, &Shape::matrix(m, n), order, |i| small(i, salt)));
        let once = call(Kernel::SymDot { adjoint_first }, vec![x.clone()]).expect("runs");
        let twice = call(Kernel::SymDotAdd { adjoint_first }, vec![Arc::new(once.clone()), x.clone()]).expect("runs");
        let full = call(Kernel::Mirror, vec![Arc::new(once)]).expect("runs");
        let (a, b) = if adjoint_first { (Conj::Adjoint, Conj::No) } else { (Conj::No, Conj::Adjoint) };
        let (size, inner) = if adjoint_first { (n, m) } else { (m, n) };
        let tolerance = if dtype.is_single() { 1e-5 } else { 1e-13 };
        for i in 0..size {
            for j in 0..size {
                let terms = (0..inner).map(|l| element(&x, a, i, l) * element(&x, b, l, j));
                let want: Complex64 = terms.clone().sum();
                let scale: f64 = terms.map(|z| z.norm()).sum();
                let got = full.data().get_c64(i + j * size);
                prop_assert!((got - want).norm() <= tolerance * scale, "({i}, {j}): {got} is not {want}");
                prop_assert_eq!(got, full.data().get_c64(j + i * size).conj());
                if i >= j {
                    let double = twice.data().get_c64(i + j * size);
                    prop_assert!((double - 2.0 * want).norm() <= 2.0 * tolerance * scale);
                }
            }
        }
    }
}

#[test]
fn any_number_of_threads_gives_the_same_bits() {
    let pool = Pool::new();
    let threads = rayon::ThreadPoolBuilder::new().num_threads(3).build().expect("threads");
    for (m, k, n) in [(130, 1100, 256), (300, 600, 70), (1, 900, 200), (200, 900, 1)] {
        let x = Arc::new(block(DType::F64, &Shape::matrix(m, k), Order::C, |i| small(i, 1)));
        let y = Arc::new(block(DType::F64, &Shape::matrix(k, n), Order::C, |i| small(i, 2)));
        let (dot, square) = (Kernel::Dot { a: Conj::No, b: Conj::No }, Kernel::SymDot { adjoint_first: true });
        let with = |threads: usize, kernel: &Kernel, args: Vec<Arc<Block>>| {
            run(kernel, args, &Context { pool: &pool, threads }).expect("runs")
        };
        for count in [2, 3] {
            let (alone, shared) = threads.install(|| {
                let both = |t| (with(t, &dot, vec![x.clone(), y.clone()]), with(t, &square, vec![y.clone()]));
                (both(1), both(count))
            });
            assert_eq!(alone, shared, "{m} {k} {n} on {count} threads");
        }
    }
}

#[test]
fn nan_and_infinity_travel_as_in_plain_sums() {
    for n in [1, 3, 40] {
        let a =
            Arc::new(block(DType::F64, &Shape::matrix(n, 20), Order::C, |i| if i == 0 { f64::INFINITY } else { 1.0 }));
        let b = Arc::new(block(DType::F64, &Shape::matrix(20, 5), Order::F, |i| if i == 20 { 0.0 } else { 1.0 }));
        let c = call(Kernel::Dot { a: Conj::No, b: Conj::No }, vec![a, b]).expect("runs");
        let v = |i, j| c.data().get_f64(i + j * n);
        assert_eq!(v(0, 0), f64::INFINITY);
        assert!(v(0, 1).is_nan(), "infinity times zero");
        assert_eq!(v(n - 1, 4), if n == 1 { f64::INFINITY } else { 20.0 });
    }
}

#[test]
fn shapes_and_types_that_do_not_multiply_are_refused() {
    let a = Arc::new(Block::column(vec![1.0, 2.0]));
    let dot = Kernel::Dot { a: Conj::No, b: Conj::No };
    assert!(call(dot.clone(), vec![a.clone(), a.clone()]).is_err());
    let i = Arc::new(Block::row(vec![1i32]));
    assert!(call(dot.clone(), vec![i.clone(), i]).is_err());
    assert!(call(dot, vec![a]).is_err());
}

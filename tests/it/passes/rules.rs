//! For every rule: it fires, it stays silent where it must, and the values come out as its class promises.

use super::*;
use arr::kernel::MapBody;
use arr::opt::{Class, PASSES};

fn fires_in(root: &Arc<Node>, pass: &str, fp: FpMode) -> bool {
    compiled_in(root, true, fp).stages.iter().any(|s| s.pass == pass)
}

fn values(root: &Arc<Node>, optimise: bool, fp: FpMode) -> Vec<f64> {
    let block = run(&compiled_in(root, optimise, fp));
    (0..block.len()).map(|i| block.data().get_f64(i)).collect()
}

/// The values agree up to rounding; NaN and infinities agree exactly.
fn rounding(root: &Arc<Node>) {
    let (plain, optimised) = (values(root, false, FpMode::Default), values(root, true, FpMode::Default));
    assert_eq!(plain.len(), optimised.len());
    let size = plain.iter().filter(|x| x.is_finite()).fold(1.0f64, |m, x| m.max(x.abs()));
    for (i, (a, b)) in plain.iter().zip(&optimised).enumerate() {
        let same = a == b || (a.is_nan() && b.is_nan()) || (a - b).abs() <= 1e-12 * size;
        assert!(same, "element {i} is {b}, should be {a}\n{}", shown(root));
    }
}

/// Fires in every mode that allows its class, and in no other; the values are what the class promises.
fn fires(root: &Arc<Node>, pass: &str) {
    let class = PASSES.iter().find(|p| p.name == pass).expect("a rule of this name").class;
    for mode in FpMode::ALL {
        let compiled = compiled_in(root, true, mode);
        let fired = compiled.stages.iter().any(|s| s.pass == pass);
        assert_eq!(fired, mode.allows(class), "{pass} in mode {}: {}", mode.name(), shown(root));
        if !fired {
            let why = compiled.remarks.iter().find(|r| r.pass == pass).map(|r| r.why.as_str());
            assert!(why.is_some_and(|w| w.contains("not in mode")), "{pass}: {why:?}");
        }
    }
    match class {
        Class::Exact => exact(root),
        Class::Rounding => rounding(root),
        // With infinities the values may differ; each test says what it gives.
        Class::RoundingOrInf | Class::Assumption => {}
    }
}

fn silent(root: &Arc<Node>, pass: &str) {
    assert!(!fires_in(root, pass, FpMode::Fast), "{pass}: {}", shown(root));
}

fn remark(root: &Arc<Node>, pass: &str) -> String {
    let remarks = compiled(root, true).remarks;
    remarks.iter().filter(|r| r.pass == pass).map(|r| r.why.clone()).collect::<Vec<_>>().join("; ")
}

fn empty(rows: usize, columns: usize) -> Arc<Node> {
    node(Op::Source(Source::Dense(Arc::new(Block::dense(Shape::matrix(rows, columns), Data::F64(Vec::new()))))), &[])
}

fn reshape(x: &Arc<Node>, rows: usize, columns: usize) -> Arc<Node> {
    node(Op::Reshape { shape: Shape::matrix(rows, columns) }, &[x])
}

fn compare(f: ScalarFn, x: &Arc<Node>, y: &Arc<Node>) -> Arc<Node> {
    node(Op::map(f, &[x.meta.dtype, y.meta.dtype], DType::Bool), &[x, y])
}

fn not(x: &Arc<Node>) -> Arc<Node> {
    node(Op::map(ScalarFn::Not, &[x.meta.dtype], DType::Bool), &[x])
}

/// Both: both are wanted.
fn beside(x: &Arc<Node>, y: &Arc<Node>) -> Arc<Node> {
    node(Op::Concat { axis: 0 }, &[&reshape(x, x.meta.shape.len(), 1), &reshape(y, y.meta.shape.len(), 1)])
}

const SUM: ReduceKind = ReduceKind::Sum;

#[test]
fn signs_cancel() {
    for data in [plain, special] {
        let (a, b) = (data(7, 5), data(7, 5));
        let neg = |x: &Arc<Node>| map(ScalarFn::Neg, &[x]);
        for root in [
            map(ScalarFn::Sub, &[&a, &neg(&b)]),
            map(ScalarFn::Add, &[&a, &neg(&b)]),
            map(ScalarFn::Add, &[&neg(&a), &b]),
            map(ScalarFn::Abs, &[&neg(&a)]),
            map(ScalarFn::Abs, &[&map(ScalarFn::Abs, &[&a])]),
            neg(&neg(&a)),
        ] {
            fires(&root, "signs");
            assert!(!shown(&root).contains("-%"), "{}", shown(&root));
        }
        for root in [neg(&map(ScalarFn::Sub, &[&a, &b])), map(ScalarFn::Mul, &[&a, &neg(&b)])] {
            silent(&root, "signs");
        }
    }
    fires(&map(ScalarFn::Abs, &[&map(ScalarFn::Neg, &[&empty(0, 3)])]), "signs");
}

#[test]
fn only_equality_has_an_exact_opposite() {
    let (a, b) = (special(7, 5), special(7, 5));
    fires(&not(&compare(ScalarFn::Eq, &a, &map(ScalarFn::Abs, &[&b]))), "compare");
    fires(&not(&compare(ScalarFn::Ne, &a, &map(ScalarFn::Abs, &[&b]))), "compare");
    silent(&not(&compare(ScalarFn::Lt, &a, &b)), "compare");
}

#[test]
fn squares_are_products() {
    for data in [plain(7, 5), special(7, 5), empty(0, 4)] {
        fires(&map(ScalarFn::Pow, &[&data, &constant(2.0)]), "square");
        silent(&map(ScalarFn::Pow, &[&data, &constant(3.0)]), "square");
    }
}

#[test]
fn division_by_powers_of_two_only() {
    for data in [plain(7, 5), special(7, 5), empty(3, 0)] {
        for c in [2.0, -4.0, 0.125] {
            fires(&map(ScalarFn::Div, &[&data, &constant(c)]), "reciprocal");
        }
        for c in [3.0, 0.0, f64::INFINITY, f64::NAN] {
            let root = map(ScalarFn::Div, &[&data, &constant(c)]);
            silent(&root, "reciprocal");
            exact(&root);
        }
    }
    assert!(remark(&map(ScalarFn::Div, &[&plain(7, 5), &constant(3.0)]), "reciprocal").contains("power of two"));
}

#[test]
fn school_algebra_needs_the_users_word() {
    let (a, b) = (plain(7, 5), map(ScalarFn::Cos, &[&plain(7, 5)]));
    for root in [
        map(ScalarFn::Mul, &[&a, &constant(0.0)]),
        map(ScalarFn::Sub, &[&a, &a]),
        map(ScalarFn::Div, &[&b, &b]),
        map(ScalarFn::Add, &[&a, &constant(0.0)]),
        map(ScalarFn::Pow, &[&map(ScalarFn::Abs, &[&a]), &constant(0.5)]),
        map(ScalarFn::Neg, &[&map(ScalarFn::Sub, &[&a, &b])]),
        compare(ScalarFn::Eq, &a, &a),
        not(&compare(ScalarFn::Lt, &a, &b)),
        not(&compare(ScalarFn::Ge, &a, &b)),
    ] {
        fires(&root, "assume");
        // Of finite numbers that are not zero it is true.
        for (x, y) in values(&root, false, FpMode::Fast).iter().zip(values(&root, true, FpMode::Fast)) {
            assert!((x - y).abs() <= 1e-15, "{x} {y}: {}", shown(&root));
        }
    }
    silent(&map(ScalarFn::Sub, &[&a, &b]), "assume");
    silent(&compare(ScalarFn::Eq, &a, &b), "assume");
    // Of others it is not, and the default mode keeps to the letter.
    let nothing = map(ScalarFn::Sub, &[&special(4, 4), &special(4, 4)]);
    exact(&nothing);
}

#[test]
fn copies_are_broadcast() {
    for data in [plain, special] {
        let (a, row, column) = (data(6, 5), data(1, 5), data(6, 1));
        let down = node(Op::Concat { axis: 0 }, &[&row; 6]);
        let right = node(Op::Concat { axis: 1 }, &[&column; 5]);
        for root in [map(ScalarFn::Sub, &[&a, &down]), map(ScalarFn::Sub, &[&right, &a])] {
            fires(&root, "repmat");
            assert!(!shown(&root).contains("concat"), "{}", shown(&root));
        }
        // Two copies: one of them gives the shape.
        let sum = map(ScalarFn::Add, &[&down, &right]);
        fires(&sum, "repmat");
        let alone = map(ScalarFn::Neg, &[&down]);
        silent(&alone, "repmat");
        assert!(remark(&alone, "repmat").contains("shape"));
        let tiles = node(Op::Concat { axis: 0 }, &[&data(3, 5), &data(3, 5)]);
        silent(&map(ScalarFn::Sub, &[&a, &tiles]), "repmat");
    }
}

#[test]
fn masked_reductions_collect_nothing() {
    for data in [plain, special] {
        for (rows, columns) in [(9, 7), (1, 12)] {
            let x = data(rows, columns);
            let mask = compare(ScalarFn::Gt, &x, &constant(0.0));
            let count = values(&mask, false, FpMode::Default).iter().filter(|&&m| m != 0.0).count();
            let list = node(Op::Compress { count }, &[&mask, &x]);
            let list = if rows == 1 { reshape(&list, 1, count) } else { list };
            for kind in [
                SUM,
                ReduceKind::Prod,
                ReduceKind::Mean,
                ReduceKind::Max,
                ReduceKind::Min,
                ReduceKind::SumSq,
                ReduceKind::Any,
            ] {
                let root = reduce(kind, if rows == 1 { 2 } else { 1 }, &list);
                fires(&root, "masked");
                assert!(!shown(&root).contains("compress"), "{}", shown(&root));
            }
            let spread = reduce(ReduceKind::Var { population: false }, if rows == 1 { 2 } else { 1 }, &list);
            silent(&spread, "masked");
            assert!(remark(&spread, "masked").contains("neutral"));
        }
    }
    let x = plain(3, 3);
    let nothing = node(Op::Compress { count: 0 }, &[&compare(ScalarFn::Gt, &x, &constant(9.0)), &x]);
    silent(&reduce(SUM, 1, &nothing), "masked");
}

#[test]
fn nested_reductions_are_one() {
    for data in [plain, special] {
        let a = data(9, 7);
        for kind in [SUM, ReduceKind::Prod, ReduceKind::Mean, ReduceKind::Max, ReduceKind::Min] {
            fires(&reduce(kind, 2, &reduce(kind, 1, &a)), "nested_reduce");
            fires(&reduce(kind, 1, &reshape(&a, 63, 1)), "nested_reduce");
        }
        for kind in [ReduceKind::Any, ReduceKind::All] {
            let (root, flat) = (reduce(kind, 2, &reduce(kind, 1, &a)), reduce(kind, 1, &reshape(&a, 63, 1)));
            fires(&root, "nested_truth");
            fires(&flat, "nested_truth");
            assert!(!shown(&flat).contains("reshape"), "{}", shown(&flat));
        }
        fires(&reduce(SUM, 2, &reduce(ReduceKind::Nnz, 1, &a)), "nested_reduce");
        silent(&reduce(SUM, 2, &reduce(ReduceKind::Max, 1, &a)), "nested_reduce");
        silent(&reduce(ReduceKind::Std { population: false }, 2, &reduce(SUM, 1, &a)), "nested_reduce");
        let inner = reduce(SUM, 1, &a);
        let shared = beside(&inner, &reduce(SUM, 2, &inner));
        silent(&shared, "nested_reduce");
        assert!(remark(&shared, "nested_reduce").contains("elsewhere"));
    }
    fires(&reduce(SUM, 2, &reduce(SUM, 1, &empty(0, 3))), "nested_reduce");
}

#[test]
fn reductions_go_below_transposes() {
    for data in [plain, special] {
        let a = data(9, 7);
        for kind in [SUM, ReduceKind::Max, ReduceKind::ArgMax, ReduceKind::Std { population: false }] {
            for axes in [1, 2] {
                fires(&reduce(kind, axes, &transpose(&a)), "sum_transpose");
            }
        }
        fires(&reduce(SUM, 3, &transpose(&a)), "sum_transpose");
        let t = transpose(&a);
        silent(&beside(&t, &reduce(SUM, 1, &t)), "sum_transpose");
    }
    fires(&reduce(SUM, 1, &transpose(&empty(3, 0))), "sum_transpose");
}

#[test]
fn constant_factors_leave_sums() {
    for data in [plain(9, 7), special(9, 7), empty(0, 3)] {
        for kind in [SUM, ReduceKind::Mean] {
            fires(&reduce(kind, 1, &map(ScalarFn::Mul, &[&constant(3.0), &data])), "sum_scaled");
            fires(&reduce(kind, 2, &map(ScalarFn::Div, &[&data, &constant(3.0)])), "sum_scaled");
        }
        silent(&reduce(ReduceKind::Max, 1, &map(ScalarFn::Mul, &[&constant(3.0), &data])), "sum_scaled");
        let endless = reduce(SUM, 1, &map(ScalarFn::Mul, &[&constant(f64::INFINITY), &data]));
        silent(&endless, "sum_scaled");
        exact(&endless);
    }
}

#[test]
fn sums_of_squares() {
    for data in [plain(9, 7), special(9, 7), empty(0, 3)] {
        let squares = [
            map(ScalarFn::Mul, &[&data, &data]),
            map(ScalarFn::Pow, &[&data, &constant(2.0)]),
            map(ScalarFn::Pow, &[&map(ScalarFn::Abs, &[&data]), &constant(2.0)]),
        ];
        for square in squares {
            fires(&reduce(SUM, 1, &square), "sum_squares");
            assert!(!shown(&reduce(SUM, 3, &square)).contains("map"));
            silent(&reduce(ReduceKind::Max, 1, &square), "sum_squares");
        }
        silent(&reduce(SUM, 1, &map(ScalarFn::Mul, &[&data, &map(ScalarFn::Sin, &[&data])])), "sum_squares");
    }
}

/// What `diag (x)` of a large square array is.
fn diagonal(x: &Arc<Node>) -> Arc<Node> {
    let n = x.meta.shape.rows();
    let eye = node(Op::Source(Source::Formula(Formula::Eye { dtype: DType::Bool }, Shape::matrix(n, n))), &[]);
    let select = Op::map(ScalarFn::Select, &[DType::Bool, DType::F64, DType::F64], DType::F64);
    let selected = node(select, &[&eye, x, &constant(0.0)]);
    reduce(SUM, 2, &selected)
}

#[test]
fn only_the_diagonal_of_a_product_is_computed() {
    for data in [plain, special] {
        let products = [
            dot(&data(6, 9), &data(9, 6)),
            dot(&transpose(&data(9, 6)), &data(9, 6)),
            dot(&data(6, 9), &transpose(&data(6, 9))),
            dot(&transpose(&data(9, 6)), &transpose(&data(6, 9))),
        ];
        for product in products {
            for root in [diagonal(&product), reduce(SUM, 1, &diagonal(&product))] {
                fires(&root, "diagonal_product");
                assert!(!shown(&root).contains("dot"), "{}", shown(&root));
            }
        }
        let square = data(6, 6);
        let root = diagonal(&square);
        silent(&root, "diagonal_product");
        assert_eq!(values(&root, true, FpMode::Default).len(), 6);
    }
}

#[test]
fn sums_go_into_products() {
    for root in [
        reduce(SUM, 2, &dot(&plain(6, 9), &plain(9, 5))),
        reduce(SUM, 1, &dot(&plain(6, 9), &plain(9, 5))),
        reduce(SUM, 3, &dot(&plain(6, 9), &plain(9, 5))),
        reduce(SUM, 2, &dot(&transpose(&plain(9, 6)), &plain(9, 5))),
        reduce(SUM, 1, &dot(&transpose(&plain(9, 6)), &transpose(&plain(5, 9)))),
    ] {
        fires(&root, "sum_product");
        rounding(&root);
    }
    // Infinities: NaN may stand for an infinity or the reverse, but no finite number for either.
    let root = reduce(SUM, 2, &dot(&special(6, 9), &plain(9, 5)));
    for (x, y) in values(&root, false, FpMode::Default).iter().zip(values(&root, true, FpMode::Default)) {
        assert_eq!(x.is_finite(), y.is_finite(), "{x} {y}");
    }
    silent(&reduce(ReduceKind::Max, 2, &dot(&plain(6, 9), &plain(9, 5))), "sum_product");
    let product = dot(&plain(6, 9), &plain(9, 5));
    let shared = beside(&product, &reduce(SUM, 2, &product));
    silent(&shared, "sum_product");
    assert!(remark(&shared, "sum_product").contains("elsewhere"));
}

#[test]
fn two_products_become_one_on_the_users_word() {
    let (a, b, c) = (plain(6, 9), plain(9, 5), map(ScalarFn::Cos, &[&plain(9, 5)]));
    let left = map(ScalarFn::Add, &[&dot(&a, &b), &dot(&a, &c)]);
    let right = map(ScalarFn::Sub, &[&dot(&transpose(&b), &transpose(&a)), &dot(&transpose(&c), &transpose(&a))]);
    for root in [left, right] {
        fires(&root, "distribute");
        for (x, y) in values(&root, false, FpMode::Fast).iter().zip(values(&root, true, FpMode::Fast)) {
            assert!((x - y).abs() < 1e-12);
        }
        exact_products(&root);
    }
    silent(&map(ScalarFn::Add, &[&dot(&a, &b), &dot(&plain(6, 9), &c)]), "distribute");
}

/// Without the user's word there are two products.
fn exact_products(root: &Arc<Node>) {
    assert_eq!(shown(root).matches("dot").count(), 2, "{}", shown(root));
}

/// A product whose text is at a place.
fn dot_at(x: &Arc<Node>, y: &Arc<Node>, start: usize, end: usize) -> Arc<Node> {
    let op = Op::Dot { a: Conj::No, b: Conj::No };
    Node::new(op, &[x.clone(), y.clone()], Span::new(0, start, end)).expect("a product")
}

#[test]
fn chains_take_the_cheapest_order() {
    let (a, b, v) = (plain(40, 30), plain(30, 20), plain(20, 1));
    // A * B * v
    let root = dot_at(&dot_at(&a, &b, 0, 5), &v, 0, 9);
    fires(&root, "chain");
    rounding(&root);
    let work = |optimise| compiled(&root, optimise).tasks.tasks.iter().map(|t| t.flops).sum::<u64>();
    assert!(work(true) * 5 < work(false));
    // A' * A * v, and four factors.
    let root = dot_at(&dot_at(&transpose(&a), &a, 0, 6), &plain(30, 1), 0, 10);
    fires(&root, "chain");
    rounding(&root);
    let root = dot_at(&dot_at(&dot_at(&a, &b, 0, 5), &plain(20, 50), 0, 9), &plain(50, 1), 0, 13);
    fires(&root, "chain");
    rounding(&root);
    // Already in the best order.
    let root = dot_at(&dot_at(&transpose(&v), &transpose(&b), 0, 5), &transpose(&a), 0, 9);
    silent(&root, "chain");
    assert!(remark(&root, "chain").contains("costs least"));
    // With infinities, no finite number stands for an infinity or a NaN.
    let root = dot_at(&dot_at(&special(40, 30), &b, 0, 5), &v, 0, 9);
    for (x, y) in values(&root, false, FpMode::Default).iter().zip(values(&root, true, FpMode::Default)) {
        assert_eq!(x.is_finite(), y.is_finite(), "{x} {y}");
    }
}

#[test]
fn parentheses_and_names_are_honoured() {
    let (a, b, v) = (plain(40, 30), plain(30, 20), plain(20, 1));
    // (A * B) * v begins before its first product does.
    let root = dot_at(&dot_at(&a, &b, 1, 6), &v, 0, 11);
    silent(&root, "chain");
    assert!(remark(&root, "chain").contains("parentheses"), "{:?}", compiled(&root, true).remarks);
    // A product that somebody else reads.
    let product = dot_at(&a, &b, 0, 5);
    silent(&beside(&product, &dot_at(&product, &v, 0, 9)), "chain");
}

#[test]
fn slices_of_one_product_are_products_of_slices() {
    for data in [plain, special] {
        let (a, b) = (data(8, 6), data(6, 8));
        let product = dot(&a, &b);
        let parts = [slice(&product, (0, 4), (0, 4)), slice(&product, (4, 4), (4, 4))];
        let root = node(Op::Concat { axis: 0 }, &[&parts[0], &parts[1]]);
        fires(&root, "slice_product");
        fires(&slice(&product, (1, 2), (3, 2)), "slice_product");
        // Below an elementwise operation too.
        let root = slice(&map(ScalarFn::Add, &[&product, &constant(1.0)]), (0, 4), (0, 4));
        fires(&root, "slice_product");
        let work = |optimise| compiled(&root, optimise).tasks.tasks.iter().map(|t| t.flops).sum::<u64>();
        assert!(work(true) * 3 < work(false));
        // Not where the whole is wanted as well.
        let root = beside(&product, &slice(&product, (0, 4), (0, 4)));
        silent(&root, "slice_product");
        assert!(remark(&root, "slice_product").contains("elsewhere"));
    }
}

#[test]
fn empty_results_need_no_task() {
    let root = map(ScalarFn::Sin, &[&empty(0, 4)]);
    assert_eq!(run(&compiled(&root, true)).shape(), &Shape::matrix(0, 4));
}

#[test]
fn what_nearly_was_symmetric_is_explained() {
    let (a, b) = (plain(7, 5), plain(7, 5));
    assert!(remark(&dot(&transpose(&a), &b), "symmetric").contains("different arrays"));
    let half = map(ScalarFn::Add, &[&transpose(&a), &plain(5, 7)]);
    assert!(remark(&dot(&half, &plain(7, 2)), "transpose_dot").contains("not all operands"));
}

#[test]
fn a_centred_gram_matrix_is_made_by_block() {
    let a = plain(40, 6);
    let centred = map(ScalarFn::Sub, &[&a, &reduce(ReduceKind::Mean, 1, &a)]);
    let root = dot(&transpose(&centred), &centred);
    assert!(shown(&root).contains("symmetric dot") && !shown(&root).contains("transpose"), "{}", shown(&root));
    exact(&root);
}

#[test]
fn bodies_of_one_instruction_are_what_rules_see() {
    // A body of two instructions is left to fusion.
    let a = plain(3, 3);
    let body = MapBody { inputs: vec![DType::F64], ..MapBody::single(ScalarFn::Neg, &[DType::F64], DType::F64) };
    fires(&node(Op::Map(Arc::new(body)), &[&map(ScalarFn::Neg, &[&a])]), "signs");
}

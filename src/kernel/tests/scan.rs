use super::*;
use crate::kernel::ScanKind;
use smallvec::SmallVec;

proptest! {
    #[test]
    fn in_one_piece_and_in_two(
        kind in proptest::sample::select(vec![ScanKind::Sum, ScanKind::Prod, ScanKind::Max, ScanKind::Min, ScanKind::Latest]),
        dtype in proptest::sample::select(DType::ALL.to_vec()),
        shape in prop_oneof![4 => shapes(), 1 => (2usize..9, 8usize..30).prop_map(|(m, n)| Shape::matrix(m, n))],
        axis in 0usize..4,
        order in orders(),
        salt in any::<u64>(),
        cut in 0.0f64..1.0,
    ) {
        let a = Arc::new(block(dtype, &shape, order, |i| interesting(i, salt)));
        let scan = Kernel::Scan { kind: kind.clone(), axis: axis as u8 };
        let whole = call(scan.clone(), vec![a.clone()]).expect("runs");
        prop_assert_eq!(whole.shape(), &shape);
        prop_assert_eq!(whole.dtype(), kind.result_type(dtype));
        for c in coordinates(&shape) {
            let line: Vec<Complex64> = (0..=c.get(axis).copied().unwrap_or(0))
                .map(|k| {
                    let mut d = c.clone();
                    if axis < d.len() {
                        d[axis] = k;
                    }
                    a.data().get_c64(at(&a, &d))
                })
                .collect();
            let got = whole.data().get_c64(at(&whole, &c));
            if dtype.is_complex() {
                continue;
            }
            let numbers = line.iter().map(|z| z.re);
            let pick = |greatest: bool| {
                numbers.clone().fold(f64::NAN, |b, x| if b.is_nan() || (if greatest { x > b } else { x < b }) { x } else { b })
            };
            let want = match kind {
                ScanKind::Sum => numbers.clone().reduce(|a, b| a + b).unwrap_or(0.0),
                ScanKind::Prod => numbers.clone().reduce(|a, b| a * b).unwrap_or(0.0),
                ScanKind::Max => pick(true),
                ScanKind::Min => pick(false),
                ScanKind::Latest => numbers.clone().rfind(|x| !x.is_nan()).unwrap_or(f64::NAN),
                ScanKind::Filter(_) => unreachable!("not drawn here"),
            };
            let want = if whole.dtype() == DType::F32 { want as f32 as f64 } else { want };
            prop_assert!(same(got.re, want) || (got.re == want && want == 0.0), "{kind:?} {dtype:?}: {} is not {want}", got.re);
        }
        let extent = shape.extent(axis);
        if extent > 1 && !shape.is_empty() && !dtype.is_single() {
            let first = ((extent as f64 * cut) as usize).clamp(1, extent - 1);
            let part = |start: usize, len: usize| {
                let axes: SmallVec<[(usize, isize, usize); 4]> =
                    (0..shape.rank()).map(|a| if a == axis { (start, 1, len) } else { (0, 1, shape.extent(a)) }).collect();
                Arc::new(call(Kernel::Slice { axes }, vec![a.clone()]).expect("runs"))
            };
            let head = Arc::new(call(scan.clone(), vec![part(0, first)]).expect("runs"));
            let carry = Arc::new(call(Kernel::Last { axis: axis as u8 }, vec![head.clone()]).expect("runs"));
            let tail = Arc::new(call(scan, vec![part(first, extent - first), carry]).expect("runs"));
            let joined = call(Kernel::Concat { axis: axis as u8 }, vec![head, tail]).expect("runs");
            for c in coordinates(&shape) {
                let (p, q) = (joined.data().get_c64(at(&joined, &c)), whole.data().get_c64(at(&whole, &c)));
                prop_assert!(same(p.re, q.re) && same(p.im, q.im), "{kind:?} {dtype:?}: {p} is not {q}");
            }
        }
    }
}

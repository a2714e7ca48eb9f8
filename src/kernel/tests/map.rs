use super::*;
use crate::array::ScalarFn;
use crate::array::scalar_fn::{Exact, eval_c64, eval_exact, eval_f64, round_to};
use crate::kernel::{Instr, MapBody, Operand};
use smallvec::smallvec;

/// What one element must be, by the scalar functions alone.
fn expected(f: ScalarFn, dtype: DType, args: &[(&Block, usize)]) -> Complex64 {
    let types: Vec<DType> = args.iter().map(|(b, _)| b.dtype()).collect();
    let wide = |d: DType| matches!(d, DType::I64 | DType::U64);
    if dtype.is_complex() || types.iter().any(|d| d.is_complex()) {
        let mut real = 0;
        let mut z = Vec::new();
        for (i, (block, k)) in args.iter().enumerate() {
            real |= u8::from(!block.dtype().is_complex()) << i;
            let narrow = dtype.is_single() && !block.dtype().is_single() && block.dtype().is_float();
            let v = block.data().get_c64(*k);
            z.push(if narrow && f != ScalarFn::Cast {
                Complex64::new(v.re as f32 as f64, v.im as f32 as f64)
            } else {
                v
            });
        }
        let w = eval_c64(f, &z, real);
        return if dtype.is_single() { Complex64::new(w.re as f32 as f64, w.im as f32 as f64) } else { w };
    }
    let integral = dtype.is_integer()
        && (matches!(f, ScalarFn::BitAnd | ScalarFn::BitOr | ScalarFn::BitXor | ScalarFn::BitShift)
            || (f == ScalarFn::Pow && types.iter().all(|d| d.is_integer())));
    if wide(dtype) || types.iter().any(|&d| wide(d)) || integral {
        let exact: Vec<Exact> = args
            .iter()
            .map(|(b, k)| match b.data() {
                Data::I64(v) => Exact::Int(v[*k] as i128),
                Data::U64(v) => Exact::Int(v[*k] as i128),
                other if other.dtype().is_integer() => Exact::Int(other.get_f64(*k) as i128),
                other => Exact::Float(other.get_f64(*k)),
            })
            .collect();
        return match eval_exact(f, &exact, dtype) {
            Exact::Int(i) => Complex64::new(i as f64, 0.0),
            Exact::Float(x) => Complex64::new(x, 0.0),
        };
    }
    let x: Vec<f64> = args
        .iter()
        .map(|(b, k)| {
            let v = b.data().get_f64(*k);
            let comparing = dtype == DType::Bool;
            match dtype {
                DType::F32 if b.dtype() == DType::F64 && !comparing => v as f32 as f64,
                d if d.is_integer() && matches!(f, ScalarFn::Mod | ScalarFn::Rem) => round_to(d, v),
                _ => v,
            }
        })
        .collect();
    Complex64::new(round_to(dtype, eval_f64(f, &x)), 0.0)
}

fn functions() -> impl Strategy<Value = ScalarFn> {
    let all: Vec<ScalarFn> = ScalarFn::ALL.iter().copied().filter(|f| *f != ScalarFn::Cast).collect();
    proptest::sample::select(all)
}

fn dtypes() -> impl Strategy<Value = DType> {
    proptest::sample::select(DType::ALL.to_vec())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2 * ProptestConfig::default().cases))]

    #[test]
    fn one_function(
        f in functions(),
        types in [dtypes(), dtypes(), dtypes()],
        shape in prop_oneof![6 => shapes(), 1 => (1usize..2500, 1usize..4).prop_map(|(m, n)| Shape::matrix(m, n))],
        broadcast in [any::<u8>(), any::<u8>(), any::<u8>()],
        order in [orders(), orders(), orders()],
        salt in any::<u64>(),
        own in any::<bool>(),
    ) {
        let types = &types[..f.arity()];
        let Some(dtype) = f.result_type(types) else { return Ok(()) };
        let blocks: Vec<Arc<Block>> = (0..types.len())
            .map(|k| {
                let dims: Vec<usize> = shape
                    .iter()
                    .enumerate()
                    .map(|(a, &d)| if broadcast[k] >> (2 * a) & 3 == 0 { 1 } else { d })
                    .collect();
                let value = |i: usize| interesting(i, salt.wrapping_add(k as u64));
                Arc::new(block(types[k], &Shape::new(&dims), order[k], value))
            })
            .collect();
        let kept: Vec<Block> = blocks.iter().map(|b| (**b).clone()).collect();
        let kernel = Kernel::Map(Arc::new(MapBody::single(f, types, dtype)));
        let holder = if own { Vec::new() } else { blocks.clone() };
        let result = call(kernel, blocks);
        drop(holder);
        let Ok(result) = result else {
            // Refused: some element leaves the reals or has no truth value.
            let truth = matches!(f, ScalarFn::And | ScalarFn::Or | ScalarFn::Xor | ScalarFn::Not);
            prop_assert!(f.may_leave_reals() || truth, "{f:?} was refused");
            return Ok(());
        };
        prop_assert_eq!(result.dtype(), dtype);
        for c in coordinates(result.shape()) {
            let args: Vec<(&Block, usize)> = kept.iter().map(|b| (b, at(b, &c))).collect();
            let want = expected(f, dtype, &args);
            let got = result.data().get_c64(at(&result, &c));
            let given: Vec<Complex64> = args.iter().map(|(b, k)| b.data().get_c64(*k)).collect();
            prop_assert!(same(got.re, want.re) && same(got.im, want.im), "{f:?} {given:?}: {got}, not {want}");
        }
    }
}

#[test]
fn fusion_changes_no_bit() {
    let shape = Shape::matrix(37, 61);
    let a = Arc::new(block(DType::F64, &shape, Order::C, |i| interesting(i, 5)));
    let b = Arc::new(block(DType::F32, &Shape::matrix(37, 1), Order::F, |i| interesting(i, 6)));
    let types = [DType::F64, DType::F32];
    let instr = |f, args: &[Operand], dtype| Instr { f, args: args.into(), dtype };
    let fused = MapBody {
        inputs: types.to_vec(),
        instrs: vec![
            instr(ScalarFn::Mul, &[Operand::Input(0), Operand::Input(1)], DType::F32),
            instr(ScalarFn::Sin, &[Operand::Instr(0)], DType::F32),
            instr(ScalarFn::Add, &[Operand::Instr(1), Operand::constant(0.1)], DType::F32),
            instr(ScalarFn::Cast, &[Operand::Instr(2)], DType::I8),
            instr(ScalarFn::Mul, &[Operand::Instr(3), Operand::Input(0)], DType::I8),
        ],
    };
    let whole = call(Kernel::Map(Arc::new(fused)), vec![a.clone(), b.clone()]).expect("runs");
    let step = |f, inputs: &[DType], dtype, args| {
        Arc::new(call(Kernel::Map(Arc::new(MapBody::single(f, inputs, dtype))), args).expect("runs"))
    };
    let c = Arc::new(Block::scalar(0.1));
    let x = step(ScalarFn::Mul, &types, DType::F32, vec![a.clone(), b]);
    let x = step(ScalarFn::Sin, &[DType::F32], DType::F32, vec![x]);
    let x = step(ScalarFn::Add, &[DType::F32, DType::F64], DType::F32, vec![x, c]);
    let x = step(ScalarFn::Cast, &[DType::F32], DType::I8, vec![x]);
    let x = step(ScalarFn::Mul, &[DType::I8, DType::F64], DType::I8, vec![x, a]);
    assert_eq!(whole.slice::<i8>(), x.slice::<i8>());
    assert_eq!(whole.order(), Order::C);
}

#[test]
fn works_in_the_memory_of_an_argument_nobody_else_holds() {
    let a = Arc::new(Block::column((0..5000).map(|i| i as f64).collect::<Vec<_>>()));
    let memory = a.slice::<f64>().expect("double").as_ptr();
    let body = MapBody {
        inputs: vec![DType::F64],
        instrs: vec![Instr {
            f: ScalarFn::Add,
            args: smallvec![Operand::Input(0), Operand::constant(1.0)],
            dtype: DType::F64,
        }],
    };
    let out = call(Kernel::Map(Arc::new(body)), vec![a]).expect("runs");
    let values = out.slice::<f64>().expect("double");
    assert_eq!(values.as_ptr(), memory);
    assert!(values.iter().enumerate().all(|(i, &x)| x == i as f64 + 1.0));
}

#[test]
fn elements_that_leave_the_reals_are_refused_and_foreseen() {
    let a = Block::column(vec![4.0, -9.0]);
    let body = MapBody::single(ScalarFn::Sqrt, &[DType::F64], DType::F64);
    let fault = call(Kernel::Map(Arc::new(body)), vec![Arc::new(a.clone())]).expect_err("leaves the reals");
    assert!(fault.message.starts_with("sqrt:"));
    assert!(crate::kernel::leaves_reals(ScalarFn::Sqrt, &[&a]));
    assert!(!crate::kernel::leaves_reals(ScalarFn::Exp, &[&a]));
    let body = MapBody::single(ScalarFn::Sqrt, &[DType::F64], DType::C64);
    let out = call(Kernel::Map(Arc::new(body)), vec![Arc::new(a.clone())]).expect("complex");
    assert_eq!(out.slice::<Complex64>(), Some(&[Complex64::new(2.0, 0.0), Complex64::new(0.0, 3.0)][..]));
    let powers = Block::row(vec![0.5, 2.0]);
    assert!(crate::kernel::leaves_reals(ScalarFn::Pow, &[&a, &powers]));
    let even = Block::row(vec![4.0, 2.0]);
    assert!(!crate::kernel::leaves_reals(ScalarFn::Pow, &[&a, &even]));
    let real = crate::kernel::narrow_complex(Block::column(vec![Complex64::new(1.0, 0.0), Complex64::new(2.0, -0.0)]));
    assert_eq!(real.slice::<f64>(), Some(&[1.0, 2.0][..]));
}

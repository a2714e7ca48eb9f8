//! Kernels against the speed of memory and against plain loops, on one thread unless said otherwise.
//!
//! `cargo bench --bench kernels [PART OF A NAME]`. Ratios are what to look at; the machine's own speeds differ.

use arr::array::{Block, DType, Data, Order, Pool, Region, ScalarFn, Shape};
use arr::kernel::{Conj, Context, Formula, Instr, Kernel, MapBody, Operand, ReduceKind, ScanKind, run};
use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

/// Elements of a block: 8 MB of doubles.
const N: usize = 1 << 20;

/// Best of several runs, in seconds.
fn time(mut body: impl FnMut()) -> f64 {
    let started = Instant::now();
    let mut best = f64::INFINITY;
    let mut runs = 0;
    while runs < 5 || (started.elapsed().as_secs_f64() < 0.4 && runs < 200) {
        let t = Instant::now();
        body();
        best = best.min(t.elapsed().as_secs_f64());
        runs += 1;
    }
    best
}

struct Bench {
    wanted: Option<String>,
    /// Seconds to copy a block.
    copy: f64,
    pool: Pool,
}

impl Bench {
    fn wants(&self, name: &str) -> bool {
        self.wanted.as_ref().is_none_or(|w| name.contains(w.as_str()))
    }

    /// A kernel's time by element, and how many copies of its main argument it costs.
    fn kernel(&self, name: &str, kernel: Kernel, args: &[Arc<Block>], naive: Option<&dyn Fn()>) {
        if !self.wants(name) {
            return;
        }
        let cx = Context { pool: &self.pool, threads: 1 };
        let seconds = time(|| {
            let out = run(&kernel, args.to_vec(), &cx).expect("the kernel runs");
            self.pool.give(black_box(out));
        });
        let elements = args.iter().map(|a| a.len()).max().unwrap_or(1);
        let bytes = args.iter().map(|a| a.bytes()).max().unwrap_or(1) as f64;
        let copies = seconds / (self.copy * bytes / (8 * N) as f64);
        let against = naive.map(|n| format!("{:8.1} x a plain loop", time(n) / seconds)).unwrap_or_default();
        println!("{name:<34} {:8.2} ns/element {copies:8.2} copies {against}", seconds * 1e9 / elements as f64);
    }
}

fn doubles(shape: &Shape, order: Order) -> Arc<Block> {
    let values = (0..shape.len()).map(|i| ((i * 7919) % 10_007) as f64 / 5_003.5 - 1.0).collect();
    Arc::new(Block::new(shape.clone(), order, Data::F64(values)))
}

fn unary(f: ScalarFn) -> Kernel {
    Kernel::Map(Arc::new(MapBody::single(f, &[DType::F64], DType::F64)))
}

fn main() {
    let wanted = std::env::args().skip(1).find(|a| !a.starts_with('-'));
    let from = vec![1.0f64; N];
    let mut to = vec![0.0f64; N];
    let copy = time(|| {
        to.copy_from_slice(&from);
        black_box(&mut to);
    });
    println!("copy of 8 MB: {:.2} ms, {:.1} GB/s read and written\n", copy * 1e3, 16.0 * N as f64 / copy / 1e9);
    let bench = Bench { wanted, copy, pool: Pool::new() };
    maps(&bench);
    reductions(&bench);
    movements(&bench);
    products(&bench);
    formulas(&bench);
}

fn maps(b: &Bench) {
    let a = doubles(&Shape::matrix(1024, N / 1024), Order::F);
    let c = doubles(&Shape::matrix(1024, N / 1024), Order::F);
    let v = a.slice::<f64>().expect("double");
    let plain = |f: fn(f64) -> f64| {
        move || {
            let out: Vec<f64> = v.iter().map(|&x| f(x)).collect();
            black_box(out);
        }
    };
    let two = [DType::F64, DType::F64];
    for (name, f) in [("map a + b", ScalarFn::Add), ("map a .* b", ScalarFn::Mul), ("map a ./ b", ScalarFn::Div)] {
        let kernel = Kernel::Map(Arc::new(MapBody::single(f, &two, DType::F64)));
        b.kernel(name, kernel, &[a.clone(), c.clone()], None);
    }
    b.kernel("map exp", unary(ScalarFn::Exp), std::slice::from_ref(&a), Some(&plain(f64::exp)));
    b.kernel("map sin", unary(ScalarFn::Sin), std::slice::from_ref(&a), Some(&plain(f64::sin)));
    b.kernel("map tanh", unary(ScalarFn::Tanh), std::slice::from_ref(&a), Some(&plain(f64::tanh)));
    b.kernel("map atan", unary(ScalarFn::Atan), std::slice::from_ref(&a), Some(&plain(f64::atan)));
    b.kernel("map erf", unary(ScalarFn::Erf), std::slice::from_ref(&a), None);
    let positive = Kernel::Map(Arc::new(MapBody::single(ScalarFn::Abs, &[DType::F64], DType::F64)));
    let cx = Context { pool: &b.pool, threads: 1 };
    let p = Arc::new(run(&positive, vec![a.clone()], &cx).expect("abs"));
    b.kernel("map log", unary(ScalarFn::Log), std::slice::from_ref(&p), Some(&plain(|x| x.abs().ln())));
    let power = instructions(&[DType::F64], &[(ScalarFn::Pow, &[Operand::Input(0), Operand::constant(1.7)])]);
    b.kernel("map x .^ 1.7", power, &[p], Some(&plain(|x| x.abs().powf(1.7))));
    let fused = instructions(
        &[DType::F64],
        &[
            (ScalarFn::Neg, &[Operand::Input(0)]),
            (ScalarFn::Mul, &[Operand::Instr(0), Operand::Input(0)]),
            (ScalarFn::Exp, &[Operand::Instr(1)]),
            (ScalarFn::Sin, &[Operand::Input(0)]),
            (ScalarFn::Mul, &[Operand::Instr(3), Operand::constant(2.0)]),
            (ScalarFn::Add, &[Operand::Instr(2), Operand::Instr(4)]),
        ],
    );
    b.kernel(
        "map exp (-a .* a) + sin (a) * 2",
        fused,
        std::slice::from_ref(&a),
        Some(&plain(|x| (-x * x).exp() + x.sin() * 2.0)),
    );
    let row = doubles(&Shape::matrix(1, N / 1024), Order::F);
    let column = doubles(&Shape::matrix(1024, 1), Order::F);
    let standardised = instructions(
        &[DType::F64, DType::F64, DType::F64],
        &[
            (ScalarFn::Sub, &[Operand::Input(0), Operand::Input(1)]),
            (ScalarFn::Div, &[Operand::Instr(0), Operand::Input(2)]),
        ],
    );
    b.kernel("map (a - row) ./ row", standardised.clone(), &[a.clone(), row.clone(), row], None);
    b.kernel("map (a - column) ./ column", standardised, &[a.clone(), column.clone(), column], None);
    let singles = Arc::new(Block::column(v.iter().map(|&x| x as f32).collect::<Vec<_>>()));
    let exp = Kernel::Map(Arc::new(MapBody::single(ScalarFn::Exp, &[DType::F32], DType::F32)));
    b.kernel("map exp, single", exp, &[singles], None);
    let ints = Arc::new(Block::column(v.iter().map(|&x| (x * 100.0) as i32).collect::<Vec<_>>()));
    let add = Kernel::Map(Arc::new(MapBody::single(ScalarFn::Add, &[DType::I32, DType::I32], DType::I32)));
    b.kernel("map a + b, int32", add, &[ints.clone(), ints], None);
    let wide = Arc::new(Block::column(v.iter().map(|&x| (x * 100.0) as i64).collect::<Vec<_>>()));
    let add = Kernel::Map(Arc::new(MapBody::single(ScalarFn::Add, &[DType::I64, DType::I64], DType::I64)));
    b.kernel("map a + b, int64", add, &[wide.clone(), wide], None);
    let z = Arc::new(Block::column(v.iter().map(|&x| arr::array::Complex64::new(x, 1.0 - x)).collect::<Vec<_>>()));
    let mul = Kernel::Map(Arc::new(MapBody::single(ScalarFn::Mul, &[DType::C64, DType::C64], DType::C64)));
    b.kernel("map a .* b, complex", mul, &[z.clone(), z], None);
}

fn instructions(inputs: &[DType], steps: &[(ScalarFn, &[Operand])]) -> Kernel {
    let instrs = steps.iter().map(|(f, args)| Instr { f: *f, args: (*args).into(), dtype: DType::F64 }).collect();
    Kernel::Map(Arc::new(MapBody { inputs: inputs.to_vec(), instrs }))
}

fn reductions(b: &Bench) {
    let a = doubles(&Shape::matrix(1024, N / 1024), Order::F);
    let wide = doubles(&Shape::matrix(1024, N / 1024), Order::C);
    let v = a.slice::<f64>().expect("double");
    let sum = || {
        black_box(v.iter().sum::<f64>());
    };
    let greatest = || {
        black_box(v.iter().fold(f64::NAN, |m, &x| if x > m || m.is_nan() { x } else { m }));
    };
    for (name, kind) in [
        ("sum", ReduceKind::Sum),
        ("max", ReduceKind::Max),
        ("var", ReduceKind::Var { population: false }),
        ("argmax", ReduceKind::ArgMax),
    ] {
        let naive: Option<&dyn Fn()> = match kind {
            ReduceKind::Sum => Some(&sum),
            ReduceKind::Max => Some(&greatest),
            _ => None,
        };
        if kind != ReduceKind::ArgMax {
            b.kernel(
                &format!("{name} of all"),
                Kernel::Reduce { kind, axes: 3, of: None },
                std::slice::from_ref(&a),
                naive,
            );
        }
        b.kernel(
            &format!("{name} down contiguous columns"),
            Kernel::Reduce { kind, axes: 1, of: None },
            std::slice::from_ref(&a),
            None,
        );
        b.kernel(
            &format!("{name} down strided columns"),
            Kernel::Reduce { kind, axes: 1, of: None },
            std::slice::from_ref(&wide),
            None,
        );
    }
    let thin = doubles(&Shape::matrix(3, N / 3), Order::F);
    b.kernel("sum along rows of 3 x n", Kernel::Reduce { kind: ReduceKind::Sum, axes: 2, of: None }, &[thin], None);
    b.kernel("cumsum down columns", Kernel::Scan { kind: ScanKind::Sum, axis: 0 }, std::slice::from_ref(&a), None);
    b.kernel("cumsum along rows", Kernel::Scan { kind: ScanKind::Sum, axis: 1 }, &[a], None);
}

fn movements(b: &Bench) {
    let a = doubles(&Shape::matrix(1024, N / 1024), Order::F);
    let odd = doubles(&Shape::matrix(1000, 1000), Order::F);
    b.kernel("transpose 1024 x 1024", Kernel::Reorder { order: Order::C }, std::slice::from_ref(&a), None);
    b.kernel("transpose 1000 x 1000", Kernel::Reorder { order: Order::C }, &[odd], None);
    let cube = doubles(&Shape::new(&[100, 100, 100]), Order::F);
    for perm in [[2u8, 0, 1], [1, 0, 2], [0, 2, 1]] {
        let name = format!("permute 100 x 100 x 100 to {perm:?}");
        b.kernel(&name, Kernel::Permute { perm: perm.as_slice().into() }, std::slice::from_ref(&cube), None);
    }
    let axes = [(0usize, 2isize, 512usize), (0, 1, 1024)].as_slice().into();
    b.kernel("slice every second row", Kernel::Slice { axes }, std::slice::from_ref(&a), None);
    let indices: Arc<Vec<u64>> = Arc::new((0..1024).map(|i| i * 37 % 1024).collect());
    b.kernel("gather rows", Kernel::Gather { axis: 0, indices: indices.clone() }, std::slice::from_ref(&a), None);
    b.kernel("gather columns", Kernel::Gather { axis: 1, indices }, std::slice::from_ref(&a), None);
    let mask = Block::dense(a.shape().clone(), Data::Bool((0..N).map(|i| i * 2654435761 % 7 < 3).collect()));
    b.kernel("compress", Kernel::Compress, &[Arc::new(mask), a], None);
}

fn products(b: &Bench) {
    let cx = Context { pool: &b.pool, threads: 1 };
    let product = |name: &str, kernel: Kernel, args: &[Arc<Block>], flops: f64| {
        if b.wants(name) {
            let seconds = time(|| {
                let out = run(&kernel, args.to_vec(), &cx).expect("the kernel runs");
                b.pool.give(black_box(out));
            });
            println!("{name:<34} {:8.1} GFLOP/s", flops / seconds / 1e9);
        }
    };
    let (t, n) = (Conj::Adjoint, Conj::No);
    for size in [1000usize, 1024] {
        let cube = 2.0 * (size * size * size) as f64;
        let shape = Shape::matrix(size, size);
        let (f, c) = (doubles(&shape, Order::F), doubles(&shape, Order::C));
        product(&format!("dot a * b, {size}"), Kernel::Dot { a: n, b: n }, &[f.clone(), f.clone()], cube);
        product(&format!("dot a * b, {size}, row-major"), Kernel::Dot { a: n, b: n }, &[c.clone(), c.clone()], cube);
        product(&format!("dot a' * b, {size}, row-major"), Kernel::Dot { a: t, b: n }, &[c.clone(), c.clone()], cube);
        product(&format!("dot a' * a, {size}"), Kernel::SymDot { adjoint_first: true }, &[c], cube / 2.0);
    }
    let tall = doubles(&Shape::matrix(16_384, 64), Order::C);
    product("dot a' * a, 16384 x 64", Kernel::SymDot { adjoint_first: true }, &[tall], (16_384 * 64 * 65) as f64);
    let strided = doubles(&Shape::matrix(256, 4096), Order::C);
    let narrow = doubles(&Shape::matrix(256, 64), Order::C);
    product("dot a' * b, 256 x 4096", Kernel::Dot { a: t, b: n }, &[strided, narrow], (2 * 256 * 4096 * 64) as f64);
    let m = doubles(&Shape::matrix(1000, 1000), Order::F);
    let v = doubles(&Shape::matrix(1000, 1), Order::F);
    product("dot matrix * vector", Kernel::Dot { a: n, b: n }, &[m.clone(), v.clone()], 2e6);
    product("dot matrix' * vector", Kernel::Dot { a: t, b: n }, &[m, v], 2e6);
    let long = doubles(&Shape::matrix(N, 1), Order::F);
    product("dot vector' * vector", Kernel::Dot { a: t, b: n }, &[long.clone(), long], 2.0 * N as f64);
}

fn formulas(b: &Bench) {
    let shape = Shape::matrix(1024, N / 1024);
    let region = Region::whole(&shape);
    let dtype = DType::F64;
    for (name, formula) in [
        ("formula ones", Formula::Fill { bits: 1f64.to_bits(), dtype }),
        ("formula range", Formula::Linear { start: 0, step: 1f64.to_bits(), last: (N as f64).to_bits() }),
        ("formula rand", Formula::Rand { seed: 1, call: 1, dtype }),
        ("formula randn", Formula::Randn { seed: 1, call: 1, dtype }),
        ("formula randi", Formula::Randi { seed: 1, call: 1, low: 1f64.to_bits(), high: 6f64.to_bits(), dtype }),
    ] {
        for order in [Order::F, Order::C] {
            let name = format!("{name}, {order:?}");
            if b.wants(&name) {
                let seconds = time(|| b.pool.give(black_box(formula.block(&shape, &region, order, &b.pool))));
                println!("{name:<34} {:8.2} ns/element", seconds * 1e9 / N as f64);
            }
        }
    }
}

//! Random numbers. Arrays are formulas of seed, call and position, so that the same seed gives the same numbers however
//! large an array is and whichever part of it is needed.

use crate::array::{DType, Order, Pool, Region, ScalarFn, Shape, room};
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{numbers, one, scalar, size, trailing_class, usage, whole};
use crate::builtin::large::elements::beyond_memory;
use crate::builtin::large::mask::linear;
use crate::builtin::numeric;
use crate::builtin::ops::elementwise::Who;
use crate::builtin::ops::lazy;
use crate::builtin::outofcore::sort::sorted;
use crate::builtin::state::Random;
use crate::diag::{Result, interrupt};
use crate::fault;
use crate::ir::AxisSlice;
use crate::kernel::Formula;
use crate::kernel::philox::Stream;
use crate::kernel::random::Distribution;
use crate::syntax::ast::UnaryOp;
use crate::value::Value;

/// The key of the next draw.
fn next(host: &mut dyn Host) -> (u64, u64) {
    let random = &mut host.state().random;
    let call = random.call;
    random.call += 1;
    (random.seed, call)
}

/// `rand ("seed", x)`, `rand ("state", x)`, `rand ("twister", x)`: sets or shows the seed. `None` for other arguments.
fn seeding(host: &mut dyn Host, who: &str, args: &[Value]) -> Result<Option<Values>> {
    let Some(word) = args.first().filter(|x| matches!(x, Value::Char(..))).and_then(Value::to_text) else {
        return Ok(None);
    };
    if !matches!(word.as_str(), "seed" | "state" | "twister") {
        return Ok(None);
    }
    match args.get(1) {
        None => {
            let Random { seed, call } = host.state().random;
            let halves = [seed >> 32, seed, call >> 32, call].map(|word| (word & 0xFFFF_FFFF) as f64);
            Ok(Some(one(Value::column(halves.to_vec()))?))
        }
        Some(x) => {
            let given = match x.to_text().as_deref() {
                Some("reset") if matches!(x, Value::Char(..)) => Err(clock()),
                _ => Ok(numbers(who, x)?),
            };
            host.state().random = match given.as_deref() {
                Err(&seed) => Random { seed, call: 0 },
                // What the function gave before: the sequence goes on from there.
                Ok(&[a, b, c, d]) => {
                    let word = |high: f64, low: f64| (high as u64) << 32 | low as u64;
                    Random { seed: word(a, b), call: word(c, d) }
                }
                Ok(numbers) => {
                    let seed = numbers.iter().fold(0u64, |hash, v| {
                        let v = if v.is_nan() { 0.0 } else { v.trunc().clamp(0.0, u32::MAX as f64) };
                        hash.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ v.to_bits().rotate_left(17) ^ v as u64
                    });
                    Random { seed, call: 0 }
                }
            };
            Ok(Some(Values::new()))
        }
    }
}

fn clock() -> u64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(1, |d| d.as_nanos() as u64)
}

/// `rand`, `randn`.
fn drawn(
    host: &mut dyn Host,
    who: &str,
    args: &[Value],
    call: Call,
    formula: impl Fn(u64, u64, DType) -> Formula,
) -> Result<Values> {
    if let Some(done) = seeding(host, who, args)? {
        return Ok(done);
    }
    let (dims, class) = trailing_class(who, args)?;
    let dtype = match class {
        None | Some(DType::F64) => DType::F64,
        Some(DType::F32) => DType::F32,
        Some(_) => return Err(fault!("{who}: unrecognized string argument")),
    };
    let shape = size(who, dims)?;
    let (seed, number) = next(host);
    one(lazy::formula(host, formula(seed, number, dtype), shape, call.span)?)
}

fn rand(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    drawn(host, "rand", args, call, |seed, call, dtype| Formula::Rand { seed, call, dtype })
}

fn randn(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    drawn(host, "randn", args, call, |seed, call, dtype| Formula::Randn { seed, call, dtype })
}

/// `randi (imax, ...)`, `randi ([imin imax], ...)`.
fn randi(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let limits = numbers("randi", &args[0])?;
    let (low, high) = match limits[..] {
        [high] => (1.0, high),
        [low, high] => (low, high),
        _ => return Err(fault!("randi: IMIN and IMAX must be integer bounds")),
    };
    if low != low.trunc() || high != high.trunc() {
        return Err(fault!("randi: IMIN and IMAX must be integer bounds"));
    }
    if args[0].is_scalar() && high < 1.0 {
        return Err(fault!("randi: require IMAX >= 1"));
    }
    if low > high {
        return Err(fault!("randi: require IMIN <= IMAX"));
    }
    let (dims, class) = trailing_class("randi", &args[1..])?;
    let dtype = class.unwrap_or(DType::F64);
    if let Some((least, most)) = dtype.integer_range()
        && (low < least || high > most)
    {
        return Err(fault!("randi: require [IMIN, IMAX] in the range of class {}", dtype.class()));
    }
    let shape = size("randi", dims)?;
    let (seed, number) = next(host);
    let formula = Formula::Randi { seed, call: number, low: low.to_bits(), high: high.to_bits(), dtype };
    one(lazy::formula(host, formula, shape, call.span)?)
}

/// `n` uniform doubles of the next call.
fn uniform(host: &mut dyn Host, n: usize) -> Vec<f64> {
    let (seed, number) = next(host);
    let shape = Shape::matrix(n, 1);
    let formula = Formula::Rand { seed, call: number, dtype: DType::F64 };
    let block = formula.block(&shape, &Region::whole(&shape), Order::F, &Pool::new());
    (0..n).map(|i| block.data().get_f64(i)).collect()
}

/// `randperm (n, m)`: the first m steps of a Fisher-Yates shuffle; a large one is the order of random numbers.
fn randperm(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let n = match args[0].to_f64() {
        Some(v) if v >= 0.0 => v as usize,
        _ => return Err(fault!("randperm: N must be a non-negative integer")),
    };
    let m = match args.get(1) {
        None => n,
        Some(m) => whole("randperm", "M", m, 0)? as usize,
    };
    if m > n {
        return Err(fault!("randperm: M <= N must be true"));
    }
    if m < n / 8 {
        // A few of many: only the places that changed are kept.
        room::check(&Shape::matrix(1, m), 6 * size_of::<f64>())?;
        let draws = uniform(host, m);
        let mut moved = rustc_hash::FxHashMap::default();
        let chosen = draws.into_iter().enumerate().map(|(i, u)| {
            let j = (i + (u * (n - i) as f64) as usize).min(n - 1);
            let own = moved.remove(&i).unwrap_or(i);
            let drawn = if j == i { own } else { moved.insert(j, own).unwrap_or(j) };
            (drawn + 1) as f64
        });
        return one(Value::row(chosen.collect()));
    }
    let shape = Shape::matrix(1, n);
    room::countable(&shape)?;
    if lazy::waits(host, &[], &shape, DType::F64) {
        let (seed, number) = next(host);
        let draws = Formula::Rand { seed, call: number, dtype: DType::F64 };
        let draws = lazy::as_node(&lazy::formula(host, draws, shape.clone(), call.span)?, call.span)?;
        let order = sorted(&draws, shape, false, true, call.span)?.pop();
        let order = order.ok_or_else(|| fault!("internal error: an order without places"))?;
        return one(lazy::layers(&lazy::value(order), 1, AxisSlice { start: 0, step: 1, len: m }, call.span)?);
    }
    let draws = uniform(host, m);
    let mut deck: Vec<f64> = (1..=n).map(|i| i as f64).collect();
    for (i, u) in draws.into_iter().enumerate() {
        let j = i + (u * (n - i) as f64) as usize;
        deck.swap(i, j.min(n - 1));
    }
    deck.truncate(m);
    one(Value::row(deck))
}

/// `rande (...)`: exponential with mean 1.
fn rande(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let drawn = drawn(host, "rande", args, call, |seed, call, dtype| Formula::Rand { seed, call, dtype })?;
    let Some(u) = drawn.first() else { return Ok(drawn) };
    let log = lazy::elementwise(host, ScalarFn::Log, &[u], Who::Function("log"), call.span)?;
    one(crate::builtin::ops::unary(host, UnaryOp::Minus, &log, call.span)?)
}

/// Poisson numbers of a greater mean are drawn as normal ones.
const LARGE_MEAN: f64 = 1e8;

/// Random numbers for one element have so many places of the call's stream: a Poisson number takes at most its mean.
const OWN_BITS: u32 = 27;

/// Uniform and normal numbers for one element of a result, one at a time.
struct Draws {
    stream: Stream,
    at: u64,
    bits: [u64; 8],
    used: usize,
}

impl Draws {
    fn new((seed, call): (u64, u64), element: u64) -> Draws {
        Draws { stream: Stream::new(seed, call), at: element << OWN_BITS, bits: [0; 8], used: 8 }
    }

    fn draw(&mut self, distribution: Distribution) -> f64 {
        if self.used == self.bits.len() {
            self.stream.fill(self.at, 1, &mut self.bits);
            self.at += self.bits.len() as u64;
            self.used = 0;
        }
        let mut out = [0.0];
        distribution.fill(&self.bits[self.used..=self.used], &mut out);
        self.used += 1;
        out[0]
    }

    fn uniform(&mut self) -> f64 {
        self.draw(Distribution::Uniform)
    }

    fn normal(&mut self) -> f64 {
        self.draw(Distribution::Normal)
    }

    /// Gamma with a shape parameter: Marsaglia and Tsang, ACM TOMS 26 (2000).
    fn gamma(&mut self, a: f64) -> f64 {
        if a.is_nan() || a <= 0.0 || a.is_infinite() {
            return f64::NAN;
        }
        let boost = if a < 1.0 { self.uniform().powf(1.0 / a) } else { 1.0 };
        let d = if a < 1.0 { a + 1.0 } else { a } - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let v = (1.0 + c * x).powi(3);
            if v <= 0.0 {
                continue;
            }
            let u = self.uniform();
            if u.ln() < 0.5 * x * x + d - d * v + d * v.ln() {
                return d * v * boost;
            }
        }
    }

    /// Poisson: counting exponential gaps for small means, halving larger ones by gamma steps (Ahrens and Dieter, 1974); the
    /// largest are normal.
    fn poisson(&mut self, mean: f64) -> f64 {
        if mean.is_nan() || mean < 0.0 || mean.is_infinite() {
            return f64::NAN;
        }
        if mean > LARGE_MEAN {
            return (self.normal() * mean.sqrt() + mean + 0.5).floor().max(0.0);
        }
        let (mut mean, mut count) = (mean, 0.0);
        while mean > 20.0 {
            let m = (mean * 7.0 / 8.0).floor();
            let x = self.gamma(m);
            if x > mean {
                // The m-th event is too late: the number before `mean` is binomial (m - 1, mean / x).
                let p = mean / x;
                for k in 0..m as u64 - 1 {
                    if k % 4096 == 0 {
                        interrupt::poll();
                    }
                    if self.uniform() < p {
                        count += 1.0;
                    }
                }
                return count;
            }
            count += m;
            mean -= x;
        }
        let limit = (-mean).exp();
        let mut product = self.uniform();
        while product > limit {
            count += 1.0;
            product *= self.uniform();
        }
        count
    }
}

/// A distribution with a parameter; the result has the shape of the parameter, or that which is asked for.
fn with_parameter(
    host: &mut dyn Host,
    who: &'static str,
    args: &[Value],
    call: Call,
    distribution: fn(&mut Draws, f64) -> f64,
) -> Result<Values> {
    if let Some(done) = seeding(host, who, args)? {
        return Ok(done);
    }
    let (rest, class) = trailing_class(who, args)?;
    let parameter = rest.first().ok_or_else(|| usage(who))?;
    let shape = if rest.len() > 1 { size(who, &rest[1..])? } else { parameter.shape() };
    if !parameter.is_scalar() && parameter.shape() != shape {
        return Err(fault!("{who}: dimensions mismatch"));
    }
    room::countable(&shape)?;
    let single = class == Some(DType::F32) || class.is_none() && parameter.dtype() == Some(DType::F32);
    let key = next(host);
    let element = move |a: f64, k: u64| distribution(&mut Draws::new(key, k), a);
    let places = lazy::value(linear(shape.len(), shape.clone(), call.span)?);
    let each = move |at: &[f64]| Ok(element(at[0], at[1] as u64 - 1));
    if let Some(large) = beyond_memory(host, who, &[parameter.clone(), places], each)? {
        return one(if single { lazy::cast(host, &large, DType::F32, call.span)? } else { large });
    }
    room::check(&shape, size_of::<f64>())?;
    let a = numbers(who, &lazy::gathered(host, parameter, who)?)?;
    let mut values = Vec::with_capacity(shape.len());
    for k in 0..shape.len() {
        host.check_interrupt()?;
        values.push(element(a[if a.len() == 1 { 0 } else { k }], k as u64));
    }
    one(numeric::real(shape, values, single))
}

fn randg(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    with_parameter(host, "randg", args, call, Draws::gamma)
}

fn randp(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    with_parameter(host, "randp", args, call, Draws::poisson)
}

/// `rng (seed)`, `rng ("shuffle")`, `rng ("default")`, `s = rng ()`.
fn rng(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    use crate::value::Struct;
    let old = &host.state().random;
    let mut state = Struct::scalar();
    state.set("Type", Value::text("philox"));
    state.set("Seed", Value::Num(old.seed as f64));
    state.set("State", Value::Num(old.call as f64));
    let state = Value::Struct(std::sync::Arc::new(state));
    match args.first() {
        None => return one(state),
        Some(Value::Struct(s)) => {
            let field = |name: &str| s.get(name).and_then(Value::to_f64).map(|v| v as u64);
            let (Some(seed), Some(call)) = (field("Seed"), field("State")) else {
                return Err(fault!("rng: input structure requires \"Type\", \"Seed\", \"State\" fields"));
            };
            host.state().random = Random { seed, call };
        }
        Some(x) => {
            let seed = match x.to_text().filter(|_| matches!(x, Value::Char(..))).as_deref() {
                Some("default") => Random::default().seed,
                Some("shuffle") => clock(),
                Some(_) => return Err(fault!("rng: argument must be a number, \"shuffle\" or \"default\"")),
                None => scalar("rng", "SEED", x)? as u64,
            };
            host.state().random = Random { seed, call: 0 };
        }
    }
    if call.nargout > 0 { one(state) } else { Ok(Values::new()) }
}

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "rand",
        (0, usize::MAX),
        1,
        rand,
        "rand (M, N, ...), rand (..., CLASS), rand (\"seed\", X)\n\nUniform random numbers between 0 and 1.\n\n    size (rand (2, 3))\n",
    ),
    Builtin::new(
        "randn",
        (0, usize::MAX),
        1,
        randn,
        "randn (M, N, ...), randn (..., CLASS), randn (\"seed\", X)\n\nStandard normal random numbers.\n\n    size (randn (2, 3))\n",
    ),
    Builtin::new(
        "randi",
        (1, usize::MAX),
        1,
        randi,
        "randi (IMAX, M, N, ...), randi ([IMIN IMAX], ...), randi (..., CLASS)\n\nUniform random integers.\n\n    all (randi (6, 1, 10) <= 6)\n",
    ),
    Builtin::new(
        "randperm",
        (1, 2),
        1,
        randperm,
        "randperm (N), randperm (N, M)\n\nThe numbers 1:N in random order, or M of them.\n\n    sort (randperm (4))\n",
    ),
    Builtin::new(
        "rande",
        (0, usize::MAX),
        1,
        rande,
        "rande (M, N, ...)\n\nExponential random numbers with mean 1.\n\n    size (rande (2, 3))\n",
    ),
    Builtin::new(
        "randg",
        (1, usize::MAX),
        1,
        randg,
        "randg (A, M, N, ...)\n\nGamma random numbers with shape A.\n\n    size (randg (2, 2, 3))\n",
    ),
    Builtin::new(
        "randp",
        (1, usize::MAX),
        1,
        randp,
        "randp (L, M, N, ...)\n\nPoisson random numbers with mean L.\n\n    size (randp (2, 2, 3))\n",
    ),
    Builtin::new(
        "rng",
        (0, 2),
        1,
        rng,
        "rng (SEED), rng (\"shuffle\"), rng (\"default\"), S = rng (), rng (S)\n\nThe state of the random number generator.\n\n    rng (42); a = rand (); rng (42); a == rand ()\n",
    ),
];

//! Random numbers. Arrays are formulas of seed, call and position, so that the same seed gives the same numbers however
//! large an array is and whichever part of it is needed.

use super::api::{Builtin, Call, Host, Values};
use super::args::{numbers, one, scalar, size, trailing_class, usage, whole};
use super::numeric;
use super::ops::lazy;
use super::state::Random;
use crate::array::{DType, Shape, room};
use crate::diag::Result;
use crate::fault;
use crate::kernel::Formula;
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
fn uniform(host: &mut dyn Host, n: usize, call: Call) -> Result<Vec<f64>> {
    draw(host, n, call, |seed, call| Formula::Rand { seed, call, dtype: DType::F64 })
}

fn normal(host: &mut dyn Host, n: usize, call: Call) -> Result<Vec<f64>> {
    draw(host, n, call, |seed, call| Formula::Randn { seed, call, dtype: DType::F64 })
}

fn draw(host: &mut dyn Host, n: usize, _: Call, formula: impl Fn(u64, u64) -> Formula) -> Result<Vec<f64>> {
    use crate::array::{Order, Pool, Region};
    let (seed, number) = next(host);
    let shape = Shape::matrix(n, 1);
    let block = formula(seed, number).block(&shape, &Region::whole(&shape), Order::F, &Pool::new());
    Ok((0..n).map(|i| block.data().get_f64(i)).collect())
}

/// `randperm (n, m)`: the first m steps of a Fisher-Yates shuffle.
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
        let draws = uniform(host, m, call)?;
        let mut moved = rustc_hash::FxHashMap::default();
        let chosen = draws.into_iter().enumerate().map(|(i, u)| {
            let j = (i + (u * (n - i) as f64) as usize).min(n - 1);
            let own = moved.remove(&i).unwrap_or(i);
            let drawn = if j == i { own } else { moved.insert(j, own).unwrap_or(j) };
            (drawn + 1) as f64
        });
        return one(Value::row(chosen.collect()));
    }
    room::check(&Shape::matrix(1, n), size_of::<f64>())?;
    let draws = uniform(host, m, call)?;
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
    if let Some(done) = seeding(host, "rande", args)? {
        return Ok(done);
    }
    let (dims, class) = trailing_class("rande", args)?;
    let shape = size("rande", dims)?;
    room::check(&shape, size_of::<f64>())?;
    let values = uniform(host, shape.len(), call)?.into_iter().map(|u| -libm::log(u)).collect();
    one(numeric::real(shape, values, class == Some(DType::F32)))
}

/// The shape of the result of a distribution with a parameter: as the parameter, or as asked for.
fn with_parameter(who: &str, args: &[Value]) -> Result<(Vec<f64>, Shape, bool)> {
    let (rest, class) = trailing_class(who, args)?;
    let parameter = rest.first().ok_or_else(|| usage(who))?;
    let values = numbers(who, parameter)?;
    let shape = if rest.len() > 1 { size(who, &rest[1..])? } else { parameter.shape() };
    if !parameter.is_scalar() && parameter.shape() != shape {
        return Err(fault!("{who}: dimensions mismatch"));
    }
    room::check(&shape, size_of::<f64>())?;
    let single = class == Some(DType::F32) || class.is_none() && parameter.dtype() == Some(DType::F32);
    Ok((values, shape, single))
}

/// Poisson numbers of a greater mean are drawn as normal ones.
const LARGE_MEAN: f64 = 1e8;

/// Uniform and normal numbers one at a time, drawn in batches.
struct Stream {
    uniform: Vec<f64>,
    normal: Vec<f64>,
}

impl Stream {
    fn new() -> Stream {
        Stream { uniform: Vec::new(), normal: Vec::new() }
    }

    fn uniform(&mut self, host: &mut dyn Host, call: Call) -> Result<f64> {
        if self.uniform.is_empty() {
            self.uniform = uniform(host, 256, call)?;
        }
        Ok(self.uniform.pop().unwrap_or(0.5))
    }

    fn normal(&mut self, host: &mut dyn Host, call: Call) -> Result<f64> {
        if self.normal.is_empty() {
            self.normal = normal(host, 256, call)?;
        }
        Ok(self.normal.pop().unwrap_or(0.0))
    }

    /// Gamma with a shape parameter: Marsaglia and Tsang, ACM TOMS 26 (2000).
    fn gamma(&mut self, host: &mut dyn Host, a: f64, call: Call) -> Result<f64> {
        if a.is_nan() || a <= 0.0 || a.is_infinite() {
            return Ok(f64::NAN);
        }
        let boost = if a < 1.0 { self.uniform(host, call)?.powf(1.0 / a) } else { 1.0 };
        let d = if a < 1.0 { a + 1.0 } else { a } - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal(host, call)?;
            let v = (1.0 + c * x).powi(3);
            if v <= 0.0 {
                continue;
            }
            let u = self.uniform(host, call)?;
            if u.ln() < 0.5 * x * x + d - d * v + d * v.ln() {
                return Ok(d * v * boost);
            }
        }
    }

    /// Poisson: counting exponential gaps for small means, halving larger ones by gamma steps (Ahrens and Dieter, 1974); the
    /// largest are normal.
    fn poisson(&mut self, host: &mut dyn Host, mean: f64, call: Call) -> Result<f64> {
        if mean.is_nan() || mean < 0.0 || mean.is_infinite() {
            return Ok(f64::NAN);
        }
        if mean > LARGE_MEAN {
            return Ok((self.normal(host, call)? * mean.sqrt() + mean + 0.5).floor().max(0.0));
        }
        let (mut mean, mut count) = (mean, 0.0);
        while mean > 20.0 {
            let m = (mean * 7.0 / 8.0).floor();
            let x = self.gamma(host, m, call)?;
            if x > mean {
                // The m-th event is too late: the number before `mean` is binomial (m - 1, mean / x).
                let p = mean / x;
                for _ in 0..m as u64 - 1 {
                    if self.uniform(host, call)? < p {
                        count += 1.0;
                    }
                }
                return Ok(count);
            }
            count += m;
            mean -= x;
        }
        let limit = (-mean).exp();
        let mut product = self.uniform(host, call)?;
        while product > limit {
            count += 1.0;
            product *= self.uniform(host, call)?;
        }
        Ok(count)
    }
}

fn randg(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    if let Some(done) = seeding(host, "randg", args)? {
        return Ok(done);
    }
    let (a, shape, single) = with_parameter("randg", args)?;
    let mut stream = Stream::new();
    let mut values = Vec::with_capacity(shape.len());
    for i in 0..shape.len() {
        host.check_interrupt()?;
        values.push(stream.gamma(host, a[if a.len() == 1 { 0 } else { i }], call)?);
    }
    one(numeric::real(shape, values, single))
}

fn randp(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    if let Some(done) = seeding(host, "randp", args)? {
        return Ok(done);
    }
    let (mean, shape, single) = with_parameter("randp", args)?;
    let mut stream = Stream::new();
    let mut values = Vec::with_capacity(shape.len());
    for i in 0..shape.len() {
        host.check_interrupt()?;
        values.push(stream.poisson(host, mean[if mean.len() == 1 { 0 } else { i }], call)?);
    }
    one(numeric::real(shape, values, single))
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

//! Whole numbers: divisors, primes, factorials, combinations.

use crate::array::{Block, DType, Data, Shape, room};
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{numbers, one, several};
use crate::builtin::large::elements::beyond_memory;
use crate::builtin::numeric::{self};
use crate::builtin::ops::lazy;
use crate::diag::{Result, interrupt};
use crate::fault;
use crate::value::Value;

/// Greatest common divisor with the coefficients of Bezout's identity.
pub(in crate::builtin) fn extended_gcd(a: f64, b: f64) -> (f64, f64, f64) {
    if !a.is_finite() || !b.is_finite() {
        return (f64::NAN, f64::NAN, f64::NAN);
    }
    let (mut r0, mut r1) = (a.abs(), b.abs());
    let (mut s0, mut s1, mut t0, mut t1) = (1.0, 0.0, 0.0, 1.0);
    while r1 != 0.0 {
        let q = (r0 / r1).floor();
        (r0, r1) = (r1, r0 - q * r1);
        (s0, s1) = (s1, s0 - q * s1);
        (t0, t1) = (t1, t0 - q * t1);
    }
    (r0, if a < 0.0 { -s0 } else { s0 }, if b < 0.0 { -t0 } else { t0 })
}

/// The class two whole-number operands meet in.
fn common_class(who: &str, args: &[Value]) -> Result<DType> {
    let mut class = DType::F64;
    for x in args {
        match x.dtype() {
            Some(d) if d.is_integer() => {
                if class.is_integer() && class != d {
                    return Err(fault!("{who}: all arguments must be of the same class or double"));
                }
                class = d;
            }
            Some(DType::F32) if !class.is_integer() => class = DType::F32,
            Some(d) if d.is_complex() => return Err(fault!("{who}: arguments must be real")),
            Some(_) => {}
            None => {
                return Err(fault!(
                    "{who}: invalid class combination for {who}: {} and {}",
                    args[0].class(),
                    args[args.len() - 1].class()
                ));
            }
        }
    }
    Ok(class)
}

/// Two operands stretched to one shape.
pub(in crate::builtin) fn paired(who: &str, a: &Value, b: &Value) -> Result<(Vec<f64>, Vec<f64>, Shape)> {
    let (s, t) = (a.shape(), b.shape());
    let shape = if s.is_scalar() {
        t.clone()
    } else if t.is_scalar() || s == t {
        s.clone()
    } else {
        return Err(fault!("{who}: all values must be the same size"));
    };
    room::check(&shape, size_of::<f64>())?;
    let stretch = |x: &Value| -> Result<Vec<f64>> {
        let v = numbers(who, x)?;
        Ok(if v.len() == 1 { vec![v[0]; shape.len()] } else { v })
    };
    Ok((stretch(a)?, stretch(b)?, shape))
}

/// `[g, v1, v2, ...] = gcd (a, b, ...)`.
fn gcd(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let class = common_class("gcd", args)?;
    if call.nargout < 2 {
        let whole = |v: &[f64]| match v.iter().all(|x| x.is_finite() && *x == x.trunc()) {
            true => Ok(v.iter().fold(0.0, |g, &x| extended_gcd(g, x).0).abs()),
            false => Err(fault!("gcd: all values must be integers")),
        };
        if let Some(g) = beyond_memory(host, "gcd", args, whole)? {
            return one(lazy::cast(host, &g, class, call.span)?);
        }
    }
    let gathered = args.iter().map(|x| lazy::gathered(host, x, "gcd")).collect::<Result<Vec<_>>>()?;
    let (mut g, mut shape) = (numbers("gcd", &gathered[0])?, gathered[0].shape());
    let mut coefficients: Vec<Vec<f64>> = vec![vec![1.0; g.len()]];
    if g.iter().any(|v| *v != v.trunc()) {
        return Err(fault!("gcd: all values must be integers"));
    }
    for x in &gathered[1..] {
        let left = Value::block(Block::dense(shape.clone(), Data::F64(g)));
        let (a, b, joint) = paired("gcd", &left, x)?;
        if a.iter().chain(&b).any(|v| !v.is_finite() || *v != v.trunc()) {
            return Err(fault!("gcd: all values must be integers"));
        }
        let triples: Vec<(f64, f64, f64)> = a.iter().zip(&b).map(|(&a, &b)| extended_gcd(a, b)).collect();
        for c in &mut coefficients {
            let old = if c.len() == 1 { vec![c[0]; triples.len()] } else { c.clone() };
            *c = old.iter().zip(&triples).map(|(c, t)| c * t.1).collect();
        }
        coefficients.push(triples.iter().map(|t| t.2).collect());
        g = triples.iter().map(|t| t.0).collect();
        shape = joint;
    }
    let mut out = Values::new();
    out.push(numeric::of_class(shape.clone(), g.iter().map(|v| v.abs()).collect(), class));
    if call.nargout > 1 {
        for c in coefficients {
            out.push(numeric::of_class(shape.clone(), c, class));
        }
    }
    Ok(out)
}

/// `lcm (a, b, ...)`.
fn lcm(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    for x in args {
        if x.dtype().is_none_or(|d| d == DType::Char || d == DType::Bool || d.is_complex()) {
            return Err(fault!("lcm: all arguments must be numeric and integer"));
        }
    }
    let class = common_class("lcm", args)?;
    let mut left = args[0].clone();
    for x in &args[1..] {
        let (a, b, shape) = paired("lcm", &left, x)?;
        if a.iter().chain(&b).any(|v| *v != v.trunc()) {
            return Err(fault!("gcd: all values must be integers"));
        }
        let values = a
            .iter()
            .zip(&b)
            .map(|(&a, &b)| if a == 0.0 || b == 0.0 { 0.0 } else { (a / extended_gcd(a, b).0 * b).abs() })
            .collect();
        left = numeric::of_class(shape, values, class);
    }
    one(left)
}

/// All primes up to a limit, by a sieve of odd numbers.
pub fn primes_to(limit: f64) -> Vec<f64> {
    if limit.is_nan() || limit < 2.0 {
        return Vec::new();
    }
    let n = limit as usize;
    let half = n.div_ceil(2);
    room::ensure(1, half, 1);
    let mut composite = vec![false; half];
    let mut i = 3;
    while i * i <= n {
        if !composite[i / 2] {
            interrupt::poll();
            let mut j = i * i;
            while j <= n {
                composite[j / 2] = true;
                j += 2 * i;
            }
        }
        i += 2;
    }
    std::iter::once(2.0)
        .chain((1..half).filter(|&k| !composite[k]).map(|k| (2 * k + 1) as f64))
        .filter(|&p| p <= limit)
        .collect()
}

fn primes(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let n = match args[0].to_f64() {
        Some(n) if args[0].is_scalar() && args[0].dtype().is_some_and(|d| !d.is_complex()) => n,
        _ => return Err(fault!("primes: N must be a real scalar")),
    };
    if n.is_infinite() && n > 0.0 || n.is_nan() {
        return Err(fault!("primes: N must be finite (not +Inf or NaN)"));
    }
    let p = primes_to(n);
    let class = args[0].dtype().filter(|d| d.is_integer() || *d == DType::F32).unwrap_or(DType::F64);
    one(numeric::of_class(Shape::matrix(1, p.len()), p, class))
}

/// `list_primes (n)`: the first n.
fn list_primes(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let n = match args.first() {
        None => 25.0,
        Some(x) => match x.to_f64().filter(|_| x.is_scalar() && !x.dtype().is_some_and(DType::is_complex)) {
            Some(n) => n,
            None => return Err(fault!("list_primes: N must be a real scalar")),
        },
    };
    let n = n.max(0.0) as usize;
    // The n-th prime lies below n (ln n + ln ln n) from the sixth on.
    let x = (n as f64).max(6.0);
    let mut p = primes_to((x * (x.ln() + x.ln().ln())).ceil() + 1.0);
    p.truncate(n);
    one(Value::row(p))
}

fn mul_mod(a: u64, b: u64, m: u64) -> u64 {
    (a as u128 * b as u128 % m as u128) as u64
}

fn pow_mod(mut base: u64, mut exponent: u64, m: u64) -> u64 {
    let mut result = 1;
    base %= m;
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = mul_mod(result, base, m);
        }
        base = mul_mod(base, base, m);
        exponent >>= 1;
    }
    result
}

/// Miller and Rabin's test with bases that decide all 64-bit numbers.
pub fn is_prime(n: u64) -> bool {
    const BASES: [u64; 12] = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37];
    if n < 2 {
        return false;
    }
    if let Some(&p) = BASES.iter().find(|&&p| n.is_multiple_of(p)) {
        return n == p;
    }
    let twos = (n - 1).trailing_zeros();
    let odd = (n - 1) >> twos;
    BASES.iter().all(|&base| {
        let mut x = pow_mod(base, odd, n);
        if x == 1 || x == n - 1 {
            return true;
        }
        (1..twos).any(|_| {
            x = mul_mod(x, x, n);
            x == n - 1
        })
    })
}

/// Whole elements as 64-bit numbers without sign.
fn magnitudes(block: &Block) -> Option<Vec<u64>> {
    (0..block.len())
        .map(|i| match block.data() {
            Data::I64(v) => Some(v[i].unsigned_abs()),
            Data::U64(v) => Some(v[i]),
            data => {
                let x = data.get_f64(i);
                (x == x.trunc()).then_some(x.abs() as u64)
            }
        })
        .collect()
}

fn isprime(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let test = |v: &[f64]| match v[0] == v[0].trunc() {
        true => Ok(f64::from(is_prime(v[0].abs() as u64))),
        false => Err(fault!("isprime: X contains non-integer entries")),
    };
    if let Some(found) = beyond_memory(host, "isprime", args, test)? {
        return one(lazy::cast(host, &found, DType::Bool, call.span)?);
    }
    let x = lazy::gathered(host, &args[0], "isprime")?;
    if x.dtype().is_none_or(|d| d == DType::Char || d == DType::Bool) {
        return Err(fault!("isprime: X contains non-integer entries"));
    }
    let block = x.to_block()?;
    if block.dtype().is_complex() {
        let truths = (0..block.len()).map(|i| gaussian_prime(block.data().get_c64(i))).collect::<Option<Vec<bool>>>();
        let truths = truths.ok_or_else(|| fault!("isprime: X contains non-integer entries"))?;
        return one(Block::dense(block.shape().clone(), Data::Bool(truths)));
    }
    let n = magnitudes(&block).ok_or_else(|| fault!("isprime: X contains non-integer entries"))?;
    one(Block::dense(block.shape().clone(), Data::Bool(n.into_iter().map(is_prime).collect())))
}

/// Whether a Gaussian integer is prime; `None` if it is no Gaussian integer.
fn gaussian_prime(z: crate::array::Complex64) -> Option<bool> {
    if z.re != z.re.trunc() || z.im != z.im.trunc() {
        return None;
    }
    let (a, b) = (z.re.abs() as u64, z.im.abs() as u64);
    Some(match (a, b) {
        (0, p) | (p, 0) => is_prime(p) && p % 4 == 3,
        _ => is_prime(a * a + b * b),
    })
}

/// Prime factors in ascending order: trial division, then Pollard's rho.
pub fn factors(mut n: u64) -> Vec<u64> {
    let mut out = Vec::new();
    for p in [2u64, 3, 5] {
        while n.is_multiple_of(p) && n > 1 {
            out.push(p);
            n /= p;
        }
    }
    let mut p = 7;
    while p * p <= n && p < 100_000 {
        while n.is_multiple_of(p) {
            out.push(p);
            n /= p;
        }
        p += 2;
    }
    let mut pending = vec![n];
    while let Some(n) = pending.pop() {
        if n == 1 {
            continue;
        }
        if is_prime(n) {
            out.push(n);
            continue;
        }
        let d = rho(n);
        pending.extend([d, n / d]);
    }
    out.sort_unstable();
    out
}

fn rho(n: u64) -> u64 {
    let gcd = |mut a: u64, mut b: u64| {
        while b != 0 {
            (a, b) = (b, a % b);
        }
        a
    };
    for c in 1.. {
        let step = |x: u64| (mul_mod(x, x, n) + c) % n;
        let (mut slow, mut fast, mut d) = (2u64, 2u64, 1u64);
        while d == 1 {
            slow = step(slow);
            fast = step(step(fast));
            d = gcd(slow.abs_diff(fast), n);
        }
        if d != n {
            return d;
        }
    }
    n
}

/// `[p, n] = factor (q)`.
fn factor(_: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let x = &args[0];
    if !x.is_scalar() || x.dtype().is_none_or(|d| d.is_complex() || d == DType::Char) {
        return Err(fault!("factor: Q must be a real non-negative integer"));
    }
    let q = x.to_f64().unwrap_or(f64::NAN);
    if q < 0.0 || q != q.trunc() || q.is_nan() {
        return Err(fault!("factor: Q must be a real non-negative integer"));
    }
    let class = x.dtype().unwrap_or(DType::F64);
    if class == DType::F64 && q > 9007199254740992.0 || class == DType::F32 && q > 16777216.0 {
        return Err(fault!("factor: Q too large to factor (> flintmax)"));
    }
    let n = magnitudes(&*x.to_block()?).and_then(|v| v.first().copied()).unwrap_or(0);
    let p = if n < 4 { vec![n] } else { factors(n) };
    let class = if class == DType::Bool { DType::F64 } else { class };
    let wrap = |v: &[u64]| numeric::of_class(Shape::matrix(1, v.len()), v.iter().map(|&p| p as f64).collect(), class);
    if call.nargout < 2 {
        return one(wrap(&p));
    }
    let mut distinct: Vec<(u64, u64)> = Vec::new();
    for v in p {
        match distinct.last_mut() {
            Some((last, count)) if *last == v => *count += 1,
            _ => distinct.push((v, 1)),
        }
    }
    let primes: Vec<u64> = distinct.iter().map(|d| d.0).collect();
    several([wrap(&primes), Value::row(distinct.iter().map(|d| d.1 as f64).collect())])
}

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "gcd",
        (2, usize::MAX),
        usize::MAX,
        gcd,
        "[G, V1, V2, ...] = gcd (A, B, ...)\n\nGreatest common divisor, and whole numbers with G = V1*A + V2*B + ...\n\n    gcd (12, 18)\n",
    ),
    Builtin::new("lcm", (2, usize::MAX), 1, lcm, "lcm (A, B, ...)\n\nLeast common multiple.\n\n    lcm (4, 6)\n")
        .by_elements(0),
    Builtin::new("primes", (1, 1), 1, primes, "primes (N)\n\nAll primes up to N.\n\n    primes (20)\n"),
    Builtin::new(
        "list_primes",
        (0, 1),
        1,
        list_primes,
        "list_primes (N)\n\nThe first N (25) primes.\n\n    list_primes (5)\n",
    ),
    Builtin::new(
        "isprime",
        (1, 1),
        1,
        isprime,
        "isprime (X)\n\nWhether each element is prime.\n\n    isprime ([2 4 97])\n",
    ),
    Builtin::new(
        "factor",
        (1, 1),
        2,
        factor,
        "P = factor (Q), [P, N] = factor (Q)\n\nPrime factors, or the different ones and how often they occur.\n\n    factor (60)\n",
    ),
];

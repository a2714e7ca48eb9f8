//! Arithmetic of polynomials: products, quotients, divisors, derivatives, integrals.

use super::{ZERO, column, row, vector};
use crate::array::{Complex64, Shape};
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{one, several};
use crate::builtin::library::large::SOURCE as LARGE;
use crate::builtin::numeric::{self, Elements, Wide};
use crate::builtin::ops::lazy;
use crate::builtin::signal::convolution::{Part, convolved};
use crate::diag::{Result, interrupt};
use crate::fault;
use crate::value::Value;
use std::ops::{AddAssign, Mul};

/// Product of polynomials. Every coefficient sums over those of `b` in order.
pub fn product<T>(a: &[T], b: &[T]) -> Vec<T>
where
    T: Copy + Default + AddAssign + Mul<Output = T>,
{
    if a.is_empty() || b.is_empty() {
        return Vec::new();
    }
    interrupt::poll();
    let mut out = vec![T::default(); a.len() + b.len() - 1];
    for (j, &y) in b.iter().enumerate() {
        out[j..].iter_mut().zip(a).for_each(|(sum, &x)| *sum += x * y);
    }
    out
}

/// `conv (a, b, shape)`.
fn conv(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    for x in &args[..2] {
        if !x.shape().is_vector() || x.is_empty() || x.dtype().is_none() {
            return Err(fault!("conv: both arguments A and B must be vectors"));
        }
    }
    let kind = match args.get(2) {
        None => "full".to_owned(),
        Some(s) => s.to_text().unwrap_or_default(),
    };
    let Some(part) = Part::named(&kind) else {
        return Err(fault!("conv: SHAPE argument must be \"full\", \"same\", or \"valid\""));
    };
    // The longer operand decides how the product lies when all of it is wanted.
    let leading = if kind == "full" && args[1].numel() > args[0].numel() { &args[1] } else { &args[0] };
    let upright = leading.shape().is_column() && !leading.is_scalar();
    if args[..2].iter().any(|x| matches!(x, Value::Lazy(_))) {
        let lying = |host: &mut dyn Host, x: &Value| {
            let n = x.numel();
            lazy::reshape(host, x, if upright { Shape::matrix(n, 1) } else { Shape::matrix(1, n) }, call.span)
        };
        let (a, b) = (lying(host, &args[0])?, lying(host, &args[1])?);
        return one(convolved(host, "conv", &a, &b, part, call.span)?);
    }
    let (a, b) = (Wide::new(host, &args[0], "conv")?, Wide::new(host, &args[1], "conv")?);
    let (start, n) = part.along(a.len(), b.len());
    let shape = if upright { Shape::matrix(n, 1) } else { Shape::matrix(1, n) };
    let single = a.single || b.single;
    one(match (&a.elements, &b.elements) {
        (Elements::Real(a), Elements::Real(b)) => {
            numeric::real(shape, product(a, b)[start..start + n].to_vec(), single)
        }
        _ => numeric::complex(shape, product(&a.complex(), &b.complex())[start..start + n].to_vec(), single),
    })
}

/// Quotient and remainder of polynomials.
pub(in crate::builtin) fn quotient(y: &[Complex64], a: &[Complex64]) -> (Vec<Complex64>, Vec<Complex64>) {
    if y.len() < a.len() {
        return (vec![ZERO], y.to_vec());
    }
    let steps = y.len() - a.len() + 1;
    let mut rest = y.to_vec();
    let mut b = Vec::with_capacity(steps);
    for k in 0..steps {
        let q = rest[k] / a[0];
        b.push(q);
        a.iter().enumerate().for_each(|(i, c)| rest[k + i] -= q * c);
        rest[k] = ZERO;
    }
    (b, rest)
}

/// `[b, r] = deconv (y, a)`.
fn deconv(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    for x in args {
        if !x.shape().is_vector() || x.is_empty() || x.dtype().is_none() {
            return Err(fault!("deconv: Y and A must be vectors"));
        }
    }
    let (y, s) = vector(host, "deconv", &args[0])?;
    let (a, t) = vector(host, "deconv", &args[1])?;
    if a[0] == ZERO {
        return Err(fault!("deconv: divisor A cannot be zero"));
    }
    let (b, r) = quotient(&y, &a);
    let upright = args[0].shape().is_column() && !args[0].is_scalar();
    let shape = |v: Vec<Complex64>| if upright { column(v, s || t) } else { row(v, s || t) };
    several([shape(b), shape(r)])
}

fn derivative(p: &[Complex64]) -> Vec<Complex64> {
    let n = p.len();
    if n <= 1 {
        return vec![ZERO];
    }
    trimmed(&p[..n - 1].iter().enumerate().map(|(i, c)| c * (n - 1 - i) as f64).collect::<Vec<_>>())
}

/// Without leading zeros; at least one coefficient.
pub(in crate::builtin) fn trimmed(p: &[Complex64]) -> Vec<Complex64> {
    let first = p.iter().position(|c| *c != ZERO).unwrap_or(p.len().saturating_sub(1));
    p[first..].to_vec()
}

/// `polyder (p)`, `polyder (a, b)` of a product, `[q, d] = polyder (b, a)` of a quotient.
fn polyder(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    for x in args {
        if !x.shape().is_vector() || x.dtype().is_none() {
            return Err(fault!("polyder: argument must be a vector"));
        }
    }
    let (p, s) = vector(host, "polyder", &args[0])?;
    let Some(second) = args.get(1) else {
        return one(row(derivative(&p), s));
    };
    let (q, t) = vector(host, "polyder", second)?;
    if p.is_empty() || q.is_empty() {
        return Err(fault!("polyder: argument must be a vector"));
    }
    let add = |a: &[Complex64], b: &[Complex64], sign: f64| {
        let n = a.len().max(b.len());
        let at = |v: &[Complex64], i: usize| if i + v.len() >= n { v[i + v.len() - n] } else { ZERO };
        (0..n).map(|i| at(a, i) + at(b, i) * sign).collect::<Vec<_>>()
    };
    if call.nargout < 2 {
        return one(row(derivative(&product(&p, &q)), s || t));
    }
    let top = trimmed(&add(&product(&derivative(&p), &q), &product(&p, &derivative(&q)), -1.0));
    let bottom = trimmed(&product(&q, &q));
    let lead = bottom[0];
    let scaled = |v: Vec<Complex64>| v.into_iter().map(|c| c / lead).collect::<Vec<_>>();
    several([row(scaled(top), s || t), row(scaled(bottom), s || t)])
}

/// `polyint (p, k)`.
fn polyint(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    if !(args[0].shape().is_vector() || args[0].is_empty()) {
        return Err(fault!("polyint: argument must be a vector"));
    }
    if args[0].is_empty() {
        return one(Value::empty());
    }
    let (p, single) = vector(host, "polyint: argument must be a vector", &args[0])?;
    let k = match args.get(1) {
        None => ZERO,
        Some(k) if k.is_scalar() => vector(host, "polyint", k)?.0[0],
        Some(_) => return Err(fault!("polyint: the constant of integration must be a scalar")),
    };
    let n = p.len();
    let mut out: Vec<Complex64> = p.iter().enumerate().map(|(i, c)| c / (n - i) as f64).collect();
    out.push(k);
    one(row(out, single))
}

/// `polyreduce (c)`: without leading zeros.
fn polyreduce(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    if !args[0].shape().is_vector() {
        return Err(fault!("polyreduce: C must be a non-empty vector"));
    }
    if args[0].is_empty() {
        return one(args[0].clone());
    }
    let (p, single) = vector(host, "polyreduce: C must be a non-empty vector", &args[0])?;
    let t = trimmed(&p);
    one(if args[0].shape().is_column() && !args[0].is_scalar() { column(t, single) } else { row(t, single) })
}

/// `polyaffine (f, mu)`: f ((x - mu(1)) / mu(2)), coefficients lowest first.
fn polyaffine(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    if !args[0].shape().is_vector() || args[0].dtype().is_none() {
        return Err(fault!("polyaffine: F must be a vector"));
    }
    if !args[1].shape().is_vector() || args[1].numel() != 2 {
        return Err(fault!("polyaffine: MU must be a two-element vector"));
    }
    let (f, single) = vector(host, "polyaffine", &args[0])?;
    let (mu, _) = vector(host, "polyaffine", &args[1])?;
    let n = f.len();
    // Horner's scheme on polynomials in x, with the coefficients highest first.
    let mut out: Vec<Complex64> = Vec::new();
    for &c in f.iter() {
        out = if out.is_empty() { vec![ZERO] } else { product(&out, &[1.0 / mu[1], -mu[0] / mu[1]]) };
        let last = out.len() - 1;
        out[last] += c;
    }
    out.resize(n, ZERO);
    one(if args[0].shape().is_column() && n > 1 { column(out, single) } else { row(out, single) })
}

/// `polygcd (b, a, tol)`: Euclid's algorithm.
fn polygcd(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let (b, s) = vector(host, "polygcd: B and A must be vectors", &args[0])?;
    let (a, t) = vector(host, "polygcd: B and A must be vectors", &args[1])?;
    let tolerance = match args.get(2) {
        Some(t) => crate::builtin::args::scalar("polygcd", "TOL", t)?,
        None => f64::EPSILON.sqrt(),
    };
    if a.is_empty() || b.is_empty() {
        return Err(fault!("polygcd: B and A must be non-empty vectors"));
    }
    let monic = |p: &[Complex64]| {
        let p = trimmed(p);
        let lead = p[0];
        p.iter().map(|c| if lead == ZERO { *c } else { c / lead }).collect::<Vec<_>>()
    };
    let (mut x, mut y) = (monic(&b), monic(&a));
    let size = |p: &[Complex64]| p.iter().map(|c| c.norm()).fold(0.0, f64::max);
    let limit = tolerance * size(&x).max(size(&y));
    loop {
        if y.len() == 1 {
            return one(if y[0].norm() <= limit { row(monic(&x), s || t) } else { Value::Num(1.0) });
        }
        let (_, rest) = quotient(&x, &y);
        // Shorter than the divisor, whatever the tolerance.
        let rest = &rest[rest.len().saturating_sub(y.len() - 1)..];
        let first = rest.iter().position(|c| c.norm() > limit);
        match first {
            None => return one(row(monic(&y), s || t)),
            Some(first) => (x, y) = (y, rest[first..].to_vec()),
        }
    }
}

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "conv",
        (2, 3),
        1,
        conv,
        "conv (A, B), conv (A, B, \"full\" | \"same\" | \"valid\")\n\nThe product of polynomials; the convolution of vectors.\n\n    conv ([1 2], [1 3])\n",
    ),
    Builtin::new(
        "deconv",
        (2, 2),
        2,
        deconv,
        "[B, R] = deconv (Y, A)\n\nQuotient and remainder of polynomials.\n\n    deconv ([1 5 6], [1 2])\n",
    )
    .out_of_core(LARGE),
    Builtin::new(
        "polyder",
        (1, 2),
        2,
        polyder,
        "polyder (P), polyder (A, B), [Q, D] = polyder (B, A)\n\nThe derivative of a polynomial, a product, a quotient.\n\n    polyder ([1 2 3])\n",
    ),
    Builtin::new(
        "polyint",
        (1, 2),
        1,
        polyint,
        "polyint (P), polyint (P, K)\n\nThe integral of a polynomial.\n\n    polyint ([2 2])\n",
    ),
    Builtin::new(
        "polyreduce",
        (1, 1),
        1,
        polyreduce,
        "polyreduce (C)\n\nA polynomial without its leading zeros.\n\n    polyreduce ([0 0 1 2])\n",
    ),
    Builtin::new(
        "polyaffine",
        (2, 2),
        1,
        polyaffine,
        "polyaffine (F, MU)\n\nThe coefficients of F ((x - MU(1)) / MU(2)).\n\n    polyaffine ([1 2], [1 2])\n",
    ),
    Builtin::new(
        "polygcd",
        (2, 3),
        1,
        polygcd,
        "polygcd (B, A), polygcd (B, A, TOL)\n\nThe greatest common divisor of polynomials.\n\n    polygcd ([1 -3 2], [1 -1])\n",
    ),
];

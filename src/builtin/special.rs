//! Special functions of several arguments: beta, incomplete gamma and beta, digamma, integrals, Legendre and Bessel
//! functions.
//!
//! Sources: Abramowitz and Stegun, Handbook of Mathematical Functions, chapters 5, 6, 8, 17 and 26; the continued
//! fractions are evaluated by Lentz's method as Thompson and Barnett give it (Journal of Computational Physics 64,
//! 1986).

use super::api::{Builtin, Call, Host, Values};
use super::args::{one, several, text, whole};
use super::elementwise::real_function;
use super::math::bessel;
use super::numeric::{self, Wide};
use crate::array::scalar_fn::special::lgamma;
use crate::array::{Complex64, Shape};
use crate::diag::Result;
use crate::fault;
use crate::value::Value;
use std::f64::consts::PI;

const EULER: f64 = 0.577_215_664_901_532_9;
const ROUNDS: usize = 10_000;

/// Broadcast real arguments, element by element.
fn together<const N: usize, R>(
    host: &mut dyn Host,
    who: &str,
    args: [&Value; N],
    f: impl Fn([f64; N]) -> R,
) -> Result<(Shape, Vec<R>, bool)> {
    let mut shape = Shape::scalar();
    let mut single = false;
    let mut parts = Vec::with_capacity(N);
    for x in args {
        let x = Wide::new(host, x, who)?;
        let other = x.shape.clone();
        shape = shape
            .broadcast(&other)
            .ok_or_else(|| fault!("{who}: all inputs must be of consistent size").id("Octave:nonconformant-args"))?;
        single |= x.single;
        parts.push((other, x.real(who)?));
    }
    let mut values = Vec::with_capacity(shape.len());
    for at in 0..shape.len() {
        let pick = |(own, list): &(Shape, Vec<f64>)| {
            let (mut rest, mut offset, mut stride) = (at, 0, 1);
            for axis in 0..shape.rank() {
                let c = rest % shape.extent(axis);
                rest /= shape.extent(axis);
                if own.extent(axis) > 1 {
                    offset += c * stride;
                }
                stride *= own.extent(axis);
            }
            list[offset]
        };
        let mut x = [0.0; N];
        x.iter_mut().zip(&parts).for_each(|(x, part)| *x = pick(part));
        values.push(f(x));
    }
    Ok((shape, values, single))
}

fn real<const N: usize>(
    host: &mut dyn Host,
    who: &str,
    args: [&Value; N],
    f: impl Fn([f64; N]) -> f64,
) -> Result<Values> {
    let (shape, values, single) = together(host, who, args, f)?;
    one(numeric::real(shape, values, single))
}

fn log_beta(a: f64, b: f64) -> f64 {
    lgamma(a) + lgamma(b) - lgamma(a + b)
}

/// A continued fraction `b0 + a1 / (b1 + a2 / (b2 + ...))` whose terms are given from 1 on.
fn fraction(b0: f64, mut term: impl FnMut(usize) -> (f64, f64)) -> f64 {
    let solid = |x: f64| if x == 0.0 { 1e-300 } else { x };
    let mut value = solid(b0);
    let (mut c, mut d) = (value, 0.0);
    for k in 1..ROUNDS {
        let (a, b) = term(k);
        d = 1.0 / solid(b + a * d);
        c = solid(b + a / c);
        value *= c * d;
        if (c * d - 1.0).abs() < f64::EPSILON {
            break;
        }
    }
    value
}

/// The regularised incomplete gamma functions, lower and upper.
fn incomplete_gamma(x: f64, a: f64) -> (f64, f64) {
    if x.is_nan() || a.is_nan() || x < 0.0 {
        return (f64::NAN, f64::NAN);
    }
    if a == 0.0 || x.is_infinite() {
        return (1.0, 0.0);
    }
    if x == 0.0 {
        return (0.0, 1.0);
    }
    let front = (a * x.ln() - x - lgamma(a)).exp();
    if x < a + 1.0 {
        let (mut term, mut sum, mut n) = (1.0 / a, 1.0 / a, a);
        while term > sum * f64::EPSILON {
            n += 1.0;
            term *= x / n;
            sum += term;
        }
        let lower = front * sum;
        return (lower, 1.0 - lower);
    }
    let tail = fraction(x + 1.0 - a, |k| {
        let k = k as f64;
        (-k * (k - a), x + 2.0 * k + 1.0 - a)
    });
    let upper = front / tail;
    (1.0 - upper, upper)
}

/// The regularised incomplete beta function.
fn incomplete_beta(x: f64, a: f64, b: f64) -> f64 {
    if !(0.0..=1.0).contains(&x) || a <= 0.0 || b <= 0.0 || a.is_nan() || b.is_nan() {
        return f64::NAN;
    }
    if x == 0.0 || x == 1.0 {
        return x;
    }
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - incomplete_beta(1.0 - x, b, a);
    }
    let front = (a * x.ln() + b * (-x).ln_1p() - log_beta(a, b)).exp() / a;
    let below = fraction(1.0, |k| {
        let m = (k / 2) as f64;
        let top = if k % 2 == 0 {
            m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m))
        } else {
            -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0))
        };
        (top, 1.0)
    });
    front / below
}

fn tail<'a>(who: &str, args: &'a [Value], at: usize) -> Result<(&'a [Value], bool)> {
    match args.get(at) {
        None => Ok((args, false)),
        Some(t) => match text(who, "TAIL", t)?.as_str() {
            "lower" => Ok((&args[..at], false)),
            "upper" => Ok((&args[..at], true)),
            _ => Err(fault!("{who}: invalid value for TAIL").hint("\"lower\" or \"upper\"")),
        },
    }
}

fn gammainc(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let (args, upper) = tail("gammainc", args, 2)?;
    real(host, "gammainc", [&args[0], &args[1]], |[x, a]| {
        let (lower, rest) = incomplete_gamma(x, a);
        if upper { rest } else { lower }
    })
}

fn betainc(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let (args, upper) = tail("betainc", args, 3)?;
    real(host, "betainc", [&args[0], &args[1], &args[2]], |[x, a, b]| {
        if upper { incomplete_beta(1.0 - x, b, a) } else { incomplete_beta(x, a, b) }
    })
}

/// Bernoulli numbers B2, B4, ...
const BERNOULLI: [f64; 10] = [
    1.0 / 6.0,
    -1.0 / 30.0,
    1.0 / 42.0,
    -1.0 / 30.0,
    5.0 / 66.0,
    -691.0 / 2730.0,
    7.0 / 6.0,
    -3617.0 / 510.0,
    43867.0 / 798.0,
    -174611.0 / 330.0,
];

/// The logarithmic derivative of gamma: recurrence up to where the asymptotic series is exact.
fn digamma(x: f64) -> f64 {
    if x <= 0.0 {
        if x == x.trunc() {
            return f64::NEG_INFINITY;
        }
        return digamma(1.0 - x) - PI / (PI * x).tan();
    }
    let (mut x, mut shift) = (x, 0.0);
    while x < 10.0 {
        shift -= 1.0 / x;
        x += 1.0;
    }
    let square = 1.0 / (x * x);
    let mut power = 1.0;
    let mut series = 0.0;
    for (k, b) in BERNOULLI.iter().enumerate() {
        power *= square;
        series += b / (2.0 * (k + 1) as f64) * power;
    }
    shift + x.ln() - 0.5 / x - series
}

/// The `k`-th derivative of digamma for positive `x`.
fn polygamma(k: i32, x: f64) -> f64 {
    if x <= 0.0 {
        return f64::NAN;
    }
    let (mut x, mut sum) = (x, 0.0);
    while x < 15.0 + k as f64 {
        sum += x.powi(-k - 1);
        x += 1.0;
    }
    let kf = k as f64;
    // The Hurwitz zeta function by Euler and Maclaurin.
    let mut zeta = sum + x.powi(-k) / kf + 0.5 * x.powi(-k - 1);
    let mut rising = kf + 1.0;
    let mut factorial = 2.0;
    for (j, b) in BERNOULLI.iter().enumerate() {
        zeta += b * rising / factorial * x.powi(-k - 2 - 2 * j as i32);
        let n = 2.0 * (j + 1) as f64;
        rising *= (kf + n) * (kf + n + 1.0);
        factorial *= (n + 1.0) * (n + 2.0);
    }
    let sign = if k % 2 == 1 { 1.0 } else { -1.0 };
    sign * libm::tgamma(kf + 1.0) * zeta
}

fn psi(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let [k, x] = args else { return one(real_function(host, "psi", &args[0], digamma)?) };
    let k = whole("psi", "K", k, 0)? as i32;
    one(real_function(host, "psi", x, |x| if k == 0 { digamma(x) } else { polygamma(k, x) })?)
}

/// The exponential integral E1; on the negative axis its value above the cut.
fn exponential_integral(x: f64) -> Complex64 {
    if x == 0.0 {
        return f64::INFINITY.into();
    }
    if x > 1.0 {
        let tail = fraction(x + 1.0, |k| {
            let k = k as f64;
            (-k * k, x + 2.0 * k + 1.0)
        });
        return ((-x).exp() / tail).into();
    }
    let im = if x < 0.0 { -PI } else { 0.0 };
    if x < -40.0 {
        let (mut term, mut sum, mut k) = (1.0f64, 1.0, 1.0);
        while k < -x && term.abs() > f64::EPSILON {
            term *= k / -x;
            sum += term;
            k += 1.0;
        }
        return Complex64::new((-x).exp() / x * sum, im);
    }
    let (mut term, mut sum) = (1.0f64, 0.0f64);
    for k in 1..ROUNDS {
        term *= -x / k as f64;
        sum -= term / k as f64;
        if term.abs() <= f64::EPSILON * sum.abs() {
            break;
        }
    }
    Complex64::new(-EULER - x.abs().ln() + sum, im)
}

fn expint(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let (shape, values, single) = together(host, "expint", [&args[0]], |[x]| exponential_integral(x))?;
    one(numeric::complex(shape, values, single))
}

/// Sine and cosine integral: series up to 4, the continued fraction of E1 (i x) beyond.
fn trigonometric_integrals(x: f64) -> (f64, f64) {
    let t = x.abs();
    let (si, ci);
    if t > 1e16 {
        (si, ci) = (PI / 2.0, 0.0);
    } else if t > 4.0 {
        let one = Complex64::ONE;
        let mut b = Complex64::new(1.0, t);
        let mut c = Complex64::from(1e300);
        let mut d = one / b;
        let mut h = d;
        for k in 1..ROUNDS {
            let a = -((k * k) as f64);
            b += 2.0;
            d = one / (d * a + b);
            c = b + one * a / c;
            let step = c * d;
            h *= step;
            if (step - 1.0).norm() < f64::EPSILON {
                break;
            }
        }
        h *= Complex64::new(t.cos(), -t.sin());
        (si, ci) = (PI / 2.0 + h.im, -h.re);
    } else {
        let (mut term, mut odd, mut even) = (1.0f64, 0.0, 0.0);
        for k in 1..200 {
            term *= t / k as f64;
            let sign = if k % 4 < 2 { 1.0 } else { -1.0 };
            if k % 2 == 1 {
                odd += sign * term / k as f64;
            } else {
                even += sign * term / k as f64;
            }
            if term < 1e-18 {
                break;
            }
        }
        (si, ci) = (odd, EULER + t.ln() + even);
    }
    (si.copysign(x), ci)
}

fn cosint(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let (shape, values, single) = together(host, "cosint", [&args[0]], |[x]| {
        Complex64::new(trigonometric_integrals(x).1, if x < 0.0 { PI } else { 0.0 })
    })?;
    one(numeric::complex(shape, values, single))
}

/// Associated Legendre functions of degree `n` and orders 0 to `n` in rows, one column a point.
fn legendre(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let n = whole("legendre", "N", &args[0], 0)? as usize;
    let form = args.get(2).map_or(Ok("unnorm".to_owned()), |t| text("legendre", "NORMALIZATION", t))?;
    let x = Wide::new(host, &args[1], "legendre")?;
    let single = x.single;
    let shape = if x.shape.is_vector() || x.shape.is_scalar() {
        Shape::matrix(n + 1, x.len())
    } else {
        let mut extents = vec![n + 1];
        extents.extend(x.shape.iter());
        Shape::new(&extents)
    };
    let points = x.real("legendre")?;
    if points.iter().any(|v| v.abs() > 1.0) {
        return Err(fault!("legendre: X must be real-valued vector in the range -1 <= X <= 1"));
    }
    let scale: Vec<f64> = (0..=n)
        .map(|m| {
            let ratio = ((n - m + 1)..=(n + m)).fold(1.0, |p, k| p / k as f64);
            let sign = if m % 2 == 1 { -1.0 } else { 1.0 };
            match form.as_str() {
                "unnorm" => Ok(1.0),
                "sch" => Ok(if m == 0 { 1.0 } else { sign * (2.0 * ratio).sqrt() }),
                "norm" => Ok(sign * ((n as f64 + 0.5) * ratio).sqrt()),
                _ => Err(fault!("legendre: NORMALIZATION option must be \"unnorm\", \"norm\", or \"sch\"")),
            }
        })
        .collect::<Result<_>>()?;
    let mut values = Vec::with_capacity(shape.len());
    for x in points {
        let s = (1.0 - x * x).sqrt();
        let mut diagonal = 1.0;
        for (m, scale) in scale.iter().enumerate() {
            if m > 0 {
                diagonal *= -((2 * m - 1) as f64) * s;
            }
            let (mut before, mut p) = (0.0, diagonal);
            for l in m + 1..=n {
                let next = ((2 * l - 1) as f64 * x * p - (l + m - 1) as f64 * before) / (l - m) as f64;
                (before, p) = (p, next);
            }
            values.push(p * scale);
        }
    }
    one(numeric::real(shape, values, single))
}

/// Complete elliptic integrals by the arithmetic-geometric mean.
fn elliptic(m: f64) -> (f64, f64) {
    if m == 1.0 {
        return (f64::INFINITY, 1.0);
    }
    if m > 1.0 {
        return (f64::NAN, f64::NAN);
    }
    let (mut a, mut b) = (1.0, (1.0 - m).sqrt());
    let (mut sum, mut power) = (m, 1.0);
    for _ in 0..60 {
        let c = (a - b) / 2.0;
        (a, b) = ((a + b) / 2.0, (a * b).sqrt());
        power *= 2.0;
        sum += power * c * c;
        if c.abs() <= f64::EPSILON * a {
            break;
        }
    }
    let k = PI / (2.0 * a);
    (k, k * (1.0 - sum / 2.0))
}

fn ellipke(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let (shape, pairs, single) = together(host, "ellipke", [&args[0]], |[m]| elliptic(m))?;
    if pairs.iter().any(|(k, _)| k.is_nan()) {
        return Err(fault!("ellipke: all M must be <= 1"));
    }
    let (k, e): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
    let k = numeric::real(shape.clone(), k, single);
    if call.nargout < 2 { one(k) } else { several([k, numeric::real(shape, e, single)]) }
}

/// Which of the four Bessel functions.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    J,
    Y,
    I,
    K,
}

/// Any real order and argument, through orders and arguments that are not negative.
fn bessel_value(kind: Kind, nu: f64, x: f64) -> Complex64 {
    let whole = nu == nu.trunc();
    if x.is_nan() || nu.is_nan() {
        return f64::NAN.into();
    }
    if x == 0.0 {
        return match kind {
            Kind::J | Kind::I if nu == 0.0 => 1.0.into(),
            Kind::J | Kind::I if nu > 0.0 || whole => 0.0.into(),
            Kind::Y => f64::NEG_INFINITY.into(),
            _ => f64::INFINITY.into(),
        };
    }
    let t = x.abs();
    let order = nu.abs();
    let (cos, sin) =
        if whole { (if nu % 2.0 == 0.0 { 1.0 } else { -1.0 }, 0.0) } else { ((PI * order).cos(), (PI * order).sin()) };
    let (first, second) = match kind {
        Kind::J | Kind::Y if t.is_infinite() => (0.0, 0.0),
        Kind::J | Kind::Y => {
            let (j, y) = if whole && order < 1e6 {
                (libm::jn(order as i32, t), libm::yn(order as i32, t))
            } else {
                bessel::ordinary(order, t)
            };
            if nu < 0.0 { (cos * j - sin * y, sin * j + cos * y) } else { (j, y) }
        }
        _ if t.is_infinite() => (f64::INFINITY, 0.0),
        _ => {
            let (i, k) = bessel::modified(order, t);
            (if nu < 0.0 { i + 2.0 / PI * sin * k } else { i }, k)
        }
    };
    if x > 0.0 {
        return if matches!(kind, Kind::J | Kind::I) { first } else { second }.into();
    }
    // Once around the origin by half a turn.
    let turn = Complex64::new(cos, if nu < 0.0 { -sin } else { sin });
    match kind {
        Kind::J | Kind::I => turn * first,
        Kind::Y => turn.conj() * second + Complex64::new(0.0, 2.0 * cos * first),
        Kind::K => turn.conj() * second - Complex64::new(0.0, PI * first),
    }
}

fn bessel(host: &mut dyn Host, who: &str, kind: Kind, args: &[Value], call: Call) -> Result<Values> {
    let scaled = args.get(2).is_some_and(super::args::flag);
    let (shape, values, single) = together(host, who, [&args[0], &args[1]], |[nu, x]| {
        let scale = match kind {
            Kind::I if scaled => (-x.abs()).exp(),
            Kind::K if scaled => x.exp(),
            _ => 1.0,
        };
        bessel_value(kind, nu, x) * scale
    })?;
    let zeros = numeric::real(shape.clone(), vec![0.0; values.len()], false);
    let y = numeric::complex(shape, values, single);
    if call.nargout < 2 { one(y) } else { several([y, zeros]) }
}

macro_rules! bessel_row {
    ($name:literal, $kind:ident, $help:literal) => {
        Builtin::new(
            $name,
            (2, 3),
            2,
            |host, args, call| bessel(host, $name, Kind::$kind, args, call),
            concat!($name, " (ALPHA, X), ", $name, " (ALPHA, X, OPT)\n\n", $help, "\n\n    ", $name, " (0, 1)\n"),
        )
    };
}

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "beta",
        (2, 2),
        1,
        |host, args, _| real(host, "beta", [&args[0], &args[1]], |[a, b]| log_beta(a, b).exp()),
        "beta (A, B)\n\nThe beta function gamma (A) * gamma (B) / gamma (A + B).\n\n    beta (2, 3)\n",
    ),
    Builtin::new(
        "betaln",
        (2, 2),
        1,
        |host, args, _| real(host, "betaln", [&args[0], &args[1]], |[a, b]| log_beta(a, b)),
        "betaln (A, B)\n\nThe logarithm of the beta function.\n\n    betaln (2, 3)\n",
    ),
    Builtin::new(
        "gammainc",
        (2, 3),
        1,
        gammainc,
        "gammainc (X, A), gammainc (X, A, \"upper\")\n\nThe incomplete gamma function divided by gamma (A).\n\n    gammainc (1, 2)\n",
    ),
    Builtin::new(
        "betainc",
        (3, 4),
        1,
        betainc,
        "betainc (X, A, B), betainc (X, A, B, \"upper\")\n\nThe incomplete beta function divided by beta (A, B).\n\n    betainc (0.5, 2, 3)\n",
    ),
    Builtin::new(
        "psi",
        (1, 2),
        1,
        psi,
        "psi (X), psi (K, X)\n\nThe logarithmic derivative of gamma, or its derivative of order K.\n\n    psi (1)\n",
    ),
    Builtin::new(
        "expint",
        (1, 1),
        1,
        expint,
        "expint (X)\n\nThe exponential integral of exp (-t) / t from X to infinity.\n\n    expint (1)\n",
    ),
    Builtin::new(
        "sinint",
        (1, 1),
        1,
        |host, args, _| one(real_function(host, "sinint", &args[0], |x| trigonometric_integrals(x).0)?),
        "sinint (X)\n\nThe integral of sin (t) / t from 0 to X.\n\n    sinint (1)\n",
    ),
    Builtin::new(
        "cosint",
        (1, 1),
        1,
        cosint,
        "cosint (X)\n\nThe cosine integral, minus that of cos (t) / t from X to infinity.\n\n    cosint (1)\n",
    ),
    Builtin::new(
        "legendre",
        (2, 3),
        1,
        legendre,
        "legendre (N, X), legendre (N, X, \"norm\" or \"sch\")\n\nAssociated Legendre functions of degree N, orders 0 to N in rows.\n\n    legendre (2, [0 0.5])\n",
    ),
    Builtin::new(
        "ellipke",
        (1, 2),
        2,
        ellipke,
        "[K, E] = ellipke (M)\n\nComplete elliptic integrals of the first and second kind.\n\n    [k, e] = ellipke (0.5)\n",
    ),
    bessel_row!("besselj", J, "The Bessel function of the first kind of real order."),
    bessel_row!("bessely", Y, "The Bessel function of the second kind of real order."),
    bessel_row!("besseli", I, "The modified Bessel function of the first kind; OPT scales it by exp (-abs (X))."),
    bessel_row!("besselk", K, "The modified Bessel function of the second kind; OPT scales it by exp (X)."),
];

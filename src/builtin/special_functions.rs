//! Special functions of several arguments: incomplete gamma and beta functions, Bessel, Legendre, elliptic and integral
//! functions.

use super::api::{Builtin, Call, Host, Values};
use super::args::{one, several, usage};
use super::elementwise::real_function;
use super::math::bessel;
use super::math::gamma::{self, Tail};
use super::numeric::{self, Elements, Wide};
use crate::array::{Complex64, DType, Shape};
use crate::diag::Result;
use crate::fault;
use crate::value::Value;
use std::f64::consts::PI;

/// Real operands stretched to one size; only equal sizes and scalars fit.
struct Stretched {
    shape: Shape,
    single: bool,
    operands: Vec<Vec<f64>>,
}

impl Stretched {
    fn new(host: &mut dyn Host, who: &str, names: &str, args: &[Value]) -> Result<Stretched> {
        let mut shape = Shape::scalar();
        for x in args {
            if x.dtype().is_none_or(|d| d.is_complex() || d == DType::Char) {
                return Err(fault!("{who}: {names} must be real"));
            }
            if !x.is_scalar() {
                if !shape.is_scalar() && shape != x.shape() {
                    return Err(fault!("{who}: {names} must have consistent sizes"));
                }
                shape = x.shape();
            }
        }
        let mut single = false;
        let mut operands = Vec::new();
        for x in args {
            let wide = Wide::new(host, x, who)?;
            single |= wide.single;
            let v = wide.re();
            operands.push(if v.len() == 1 { vec![v[0]; shape.len()] } else { v });
        }
        Ok(Stretched { shape, single, operands })
    }

    fn map(self, f: impl Fn(&[f64]) -> f64) -> Value {
        let mut at = vec![0.0; self.operands.len()];
        let values = (0..self.shape.len())
            .map(|i| {
                at.iter_mut().zip(&self.operands).for_each(|(x, v)| *x = v[i]);
                f(&at)
            })
            .collect();
        numeric::real(self.shape, values, self.single)
    }
}

/// `gammainc (x, a, tail)`.
fn gammainc(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let tail = match args.get(2) {
        None => Tail::Lower,
        Some(t) => match t.to_text().map(|t| t.to_lowercase()).as_deref() {
            Some("lower") => Tail::Lower,
            Some("upper") => Tail::Upper,
            Some("scaledlower") => Tail::ScaledLower,
            Some("scaledupper") => Tail::ScaledUpper,
            _ => return Err(fault!("gammainc: invalid value for TAIL")),
        },
    };
    let s = Stretched::new(host, "gammainc", "X and A", &args[..2])?;
    if s.operands[1].iter().any(|a| *a < 0.0) {
        return Err(fault!("gammainc: A must be non-negative"));
    }
    one(s.map(|v| gamma::incomplete_gamma(v[0], v[1], tail)))
}

fn is_upper(who: &str, x: Option<&Value>) -> Result<bool> {
    match x.map(|t| t.to_text().unwrap_or_default().to_lowercase()).as_deref() {
        None | Some("lower") => Ok(false),
        Some("upper") => Ok(true),
        Some(_) => Err(fault!("{who}: invalid value for TAIL")),
    }
}

/// `betainc (x, a, b, tail)`.
fn betainc(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let upper = is_upper("betainc", args.get(3))?;
    let s = Stretched::new(host, "betainc", "X, A, and B", &args[..3])?;
    if s.operands[0].iter().any(|x| *x < 0.0 || *x > 1.0) {
        return Err(fault!("betainc: X must be in the range [0, 1]"));
    }
    for (name, at) in [("A", 1), ("B", 2)] {
        if s.operands[at].iter().any(|x| *x <= 0.0) {
            return Err(fault!("betainc: {name} must be strictly positive"));
        }
    }
    one(s.map(|v| gamma::incomplete_beta(v[0], v[1], v[2], upper)))
}

/// `gammaincinv (y, a, tail)`.
fn gammaincinv(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let upper = is_upper("gammaincinv", args.get(2))?;
    let s = Stretched::new(host, "gammaincinv", "Y and A", &args[..2])?;
    if s.operands[0].iter().any(|y| *y < 0.0 || *y > 1.0) {
        return Err(fault!("gammaincinv: Y must be in the range [0, 1]"));
    }
    if s.operands[1].iter().any(|a| *a <= 0.0) {
        return Err(fault!("gammaincinv: A must be strictly positive"));
    }
    one(s.map(|v| {
        let (y, a) = (v[0], v[1]);
        if y.is_nan() || a.is_nan() {
            return f64::NAN;
        }
        let (target, tail, sign) = if upper { (-y, Tail::Upper, -1.0) } else { (y, Tail::Lower, 1.0) };
        if y == 0.0 || y == 1.0 {
            return if (y == 0.0) == upper { f64::INFINITY } else { 0.0 };
        }
        let mut high = a.max(1.0);
        while sign * gamma::incomplete_gamma(high, a, tail) < target && high < 1e300 {
            high *= 2.0;
        }
        gamma::inverse(target, 0.0, high, |x| sign * gamma::incomplete_gamma(x, a, tail))
    }))
}

/// `betaincinv (y, a, b, tail)`.
fn betaincinv(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let upper = is_upper("betaincinv", args.get(3))?;
    let s = Stretched::new(host, "betaincinv", "Y, A, and B", &args[..3])?;
    if s.operands[0].iter().any(|y| *y < 0.0 || *y > 1.0) {
        return Err(fault!("betaincinv: Y must be in the range [0, 1]"));
    }
    for (name, at) in [("A", 1), ("B", 2)] {
        if s.operands[at].iter().any(|x| *x <= 0.0) {
            return Err(fault!("betaincinv: {name} must be strictly positive"));
        }
    }
    one(s.map(|v| {
        let sign = if upper { -1.0 } else { 1.0 };
        gamma::inverse(sign * v[0], 0.0, 1.0, |x| sign * gamma::incomplete_beta(x, v[1], v[2], upper))
    }))
}

fn beta(host: &mut dyn Host, who: &'static str, args: &[Value]) -> Result<Values> {
    for x in args {
        if x.dtype().is_none_or(|d| d.is_complex() || d == DType::Char) {
            return Err(fault!("{who}: A and B must be real"));
        }
    }
    let s = Stretched::new(host, who, "A and B", args)?;
    one(s.map(|v| {
        let (a, b) = (v[0], v[1]);
        if who == "betaln" {
            return gamma::log_beta(a, b);
        }
        use crate::array::scalar_fn::special::gamma as g;
        let direct = g(a) * g(b) / g(a + b);
        if direct.is_finite() && direct != 0.0 && a + b < 170.0 { direct } else { gamma::log_beta(a, b).exp() }
    }))
}

/// `psi (z)`, `psi (k, x)`.
fn psi(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let float = |x: &Value| x.dtype().is_some_and(DType::is_float);
    let (k, z) = match args {
        [z] => (0, z),
        [k, z] => match k.to_f64() {
            Some(v) if k.is_scalar() && v == v.trunc() && v >= 0.0 => (v as u32, z),
            Some(v) if k.is_scalar() && v == v.trunc() => return Err(fault!("psi: K must be non-negative")),
            _ => return Err(fault!("psi: K must be an integer")),
        },
        _ => return Err(usage("psi")),
    };
    if !float(z) {
        return Err(fault!("psi: Z must be a floating point variable"));
    }
    let z = Wide::new(host, z, "psi")?;
    let (shape, single) = (z.shape.clone(), z.single);
    if k == 0 {
        return one(match z.elements {
            Elements::Real(v) => numeric::real(
                shape,
                v.into_iter().map(|x| if x.is_nan() { x } else { gamma::digamma(x.into()).re }).collect(),
                single,
            ),
            Elements::Complex(v) => numeric::complex(shape, v.into_iter().map(gamma::digamma).collect(), single),
        });
    }
    let Elements::Real(v) = z.elements else {
        return Err(fault!("psi: Z must be real value for polygamma (K > 0)"));
    };
    if v.iter().any(|x| *x < 0.0) {
        return Err(fault!("psi: Z must be non-negative for polygamma (K > 0)"));
    }
    one(numeric::real(shape, v.into_iter().map(|x| gamma::polygamma(k, x)).collect(), single))
}

/// The exponential integral E1.
fn e1(z: Complex64) -> Complex64 {
    if z == Complex64::ZERO {
        return f64::INFINITY.into();
    }
    if z.re.is_infinite() && z.re > 0.0 {
        return Complex64::ZERO;
    }
    if z.norm() <= 3.0 || z.re < 0.0 && z.im.abs() < 0.3 * z.re.abs() && z.norm() < 40.0 {
        let (mut sum, mut term) = (Complex64::ZERO, Complex64::from(1.0));
        for k in 1..500 {
            term *= -z / k as f64;
            let step = term / k as f64;
            sum -= step;
            if step.norm() < f64::EPSILON * 0.1 * sum.norm() {
                break;
            }
        }
        return -z.ln() - 0.577_215_664_901_532_9 + sum;
    }
    if z.im == 0.0 && z.re < 0.0 {
        // Asymptotic series of Ei.
        let x = -z.re;
        let (mut sum, mut term) = (1.0, 1.0);
        for k in 1..60 {
            let next = term * k as f64 / x;
            if next > term {
                break;
            }
            term = next;
            sum += term;
        }
        return Complex64::new(-x.exp() / x * sum, -PI);
    }
    let mut b = z + 1.0;
    let mut c = Complex64::from(1e300);
    let mut d = b.inv();
    let mut h = d;
    for i in 1..10_000 {
        let a = -((i * i) as f64);
        b += 2.0;
        d = (d * a + b).inv();
        c = b + Complex64::from(a) / c;
        let step = c * d;
        h *= step;
        if (step - 1.0).norm() < f64::EPSILON {
            break;
        }
    }
    h * (-z).exp()
}

fn expint(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    if args[0].dtype().is_none_or(|d| d == DType::Char) {
        return Err(fault!("expint: X must be numeric"));
    }
    let x = Wide::new(host, &args[0], "expint")?;
    let single = x.single;
    let values = x.complex().into_iter().map(e1).collect();
    one(numeric::complex(x.shape, values, single))
}

/// Sine and cosine integrals in the right half plane: by series near zero, else by way of E1.
fn sine_cosine_integrals(z: Complex64) -> (Complex64, Complex64) {
    if z.re.is_infinite() && z.im == 0.0 {
        return ((PI / 2.0).into(), Complex64::ZERO);
    }
    if z.norm() > 2.0 {
        let (plus, minus) = (e1(Complex64::I * z), e1(-Complex64::I * z));
        let si = Complex64::from(PI / 2.0) + (plus - minus) / Complex64::new(0.0, 2.0);
        return (si, -(plus + minus) / 2.0);
    }
    let (mut si, mut ci, mut term) = (Complex64::ZERO, Complex64::ZERO, Complex64::from(1.0));
    for k in 1..100 {
        term *= z / k as f64;
        let step = term / k as f64;
        match k % 4 {
            1 => si += step,
            2 => ci -= step,
            3 => si -= step,
            _ => ci += step,
        }
        if step.norm() < 1e-20 {
            break;
        }
    }
    (si, ci + z.ln() + 0.577_215_664_901_532_9)
}

fn numeric_argument(host: &mut dyn Host, who: &str, x: &Value) -> Result<Wide> {
    if x.dtype().is_none_or(|d| d == DType::Char) {
        return Err(fault!("{who}: X must be numeric"));
    }
    Wide::new(host, x, who)
}

fn sinint(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let x = numeric_argument(host, "sinint", &args[0])?;
    let (shape, single, real) = (x.shape.clone(), x.single, !x.is_complex());
    let f = |z: Complex64| {
        if z == Complex64::ZERO || z.re.is_nan() {
            return z;
        }
        let mut y = if z.re < 0.0 { -sine_cosine_integrals(-z).0 } else { sine_cosine_integrals(z).0 };
        if real {
            y.im = 0.0;
        }
        y
    };
    one(numeric::complex(shape, x.complex().into_iter().map(f).collect(), single))
}

fn cosint(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let x = numeric_argument(host, "cosint", &args[0])?;
    let (shape, single, real) = (x.shape.clone(), x.single, !x.is_complex());
    let f = |z: Complex64| {
        // Beyond the cut along the negative axis the logarithm turns by half a circle.
        let half = if z.im.is_sign_negative() { -PI } else { PI };
        if z == Complex64::ZERO {
            let im = if z.re.is_sign_negative() { half } else { 0.0 };
            return Complex64::new(f64::NEG_INFINITY, im);
        }
        if z.re.is_nan() {
            return z;
        }
        let left = z.re < 0.0 || z.re == 0.0 && z.re.is_sign_negative();
        let mut y = sine_cosine_integrals(if left { -z } else { z }).1;
        if real {
            y.im = 0.0;
        }
        if left { y + Complex64::new(0.0, half) } else { y }
    };
    one(numeric::complex(shape, x.complex().into_iter().map(f).collect(), single))
}

/// `legendre (n, x, normalization)`: associated functions of all orders, one a row.
fn legendre(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let n = match args[0].to_f64() {
        Some(v) if args[0].is_scalar() && v >= 0.0 && v == v.trunc() => v as usize,
        _ => return Err(fault!("legendre: N must be a real non-negative integer")),
    };
    if args[1].dtype().is_none_or(|d| d.is_complex() || d == DType::Char) {
        return Err(fault!("legendre: X must be real-valued vector in the range -1 <= X <= 1"));
    }
    let x = Wide::new(host, &args[1], "legendre")?;
    let (shape, single) = (x.shape.clone(), x.single);
    let x = x.re();
    if x.iter().any(|v| v.abs() > 1.0) {
        return Err(fault!("legendre: X must be real-valued vector in the range -1 <= X <= 1"));
    }
    let kind = match args.get(2) {
        None => "unnorm".to_owned(),
        Some(k) => k.to_text().unwrap_or_default().to_lowercase(),
    };
    if !matches!(kind.as_str(), "unnorm" | "norm" | "sch") {
        return Err(fault!("legendre: NORMALIZATION option must be \"unnorm\", \"norm\", or \"sch\""));
    }
    let mut out = Vec::with_capacity((n + 1) * x.len());
    for &x in &x {
        for m in 0..=n {
            let sign = if m % 2 == 1 { -1.0 } else { 1.0 };
            out.push(match kind.as_str() {
                "norm" => normalised_legendre(n, m, x),
                "sch" if m == 0 => plain_legendre(n, 0, x),
                "sch" => normalised_legendre(n, m, x) * 2.0 / (2.0 * n as f64 + 1.0).sqrt(),
                _ => sign * plain_legendre(n, m, x),
            });
        }
    }
    let mut dims = vec![n + 1];
    if shape.is_vector() {
        dims.push(x.len());
    } else {
        dims.extend(shape.iter().copied());
    }
    one(numeric::real(Shape::new(&dims), out, single))
}

/// P_n^m without the factor (-1)^m, by recurrence in the degree.
fn plain_legendre(n: usize, m: usize, x: f64) -> f64 {
    let s = ((1.0 - x) * (1.0 + x)).sqrt();
    let mut p = (1..=m).fold(1.0, |p, k| p * s * (2 * k - 1) as f64);
    if n == m {
        return p;
    }
    let mut before = p;
    p *= x * (2 * m + 1) as f64;
    for l in m + 2..=n {
        (p, before) = ((x * (2 * l - 1) as f64 * p - (l + m - 1) as f64 * before) / (l - m) as f64, p);
    }
    p
}

/// sqrt ((n+1/2) (n-m)!/(n+m)!) P_n^m without the factor (-1)^m.
fn normalised_legendre(n: usize, m: usize, x: f64) -> f64 {
    let s = ((1.0 - x) * (1.0 + x)).sqrt();
    let mut p = (0.5f64).sqrt();
    for k in 1..=m {
        p *= s * ((2 * k + 1) as f64 / (2 * k) as f64).sqrt();
    }
    if n == m {
        return p;
    }
    let mut before = p;
    p = x * ((2 * m + 3) as f64).sqrt() * before;
    for l in m + 2..=n {
        let (l, m) = (l as f64, m as f64);
        let a = ((4.0 * l * l - 1.0) / (l * l - m * m)).sqrt();
        let b = (((l - 1.0) * (l - 1.0) - m * m) / (4.0 * (l - 1.0) * (l - 1.0) - 1.0)).sqrt();
        (p, before) = (a * (x * p - b * before), p);
    }
    p
}

#[derive(Clone, Copy, PartialEq)]
enum Bessel {
    J,
    Y,
    I,
    K,
    H(bool),
}

/// A Bessel function of any real order at a real argument; complex where the argument is negative.
fn bessel_value(kind: Bessel, nu: f64, x: f64, scaled: bool) -> Complex64 {
    if nu.is_nan() || x.is_nan() {
        return f64::NAN.into();
    }
    if let Bessel::H(first) = kind {
        let (j, y) = (bessel_value(Bessel::J, nu, x, false), bessel_value(Bessel::Y, nu, x, false));
        let i = Complex64::I;
        let z = if first { j + i * y } else { j - i * y };
        let turn = Complex64::from_polar(1.0, if first { -x } else { x });
        return if scaled { z * turn } else { z };
    }
    if x < 0.0 {
        // Continuation to the negative axis: (-1)^nu times the value on the positive one, and more for Y and K.
        let turn = |p: f64| {
            if nu == nu.trunc() {
                (if nu % 2.0 == 0.0 { 1.0 } else { -1.0 }).into()
            } else {
                Complex64::from_polar(1.0, p * nu * PI)
            }
        };
        let at = |k: Bessel| bessel_value(k, nu, -x, scaled);
        return match kind {
            Bessel::J | Bessel::I => turn(1.0) * at(kind),
            Bessel::Y => turn(-1.0) * at(Bessel::Y) + Complex64::new(0.0, 2.0 * (nu * PI).cos()) * at(Bessel::J),
            _ => {
                turn(-1.0) * bessel_value(Bessel::K, nu, -x, false)
                    - Complex64::new(0.0, PI) * bessel_value(Bessel::I, nu, -x, false)
            }
        };
    }
    let order = nu.abs();
    if x == 0.0 {
        let whole = nu == nu.trunc();
        return match kind {
            Bessel::J | Bessel::I if nu == 0.0 => 1.0.into(),
            Bessel::J | Bessel::I if nu > 0.0 || whole => 0.0.into(),
            Bessel::J | Bessel::I => f64::INFINITY.into(),
            Bessel::Y => f64::NEG_INFINITY.into(),
            _ => f64::INFINITY.into(),
        };
    }
    if x.is_infinite() {
        return match kind {
            Bessel::I if !scaled => f64::INFINITY,
            _ => 0.0,
        }
        .into();
    }
    let (s, c) =
        if nu == nu.trunc() { (0.0, if nu % 2.0 == 0.0 { 1.0 } else { -1.0 }) } else { (order * PI).sin_cos() };
    match kind {
        Bessel::J | Bessel::Y => {
            let (j, y) = if order == order.trunc() && order < 1e6 {
                (libm::jn(order as i32, x), libm::yn(order as i32, x))
            } else {
                bessel::jy(order, x)
            };
            let value = match (kind, nu < 0.0) {
                (Bessel::J, false) => j,
                (Bessel::J, true) => c * j - s * y,
                (_, false) => y,
                (_, true) => s * j + c * y,
            };
            value.into()
        }
        _ => {
            let (i, k) = bessel::ik_scaled(order, x);
            let value = if kind == Bessel::K {
                if scaled { k } else { k * (-x).exp() }
            } else {
                let i = if nu < 0.0 && nu != nu.trunc() { i + 2.0 / PI * s * k * (-2.0 * x).exp() } else { i };
                if scaled { i } else { i * x.exp() }
            };
            value.into()
        }
    }
}

/// `besselj (alpha, x, opt)` and kin: rows of x against columns of alpha, or element by element.
fn bessel_family(host: &mut dyn Host, who: &'static str, kind: Bessel, args: &[Value]) -> Result<Values> {
    let (args, scaled) = match args {
        [a, x, opt] => (vec![a.clone(), x.clone()], super::args::flag(opt)),
        _ => (args.to_vec(), false),
    };
    for v in &args {
        if v.dtype().is_none_or(|d| d == DType::Char) {
            return Err(fault!("{who}: ALPHA and X must be numeric"));
        }
        if v.dtype().is_some_and(DType::is_complex) {
            return Err(fault!("{who}: complex arguments are not supported"));
        }
    }
    let (alpha, x) = (Wide::new(host, &args[0], who)?, Wide::new(host, &args[1], who)?);
    let single = alpha.single || x.single;
    let Some(shape) = alpha.shape.broadcast(&x.shape) else {
        return Err(fault!("{who}: the sizes of ALPHA and X must conform"));
    };
    if shape.rank() > 2 && [&alpha.shape, &x.shape].iter().any(|own| !own.is_scalar() && **own != shape) {
        return Err(fault!("{who}: the sizes of ALPHA and X must conform"));
    }
    let (a, s) = (alpha.re(), alpha.shape);
    let (b, t) = (x.re(), x.shape);
    let (m, n) = (shape.rows(), shape.len() / shape.rows().max(1));
    let pick = |v: &[f64], own: &Shape, i: usize, j: usize| {
        if own.is_scalar() {
            v[0]
        } else {
            let rows = own.rows();
            let columns = v.len() / rows.max(1);
            v[(if columns == 1 { 0 } else { j }) * rows + if rows == 1 { 0 } else { i }]
        }
    };
    let values = (0..n)
        .flat_map(|j| (0..m).map(move |i| (i, j)))
        .map(|(i, j)| bessel_value(kind, pick(&a, &s, i, j), pick(&b, &t, i, j), scaled))
        .collect();
    let count = shape.len();
    let out = numeric::complex(shape.clone(), values, single);
    several([out, numeric::real(shape, vec![0.0; count], false)])
}

/// `besselh (alpha, k, x, opt)`.
fn besselh(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let (k, rest) = match args {
        [a, x] => (1.0, vec![a.clone(), x.clone()]),
        [a, k, x] => (k.to_f64().unwrap_or(1.0), vec![a.clone(), x.clone()]),
        [a, k, x, o] => (k.to_f64().unwrap_or(1.0), vec![a.clone(), x.clone(), o.clone()]),
        _ => return Err(usage("besselh")),
    };
    if k != 1.0 && k != 2.0 {
        return Err(fault!("besselh: K must be 1 or 2"));
    }
    bessel_family(host, "besselh", Bessel::H(k == 1.0), &rest)
}

/// `airy (k, z, opt)` for real z: Ai, Ai', Bi, Bi'.
fn airy(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let (k, z) = match args {
        [z] => (0, z),
        [k, z, ..] => match k.to_f64() {
            Some(v) if k.is_scalar() && v == v.trunc() && (0.0..=3.0).contains(&v) => (v as u32, z),
            _ => return Err(fault!("airy: K must be 0, 1, 2, or 3")),
        },
        _ => return Err(usage("airy")),
    };
    let f = |x: f64| {
        let third = 1.0 / 3.0;
        let zeta = 2.0 / 3.0 * x.abs().powf(1.5);
        let root = x.abs().sqrt();
        if x == 0.0 {
            return [
                0.355_028_053_887_817_24,
                -0.258_819_403_792_806_8,
                0.614_926_627_446_000_7,
                0.448_288_357_353_826_36,
            ][k as usize];
        }
        if x > 0.0 {
            let (e, g) = ((-zeta).exp(), zeta.exp());
            let (i1, k1) = bessel::ik_scaled(third, zeta);
            let (i2, k2) = bessel::ik_scaled(2.0 * third, zeta);
            let (k1, k2) = (k1 * e, k2 * e);
            // I of negative order by reflection.
            let negative = |i: f64, k: f64, nu: f64| i * g + 2.0 / PI * (nu * PI).sin() * k;
            return match k {
                0 => root / (PI * 3f64.sqrt()) * k1,
                1 => -x / (PI * 3f64.sqrt()) * k2,
                2 => root / 3f64.sqrt() * (i1 * g + negative(i1, k1, third)),
                _ => x / 3f64.sqrt() * (i2 * g + negative(i2, k2, 2.0 * third)),
            };
        }
        let minus = |nu: f64, (j, y): (f64, f64)| (nu * PI).cos() * j - (nu * PI).sin() * y;
        let (a, b) = (bessel::jy(third, zeta), bessel::jy(2.0 * third, zeta));
        match k {
            0 => root / 3.0 * (a.0 + minus(third, a)),
            1 => -x / 3.0 * (b.0 - minus(2.0 * third, b)),
            2 => root / 3f64.sqrt() * (minus(third, a) - a.0),
            _ => -x / 3f64.sqrt() * (minus(2.0 * third, b) + b.0),
        }
    };
    let values = real_function(host, "airy", z, f)?;
    several([values, Value::Num(0.0)])
}

/// `[k, e] = ellipke (m)`: complete elliptic integrals by the arithmetic-geometric mean.
fn ellipke(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let integrals = |m: f64| {
        if m > 1.0 || m.is_nan() {
            return (f64::NAN, f64::NAN);
        }
        if m == 1.0 {
            return (f64::INFINITY, 1.0);
        }
        if m == f64::NEG_INFINITY {
            return (0.0, f64::INFINITY);
        }
        // Negative parameters by the imaginary modulus transformation.
        let (m, scale, stretch) =
            if m < 0.0 { (m / (m - 1.0), 1.0 / (1.0 - m).sqrt(), (1.0 - m).sqrt()) } else { (m, 1.0, 1.0) };
        let (mut a, mut b, mut c, mut sum, mut power) = (1.0, (1.0 - m).sqrt(), m.sqrt(), m / 2.0, 1.0);
        while f64::abs(c) > 1e-9 {
            (a, b, c) = ((a + b) / 2.0, (a * b).sqrt(), (a - b) / 2.0);
            sum += power * c * c;
            power *= 2.0;
        }
        let k = PI / (2.0 * a);
        (k * scale, k * (1.0 - sum) * stretch)
    };
    let x = &args[0];
    if x.dtype().is_none_or(|d| d.is_complex() || d == DType::Char) {
        return Err(fault!("ellipke: M must be real"));
    }
    if args.get(1).is_some_and(|t| !t.is_scalar() || t.dtype().is_none_or(|d| d.is_complex() || d == DType::Char)) {
        return Err(fault!("ellipke: TOL must be a real scalar > 0"));
    }
    if let Ok(v) = super::args::numbers("ellipke", x)
        && v.iter().any(|m| *m > 1.0)
    {
        return Err(fault!("ellipke: M must be <= 1"));
    }
    let k = real_function(host, "ellipke", x, |m| integrals(m).0)?;
    several([k, real_function(host, "ellipke", x, |m| integrals(m).1)?])
}

/// `[sn, cn, dn] = ellipj (u, m)` for real u: descending Landen transformation.
fn ellipj(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    for (name, x) in ["U", "M"].iter().zip(args) {
        match x.dtype() {
            Some(class) if class.is_complex() => return Err(fault!("ellipj: U and M must be real")),
            Some(class) if class.is_float() => {}
            _ => return Err(fault!("ellipj: {name} must be a scalar or matrix")),
        }
    }
    let functions = |u: f64, m: f64| -> [f64; 3] {
        if !(0.0..=1.0).contains(&m) {
            return [f64::NAN; 3];
        }
        if m == 1.0 {
            return [u.tanh(), 1.0 / u.cosh(), 1.0 / u.cosh()];
        }
        let (mut a, mut c) = (vec![1.0], vec![m.sqrt()]);
        let mut b = (1.0 - m).sqrt();
        while c[c.len() - 1].abs() > f64::EPSILON && a.len() < 16 {
            let last = a[a.len() - 1];
            a.push((last + b) / 2.0);
            c.push((last - b) / 2.0);
            b = (last * b).sqrt();
        }
        let n = a.len() - 1;
        let mut phi = 2f64.powi(n as i32) * a[n] * u;
        let mut before = phi;
        for k in (1..=n).rev() {
            before = phi;
            phi = ((c[k] * phi.sin() / a[k]).asin() + phi) / 2.0;
        }
        let (sn, cn) = phi.sin_cos();
        let d = (before - phi).cos();
        let dn = if d.abs() < 0.1 { (1.0 - m * sn * sn).sqrt() } else { cn / d };
        [sn, cn, dn]
    };
    let (u, m) = (Wide::new(host, &args[0], "ellipj")?, Wide::new(host, &args[1], "ellipj")?);
    let single = u.single || m.single;
    // A row of arguments against a column of parameters makes a grid.
    if u.shape.rank() > 2 || m.shape.rank() > 2 {
        return Err(fault!("ellipj: U and M must be scalars or matrices"));
    }
    let shape = u.shape.broadcast(&m.shape).ok_or_else(|| fault!("ellipj: Invalid size combination for U and M"))?;
    let (a, b) = (u.re(), m.re());
    let at = |v: &[f64], own: &Shape, i: usize| {
        let rows = shape.rows();
        let (r, c) = (i % rows, i / rows);
        let own_rows = own.rows();
        let own_columns = v.len() / own_rows.max(1);
        v[(if own_columns == 1 { 0 } else { c }) * own_rows + if own_rows == 1 { 0 } else { r }]
    };
    let all: Vec<[f64; 3]> = (0..shape.len()).map(|i| functions(at(&a, &u.shape, i), at(&b, &m.shape, i))).collect();
    let part = |k: usize| numeric::real(shape.clone(), all.iter().map(|f| f[k]).collect(), single);
    several([part(0), part(1), part(2), Value::Num(0.0)])
}

/// Dawson's integral by its continued fraction and series.
fn dawson(x: f64) -> f64 {
    let y = x.abs();
    if y < 5.0 {
        // e^(-x^2) times the series of the integral of e^(t^2).
        let (mut term, mut sum) = (y, y);
        for k in 1..200 {
            term *= -2.0 * y * y / (2 * k + 1) as f64;
            sum += term;
            if term.abs() < 1e-18 * sum.abs() {
                break;
            }
        }
        if y < 2.0 {
            return sum.copysign(x);
        }
        // The alternating series cancels; positive terms do not.
        let (mut term, mut sum) = (y, y);
        for k in 1..300 {
            term *= y * y / k as f64;
            let step = term / (2 * k + 1) as f64;
            sum += step;
            if step < 1e-18 * sum {
                break;
            }
        }
        return (sum * (-y * y).exp()).copysign(x);
    }
    let (mut sum, mut term) = (1.0, 1.0);
    for k in 1..40 {
        let next = term * (2 * k - 1) as f64 / (2.0 * y * y);
        if next > term || next < 1e-18 {
            break;
        }
        term = next;
        sum += term;
    }
    (sum / (2.0 * y)).copysign(x)
}

fn erfi(x: f64) -> f64 {
    2.0 / PI.sqrt() * (x * x).exp() * dawson(x)
}

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "gammainc",
        (2, 3),
        1,
        gammainc,
        "gammainc (X, A), gammainc (X, A, \"upper\" | \"scaledlower\" | \"scaledupper\")\n\nThe regularised incomplete gamma function.\n\n    gammainc (1, 2)\n",
    ),
    Builtin::new(
        "gammaincinv",
        (2, 3),
        1,
        gammaincinv,
        "gammaincinv (Y, A), gammaincinv (Y, A, TAIL)\n\nThe X with gammainc (X, A) = Y.\n\n    gammaincinv (0.5, 2)\n",
    ),
    Builtin::new(
        "betainc",
        (3, 4),
        1,
        betainc,
        "betainc (X, A, B), betainc (X, A, B, \"upper\")\n\nThe regularised incomplete beta function.\n\n    betainc (0.5, 1, 2)\n",
    ),
    Builtin::new(
        "betaincinv",
        (3, 4),
        1,
        betaincinv,
        "betaincinv (Y, A, B), betaincinv (Y, A, B, TAIL)\n\nThe X with betainc (X, A, B) = Y.\n\n    betaincinv (0.5, 1, 2)\n",
    ),
    Builtin::new(
        "beta",
        (2, 2),
        1,
        |h, a, _| beta(h, "beta", a),
        "beta (A, B)\n\nThe beta function.\n\n    beta (1, 2)\n",
    ),
    Builtin::new(
        "betaln",
        (2, 2),
        1,
        |h, a, _| beta(h, "betaln", a),
        "betaln (A, B)\n\nThe logarithm of the beta function.\n\n    betaln (1, 2)\n",
    ),
    Builtin::new(
        "psi",
        (1, 2),
        1,
        psi,
        "psi (Z), psi (K, X)\n\nThe digamma function, or its K-th derivative.\n\n    psi (1)\n",
    ),
    Builtin::new("expint", (1, 1), 1, expint, "expint (X)\n\nThe exponential integral E1.\n\n    expint (1)\n"),
    Builtin::new("sinint", (1, 1), 1, sinint, "sinint (X)\n\nThe sine integral.\n\n    sinint (1)\n"),
    Builtin::new("cosint", (1, 1), 1, cosint, "cosint (X)\n\nThe cosine integral.\n\n    cosint (1)\n"),
    Builtin::new(
        "legendre",
        (2, 3),
        1,
        legendre,
        "legendre (N, X), legendre (N, X, \"norm\" | \"sch\")\n\nAssociated Legendre functions of degree N and orders 0 to N, one a row.\n\n    legendre (2, 0.5)\n",
    ),
    Builtin::new(
        "besselj",
        (2, 3),
        2,
        |h, a, _| bessel_family(h, "besselj", Bessel::J, a),
        "[J, IERR] = besselj (ALPHA, X, OPT)\n\nBessel function of the first kind.\n\n    besselj (0, 1)\n",
    ),
    Builtin::new(
        "bessely",
        (2, 3),
        2,
        |h, a, _| bessel_family(h, "bessely", Bessel::Y, a),
        "[Y, IERR] = bessely (ALPHA, X, OPT)\n\nBessel function of the second kind.\n\n    bessely (0, 1)\n",
    ),
    Builtin::new(
        "besseli",
        (2, 3),
        2,
        |h, a, _| bessel_family(h, "besseli", Bessel::I, a),
        "[I, IERR] = besseli (ALPHA, X, OPT)\n\nModified Bessel function of the first kind; OPT scales by exp (-X).\n\n    besseli (0, 1)\n",
    ),
    Builtin::new(
        "besselk",
        (2, 3),
        2,
        |h, a, _| bessel_family(h, "besselk", Bessel::K, a),
        "[K, IERR] = besselk (ALPHA, X, OPT)\n\nModified Bessel function of the second kind; OPT scales by exp (X).\n\n    besselk (0, 1)\n",
    ),
    Builtin::new(
        "besselh",
        (2, 4),
        2,
        besselh,
        "[H, IERR] = besselh (ALPHA, K, X, OPT)\n\nHankel function of kind K (1).\n\n    besselh (0, 1)\n",
    ),
    Builtin::new(
        "airy",
        (1, 3),
        2,
        airy,
        "[A, IERR] = airy (K, Z)\n\nAiry functions of real Z: Ai, Ai', Bi, Bi' for K = 0, 1, 2, 3.\n\n    airy (0, 1)\n",
    ),
    Builtin::new(
        "ellipke",
        (1, 2),
        2,
        ellipke,
        "[K, E] = ellipke (M)\n\nComplete elliptic integrals.\n\n    ellipke (0.5)\n",
    ),
    Builtin::new(
        "ellipj",
        (2, 3),
        4,
        ellipj,
        "[SN, CN, DN] = ellipj (U, M)\n\nJacobi's elliptic functions.\n\n    ellipj (0.5, 0.5)\n",
    ),
    Builtin::new(
        "dawson",
        (1, 1),
        1,
        |h, a, _| one(real_function(h, "dawson", &a[0], dawson)?),
        "dawson (X)\n\nDawson's integral.\n\n    dawson (1)\n",
    ),
    Builtin::new(
        "erfi",
        (1, 1),
        1,
        |h, a, _| one(real_function(h, "erfi", &a[0], erfi)?),
        "erfi (X)\n\nThe imaginary error function.\n\n    erfi (1)\n",
    ),
];

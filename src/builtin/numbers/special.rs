//! Special functions of several arguments: incomplete gamma and beta functions, Bessel, Legendre, elliptic and integral
//! functions.

use crate::array::{DType, Shape, room};
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{one, usage};
use crate::builtin::large::elements::beyond_memory;
use crate::builtin::math::gamma::{self, Tail};
use crate::builtin::numeric::{self, Elements, Wide};
use crate::diag::Result;
use crate::fault;
use crate::value::Value;
use std::sync::Arc;

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
        room::check(&shape, size_of::<f64>())?;
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

    fn each<T>(&self, mut f: impl FnMut(&[f64]) -> T) -> impl Iterator<Item = T> {
        let mut at = vec![0.0; self.operands.len()];
        (0..self.shape.len()).map(move |i| {
            at.iter_mut().zip(&self.operands).for_each(|(x, v)| *x = v[i]);
            f(&at)
        })
    }

    /// What a function has to say about elements, if anything.
    fn first(&self, refuse: &dyn Fn(&[f64]) -> Option<&'static str>) -> Option<&'static str> {
        self.each(refuse).flatten().next()
    }

    fn map(self, f: impl Fn(&[f64]) -> f64) -> Value {
        let values = self.each(f).collect();
        numeric::real(self.shape, values, self.single)
    }
}

/// A function of the elements of real arguments (scalars go with all), where `refuse` names nothing that is wrong with them.
fn of_reals(
    host: &mut dyn Host,
    who: &'static str,
    names: &str,
    args: &[Value],
    refuse: impl Fn(&[f64]) -> Option<&'static str> + Send + Sync + 'static,
    f: impl Fn(&[f64]) -> f64 + Send + Sync + 'static,
) -> Result<Values> {
    let refuse = Arc::new(refuse);
    let refused = refuse.clone();
    let f = Arc::new(f);
    let found = f.clone();
    let checked = move |v: &[f64]| match refused(v) {
        Some(what) => Err(fault!("{who}: {what}")),
        None => Ok(found(v)),
    };
    if let Some(result) = beyond_memory(host, who, args, checked)? {
        return one(result);
    }
    let s = Stretched::new(host, who, names, args)?;
    if let Some(what) = s.first(&*refuse) {
        return Err(fault!("{who}: {what}"));
    }
    one(s.map(&*f))
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
    let refuse = |v: &[f64]| (v[1] < 0.0).then_some("A must be non-negative");
    of_reals(host, "gammainc", "X and A", &args[..2], refuse, move |v| gamma::incomplete_gamma(v[0], v[1], tail))
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
    let refuse = |v: &[f64]| beta_refuses(v, "X must be in the range [0, 1]");
    let f = move |v: &[f64]| gamma::incomplete_beta(v[0], v[1], v[2], upper);
    of_reals(host, "betainc", "X, A, and B", &args[..3], refuse, f)
}

/// What is wrong with a share and the parameters of a beta distribution.
fn beta_refuses(v: &[f64], share: &'static str) -> Option<&'static str> {
    match v {
        [x, ..] if *x < 0.0 || *x > 1.0 => Some(share),
        [_, a, _] if *a <= 0.0 => Some("A must be strictly positive"),
        [.., b] if *b <= 0.0 => Some("B must be strictly positive"),
        _ => None,
    }
}

/// `gammaincinv (y, a, tail)`.
fn gammaincinv(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let upper = is_upper("gammaincinv", args.get(2))?;
    let refuse = |v: &[f64]| match v {
        [y, _] if *y < 0.0 || *y > 1.0 => Some("Y must be in the range [0, 1]"),
        [_, a] if *a <= 0.0 => Some("A must be strictly positive"),
        _ => None,
    };
    of_reals(host, "gammaincinv", "Y and A", &args[..2], refuse, move |v| {
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
    })
}

/// `betaincinv (y, a, b, tail)`.
fn betaincinv(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let upper = is_upper("betaincinv", args.get(3))?;
    let refuse = |v: &[f64]| beta_refuses(v, "Y must be in the range [0, 1]");
    of_reals(host, "betaincinv", "Y, A, and B", &args[..3], refuse, move |v| {
        let sign = if upper { -1.0 } else { 1.0 };
        gamma::inverse(sign * v[0], 0.0, 1.0, |x| sign * gamma::incomplete_beta(x, v[1], v[2], upper))
    })
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
    room::check(&Shape::matrix(n.saturating_add(1), x.len()), size_of::<f64>())?;
    let mut out = Vec::with_capacity((n + 1) * x.len());
    for &x in &x {
        for m in 0..=n {
            host.check_interrupt()?;
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
    Builtin::new(
        "legendre",
        (2, 3),
        1,
        legendre,
        "legendre (N, X), legendre (N, X, \"norm\" | \"sch\")\n\nAssociated Legendre functions of degree N and orders 0 to N, one a row.\n\n    legendre (2, 0.5)\n",
    ),
];

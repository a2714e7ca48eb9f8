//! Polynomials as vectors of coefficients, highest power first.

use super::api::{Builtin, Call, Host, Values};
use super::args::{one, several, usage};
use super::convolution::{Part, convolved};
use super::math::solve::{least_squares, upper};
use super::math::{Mat, eig, qr};
use super::numeric::{self, IntoValue, Matrix, Wide};
use super::ops::lazy;
use crate::array::{Complex64, DType, Shape};
use crate::diag::Result;
use crate::fault;
use crate::value::{Struct, Value};
use std::sync::Arc;

const ZERO: Complex64 = Complex64::ZERO;

/// A numeric vector argument (or an empty array), its class, and whether it lies across.
pub fn vector(host: &mut dyn Host, complaint: &str, x: &Value) -> Result<(Vec<Complex64>, bool)> {
    let shape = x.shape();
    if x.dtype().is_none() || !(shape.is_vector() || x.is_empty()) {
        return Err(fault!("{complaint}"));
    }
    let x = Wide::new(host, x, complaint)?;
    Ok((x.complex(), x.single))
}

fn row(values: Vec<Complex64>, single: bool) -> Value {
    numeric::complex(Shape::matrix(1, values.len()), values, single)
}

fn column(values: Vec<Complex64>, single: bool) -> Value {
    numeric::complex(Shape::matrix(values.len(), 1), values, single)
}

/// Horner's scheme.
pub fn evaluate(p: &[Complex64], x: Complex64) -> Complex64 {
    p.iter().fold(ZERO, |y, &c| y * x + c)
}

/// `[y, dy] = polyval (p, x, s, mu)`.
fn polyval(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let p = &args[0];
    let float = |x: &Value| x.dtype().is_some_and(DType::is_float);
    if !(float(p) && (p.shape().is_vector() || p.is_empty())) {
        return Err(fault!("polyval: P must be a numeric floating point vector (double or single)"));
    }
    if !float(&args[1]) {
        return Err(fault!("polyval: X must be a numeric floating point type (double or single)"));
    }
    let p = Wide::new(host, p, "polyval")?;
    let x = Wide::new(host, &args[1], "polyval")?;
    let single = p.single || x.single;
    let shape = x.shape.clone();
    let mut points = x.complex();
    if call.nargout > 1 && args.len() < 3 {
        return Err(usage("polyval"));
    }
    if let Some(mu) = args.get(3) {
        if !float(mu) || mu.numel() < 2 {
            return Err(fault!("polyval: MU must be numeric floating point with 2 values"));
        }
        let mu = super::args::numbers("polyval", mu)?;
        if let [mean, spread, ..] = mu[..] {
            points.iter_mut().for_each(|z| *z = (*z - mean) / spread);
        }
    }
    let c = p.complex();
    if x.is_empty() {
        return one(numeric::real(shape, Vec::new(), single));
    }
    let y = numeric::complex(shape.clone(), points.iter().map(|&z| evaluate(&c, z)).collect(), single);
    let Some(Value::Struct(s)) = args.get(2).filter(|_| call.nargout > 1) else { return one(y) };
    // Width of the error band: sqrt (1 + |A / R|^2) * normr / sqrt (df).
    let field =
        |name: &str| s.get(name).cloned().ok_or_else(|| fault!("polyval: S must have the fields R, normr and df"));
    let r = Wide::new(host, &field("R")?, "polyval")?.matrix().complex();
    let normr = field("normr")?.to_f64().unwrap_or(f64::NAN);
    let df = field("df")?.to_f64().unwrap_or(f64::NAN);
    let n = c.len();
    let transposed = r.transpose();
    let dy = points
        .iter()
        .map(|&z| {
            let mut powers = Mat::column((0..n).rev().map(|k| z.powu(k as u32)).collect());
            super::math::solve::lower(&transposed, &mut powers, false);
            (1.0 + powers.a.iter().map(|v| v.norm_sqr()).sum::<f64>()).sqrt() * normr / df.sqrt()
        })
        .collect();
    several([y, numeric::real(shape, dy, single)])
}

/// `polyvalm (c, x)`.
fn polyvalm(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let (c, _) = vector(host, "polyvalm: first argument must be a vector", &args[0])?;
    let shape = args[1].shape();
    if shape.rank() != 2 || shape.rows() != shape.columns() {
        return Err(fault!("polyvalm: second argument must be a square matrix"));
    }
    let x = Wide::new(host, &args[1], "polyvalm")?;
    let single = x.single;
    let x = x.matrix().complex();
    let n = x.rows;
    let y = c.iter().fold(Mat::zeros(n, n), |y: Mat<Complex64>, &c| {
        let mut next = y.times(&x);
        (0..n).for_each(|i| next[(i, i)] += c);
        next
    });
    one(y.into_value(single))
}

/// `roots (c)`: eigenvalues of the companion matrix.
fn roots(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let shape = args[0].shape();
    if !(shape.is_vector() || args[0].is_empty()) {
        return Err(usage("roots"));
    }
    let (c, single) = vector(host, "roots: C must be a vector", &args[0])?;
    if c.iter().any(|z| !z.re.is_finite() || !z.im.is_finite()) {
        return Err(fault!("roots: inputs must not contain Inf or NaN"));
    }
    let largest = c.iter().map(|z| z.norm()).fold(0.0, f64::max);
    if c.is_empty() || largest == 0.0 {
        return one(Value::empty());
    }
    let nonzero: Vec<usize> = (0..c.len()).filter(|&i| (c[i] / largest).norm() > 0.0).collect();
    let (first, last) = (nonzero[0], nonzero[nonzero.len() - 1]);
    let trailing = c.len() - 1 - last;
    let mut out = zeros_of(&c[first..=last]);
    out.extend(std::iter::repeat_n(ZERO, trailing));
    if out.is_empty() {
        return one(Value::empty());
    }
    one(column(out, single))
}

/// Roots of a polynomial whose first and last coefficients are not zero.
pub fn zeros_of(c: &[Complex64]) -> Vec<Complex64> {
    let n = c.len().saturating_sub(1);
    if n == 0 {
        return Vec::new();
    }
    if c.iter().all(|z| z.im == 0.0) {
        let companion = Mat::from_fn(n, n, |i, j| {
            if i == 0 {
                -c[j + 1].re / c[0].re
            } else if i == j + 1 {
                1.0
            } else {
                0.0
            }
        });
        return eig::real(&companion).0;
    }
    let companion = Mat::from_fn(n, n, |i, j| {
        if i == 0 {
            -c[j + 1] / c[0]
        } else if i == j + 1 {
            1.0.into()
        } else {
            ZERO
        }
    });
    eig::complex(&companion).0
}

/// Product of polynomials.
pub fn product(a: &[Complex64], b: &[Complex64]) -> Vec<Complex64> {
    if a.is_empty() || b.is_empty() {
        return Vec::new();
    }
    let mut out = vec![ZERO; a.len() + b.len() - 1];
    for (i, x) in a.iter().enumerate() {
        for (j, y) in b.iter().enumerate() {
            out[i + j] += x * y;
        }
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
    let (a, s) = vector(host, "conv", &args[0])?;
    let (b, t) = vector(host, "conv", &args[1])?;
    let mut c = product(&a, &b);
    if kind == "same" {
        let start = b.len() / 2;
        c = c[start..start + a.len()].to_vec();
    } else if kind == "valid" {
        let n = a.len().saturating_sub(b.len() - 1);
        c = if a.len() < b.len() { Vec::new() } else { c[b.len() - 1..b.len() - 1 + n].to_vec() };
    }
    one(if upright { column(c, s || t) } else { row(c, s || t) })
}

/// Quotient and remainder of polynomials.
fn quotient(y: &[Complex64], a: &[Complex64]) -> (Vec<Complex64>, Vec<Complex64>) {
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

/// `poly (a)`: the characteristic polynomial of a matrix, or the polynomial with given roots.
fn poly(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let x = &args[0];
    let shape = x.shape();
    if x.is_empty() {
        return one(1.0);
    }
    let wide = Wide::new(host, x, "poly")?;
    let single = wide.single;
    let values = if shape.is_vector() {
        wide.complex()
    } else if shape.rank() == 2 && shape.rows() == shape.columns() {
        match wide.matrix() {
            Matrix::Real(m) => eig::real(&m).0,
            Matrix::Complex(m) => eig::complex(&m).0,
        }
    } else {
        return Err(usage("poly"));
    };
    let mut c = vec![Complex64::from(1.0)];
    for z in &values {
        c = product(&c, &[1.0.into(), -z]);
    }
    // Roots in conjugate pairs make real coefficients.
    let mut upper: Vec<Complex64> = values.iter().copied().filter(|z| z.im > 0.0).collect();
    let mut lower: Vec<Complex64> = values.iter().filter(|z| z.im < 0.0).map(|z| z.conj()).collect();
    let order = |a: &Complex64, b: &Complex64| a.re.total_cmp(&b.re).then(a.im.total_cmp(&b.im));
    upper.sort_by(order);
    lower.sort_by(order);
    if upper == lower {
        c.iter_mut().for_each(|z| z.im = 0.0);
    }
    one(row(c, single))
}

fn derivative(p: &[Complex64]) -> Vec<Complex64> {
    let n = p.len();
    if n <= 1 {
        return vec![ZERO];
    }
    trimmed(&p[..n - 1].iter().enumerate().map(|(i, c)| c * (n - 1 - i) as f64).collect::<Vec<_>>())
}

/// Without leading zeros; at least one coefficient.
fn trimmed(p: &[Complex64]) -> Vec<Complex64> {
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
        return Err(fault!("polyreduce: argument must be a vector"));
    }
    if args[0].is_empty() {
        return one(args[0].clone());
    }
    let (p, single) = vector(host, "polyreduce: argument must be a vector", &args[0])?;
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

/// `[p, s, mu] = polyfit (x, y, n)`.
fn polyfit(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let (s, t) = (args[0].shape(), args[1].shape());
    if s != t && !(s.is_vector() && t.is_vector() && s.len() == t.len()) {
        return Err(fault!("polyfit: X and Y must be vectors of the same size"));
    }
    let degree = &args[2];
    let logical = degree.dtype() == Some(DType::Bool) && !degree.is_scalar();
    let whole = degree.is_scalar() && degree.to_f64().is_some_and(|v| v >= 0.0 && v == v.trunc() && v < 1e6);
    if !logical && !whole {
        return Err(fault!("polyfit: N must be a non-negative integer"));
    }
    let x = Wide::new(host, &args[0], "polyfit")?;
    let y = Wide::new(host, &args[1], "polyfit")?;
    let single = x.single || y.single;
    let row_like = args[1].shape().is_row();
    let (mut x, y) = (x.complex(), y.complex());
    let count = x.len();
    let mut mu = Vec::new();
    if call.nargout > 2 {
        let real: Vec<f64> = x.iter().map(|z| z.re).collect();
        let (m, sd) = (super::lane::mean(&real), super::lane::variance(&real, false).sqrt());
        x.iter_mut().for_each(|z| *z = (*z - m) / sd);
        mu = vec![m, sd];
    }
    let mask: Vec<bool> = if logical {
        super::args::truths(&*degree.to_block()?)
    } else {
        vec![true; degree.to_f64().unwrap_or(0.0) as usize + 1]
    };
    let n = mask.len() - 1;
    let kept: Vec<usize> = (0..=n).filter(|&i| mask[i]).collect();
    let a = Mat::from_fn(count, kept.len(), |i, j| x[i].powu((n - kept[j]) as u32));
    let b = Mat::column(y.clone());
    let (mut coefficients, f) = if count >= kept.len() {
        let f = qr::Qr::new(&a, false);
        let r = f.r(kept.len());
        let mut p = f.q(kept.len()).adjoint().times(&b);
        let singular = (0..kept.len()).any(|i| r[(i, i)].norm() <= f64::EPSILON * r[(0, 0)].norm());
        if singular {
            p = least_squares(&a, &b, f64::EPSILON).0;
        } else {
            upper(&r, &mut p);
        }
        (p.a, Some(r))
    } else {
        host.warn("", "polyfit: degree of polynomial N is >= number of data points; solution is not unique");
        (least_squares(&a, &b, f64::EPSILON).0.a, None)
    };
    let fitted = a.times(&Mat::column(coefficients.clone()));
    let mut p = vec![ZERO; n + 1];
    kept.iter().zip(coefficients.drain(..)).for_each(|(&i, c)| p[i] = c);
    let out = row(p, single);
    if call.nargout < 2 {
        return one(out);
    }
    let residual = Mat::column(y).minus(&fitted).norm_fro();
    let mut report = Struct::scalar();
    let yf = fitted.a;
    report.set("yf", if row_like { row(yf, single) } else { column(yf, single) });
    report.set("X", a.clone().into_value(single));
    if let Some(r) = f {
        let inverse = super::math::solve::inverse(&r).0;
        report.set("R", r.into_value(single));
        report.set("C", inverse.times(&inverse.adjoint()).into_value(single));
    }
    report.set("df", Value::Num((count as f64 - (n + 1) as f64).max(0.0)));
    report.set("normr", numeric::real(Shape::scalar(), vec![residual], single));
    several([out, Value::Struct(Arc::new(report)), Value::column(mu)])
}

/// `polyout (c, x)`: the polynomial as text.
fn polyout(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let (c, _) = vector(host, "polyout: first argument must be a vector", &args[0])?;
    let name = match args.get(1) {
        None => "s".to_owned(),
        Some(x) => x.to_text().ok_or_else(|| fault!("polyout: second argument must be a string"))?,
    };
    let shown = |z: Complex64| {
        let short = super::errors::short_number;
        if z.im == 0.0 {
            short(z.re)
        } else {
            format!("({}{}{}i)", short(z.re), if z.im < 0.0 { "-" } else { "+" }, short(z.im.abs()))
        }
    };
    let n = c.len();
    let mut text = String::new();
    for (i, &z) in c.iter().enumerate() {
        let negative = z.re < 0.0 && z.im == 0.0;
        let coefficient = shown(if i > 0 && negative { -z } else { z });
        if i > 0 {
            text.push_str(if negative { " - " } else { " + " });
        }
        text.push_str(&coefficient);
        if i + 1 < n {
            text.push_str(&format!("*{name}^{}", n - 1 - i));
        }
    }
    if call.nargout == 0 {
        let _ = host.out().write_all(format!("{text}\n").as_bytes());
        return Ok(Values::new());
    }
    one(text)
}

/// Roots that lie close together, grouped: multiplicity so far of each, and the order of their groups.
fn multiplicities(p: &[Complex64], tolerance: f64, reorder: bool) -> (Vec<usize>, Vec<usize>) {
    let mut order: Vec<usize> = (0..p.len()).collect();
    if reorder {
        order.sort_by(|&a, &b| p[b].norm().total_cmp(&p[a].norm()));
    }
    let (mut m, mut n) = (Vec::new(), Vec::new());
    while let Some(&first) = order.first() {
        let base = p[first];
        let close = |i: usize| {
            let distance = (p[i] - base).norm();
            if base.norm() > 0.0 { distance / base.norm() < tolerance } else { distance < tolerance }
        };
        let group: Vec<usize> = order.iter().copied().filter(|&i| close(i) || i == first).collect();
        order.retain(|i| !group.contains(i));
        group.iter().enumerate().for_each(|(k, &i)| {
            m.push(k + 1);
            n.push(i);
        });
    }
    (m, n)
}

/// `[m, n] = mpoles (p, tol, reorder)`.
fn mpoles(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let (p, _) = vector(host, "mpoles: P must be a vector", &args[0])?;
    let tolerance = match args.get(1).filter(|t| !t.is_empty()) {
        None => 0.001,
        Some(t) => super::args::scalar("mpoles", "TOL", t)?,
    };
    let reorder = args.get(2).filter(|r| !r.is_empty()).is_none_or(super::args::flag);
    let (m, n) = multiplicities(&p, tolerance, reorder);
    several([
        Value::column(m.into_iter().map(|v| v as f64).collect()),
        Value::column(n.into_iter().map(|v| (v + 1) as f64).collect()),
    ])
}

/// `[r, p, k, e] = residue (b, a)`, `[b, a] = residue (r, p, k, e)`.
fn residue(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    if args.len() >= 3 {
        return from_residues(host, args);
    }
    let (b, s) = vector(host, "residue: B must be a vector", &args[0])?;
    let (a, t) = vector(host, "residue: A must be a vector", &args[1])?;
    let single = s || t;
    let (mut a, mut b) = (trimmed(&a), trimmed(&b));
    if a.is_empty() || b.is_empty() {
        return Err(fault!("residue: B and A must be non-empty vectors"));
    }
    let lead = a[0];
    a.iter_mut().for_each(|c| *c /= lead);
    b.iter_mut().for_each(|c| *c /= lead);
    if a.len() == 1 {
        return several([Value::empty(), Value::empty(), row(b, single), Value::empty()]);
    }
    let mut found = zeros_of_any(&a);
    let (mut m, order) = multiplicities(&found, 0.001, true);
    found = order.iter().map(|&i| found[i]).collect();
    // Poles of one group are made equal: their mean.
    let mut start = 0;
    while start < found.len() {
        let end = (start + 1..found.len()).find(|&i| m[i] == 1).unwrap_or(found.len());
        let mean = found[start..end].iter().sum::<Complex64>() / (end - start) as f64;
        found[start..end].iter_mut().for_each(|z| *z = mean);
        start = end;
    }
    let (k, rest) = if b.len() >= a.len() { quotient(&b, &a) } else { (Vec::new(), b.clone()) };
    let n = found.len();
    // The residues solve a linear system: coefficients of the partial fractions brought to the common denominator.
    let mut system: Mat<Complex64> = Mat::zeros(n, n);
    for j in 0..n {
        let mut others = vec![Complex64::from(1.0)];
        let mut left = m[j];
        for z in &found {
            if *z == found[j] && left > 0 {
                left -= 1;
                continue;
            }
            others = product(&others, &[1.0.into(), -z]);
        }
        let offset = n - others.len();
        others.iter().enumerate().for_each(|(i, c)| system[(offset + i, j)] = *c);
    }
    let tail: Vec<Complex64> =
        (0..n).map(|i| if i + rest.len() >= n { rest[i + rest.len() - n] } else { ZERO }).collect();
    let (r, _) = super::math::solve::left_divide(&system, &Mat::column(tail), f64::EPSILON);
    let k = if k.is_empty() { Value::empty() } else { row(k, single) };
    let e = Value::column(m.drain(..).map(|v| v as f64).collect());
    several([column(r.a, single), column(found, single), k, e])
}

/// Roots, zeros at the end of the coefficients included.
fn zeros_of_any(c: &[Complex64]) -> Vec<Complex64> {
    let last = c.iter().rposition(|z| *z != ZERO).unwrap_or(0);
    let mut out = zeros_of(&c[..=last]);
    out.extend(std::iter::repeat_n(ZERO, c.len() - 1 - last));
    out
}

fn from_residues(host: &mut dyn Host, args: &[Value]) -> Result<Values> {
    let (r, s) = vector(host, "residue: R must be a vector", &args[0])?;
    let (p, t) = vector(host, "residue: P must be a vector", &args[1])?;
    let (k, _) = vector(host, "residue: K must be a vector", &args[2])?;
    let e: Vec<usize> = match args.get(3) {
        Some(e) => super::args::numbers("residue", e)?.into_iter().map(|v| v as usize).collect(),
        None => {
            let (m, order) = multiplicities(&p, 0.001, false);
            let mut e = vec![1; p.len()];
            order.iter().zip(&m).for_each(|(&i, &m)| e[i] = m);
            e
        }
    };
    if p.len() != r.len() || e.len() != r.len() {
        return Err(fault!("residue: R, P and E must have the same number of elements"));
    }
    let mut a = vec![Complex64::from(1.0)];
    p.iter().for_each(|z| a = product(&a, &[1.0.into(), -z]));
    let mut b = product(&k, &a);
    b = if b.is_empty() { vec![ZERO; a.len()] } else { b };
    for (j, &residue) in r.iter().enumerate() {
        let mut others = vec![residue];
        let mut left = e[j];
        for z in &p {
            if (z - p[j]).norm() <= 0.001 * p[j].norm().max(f64::MIN_POSITIVE) && left > 0 {
                left -= 1;
                continue;
            }
            others = product(&others, &[1.0.into(), -z]);
        }
        let offset = b.len() - others.len();
        others.iter().enumerate().for_each(|(i, c)| b[offset + i] += c);
    }
    several([row(trimmed(&b), s || t), row(trimmed(&a), s || t)])
}

/// `polygcd (b, a, tol)`: Euclid's algorithm.
fn polygcd(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let (b, s) = vector(host, "polygcd: B and A must be vectors", &args[0])?;
    let (a, t) = vector(host, "polygcd: B and A must be vectors", &args[1])?;
    let tolerance = match args.get(2) {
        Some(t) => super::args::scalar("polygcd", "TOL", t)?,
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
        let first = rest.iter().position(|c| c.norm() > limit);
        match first {
            None => return one(row(monic(&y), s || t)),
            Some(first) => (x, y) = (y, rest[first..].to_vec()),
        }
    }
}

/// `[z, v] = polyeig (c0, c1, ...)`: eigenvalues of a matrix polynomial by linearisation.
fn polyeig(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let shape = args[0].shape();
    let n = shape.rows();
    if shape.rank() != 2 || n != shape.columns() {
        return Err(fault!("polyeig: coefficients must be square matrices"));
    }
    let mut c = Vec::with_capacity(args.len());
    for x in args {
        if x.shape() != shape {
            return Err(fault!("polyeig: coefficients must have the same dimensions"));
        }
        let m = Wide::new(host, x, "polyeig")?.matrix().complex();
        if !m.finite() {
            return Err(fault!("polyeig: all coefficients must be finite"));
        }
        c.push(m);
    }
    let l = c.len() - 1;
    if l == 0 {
        return Err(usage("polyeig"));
    }
    let big = n * l;
    let identity = |i: usize, j: usize| if i == j { Complex64::from(1.0) } else { ZERO };
    let left = Mat::from_fn(big, big, |i, j| {
        let (bi, bj) = (i / n, j / n);
        if bi == 0 && bj == 0 {
            c[0][(i, j)]
        } else if bi == bj {
            identity(i % n, j % n)
        } else {
            ZERO
        }
    });
    let right = Mat::from_fn(big, big, |i, j| {
        let (bi, bj) = (i / n, j / n);
        if bi == 0 {
            -c[bj + 1][(i, j % n)]
        } else if bi == bj + 1 {
            identity(i % n, j % n)
        } else {
            ZERO
        }
    });
    let solved = super::math::solve::Lu::new(&right).solve(&left);
    let (values, vectors) = eig::complex(&solved);
    if call.nargout < 2 {
        return one(column(values, false));
    }
    several([vectors.rows_of(0, n).into_value(false), column(values, false)])
}

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "polyval",
        (2, 4),
        2,
        polyval,
        "[Y, DY] = polyval (P, X), polyval (P, X, S, MU)\n\nThe value of a polynomial.\n\n    polyval ([1 2 3], 2)\n",
    ),
    Builtin::new(
        "polyvalm",
        (2, 2),
        1,
        polyvalm,
        "polyvalm (C, X)\n\nThe value of a polynomial of a square matrix.\n\n    polyvalm ([1 0], [1 2; 3 4])\n",
    ),
    Builtin::new(
        "polyfit",
        (3, 3),
        3,
        polyfit,
        "[P, S, MU] = polyfit (X, Y, N)\n\nThe polynomial of degree N closest to points, by least squares.\n\n    round (polyfit ([1 2 3], [2 4 6], 1))\n",
    ),
    Builtin::new("roots", (1, 1), 1, roots, "roots (C)\n\nThe roots of a polynomial.\n\n    roots ([1 -3 2])\n"),
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
    ),
    Builtin::new(
        "poly",
        (1, 1),
        1,
        poly,
        "poly (A), poly (X)\n\nThe characteristic polynomial of a matrix; the polynomial with roots X.\n\n    poly ([1 2])\n",
    ),
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
        "polyout",
        (1, 2),
        1,
        polyout,
        "polyout (C), polyout (C, X)\n\nA polynomial as text.\n\n    polyout ([1 -2 3], \"x\")\n",
    ),
    Builtin::new(
        "mpoles",
        (1, 3),
        2,
        mpoles,
        "[M, N] = mpoles (P, TOL, REORDER)\n\nMultiplicities of poles, and their order.\n\n    mpoles ([2 3 1 1 2])\n",
    ),
    Builtin::new(
        "residue",
        (2, 4),
        4,
        residue,
        "[R, P, K, E] = residue (B, A), [B, A] = residue (R, P, K, E)\n\nPartial fractions of B / A, and back.\n\n    residue ([1], [1 3 2])\n",
    ),
    Builtin::new(
        "polygcd",
        (2, 3),
        1,
        polygcd,
        "polygcd (B, A), polygcd (B, A, TOL)\n\nThe greatest common divisor of polynomials.\n\n    polygcd ([1 -3 2], [1 -1])\n",
    ),
    Builtin::new(
        "polyeig",
        (2, usize::MAX),
        2,
        polyeig,
        "Z = polyeig (C0, C1, ...), [V, Z] = polyeig (...)\n\nEigenvalues of the matrix polynomial C0 + z*C1 + ...\n\n    polyeig (6, -5, 1)\n",
    ),
];

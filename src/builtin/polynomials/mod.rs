//! Polynomials as vectors of coefficients, highest power first.

pub mod arithmetic;
pub mod interpolation;
pub mod piecewise;
pub mod roots;

use super::api::{Builtin, Call, Host, Values};
use super::args::{one, several, usage};
use super::library::large::SOURCE as LARGE;
use super::math::solve::{least_squares, upper};
use super::math::{Mat, eig, qr};
use super::numeric::{self, IntoValue, Matrix, Wide, times};
use super::ops;
use crate::array::{Complex64, DType, Shape};
use crate::diag::Result;
use crate::fault;
use crate::syntax::ast::BinaryOp;
use crate::value::{Struct, Value};
use arithmetic::product;
use std::sync::Arc;

pub(super) const ZERO: Complex64 = Complex64::ZERO;

/// A numeric vector argument (or an empty array), its class, and whether it lies across.
pub fn vector(host: &mut dyn Host, complaint: &str, x: &Value) -> Result<(Vec<Complex64>, bool)> {
    let shape = x.shape();
    if x.dtype().is_none() || !(shape.is_vector() || x.is_empty()) {
        return Err(fault!("{complaint}"));
    }
    let x = Wide::new(host, x, complaint)?;
    Ok((x.complex(), x.single))
}

pub(super) fn row(values: Vec<Complex64>, single: bool) -> Value {
    numeric::complex(Shape::matrix(1, values.len()), values, single)
}

pub(super) fn column(values: Vec<Complex64>, single: bool) -> Value {
    numeric::complex(Shape::matrix(values.len(), 1), values, single)
}

/// Horner's scheme.
pub fn evaluate(p: &[Complex64], x: Complex64) -> Complex64 {
    let Some((&first, rest)) = p.split_first() else { return ZERO };
    rest.iter().fold(first, |y, &c| times(y, x) + c)
}

/// Horner's scheme of an array that waits.
fn by_expressions(host: &mut dyn Host, p: &[Complex64], x: &Value, call: Call) -> Result<Value> {
    let coefficient = |z: &Complex64| numeric::complex(Shape::scalar(), vec![*z], false);
    let Some((first, rest)) = p.split_first() else {
        return ops::binary(host, BinaryOp::ElMul, x, &Value::Num(0.0), call.span);
    };
    let mut y = coefficient(first);
    for c in rest {
        y = ops::binary(host, BinaryOp::ElMul, &y, x, call.span)?;
        y = ops::binary(host, BinaryOp::Add, &y, &coefficient(c), call.span)?;
    }
    if rest.is_empty() {
        let zero = ops::binary(host, BinaryOp::ElMul, x, &Value::Num(0.0), call.span)?;
        y = ops::binary(host, BinaryOp::Add, &zero, &y, call.span)?;
    }
    Ok(y)
}

/// `[y, dy] = polyval (p, x, s, mu)`.
fn polyval(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let p = &args[0];
    let float = |x: &Value| x.dtype().is_some_and(DType::is_float);
    if !(float(p) && (p.shape().is_vector() || p.is_empty())) {
        return Err(fault!("polyval: P must be a numeric floating point vector"));
    }
    if !float(&args[1]) {
        return Err(fault!("polyval: X must be numeric floating point"));
    }
    let p = Wide::new(host, p, "polyval")?;
    if let (Value::Lazy(_), 2) = (&args[1], args.len()) {
        return one(by_expressions(host, &p.complex(), &args[1], call)?);
    }
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
    let Some(n) = mask.len().checked_sub(1) else { return one(row(Vec::new(), single)) };
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
    report.set("df", Value::Num((count as f64 - kept.len() as f64).max(0.0)));
    report.set("normr", numeric::real(Shape::scalar(), vec![residual], single));
    several([out, Value::Struct(Arc::new(report)), Value::row(mu)])
}

/// `polyout (c, x)`: the polynomial as text.
fn polyout(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let (c, _) = vector(host, "polyout: first argument must be a vector", &args[0])?;
    let name = match args.get(1) {
        None => "s".to_owned(),
        Some(x) => x.to_text().ok_or_else(|| fault!("polyout: second argument must be a string"))?,
    };
    let shown = |z: Complex64| {
        let short = super::program::errors::short_number;
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
    ).out_of_core(LARGE),
    Builtin::new(
        "poly",
        (1, 1),
        1,
        poly,
        "poly (A), poly (X)\n\nThe characteristic polynomial of a matrix; the polynomial with roots X.\n\n    poly ([1 2])\n",
    ),
    Builtin::new(
        "polyout",
        (1, 2),
        1,
        polyout,
        "polyout (C), polyout (C, X)\n\nA polynomial as text.\n\n    polyout ([1 -2 3], \"x\")\n",
    ),
];

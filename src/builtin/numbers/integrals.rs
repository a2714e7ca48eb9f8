//! Functions defined by integrals: exponential, trigonometric, elliptic, Dawson's and the imaginary error function.

use super::elementwise::real_function;
use crate::array::{Complex64, DType, Shape};
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{one, several};
use crate::builtin::large::elements::beyond_memory;
use crate::builtin::numeric::{self, Wide};
use crate::diag::Result;
use crate::fault;
use crate::value::Value;
use std::f64::consts::PI;

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
    let real = |v: &[f64]| match v[0] < 0.0 {
        true => Err(fault!("expint: a negative element of a large array has a complex result")
            .hint("expint (complex (x, 0)) of a part that fits in memory gives it")),
        false => Ok(e1(Complex64::from(v[0])).re),
    };
    if let Some(result) = beyond_memory(host, "expint", args, real)? {
        return one(result);
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
    let positive = |t: &Value| {
        let real = t.dtype().is_some_and(|d| !d.is_complex() && d != DType::Char);
        real && t.is_scalar() && t.to_f64().is_some_and(|t| t > 0.0)
    };
    if args.get(1).is_some_and(|t| !positive(t)) {
        return Err(fault!("ellipke: TOL must be a real scalar > 0"));
    }
    if let Ok(v) = crate::builtin::args::numbers("ellipke", x)
        && v.iter().any(|m| *m > 1.0)
    {
        return Err(fault!("ellipke: M must be <= 1"));
    }
    let k = real_function(host, "ellipke", x, move |m| integrals(m).0)?;
    several([k, real_function(host, "ellipke", x, move |m| integrals(m).1)?])
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

pub const TABLE: &[Builtin] = &[
    Builtin::new("expint", (1, 1), 1, expint, "expint (X)\n\nThe exponential integral E1.\n\n    expint (1)\n"),
    Builtin::new("sinint", (1, 1), 1, sinint, "sinint (X)\n\nThe sine integral.\n\n    sinint (1)\n").by_elements(0),
    Builtin::new("cosint", (1, 1), 1, cosint, "cosint (X)\n\nThe cosine integral.\n\n    cosint (1)\n").by_elements(0),
    Builtin::new(
        "ellipke",
        (1, 2),
        2,
        ellipke,
        "[K, E] = ellipke (M)\n\nComplete elliptic integrals.\n\n    ellipke (0.5)\n",
    )
    .by_elements(0),
    Builtin::new(
        "ellipj",
        (2, 3),
        4,
        ellipj,
        "[SN, CN, DN] = ellipj (U, M)\n\nJacobi's elliptic functions.\n\n    ellipj (0.5, 0.5)\n",
    )
    .by_elements(0),
];

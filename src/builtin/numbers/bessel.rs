//! Bessel functions of real order, and Airy's.

use super::elementwise::real_function;
use crate::array::{Complex64, DType, Shape, room};
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{several, usage};
use crate::builtin::math::{bessel, complex_bessel};
use crate::builtin::numeric::{self, Wide};
use crate::diag::{Result, interrupt};
use crate::fault;
use crate::value::Value;
use std::f64::consts::PI;

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
                let k = turn(-1.0) * bessel_value(Bessel::K, nu, -x, false)
                    - Complex64::new(0.0, PI) * bessel_value(Bessel::I, nu, -x, false);
                if scaled { k * x.exp() } else { k }
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
    if x < 1e-100 && (nu >= 0.0 || nu != nu.trunc()) && matches!(kind, Bessel::J | Bessel::I) {
        // The first term is all there is, and where x is subnormal the continued fractions do not converge.
        return (if nu > 170.0 { 0.0 } else { (x / 2.0).powf(nu) / libm::tgamma(nu + 1.0) }).into();
    }
    let (s, c) = complex_bessel::half_turns(order);
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

/// A Bessel function at a complex number.
fn complex_value(kind: Bessel, nu: f64, z: Complex64, scaled: bool) -> Complex64 {
    if z.im == 0.0 {
        return bessel_value(kind, nu, z.re, scaled);
    }
    if nu.is_nan() || !z.is_finite() {
        return Complex64::new(f64::NAN, f64::NAN);
    }
    // The scaled function, and the exponent of what it lacks.
    let (value, lacks) = match kind {
        Bessel::J => (complex_bessel::jy_scaled(nu, z).0, z.im.abs().into()),
        Bessel::Y => (complex_bessel::jy_scaled(nu, z).1, z.im.abs().into()),
        Bessel::I => (complex_bessel::i_scaled(nu, z), z.re.abs().into()),
        Bessel::K => (complex_bessel::k_scaled_anywhere(nu, z), -z),
        Bessel::H(true) => (complex_bessel::h_scaled(nu, z).0, Complex64::I * z),
        Bessel::H(false) => (complex_bessel::h_scaled(nu, z).1, -Complex64::I * z),
    };
    if scaled {
        return value;
    }
    let factor: Complex64 = lacks.exp();
    if factor.is_finite() { value * factor } else { Complex64::new(f64::INFINITY, f64::INFINITY) }
}

/// `besselj (alpha, x, opt)` and kin: rows of x against columns of alpha, or element by element.
fn bessel_family(host: &mut dyn Host, who: &'static str, kind: Bessel, args: &[Value]) -> Result<Values> {
    let (args, scaled) = match args {
        [a, x, opt] => (vec![a.clone(), x.clone()], crate::builtin::args::flag(opt)),
        _ => (args.to_vec(), false),
    };
    for v in &args {
        if v.dtype().is_none_or(|d| d == DType::Char) {
            return Err(fault!("{who}: ALPHA and X must be numeric"));
        }
    }
    if args[0].dtype().is_some_and(DType::is_complex) {
        return Err(fault!("{who}: ALPHA must be a scalar or matrix"));
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
    let (b, t) = (x.complex(), x.shape);
    let (m, n) = (shape.rows(), shape.len() / shape.rows().max(1));
    let place = |own: &Shape, i: usize, j: usize| {
        let rows = own.rows();
        let columns = own.len() / rows.max(1);
        (if columns == 1 { 0 } else { j }) * rows + if rows == 1 { 0 } else { i }
    };
    room::check(&shape, size_of::<Complex64>())?;
    let values = (0..n)
        .flat_map(|j| (0..m).map(move |i| (i, j)))
        .map(|(i, j)| {
            // One of a large order or argument takes its time.
            interrupt::poll();
            complex_value(kind, a[place(&s, i, j)], b[place(&t, i, j)], scaled)
        })
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
    let f = move |x: f64| {
        interrupt::poll();
        let third = 1.0 / 3.0;
        let zeta = 2.0 / 3.0 * x.abs().powf(1.5);
        let root = x.abs().sqrt();
        if x.abs() < 1e-4 {
            // Maclaurin's series (DLMF 9.4.1 to 9.4.4); farther in, zeta is nothing.
            let (value, slope) = match k {
                0 | 1 => (0.355_028_053_887_817_24, -0.258_819_403_792_806_8),
                _ => (0.614_926_627_446_000_7, 0.448_288_357_353_826_36),
            };
            return match k {
                0 | 2 => value * (1.0 + x.powi(3) / 6.0) + slope * (x + x.powi(4) / 12.0),
                _ => value * x * x / 2.0 + slope * (1.0 + x.powi(3) / 3.0),
            };
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

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "besselj",
        (2, 3),
        2,
        |h, a, _| bessel_family(h, "besselj", Bessel::J, a),
        "[J, IERR] = besselj (ALPHA, X, OPT)\n\nBessel function of the first kind, of real order; X may be complex. OPT scales by exp (-abs (imag (X))).\n\n    besselj (0, 1)\n",
    ).by_elements(0),
    Builtin::new(
        "bessely",
        (2, 3),
        2,
        |h, a, _| bessel_family(h, "bessely", Bessel::Y, a),
        "[Y, IERR] = bessely (ALPHA, X, OPT)\n\nBessel function of the second kind, of real order; X may be complex. OPT scales by exp (-abs (imag (X))).\n\n    bessely (0, 1)\n",
    ).by_elements(0),
    Builtin::new(
        "besseli",
        (2, 3),
        2,
        |h, a, _| bessel_family(h, "besseli", Bessel::I, a),
        "[I, IERR] = besseli (ALPHA, X, OPT)\n\nModified Bessel function of the first kind; X may be complex. OPT scales by exp (-abs (real (X))).\n\n    besseli (0, 1)\n",
    ).by_elements(0),
    Builtin::new(
        "besselk",
        (2, 3),
        2,
        |h, a, _| bessel_family(h, "besselk", Bessel::K, a),
        "[K, IERR] = besselk (ALPHA, X, OPT)\n\nModified Bessel function of the second kind; X may be complex. OPT scales by exp (X).\n\n    besselk (0, 1)\n",
    ).by_elements(0),
    Builtin::new(
        "besselh",
        (2, 4),
        2,
        besselh,
        "[H, IERR] = besselh (ALPHA, K, X, OPT)\n\nHankel function of kind K (1); X may be complex. OPT scales by exp (-i X), or exp (i X) for the second kind.\n\n    besselh (0, 1)\n",
    ).by_elements(0),
    Builtin::new(
        "airy",
        (1, 3),
        2,
        airy,
        "[A, IERR] = airy (K, Z)\n\nAiry functions of real Z: Ai, Ai', Bi, Bi' for K = 0, 1, 2, 3.\n\n    airy (0, 1)\n",
    ).by_elements(0),
];

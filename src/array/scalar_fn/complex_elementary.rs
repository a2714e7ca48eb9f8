//! Elementary functions of complex numbers: roots, exponentials, logarithms, circular and hyperbolic functions and their
//! inverses. Branch cuts and signed zeros as C99, and as Octave where it differs (`asin` and `acos` on the real
//! axis above 1 continue from below).

use super::elementary as e;
use crate::array::Complex64;
use std::f64::consts::{FRAC_PI_2, LN_2, PI};

pub(super) fn c(re: f64, im: f64) -> Complex64 {
    Complex64::new(re, im)
}

/// Multiplication by the imaginary unit, exact for infinities.
pub(super) fn times_i(z: Complex64) -> Complex64 {
    c(-z.im, z.re)
}

/// Multiplication by minus the imaginary unit.
pub(super) fn over_i(z: Complex64) -> Complex64 {
    c(z.im, -z.re)
}

/// Square root in the right half-plane; the sign of the imaginary part is that of the argument's.
pub(super) fn sqrt(z: Complex64) -> Complex64 {
    let (x, y) = (z.re, z.im);
    if x == 0.0 && y == 0.0 {
        return c(0.0, y);
    }
    if y.is_infinite() {
        return c(f64::INFINITY, y);
    }
    if x.is_nan() {
        return c(x, f64::NAN);
    }
    if x.is_infinite() {
        let rest = if y.is_nan() { f64::NAN } else { 0.0 };
        return if x > 0.0 { c(x, if y.is_nan() { y } else { 0f64.copysign(y) }) } else { c(rest, (-x).copysign(y)) };
    }
    // Scaled by a power of four, so that the length neither overflows nor loses digits.
    let size = x.abs().max(y.abs());
    let half = if size > 1e300 {
        -2
    } else if size < 1e-290 {
        60
    } else {
        0
    };
    let scale = 2f64.powi(2 * half);
    let (xs, ys) = (x * scale, y * scale);
    let t = (2.0 * (libm::hypot(xs, ys) + xs.abs())).sqrt() * 2f64.powi(-half);
    if x >= 0.0 { c(0.5 * t, y / t) } else { c((y / t).abs(), (0.5 * t).copysign(y)) }
}

/// Exponential function.
pub(super) fn exp(z: Complex64) -> Complex64 {
    if z.im == 0.0 {
        return c(e::exp(z.re), z.im);
    }
    if z.re == f64::NEG_INFINITY && !z.im.is_finite() {
        return Complex64::ZERO;
    }
    if z.re == f64::INFINITY && !z.im.is_finite() {
        return c(f64::INFINITY, f64::NAN);
    }
    let (s, co) = (e::sin(z.im), e::cos(z.im));
    if z.re > 709.0 && z.re < 1500.0 {
        // exp alone would overflow where the product does not.
        let m = e::exp(z.re - 709.0);
        let big = e::exp(709.0);
        return c(big * co * m, big * s * m);
    }
    let m = e::exp(z.re);
    c(m * co, m * s)
}

/// `exp(z) - 1` without cancellation near zero.
pub(super) fn expm1(z: Complex64) -> Complex64 {
    let half = e::sin(0.5 * z.im);
    c(e::expm1(z.re) * e::cos(z.im) - 2.0 * half * half, e::exp(z.re) * e::sin(z.im))
}

/// Natural logarithm, imaginary part in [-pi, pi].
pub(super) fn log(z: Complex64) -> Complex64 {
    c(log_length(z.re, z.im), libm::atan2(z.im, z.re))
}

/// `log(hypot(x, y))` without cancellation near length 1.
fn log_length(x: f64, y: f64) -> f64 {
    let (a, b) = if x.abs() >= y.abs() { (x.abs(), y.abs()) } else { (y.abs(), x.abs()) };
    if (0.5..2.0).contains(&a) && b < 1.5 { 0.5 * log_excess(a - 1.0, a + 1.0, b) } else { e::log(libm::hypot(x, y)) }
}

/// `log(1 + below * above + b^2)`.
fn log_excess(below: f64, above: f64, b: f64) -> f64 {
    e::log1p(below.mul_add(above, b * b))
}

/// `log(1 + z)` without cancellation near zero.
pub(super) fn log1p(z: Complex64) -> Complex64 {
    let re = if z.re.abs() < 0.5 && z.im.abs() < 0.5 {
        0.5 * e::log1p(z.re.mul_add(z.re + 2.0, z.im * z.im))
    } else {
        log_length(1.0 + z.re, z.im)
    };
    c(re, libm::atan2(z.im, 1.0 + z.re))
}

pub(super) fn sinh(z: Complex64) -> Complex64 {
    let (x, y) = (z.re, z.im);
    if y == 0.0 {
        return c(e::sinh(x), y);
    }
    if x == 0.0 {
        return c(0f64.copysign(x), e::sin(y));
    }
    if x.abs() > 700.0 && x.is_finite() {
        let w = exp(c(x.abs() - LN_2, if x > 0.0 { y } else { -y }));
        return if x > 0.0 { w } else { c(-w.re, -w.im) };
    }
    c(e::sinh(x) * e::cos(y), e::cosh(x) * e::sin(y))
}

pub(super) fn cosh(z: Complex64) -> Complex64 {
    let (x, y) = (z.re, z.im);
    if y == 0.0 {
        return c(e::cosh(x), x * y);
    }
    if x == 0.0 {
        return c(e::cos(y), x * e::sin(y));
    }
    if x.abs() > 700.0 && x.is_finite() {
        return exp(c(x.abs() - LN_2, if x > 0.0 { y } else { -y }));
    }
    c(e::cosh(x) * e::cos(y), e::sinh(x) * e::sin(y))
}

/// W. Kahan's form (1987): no overflow, full accuracy near the poles.
pub(super) fn tanh(z: Complex64) -> Complex64 {
    let (x, y) = (z.re, z.im);
    if x.abs() > 22.0 {
        let sine = if y.is_finite() { e::sin(2.0 * y) } else { 1.0 };
        return c(1f64.copysign(x), 4.0 * 0.5 * sine * e::exp(-2.0 * x.abs()));
    }
    if y == 0.0 {
        return c(e::tanh(x), y);
    }
    let t = e::tan(y);
    let beta = 1.0 + t * t;
    let s = e::sinh(x);
    let rho = (1.0 + s * s).sqrt();
    if t.is_infinite() {
        return c(rho / s, 1.0 / t);
    }
    let d = 1.0 + beta * s * s;
    c(beta * rho * s / d, t / d)
}

/// Real and imaginary building blocks of arcsine and arccosine for the first quadrant, by T. E. Hull, T. F. Fairgrieve
/// and P. T. P. Tang (ACM TOMS 23, 1997): `(asin part, acos part, log part)`.
fn hull(x: f64, y: f64) -> (f64, f64, f64) {
    let r = libm::hypot(x + 1.0, y);
    let s = libm::hypot(x - 1.0, y);
    let a = 0.5 * (r + s);
    let b = x / a;
    let far = x.max(y) > 1e150;
    let imag = if far {
        LN_2 + log_length(x, y)
    } else if a <= 1.5 {
        let am1 = if x < 1.0 {
            0.5 * (y * y / (r + x + 1.0) + y * y / (s + (1.0 - x)))
        } else {
            0.5 * (y * y / (r + x + 1.0) + (s + (x - 1.0)))
        };
        let am1 = if am1.is_nan() { 0.0 } else { am1 };
        e::log1p(am1 + (am1 * (a + 1.0)).sqrt())
    } else {
        e::log(a + (a * a - 1.0).sqrt())
    };
    if far {
        let angle = libm::atan2(x, y);
        return (angle, FRAC_PI_2 - angle, imag);
    }
    if b <= 0.6417 {
        return (libm::asin(b), libm::acos(b), imag);
    }
    let apx = a + x;
    let root = if x <= 1.0 {
        (0.5 * apx * (y * y / (r + x + 1.0) + (s + (1.0 - x)))).sqrt()
    } else {
        y * (0.5 * (apx / (r + x + 1.0) + apx / (s + (x - 1.0)))).sqrt()
    };
    let root = if root.is_nan() { 0.0 } else { root };
    (libm::atan2(x, root), libm::atan2(root, x), imag)
}

/// Arcsine as C99.
pub(super) fn arcsine(z: Complex64) -> Complex64 {
    if z.re.is_nan() || z.im.is_nan() {
        return c(f64::NAN, if z.im.is_infinite() { z.im } else { f64::NAN });
    }
    if z.re.is_infinite() || z.im.is_infinite() {
        let angle = libm::atan2(z.re.abs(), z.im.abs());
        return c(angle.copysign(z.re), f64::INFINITY.copysign(z.im));
    }
    let (re, _, im) = hull(z.re.abs(), z.im.abs());
    c(re.copysign(z.re), im.copysign(z.im))
}

pub(super) fn asin(z: Complex64) -> Complex64 {
    let w = arcsine(z);
    if z.im == 0.0 && z.re > 1.0 { w.conj() } else { w }
}

/// Arccosine as C99.
fn arccosine(z: Complex64) -> Complex64 {
    if z.re.is_nan() || z.im.is_nan() {
        return c(f64::NAN, if z.im.is_infinite() { -z.im } else { f64::NAN });
    }
    if z.re.is_infinite() || z.im.is_infinite() {
        return c(libm::atan2(z.im.abs(), z.re), f64::INFINITY.copysign(-z.im));
    }
    let (_, angle, im) = hull(z.re.abs(), z.im.abs());
    c(if z.re.is_sign_negative() { PI - angle } else { angle }, if z.im.is_sign_negative() { im } else { -im })
}

pub(super) fn acos(z: Complex64) -> Complex64 {
    let w = arccosine(z);
    if z.im == 0.0 && z.re > 1.0 { w.conj() } else { w }
}

pub(super) fn acosh(z: Complex64) -> Complex64 {
    let w = arccosine(z);
    if w.im.is_sign_negative() { times_i(w) } else { over_i(w) }
}

/// Inverse hyperbolic tangent; on the cut the side is that of the imaginary part's sign.
pub(super) fn atanh(z: Complex64) -> Complex64 {
    let (x, y) = (z.re.abs(), z.im.abs());
    if z.re.is_nan() || z.im.is_nan() {
        return c(f64::NAN, f64::NAN);
    }
    if x.is_infinite() || y.is_infinite() || x.max(y) > 1e150 {
        let re =
            if x.max(y).is_finite() { x / x.max(y) / x.max(y) / (1.0 + (x.min(y) / x.max(y)).powi(2)) } else { 0.0 };
        return c(re.copysign(z.re), FRAC_PI_2.copysign(z.im));
    }
    let near = (1.0 - x).mul_add(1.0 - x, y * y);
    let re = if near == 0.0 { f64::INFINITY } else { 0.25 * e::log1p(4.0 * x / near) };
    let im = 0.5 * libm::atan2(2.0 * y, (1.0 - x) * (1.0 + x) - y * y);
    c(re.copysign(z.re), im.copysign(z.im))
}

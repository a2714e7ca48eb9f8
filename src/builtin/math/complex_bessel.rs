//! Bessel functions of real order at complex numbers, all from K and I in the right half plane.
//!
//! K is the integral of exp (-z cosh t - nu t), along a path that bends so that the integrand falls on both sides
//! without turning; the trapezoidal rule is exact there to rounding. I follows from the ratio of neighbouring orders (a
//! continued fraction) and the Wronskian. Sources: Watson, A Treatise on the Theory of Bessel Functions, 6.22 and 3.7;
//! Trefethen and Weideman, SIAM Review 56 (2014); Gautschi, SIAM Review 9 (1967).

use crate::array::Complex64;
use std::f64::consts::PI;

/// Beyond this order or size nothing is known: the recurrences are as long.
const FARTHEST: f64 = 1e6;

/// Of order nu >= 0 at z with a real part of at least 0: exp (-z) * I, and exp (z) * K.
fn right_half(nu: f64, z: Complex64) -> (Complex64, Complex64) {
    if nu > FARTHEST || z.norm() > FARTHEST {
        let unknown = Complex64::new(f64::NAN, f64::NAN);
        return (unknown, unknown);
    }
    let (k, next) = k_scaled(nu, z);
    if !(k.is_finite() && next.is_finite()) {
        // K is beyond all numbers, and I below them.
        return (Complex64::ZERO, k);
    }
    ((z * (next + ratio(nu, z) * k)).finv(), k)
}

/// exp (z) * K of orders nu and nu + 1.
fn k_scaled(nu: f64, z: Complex64) -> (Complex64, Complex64) {
    let low = nu.fract();
    let (size, turn) = z.to_polar();
    // Narrow enough for the width of the integrand, which is that of exp (-z t^2 / 2).
    let step = (0.25 / size.sqrt()).min(0.05);
    let (mut k, mut next) = (Complex64::ZERO, Complex64::ZERO);
    let mut u = 0.0f64;
    loop {
        let bend = u.tanh();
        let t = Complex64::new(u, -turn * bend);
        let speed = Complex64::new(1.0, -turn * (1.0 - bend * bend));
        // cosh t - 1, without cancellation near 0.
        let half = (t / 2.0).sinh();
        let fall = z * (2.0 * half * half);
        let value = (-fall).exp() * speed * if u == 0.0 { 0.5 } else { 1.0 };
        k += value * (t * low).cosh();
        next += value * (t * (low + 1.0)).cosh();
        if fall.re - (low + 1.0) * u > 45.0 {
            break;
        }
        u += step;
    }
    (k, next) = (k * step, next * step);
    for n in 1..=nu as usize {
        (k, next) = (next, k + 2.0 * (low + n as f64) / z * next);
    }
    (k, next)
}

/// I of order nu + 1 by that of order nu.
fn ratio(nu: f64, z: Complex64) -> Complex64 {
    let size = z.norm();
    let terms = ((size - nu).max(0.0) + 15.0 * size.cbrt() + 60.0) as usize;
    (0..=terms).rev().fold(Complex64::ZERO, |r, k| {
        let below = 2.0 * (nu + k as f64 + 1.0) / z + r;
        if below == Complex64::ZERO { Complex64::from(1e300) } else { 1.0 / below }
    })
}

fn unit(angle: f64) -> Complex64 {
    Complex64::from_polar(1.0, angle)
}

/// The sine and cosine of nu half turns, exact for quarters.
pub fn half_turns(nu: f64) -> (f64, f64) {
    match nu.rem_euclid(2.0) {
        0.0 => (0.0, 1.0),
        0.5 => (1.0, 0.0),
        1.0 => (0.0, -1.0),
        1.5 => (-1.0, 0.0),
        part => (part * PI).sin_cos(),
    }
}

/// exp (-|Re z|) * I.
pub fn i_scaled(nu: f64, z: Complex64) -> Complex64 {
    if z.im < 0.0 {
        return i_scaled(nu, z.conj()).conj();
    }
    let order = nu.abs();
    let left = z.re < 0.0;
    let (i, k) = right_half(order, if left { -z } else { z });
    let (s, c) = half_turns(order);
    // What exp (Re z) leaves of exp (z).
    let phase = unit(if left { -z.im } else { z.im });
    let mut value = i * phase;
    if left {
        value *= Complex64::new(c, s);
    }
    if nu < 0.0 && s != 0.0 {
        let w = if left { -z } else { z };
        let decayed = k * (-w - w.re).exp();
        let k = if left { Complex64::new(c, -s) * decayed - Complex64::new(0.0, PI) * i * phase } else { decayed };
        value += 2.0 / PI * s * k;
    }
    value
}

/// exp (z) * K.
pub fn k_scaled_anywhere(nu: f64, z: Complex64) -> Complex64 {
    if z.im < 0.0 {
        return k_scaled_anywhere(nu, z.conj()).conj();
    }
    let order = nu.abs();
    if z.re >= 0.0 {
        return right_half(order, z).1;
    }
    let (i, k) = right_half(order, -z);
    let (s, c) = half_turns(order);
    Complex64::new(c, -s) * k * (2.0 * z).exp() - Complex64::new(0.0, PI) * i
}

/// exp (-|Im z|) * J and Y.
pub fn jy_scaled(nu: f64, z: Complex64) -> (Complex64, Complex64) {
    if z.im < 0.0 {
        let (j, y) = jy_scaled(nu, z.conj());
        return (j.conj(), y.conj());
    }
    let order = nu.abs();
    let (i, k) = right_half(order, Complex64::new(z.im, -z.re));
    let j = unit(order * PI / 2.0 - z.re) * i;
    let h = first_of(order, k) * unit(z.re) * (-2.0 * z.im).exp();
    let y = (h - j) * -Complex64::I;
    if nu >= 0.0 {
        return (j, y);
    }
    let (s, c) = half_turns(order);
    (c * j - s * y, s * j + c * y)
}

/// Hankel's functions: exp (-i z) times the first, exp (i z) times the second.
pub fn h_scaled(nu: f64, z: Complex64) -> (Complex64, Complex64) {
    if z.im < 0.0 {
        let (first, second) = h_scaled(nu, z.conj());
        return (second.conj(), first.conj());
    }
    let order = nu.abs();
    let (i, k) = right_half(order, Complex64::new(z.im, -z.re));
    let first = first_of(order, k);
    let second = 2.0 * unit(order * PI / 2.0) * i - first * (2.0 * Complex64::I * z).exp();
    if nu >= 0.0 {
        return (first, second);
    }
    let (s, c) = half_turns(order);
    (first * Complex64::new(c, s), second * Complex64::new(c, -s))
}

/// The first of Hankel's functions from K a quarter turn back.
fn first_of(order: f64, k: Complex64) -> Complex64 {
    unit(-PI / 2.0 * (order + 1.0)) * (2.0 / PI) * k
}

//! What each function computes on complex numbers. Branch cuts and signed zeros as C99, and as Octave where it
//! differs (`asin` and `acos` on the real axis above 1 continue from below).

use super::{ScalarFn, elementary as e, eval_f64, special};
use crate::array::Complex64;
use errorfunctions::ComplexErrorFunctions;
use std::cmp::Ordering;
use std::f64::consts::{FRAC_PI_2, LN_2, LN_10, PI};

fn c(re: f64, im: f64) -> Complex64 {
    Complex64::new(re, im)
}

/// Multiplication by the imaginary unit, exact for infinities.
fn times_i(z: Complex64) -> Complex64 {
    c(-z.im, z.re)
}

/// Multiplication by minus the imaginary unit.
fn over_i(z: Complex64) -> Complex64 {
    c(z.im, -z.re)
}

/// The function on complex operands. Bit `i` of `real` says that operand `i` is a real number, not a complex one with
/// imaginary part 0: products and sums with it act on the parts alone. Functions with real results return them with
/// imaginary part 0.
#[inline]
pub fn eval_c64(f: ScalarFn, args: &[Complex64], real: u8) -> Complex64 {
    use ScalarFn::*;
    let x = args[0];
    let y = args.get(1).copied().unwrap_or(Complex64::ZERO);
    let (x_real, y_real) = (real & 1 != 0, real & 2 != 0);
    let truth = |b: bool| c(b as u8 as f64, 0.0);
    let each = |g: ScalarFn| c(eval_f64(g, &[x.re]), eval_f64(g, &[x.im]));
    let inverse = |g: fn(Complex64) -> Complex64| g(divide(Complex64::ONE, x, true, false));
    match f {
        Add if x_real => c(x.re + y.re, y.im),
        Add if y_real => c(x.re + y.re, x.im),
        Add => x + y,
        Sub if x_real => c(x.re - y.re, -y.im),
        Sub if y_real => c(x.re - y.re, x.im),
        Sub => x - y,
        Mul => multiply(x, y, x_real, y_real),
        Div => divide(x, y, x_real, y_real),
        Pow => power(x, y, x_real, y_real),
        Max if x_real && y_real => c(eval_f64(f, &[x.re, y.re]), 0.0),
        Max => extremum(x, y, Ordering::Less),
        Min if x_real && y_real => c(eval_f64(f, &[x.re, y.re]), 0.0),
        Min => extremum(x, y, Ordering::Greater),
        Hypot => c(libm::hypot(libm::hypot(x.re, x.im), libm::hypot(y.re, y.im)), 0.0),
        Eq => truth(x == y),
        Ne => truth(x != y),
        Lt => truth(compare_complex(x, y) == Some(Ordering::Less)),
        Le => truth(matches!(compare_complex(x, y), Some(Ordering::Less | Ordering::Equal))),
        Gt => truth(compare_complex(x, y) == Some(Ordering::Greater)),
        Ge => truth(matches!(compare_complex(x, y), Some(Ordering::Greater | Ordering::Equal))),
        And => truth(x != Complex64::ZERO && y != Complex64::ZERO),
        Or => truth(x != Complex64::ZERO || y != Complex64::ZERO),
        Xor => truth((x != Complex64::ZERO) != (y != Complex64::ZERO)),
        Neg => -x,
        Not => truth(x == Complex64::ZERO),
        Abs => c(libm::hypot(x.re, x.im), 0.0),
        Sign => {
            let length = libm::hypot(x.re, x.im);
            if length == 0.0 { Complex64::ZERO } else { c(x.re / length, x.im / length) }
        }
        Floor | Ceil | Round | Fix => each(f),
        Real => c(x.re, 0.0),
        Imag => c(x.im, 0.0),
        Conj => x.conj(),
        Arg => c(libm::atan2(x.im, x.re), 0.0),
        Complex => c(x.re, y.re),
        IsNan => truth(x.re.is_nan() || x.im.is_nan()),
        IsInf => truth(x.re.is_infinite() || x.im.is_infinite()),
        IsFinite => truth(x.re.is_finite() && x.im.is_finite()),
        Sqrt => sqrt(x),
        Exp => exp(x),
        Expm1 => expm1(x),
        Log => log(x),
        Log2 => log(x) / LN_2,
        Log10 => log(x) / LN_10,
        Log1p => log1p(x),
        Sin => over_i(sinh(times_i(x))),
        Cos => cosh(times_i(x)),
        Tan => over_i(tanh(times_i(x))),
        Sec => divide(Complex64::ONE, cosh(times_i(x)), true, false),
        Csc => divide(Complex64::ONE, over_i(sinh(times_i(x))), true, false),
        Cot => divide(Complex64::ONE, over_i(tanh(times_i(x))), true, false),
        Asin => asin(x),
        Acos => acos(x),
        Atan => over_i(atanh(times_i(x))),
        Asec => inverse(acos),
        Acsc => inverse(asin),
        Acot => inverse(|z| over_i(atanh(times_i(z)))),
        Sinh => sinh(x),
        Cosh => cosh(x),
        Tanh => tanh(x),
        Sech => divide(Complex64::ONE, cosh(x), true, false),
        Csch => divide(Complex64::ONE, sinh(x), true, false),
        Coth => divide(Complex64::ONE, tanh(x), true, false),
        Asinh => over_i(arcsine(times_i(x))),
        Acosh => acosh(x),
        Atanh => atanh(x),
        Asech => inverse(acosh),
        Acsch => inverse(|z| over_i(arcsine(times_i(z)))),
        Acoth => inverse(atanh),
        Lgamma => {
            let (value, negative) = special::log_abs_gamma(x.re);
            c(value, if negative { PI } else { 0.0 })
        }
        Erf => ComplexErrorFunctions::erf(x),
        Erfc => ComplexErrorFunctions::erfc(x),
        Erfcx => ComplexErrorFunctions::erfcx(x),
        Erfi => ComplexErrorFunctions::erfi(x),
        Dawson => ComplexErrorFunctions::dawson(x),
        Cast => x,
        Select => {
            if x != Complex64::ZERO {
                y
            } else {
                args[2]
            }
        }
        Mod | Rem | Atan2 | BitAnd | BitOr | BitXor | BitShift | Cbrt | Gamma | Erfinv | Erfcinv => {
            let mut reals = [0.0; 3];
            args.iter().zip(&mut reals).for_each(|(z, r)| *r = z.re);
            c(eval_f64(f, &reals[..args.len()]), 0.0)
        }
    }
}

/// Order by length, then by angle (-pi counts as pi); `None` with NaN.
pub fn compare_complex(x: Complex64, y: Complex64) -> Option<Ordering> {
    let (a, b) = (libm::hypot(x.re, x.im), libm::hypot(y.re, y.im));
    if a != b || a.is_nan() || b.is_nan() {
        return a.partial_cmp(&b);
    }
    let angle = |z: Complex64| Some(libm::atan2(z.im, z.re)).map_or(0.0, |t| if t == -PI { PI } else { t });
    angle(x).partial_cmp(&angle(y))
}

/// The second of two numbers where the first has this order towards it by length; NaN (in either part) is skipped.
fn extremum(x: Complex64, y: Complex64, replace: Ordering) -> Complex64 {
    let nan = |z: Complex64| z.re.is_nan() || z.im.is_nan();
    let (a, b) = (libm::hypot(x.re, x.im), libm::hypot(y.re, y.im));
    let beyond = !nan(y) && a.partial_cmp(&b) == Some(replace);
    if nan(x) || beyond { y } else { x }
}

/// Product; a lost infinity is recovered as in C99 annex G.
#[inline(always)]
pub fn multiply(x: Complex64, y: Complex64, x_real: bool, y_real: bool) -> Complex64 {
    if x_real {
        return c(x.re * y.re, x.re * y.im);
    }
    if y_real {
        return c(x.re * y.re, x.im * y.re);
    }
    let z = c(x.re * y.re - x.im * y.im, x.re * y.im + x.im * y.re);
    if z.re.is_nan() && z.im.is_nan() { recovered(x, y, z) } else { z }
}

#[cold]
fn recovered(x: Complex64, y: Complex64, z: Complex64) -> Complex64 {
    let infinite = |z: Complex64| z.re.is_infinite() || z.im.is_infinite();
    if !infinite(x) && !infinite(y) {
        return z;
    }
    let unit = |v: f64, boxed: bool| {
        if boxed {
            (v.is_infinite() as u8 as f64).copysign(v)
        } else if v.is_nan() {
            0f64.copysign(v)
        } else {
            v
        }
    };
    let (a, b) = (unit(x.re, infinite(x)), unit(x.im, infinite(x)));
    let (p, q) = (unit(y.re, infinite(y)), unit(y.im, infinite(y)));
    c(f64::INFINITY * (a * p - b * q), f64::INFINITY * (a * q + b * p))
}

/// Quotient by R. L. Smith's method (Comm. ACM 5, 1962), scaled against overflow; infinities as in C99 annex G.
pub fn divide(x: Complex64, y: Complex64, x_real: bool, y_real: bool) -> Complex64 {
    if y_real {
        return c(x.re / y.re, if x_real { 0.0 } else { x.im / y.re });
    }
    let (a, b) = (x.re, if x_real { 0.0 } else { x.im });
    // Both brought near 1 by powers of two, so that no step overflows.
    let (up, down) = (exponent(a, b), exponent(y.re, y.im));
    let (n, m) = (libm::scalbn(a, -up), libm::scalbn(b, -up));
    let (p, q) = (libm::scalbn(y.re, -down), libm::scalbn(y.im, -down));
    let z = if p.abs() >= q.abs() {
        let r = q / p;
        let d = p + q * r;
        c((n + m * r) / d, (m - n * r) / d)
    } else {
        let r = p / q;
        let d = p * r + q;
        c((n * r + m) / d, (m * r - n) / d)
    };
    let z = c(libm::scalbn(z.re, up - down), libm::scalbn(z.im, up - down));
    if !(z.re.is_nan() && z.im.is_nan()) {
        return z;
    }
    let finite = |v: f64, w: f64| v.is_finite() && w.is_finite();
    if y == Complex64::ZERO && !(a.is_nan() && b.is_nan()) {
        let infinity = f64::INFINITY.copysign(y.re);
        // A zero numerator part over zero stays out of the way, so that 1/0 is Inf.
        let part = |v: f64| if v == 0.0 { 0.0 } else { infinity * v };
        if a == 0.0 && b == 0.0 { c(f64::NAN, f64::NAN) } else { c(part(a), part(b)) }
    } else if (a.is_infinite() || b.is_infinite()) && finite(y.re, y.im) {
        let (a, b) = ((a.is_infinite() as u8 as f64).copysign(a), (b.is_infinite() as u8 as f64).copysign(b));
        c(f64::INFINITY * (a * y.re + b * y.im), f64::INFINITY * (b * y.re - a * y.im))
    } else if (y.re.is_infinite() || y.im.is_infinite()) && finite(a, b) {
        let p = (y.re.is_infinite() as u8 as f64).copysign(y.re);
        let q = (y.im.is_infinite() as u8 as f64).copysign(y.im);
        c(0.0 * (a * p + b * q), 0.0 * (b * p - a * q))
    } else {
        z
    }
}

/// The binary exponent of the larger part where it is far from 0, else 0.
fn exponent(re: f64, im: f64) -> i32 {
    let size = re.abs().max(im.abs());
    if (1e-150..=1e150).contains(&size) || size == 0.0 || !size.is_finite() { 0 } else { libm::ilogb(size) }
}

/// `x^y`: small whole powers by products, others through the logarithm.
fn power(x: Complex64, y: Complex64, x_real: bool, y_real: bool) -> Complex64 {
    let exponent_real = y_real || y.im == 0.0;
    if exponent_real && y.re == y.re.trunc() && y.re.abs() <= 1024.0 && !x_real {
        let whole = whole_power(x, y.re.abs() as u32);
        return if y.re < 0.0 { divide(Complex64::ONE, whole, true, false) } else { whole };
    }
    if x == Complex64::ZERO {
        return match (exponent_real, y.re) {
            (true, v) if v < 0.0 => c(f64::INFINITY, 0.0),
            (_, v) if v > 0.0 => Complex64::ZERO,
            (true, 0.0) => Complex64::ONE,
            _ => c(f64::NAN, f64::NAN),
        };
    }
    if exponent_real && x.im == 0.0 && x.re > 0.0 {
        return c(e::pow(x.re, y.re), 0.0);
    }
    if x_real && x.re > 0.0 {
        let l = e::log(x.re);
        return polar(e::pow(x.re, y.re), y.im * l);
    }
    let l = log(x);
    if exponent_real {
        let length = libm::hypot(x.re, x.im);
        return polar(e::pow(length, y.re), y.re * l.im);
    }
    exp(multiply(y, l, false, false))
}

fn polar(length: f64, angle: f64) -> Complex64 {
    c(length * e::cos(angle), length * e::sin(angle))
}

fn whole_power(mut base: Complex64, mut n: u32) -> Complex64 {
    let mut out = Complex64::ONE;
    let mut started = false;
    while n > 0 {
        if n & 1 == 1 {
            out = if started { multiply(out, base, false, false) } else { base };
            started = true;
        }
        n >>= 1;
        if n > 0 {
            base = multiply(base, base, false, false);
        }
    }
    out
}

/// Square root in the right half-plane; the sign of the imaginary part is that of the argument's.
pub fn sqrt(z: Complex64) -> Complex64 {
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
pub fn exp(z: Complex64) -> Complex64 {
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
fn expm1(z: Complex64) -> Complex64 {
    let half = e::sin(0.5 * z.im);
    c(e::expm1(z.re) * e::cos(z.im) - 2.0 * half * half, e::exp(z.re) * e::sin(z.im))
}

/// Natural logarithm, imaginary part in [-pi, pi].
pub fn log(z: Complex64) -> Complex64 {
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
fn log1p(z: Complex64) -> Complex64 {
    let re = if z.re.abs() < 0.5 && z.im.abs() < 0.5 {
        0.5 * e::log1p(z.re.mul_add(z.re + 2.0, z.im * z.im))
    } else {
        log_length(1.0 + z.re, z.im)
    };
    c(re, libm::atan2(z.im, 1.0 + z.re))
}

fn sinh(z: Complex64) -> Complex64 {
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

fn cosh(z: Complex64) -> Complex64 {
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
fn tanh(z: Complex64) -> Complex64 {
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
fn arcsine(z: Complex64) -> Complex64 {
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

fn asin(z: Complex64) -> Complex64 {
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

fn acos(z: Complex64) -> Complex64 {
    let w = arccosine(z);
    if z.im == 0.0 && z.re > 1.0 { w.conj() } else { w }
}

fn acosh(z: Complex64) -> Complex64 {
    let w = arccosine(z);
    if w.im.is_sign_negative() { times_i(w) } else { over_i(w) }
}

/// Inverse hyperbolic tangent; on the cut the side is that of the imaginary part's sign.
fn atanh(z: Complex64) -> Complex64 {
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::FRAC_PI_3;

    fn check(f: ScalarFn, z: Complex64, expected: (f64, f64)) {
        let w = eval_c64(f, &[z], 0);
        let close =
            |a: f64, b: f64| a == b || (a - b).abs() <= 1e-15 * b.abs().max(1e-300) || (a.is_nan() && b.is_nan());
        assert!(close(w.re, expected.0) && close(w.im, expected.1), "{f:?} {z} gave {w}, not {expected:?}");
        let signs = w.re.is_sign_negative() == expected.0.is_sign_negative()
            && w.im.is_sign_negative() == expected.1.is_sign_negative();
        assert!(signs || w.re.is_nan() || w.im.is_nan(), "{f:?} {z} gave {w}, signs not as {expected:?}");
    }

    #[test]
    fn as_octave_says() {
        use ScalarFn::*;
        for (f, z, w) in [
            (Sqrt, c(-1.0, -0.0), (0.0, -1.0)),
            (Sqrt, c(-1.0, 0.0), (0.0, 1.0)),
            (Log, c(-1.0, -0.0), (0.0, -PI)),
            (Asin, c(2.0, 0.0), (FRAC_PI_2, -1.316957896924817)),
            (Asin, c(-2.0, 0.0), (-FRAC_PI_2, 1.316957896924817)),
            (Asin, c(2.0, 1e-300), (FRAC_PI_2, 1.316957896924817)),
            (Acos, c(2.0, 0.0), (0.0, 1.316957896924817)),
            (Acos, c(-2.0, 0.0), (PI, -1.316957896924817)),
            (Atanh, c(2.0, 0.0), (0.549306144334055, FRAC_PI_2)),
            (Atanh, c(2.0, -0.0), (0.549306144334055, -FRAC_PI_2)),
            (Atan, c(0.1, 2.0), (1.537622498488439, 0.54709618519177)),
            (Atan, c(0.0, 2.0), (FRAC_PI_2, 0.549306144334055)),
            (Asinh, c(0.0, 2.0), (1.316957896924817, FRAC_PI_2)),
            (Asinh, c(-0.0, -2.0), (-1.316957896924817, -FRAC_PI_2)),
            (Acosh, c(0.5, 0.0), (0.0, FRAC_PI_3)),
            (Acosh, c(0.5, -0.0), (0.0, -FRAC_PI_3)),
            (Acosh, c(-2.0, 0.0), (1.316957896924817, PI)),
            (Sin, c(1.0, 2.0), (3.165778513216168, 1.959601041421606)),
            (Tan, c(1.0, 2.0), (3.381282607989669e-02, 1.014793616146634)),
            (Tanh, c(400.0, 1.0), (1.0, 0.0)),
            (Cosh, c(1.0, 2.0), (-0.64214812471552, 1.068607421382778)),
            (Sinh, c(1.0, 2.0), (-0.489056259041294, 1.40311925062204)),
            (Log1p, c(1.0, 2.0), (1.039720770839918, PI / 4.0)),
            (Expm1, c(1.0, 2.0), (-2.131204383756813, 2.471726672004819)),
            (Sec, c(1.0, 1.0), (0.498337030555187, 0.591083841721045)),
            (Exp, c(f64::NEG_INFINITY, 1.0), (0.0, 0.0)),
            (Lgamma, c(-2.5, 0.0), (-5.624371649767407e-02, PI)),
        ] {
            check(f, z, w);
        }
    }

    #[test]
    fn arithmetic_keeps_infinities_and_reals_apart() {
        let inf = f64::INFINITY;
        assert_eq!(eval_c64(ScalarFn::Mul, &[c(inf, 1.0), c(2.0, 0.0)], 2), c(inf, 2.0));
        assert_eq!(eval_c64(ScalarFn::Mul, &[c(inf, 1.0), c(2.0, 1.0)], 0), c(inf, inf));
        assert_eq!(eval_c64(ScalarFn::Div, &[c(1.0, 0.0), c(inf, inf)], 1), c(0.0, 0.0));
        assert_eq!(eval_c64(ScalarFn::Div, &[c(1.0, 1.0), c(0.0, 0.0)], 2), c(inf, inf));
        assert_eq!(eval_c64(ScalarFn::Div, &[c(1e308, 1e308), c(1e308, 1e308)], 0), c(1.0, 0.0));
        assert_eq!(eval_c64(ScalarFn::Div, &[c(1e-310, 0.0), c(1e-310, 0.0)], 0), c(1.0, 0.0));
        assert_eq!(eval_c64(ScalarFn::Pow, &[c(1.0, 2.0), c(2.0, 0.0)], 2), c(-3.0, 4.0));
        assert_eq!(eval_c64(ScalarFn::Pow, &[c(0.0, 0.0), c(0.0, 0.0)], 2), c(1.0, 0.0));
        assert_eq!(eval_c64(ScalarFn::Max, &[c(1.0, f64::NAN), c(2.0, 0.0)], 2), c(2.0, 0.0));
        assert_eq!(eval_c64(ScalarFn::Gt, &[c(0.0, 1.0), c(-1.0, 0.0)], 2).re, 0.0);
    }

    #[test]
    fn inverse_functions_invert() {
        for i in -20..=20 {
            for k in -20..=20 {
                let z = c(i as f64 / 7.3, k as f64 / 6.1);
                let back = |f: ScalarFn, g: ScalarFn| eval_c64(g, &[eval_c64(f, &[z], 0)], 0);
                for (f, g) in [
                    (ScalarFn::Sqrt, None),
                    (ScalarFn::Log, Some(ScalarFn::Exp)),
                    (ScalarFn::Asin, Some(ScalarFn::Sin)),
                    (ScalarFn::Acos, Some(ScalarFn::Cos)),
                    (ScalarFn::Atan, Some(ScalarFn::Tan)),
                    (ScalarFn::Asinh, Some(ScalarFn::Sinh)),
                    (ScalarFn::Acosh, Some(ScalarFn::Cosh)),
                    (ScalarFn::Atanh, Some(ScalarFn::Tanh)),
                    (ScalarFn::Log1p, Some(ScalarFn::Expm1)),
                ] {
                    let w = match g {
                        Some(g) => back(f, g),
                        None => eval_c64(f, &[z], 0) * eval_c64(f, &[z], 0),
                    };
                    assert!((w - z).norm() <= 1e-14 * z.norm().max(0.1), "{f:?} {z}: {w}");
                }
            }
        }
    }
}

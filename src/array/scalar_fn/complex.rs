//! What each function computes on complex numbers: here the choice, arithmetic and order; the others stand in
//! [`complex_elementary`](super::complex_elementary).

use super::complex_elementary::*;
use super::{ScalarFn, elementary as e, eval_f64, special};
use crate::array::Complex64;
use errorfunctions::ComplexErrorFunctions;
use std::cmp::Ordering;
use std::f64::consts::{LN_2, LN_10, PI};

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

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::{FRAC_PI_2, FRAC_PI_3};

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

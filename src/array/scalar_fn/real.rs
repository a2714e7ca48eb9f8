//! What each function computes on real numbers, held in doubles.

use super::{ScalarFn, elementary as e, lanes, special};
use crate::array::DType;
use errorfunctions::RealErrorFunctions;

/// The function on real operands, before rounding to the result's type. Truth values are 0 and 1. NaN where the
/// result is not real.
pub fn eval_f64(f: ScalarFn, args: &[f64]) -> f64 {
    use ScalarFn::*;
    let x = args[0];
    let y = args.get(1).copied().unwrap_or(0.0);
    let truth = |b: bool| b as u8 as f64;
    match f {
        Add => x + y,
        Sub => x - y,
        Mul => x * y,
        Div => x / y,
        Pow => e::pow(x, y),
        Min => least(x, y),
        Max => greatest(x, y),
        Mod => modulo(x, y),
        Rem => remainder(x, y),
        Atan2 => libm::atan2(x, y),
        Hypot => libm::hypot(x, y),
        Eq => truth(x == y),
        Ne => truth(x != y),
        Lt => truth(x < y),
        Le => truth(x <= y),
        Gt => truth(x > y),
        Ge => truth(x >= y),
        And => truth(x != 0.0 && y != 0.0),
        Or => truth(x != 0.0 || y != 0.0),
        Xor => truth((x != 0.0) != (y != 0.0)),
        BitAnd => (bits(x) & bits(y)) as f64,
        BitOr => (bits(x) | bits(y)) as f64,
        BitXor => (bits(x) ^ bits(y)) as f64,
        BitShift => shift(x, y),
        Neg => -x,
        Not => truth(x == 0.0),
        Abs => x.abs(),
        Sign => sign(x),
        Floor => x.floor(),
        Ceil => x.ceil(),
        Round => lanes::round(x),
        Fix => x.trunc(),
        Real | Conj | Complex | Cast => x,
        Imag => 0.0,
        Arg => {
            if x.is_nan() {
                x
            } else if x.is_sign_negative() {
                std::f64::consts::PI
            } else {
                0.0
            }
        }
        IsNan => truth(x.is_nan()),
        IsInf => truth(x.is_infinite()),
        IsFinite => truth(x.is_finite()),
        Sqrt => x.sqrt(),
        Cbrt => libm::cbrt(x),
        Exp => e::exp(x),
        Expm1 => e::expm1(x),
        Log => e::log(x),
        Log2 => e::log2(x),
        Log10 => e::log10(x),
        Log1p => e::log1p(x),
        Sin => e::sin(x),
        Cos => e::cos(x),
        Tan => e::tan(x),
        Sec => 1.0 / e::cos(x),
        Csc => 1.0 / e::sin(x),
        Cot => 1.0 / e::tan(x),
        Asin => libm::asin(x),
        Acos => libm::acos(x),
        Atan => e::atan(x),
        Asec => libm::acos(1.0 / x),
        Acsc => libm::asin(1.0 / x),
        Acot => e::atan(1.0 / x),
        Sinh => e::sinh(x),
        Cosh => e::cosh(x),
        Tanh => e::tanh(x),
        Sech => 1.0 / e::cosh(x),
        Csch => 1.0 / e::sinh(x),
        Coth => 1.0 / e::tanh(x),
        Asinh => libm::asinh(x),
        Acosh => libm::acosh(x),
        Atanh => libm::atanh(x),
        Asech => libm::acosh(1.0 / x),
        Acsch => libm::asinh(1.0 / x),
        Acoth => libm::atanh(1.0 / x),
        Gamma => special::gamma(x),
        Lgamma => special::lgamma(x),
        Erf => libm::erf(x),
        Erfc => libm::erfc(x),
        Erfcx => RealErrorFunctions::erfcx(x),
        Erfi => RealErrorFunctions::erfi(x),
        Dawson => RealErrorFunctions::dawson(x),
        Erfinv => special::erfinv(x),
        Erfcinv => special::erfcinv(x),
        Select => {
            if x != 0.0 {
                y
            } else {
                args[2]
            }
        }
    }
}

/// A double brought into a real type: integers round (halves away from zero) and saturate, NaN becomes 0.
#[inline(always)]
pub fn round_to(dtype: DType, x: f64) -> f64 {
    match dtype {
        DType::F32 => x as f32 as f64,
        DType::Bool => (x != 0.0) as u8 as f64,
        DType::Char => saturated(x, 0.0, 255.0),
        _ => match dtype.integer_range() {
            Some((low, high)) => saturated(x, low, high),
            None => x,
        },
    }
}

/// The nearest integer (halves away from zero) within these ends; 0 for NaN.
#[inline(always)]
pub fn saturated(x: f64, low: f64, high: f64) -> f64 {
    let r = lanes::round(x);
    // Comparisons with NaN are false: it comes through to the last line.
    let r = if r < low { low } else { r };
    let r = if r > high { high } else { r };
    if r.is_nan() { 0.0 } else { r + 0.0 }
}

/// The greater, NaN skipped; the first of equals.
#[inline(always)]
pub fn greatest(x: f64, y: f64) -> f64 {
    if x >= y || y.is_nan() { x } else { y }
}

/// The lesser, NaN skipped; the first of equals.
#[inline(always)]
pub fn least(x: f64, y: f64) -> f64 {
    if x <= y || y.is_nan() { x } else { y }
}

/// -1, 0, 1; NaN for NaN.
#[inline(always)]
pub fn sign(x: f64) -> f64 {
    let s = (x > 0.0) as u8 as f64 - (x < 0.0) as u8 as f64;
    if x.is_nan() { x } else { s }
}

/// Whether a quotient by a number that is no integer is an integer but for rounding.
#[inline(always)]
fn divides(q: f64, y: f64) -> bool {
    let n = lanes::round(q);
    lanes::round(y) != y && ((q - n) / n).abs() < f64::EPSILON
}

/// Remainder with the sign of `y`; `x` when `y` is zero.
#[inline(always)]
pub fn modulo(x: f64, y: f64) -> f64 {
    let q = x / y;
    let r = if divides(q, y) { 0.0 } else { x - y * q.floor() };
    let signed = if x != y { r.abs().copysign(y) } else { r };
    if y == 0.0 { x } else { signed }
}

/// Remainder with the sign of `x`; NaN when `y` is zero.
#[inline(always)]
pub fn remainder(x: f64, y: f64) -> f64 {
    let q = x / y;
    let r = if divides(q, y) { 0.0 } else { x - y * q.trunc() };
    let signed = if x != y { r.abs().copysign(x) } else { r };
    if y == 0.0 { f64::NAN } else { signed }
}

/// A double as a bit pattern: rounded, not below zero.
fn bits(x: f64) -> u64 {
    lanes::round(x) as u64
}

/// A double's integer part moved by `n` places within 53 bits.
fn shift(x: f64, n: f64) -> f64 {
    const MASK: u64 = (1 << 53) - 1;
    let a = lanes::round(x.abs()) as u64;
    let n = n as i64;
    let moved = match n {
        0..=63 => (a << n) & MASK,
        -63..=-1 => (a >> -n) & MASK,
        _ => 0,
    };
    (moved as f64).copysign(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remainders() {
        for (x, y, m, r) in [
            (5.5, 0.0, 5.5, f64::NAN),
            (-1.0, 3.0, 2.0, -1.0),
            (5.0, -3.0, -1.0, 2.0),
            (0.3, 0.1, 0.0, 0.0),
            (2.1, 0.1, 0.0, 0.0),
            (5.0, f64::INFINITY, f64::NAN, f64::NAN),
            (-5.0, 3.3, 1.599_999_999_999_999_6, -1.700_000_000_000_000_2),
        ] {
            assert!(modulo(x, y) == m || (m.is_nan() && modulo(x, y).is_nan()), "mod {x} {y}: {}", modulo(x, y));
            assert!(remainder(x, y) == r || (r.is_nan() && remainder(x, y).is_nan()), "rem {x} {y}");
        }
    }

    #[test]
    fn rounding_into_types() {
        assert_eq!(round_to(DType::I8, 200.0), 127.0);
        assert_eq!(round_to(DType::I8, f64::NAN), 0.0);
        assert_eq!(round_to(DType::U8, 2.5), 3.0);
        assert_eq!(round_to(DType::I8, -2.5), -3.0);
        assert_eq!(round_to(DType::I32, f64::NEG_INFINITY), -2147483648.0);
        assert_eq!(round_to(DType::F32, 0.1), 0.1f32 as f64);
        // The classic trap of adding one half: the number just below one half.
        assert_eq!(lanes::round(0.499_999_999_999_999_94), 0.0);
        assert_eq!(lanes::round(4_503_599_627_370_497.0), 4_503_599_627_370_497.0);
    }

    #[test]
    fn bit_functions_on_doubles() {
        assert_eq!(eval_f64(ScalarFn::BitAnd, &[5.5, 3.0]), 2.0);
        assert_eq!(eval_f64(ScalarFn::BitXor, &[-1.0, 2.0]), 2.0);
        assert_eq!(eval_f64(ScalarFn::BitShift, &[16.0, -2.0]), 4.0);
        assert_eq!(eval_f64(ScalarFn::BitShift, &[2f64.powi(52), 2.0]), 0.0);
        assert_eq!(eval_f64(ScalarFn::BitShift, &[-4.0, 1.0]), -8.0);
    }
}

//! What each function computes where 64-bit integers (or integer powers and bit patterns of any width) take part:
//! exactly, then rounded once, halves away from zero, and saturated.

use super::{Rule, ScalarFn, eval_f64, round_to};
use crate::array::DType;
use std::cmp::Ordering;

/// An operand: an integer of any type, or a real float.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Exact {
    Int(i128),
    Float(f64),
}

impl Exact {
    /// The nearest double.
    pub fn to_f64(self) -> f64 {
        match self {
            Exact::Int(i) => i as f64,
            Exact::Float(x) => x,
        }
    }

    fn is_nonzero(self) -> bool {
        match self {
            Exact::Int(i) => i != 0,
            Exact::Float(x) => x != 0.0,
        }
    }

    /// The value in an integer type, rounded and saturated.
    fn into_integer(self, dtype: DType) -> i128 {
        match self {
            Exact::Int(i) => saturate(i, dtype),
            // `as` saturates and turns NaN into 0.
            Exact::Float(x) => saturate(super::lanes::round(x) as i128, dtype),
        }
    }
}

/// An integer clipped to the range of an integer type (logical and char: 0..=1, 0..=255).
#[inline(always)]
pub fn saturate(x: i128, dtype: DType) -> i128 {
    let (low, high) = range(dtype);
    x.clamp(low, high)
}

#[inline(always)]
fn range(dtype: DType) -> (i128, i128) {
    match dtype {
        DType::I8 => (i8::MIN as i128, i8::MAX as i128),
        DType::I16 => (i16::MIN as i128, i16::MAX as i128),
        DType::I32 => (i32::MIN as i128, i32::MAX as i128),
        DType::U8 | DType::Char => (0, u8::MAX as i128),
        DType::U16 => (0, u16::MAX as i128),
        DType::U32 => (0, u32::MAX as i128),
        DType::U64 => (0, u64::MAX as i128),
        DType::Bool => (0, 1),
        _ => (i64::MIN as i128, i64::MAX as i128),
    }
}

/// Bits that carry the magnitude.
fn digits(dtype: DType) -> i128 {
    128 - range(dtype).1.leading_zeros() as i128
}

/// The function on operands of which at least one is an integer, in the type of the result: `Int` for integer,
/// logical and char types, `Float` for the others.
pub fn eval_exact(f: ScalarFn, args: &[Exact], dtype: DType) -> Exact {
    use Exact::{Float, Int};
    use ScalarFn::*;
    let x = args[0];
    let y = args.get(1).copied().unwrap_or(Int(0));
    let truth = |b: bool| Int(b as i128);
    let inexact = || {
        let mut reals = [0.0; 3];
        args.iter().zip(&mut reals).for_each(|(a, r)| *r = a.to_f64());
        Float(eval_f64(f, &reals[..args.len()]))
    };
    let value = match f {
        Eq => truth(compare(x, y) == Some(Ordering::Equal)),
        Ne => truth(compare(x, y) != Some(Ordering::Equal)),
        Lt => truth(compare(x, y) == Some(Ordering::Less)),
        Le => truth(matches!(compare(x, y), Some(Ordering::Less | Ordering::Equal))),
        Gt => truth(compare(x, y) == Some(Ordering::Greater)),
        Ge => truth(matches!(compare(x, y), Some(Ordering::Greater | Ordering::Equal))),
        And => truth(x.is_nonzero() && y.is_nonzero()),
        Or => truth(x.is_nonzero() || y.is_nonzero()),
        Xor => truth(x.is_nonzero() != y.is_nonzero()),
        Not => truth(!x.is_nonzero()),
        Cast if dtype == DType::Bool => truth(x.is_nonzero()),
        Cast | Real | Conj => x,
        Select => {
            if x.is_nonzero() {
                y
            } else {
                args[2]
            }
        }
        _ if !dtype.is_integer() => inexact(),
        Add => sum(x, y),
        Sub => sum(x, negated(y)),
        Mul => product(x, y),
        Div => quotient(x, y),
        Pow => power(x, y, dtype),
        Max => {
            let (x, y) = (x.into_integer(dtype), y.into_integer(dtype));
            Int(x.max(y))
        }
        Min => {
            let (x, y) = (x.into_integer(dtype), y.into_integer(dtype));
            Int(x.min(y))
        }
        Mod | Rem => {
            let (x, y) = (x.into_integer(dtype), y.into_integer(dtype));
            Int(match (f, y) {
                (Mod, 0) => x,
                (_, 0) => 0,
                (Mod, _) => (x % y + y) % y,
                _ => x % y,
            })
        }
        BitAnd => Int(x.into_integer(dtype) & y.into_integer(dtype)),
        BitOr => Int(x.into_integer(dtype) | y.into_integer(dtype)),
        BitXor => Int(x.into_integer(dtype) ^ y.into_integer(dtype)),
        BitShift => Int(shifted(x.into_integer(dtype), y.into_integer(DType::I64), dtype)),
        Neg => negated(x),
        Abs => match x {
            Int(i) => Int(i.abs()),
            Float(v) => Float(v.abs()),
        },
        Sign => Int(x.into_integer(dtype).signum()),
        Floor | Ceil | Round | Fix => match x {
            Int(_) => x,
            Float(_) => inexact(),
        },
        Imag => Int(0),
        _ => inexact(),
    };
    match (dtype.is_integer() || matches!(dtype, DType::Bool | DType::Char), f.row().rule) {
        (true, Rule::Comparison) => value,
        (true, _) => Int(value.into_integer(dtype)),
        (false, _) => Float(round_to(dtype, value.to_f64())),
    }
}

fn negated(x: Exact) -> Exact {
    match x {
        Exact::Int(i) => Exact::Int(-i),
        Exact::Float(v) => Exact::Float(-v),
    }
}

/// Order by value; `None` with NaN.
pub fn compare(x: Exact, y: Exact) -> Option<Ordering> {
    match (x, y) {
        (Exact::Int(a), Exact::Int(b)) => Some(a.cmp(&b)),
        (Exact::Float(a), Exact::Float(b)) => a.partial_cmp(&b),
        (Exact::Float(_), Exact::Int(_)) => compare(y, x).map(Ordering::reverse),
        (Exact::Int(a), Exact::Float(b)) => {
            if b.is_nan() {
                return None;
            }
            let below = b.floor();
            // `as` saturates far beyond any 64-bit integer.
            Some(a.cmp(&(below as i128)).then(if b > below { Ordering::Less } else { Ordering::Equal }))
        }
    }
}

fn sum(x: Exact, y: Exact) -> Exact {
    match (x, y) {
        (Exact::Int(a), Exact::Int(b)) => Exact::Int(a + b),
        (Exact::Float(a), Exact::Float(b)) => Exact::Float(a + b),
        (Exact::Float(_), Exact::Int(_)) => sum(y, x),
        (Exact::Int(a), Exact::Float(b)) => {
            if b.is_nan() || b.abs() > 1e30 {
                return y;
            }
            let below = b.floor();
            let (whole, part) = (a + below as i128, b - below);
            let up = part > 0.5 || (part == 0.5 && whole >= 0);
            Exact::Int(whole + up as i128)
        }
    }
}

/// A finite double as `mantissa * 2^exponent`, the mantissa odd or zero.
fn parts(x: f64) -> (i128, i32) {
    let bits = x.to_bits();
    let raw = ((bits >> 52) & 0x7ff) as i32;
    let fraction = (bits & ((1 << 52) - 1)) as i128;
    let (m, e) = if raw == 0 { (fraction, -1074) } else { (fraction | 1 << 52, raw - 1075) };
    if m == 0 {
        return (0, 0);
    }
    let zeros = m.trailing_zeros();
    let m = m >> zeros;
    (if x < 0.0 { -m } else { m }, e + zeros as i32)
}

/// The nearest integer to a quotient, halves away from zero.
fn round_div(n: i128, d: i128) -> i128 {
    let (q, r) = (n / d, n % d);
    // |r| >= |d| - |r|, so that nothing doubles and overflows.
    if r.unsigned_abs() >= d.unsigned_abs() - r.unsigned_abs() { q + n.signum() * d.signum() } else { q }
}

fn product(x: Exact, y: Exact) -> Exact {
    match (x, y) {
        (Exact::Int(a), Exact::Int(b)) => Exact::Int(a.saturating_mul(b)),
        (Exact::Float(a), Exact::Float(b)) => Exact::Float(a * b),
        (Exact::Float(_), Exact::Int(_)) => product(y, x),
        (Exact::Int(a), Exact::Float(b)) => {
            if !b.is_finite() {
                return Exact::Float(a as f64 * b);
            }
            let (m, e) = parts(b);
            let p = a * m;
            match e {
                _ if p == 0 => Exact::Int(0),
                0.. if (p.unsigned_abs().leading_zeros() as i32) > e + 1 => Exact::Int(p << e),
                0.. => Exact::Float(a as f64 * b),
                -126..0 => Exact::Int(round_div(p, 1 << -e)),
                _ => Exact::Int(0),
            }
        }
    }
}

fn quotient(x: Exact, y: Exact) -> Exact {
    let rough = x.to_f64() / y.to_f64();
    // Saturates, or is no number: the double says enough.
    if !rough.is_finite() || rough.abs() > 4e19 {
        return Exact::Float(rough);
    }
    match (x, y) {
        (Exact::Int(a), Exact::Int(b)) => Exact::Int(round_div(a, b)),
        (Exact::Float(_), Exact::Float(_)) => Exact::Float(rough),
        (Exact::Int(a), Exact::Float(b)) => {
            if b.is_infinite() || a == 0 {
                return Exact::Int(0);
            }
            let (m, e) = parts(b);
            match e {
                // The quotient is below 2^66, so the numerator below 2^66 times the mantissa.
                ..=0 => Exact::Int(round_div(a << -e, m)),
                1..=66 => Exact::Int(round_div(a, m << e)),
                _ => Exact::Int(0),
            }
        }
        (Exact::Float(a), Exact::Int(b)) => {
            let (m, e) = parts(a);
            match e {
                -60..=0 => Exact::Int(round_div(m, b << -e)),
                ..-60 => Exact::Int(0),
                1..=70 => Exact::Int(round_div(m << e, b)),
                _ => Exact::Float(rough),
            }
        }
    }
}

fn power(x: Exact, y: Exact, dtype: DType) -> Exact {
    match (x, y) {
        (Exact::Int(a), Exact::Int(b)) => Exact::Int(integer_power(a, b, dtype)),
        (Exact::Int(a), Exact::Float(b)) if b >= 0.0 && b < digits(dtype) as f64 && b == b.trunc() => {
            Exact::Int(integer_power(a, b as i128, dtype))
        }
        _ => Exact::Float(super::elementary::pow(x.to_f64(), y.to_f64())),
    }
}

fn integer_power(a: i128, b: i128, dtype: DType) -> i128 {
    if b == 0 || a == 1 {
        return 1;
    }
    if a == -1 {
        return if b % 2 == 0 { 1 } else { -1 };
    }
    if b < 0 || a == 0 {
        return 0;
    }
    // Two 64-bit factors may leave 128 bits.
    let (mut base, mut left, mut out) = (a, b, 1_i128);
    while left > 0 {
        if left & 1 == 1 {
            out = saturate(out.saturating_mul(base), dtype);
        }
        left >>= 1;
        if left > 0 {
            base = saturate(base.saturating_mul(base), dtype);
        }
    }
    out
}

fn shifted(x: i128, n: i128, dtype: DType) -> i128 {
    if n.abs() >= digits(dtype) {
        return 0;
    }
    if n < 0 {
        return x >> -n;
    }
    // What leaves the type at the top is lost.
    let width = dtype.size() * 8;
    let kept = (x << n) & ((1 << width) - 1);
    let signed = range(dtype).0 < 0;
    if signed && kept >> (width - 1) == 1 { kept - (1 << width) } else { kept }
}

#[cfg(test)]
mod tests {
    use super::Exact::{Float, Int};
    use super::*;

    #[test]
    fn sixty_four_bits_are_exact() {
        let f = |f, x, y| eval_exact(f, &[x, y], DType::I64);
        assert_eq!(f(ScalarFn::Add, Int(9_007_199_254_740_993), Float(0.5)), Int(9_007_199_254_740_994));
        assert_eq!(f(ScalarFn::Mul, Int(9_007_199_254_740_993), Float(1.5)), Int(13_510_798_882_111_490));
        assert_eq!(f(ScalarFn::Div, Int(9_007_199_254_740_993), Float(2.0)), Int(4_503_599_627_370_497));
        assert_eq!(f(ScalarFn::Add, Int(i64::MAX as i128), Int(1)), Int(i64::MAX as i128));
        assert_eq!(f(ScalarFn::Div, Int(7), Int(-2)), Int(-4));
        assert_eq!(f(ScalarFn::Div, Int(-5), Int(0)), Int(i64::MIN as i128));
        assert_eq!(f(ScalarFn::Div, Int(0), Int(0)), Int(0));
        assert_eq!(f(ScalarFn::Div, Int(1), Float(0.1)), Int(10));
        assert_eq!(f(ScalarFn::Div, Float(1e300), Int(3)), Int(i64::MAX as i128));
        assert_eq!(f(ScalarFn::Sub, Float(0.25), Int(i64::MIN as i128)), Int(i64::MAX as i128));
        assert_eq!(f(ScalarFn::Mul, Int(3), Float(f64::NAN)), Int(0));
        assert_eq!(f(ScalarFn::Pow, Int(3), Float(39.0)), Int(4_052_555_153_018_976_267));
        assert_eq!(f(ScalarFn::Pow, Int(-2), Int(63)), Int(i64::MIN as i128));
        let largest = Int(u64::MAX as i128);
        assert_eq!(eval_exact(ScalarFn::Pow, &[largest, Int(3)], DType::U64), largest);
        assert_eq!(eval_exact(ScalarFn::Mul, &[largest, largest], DType::U64), largest);
        assert_eq!(eval_exact(ScalarFn::Lt, &[Int(1 << 53), Float(2f64.powi(53) + 2.0)], DType::Bool), Int(1));
        assert_eq!(eval_exact(ScalarFn::Eq, &[Int((1 << 53) + 1), Float(2f64.powi(53))], DType::Bool), Int(0));
        assert_eq!(eval_exact(ScalarFn::Cast, &[Float(-3.0)], DType::U64), Int(0));
        assert_eq!(eval_exact(ScalarFn::Exp, &[Int(0)], DType::F64), Float(1.0));
    }

    #[test]
    fn powers_and_shifts_of_small_integers() {
        let f = |f, x, y| eval_exact(f, &[Int(x), Int(y)], DType::I8);
        assert_eq!(f(ScalarFn::Pow, 2, -1), Int(0));
        assert_eq!(f(ScalarFn::Pow, -1, -3), Int(-1));
        assert_eq!(f(ScalarFn::Pow, -2, 7), Int(-128));
        assert_eq!(eval_exact(ScalarFn::Pow, &[Int(2), Float(-1.0)], DType::I8), Int(1));
        assert_eq!(f(ScalarFn::BitShift, 64, 1), Int(-128));
        assert_eq!(f(ScalarFn::BitShift, 127, 1), Int(-2));
        assert_eq!(f(ScalarFn::BitShift, -5, -1), Int(-3));
        assert_eq!(f(ScalarFn::BitShift, 5, 7), Int(0));
        assert_eq!(eval_exact(ScalarFn::BitShift, &[Int(1), Int(63)], DType::U64), Int(1 << 63));
        assert_eq!(eval_exact(ScalarFn::Mod, &[Int(5), Float(2.5)], DType::I8), Int(2));
    }
}

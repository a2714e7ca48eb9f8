//! Steps on reals: vector loops where the function has one, the scalar function element by element otherwise. Both
//! give the same bits.

use super::left_reals;
use crate::array::scalar_fn::{Rule, elementary, eval_f64, lanes, real, round_to};
use crate::array::{DType, ScalarFn};
use crate::diag::Result;
use crate::fault;
use crate::kernel::simd::{any, any2, change, fill1, fill2, fill3};

/// `to[i] = f(args[..][i])`, rounded to the type.
pub fn apply(f: ScalarFn, dtype: DType, args: &[&[f64]], to: &mut [f64]) -> Result<()> {
    match args {
        [a] => unary(f, a, to),
        [a, b] => binary(f, a, b, to),
        [a, b, c] => fill3(to, [a, b, c], |m, x, y| if m != 0.0 { x } else { y }),
        _ => return Err(fault!("{f:?} of {} operands", args.len())),
    }
    check(f, dtype, args, to)?;
    round(f, dtype, to);
    Ok(())
}

#[inline(always)]
fn truth(b: bool) -> f64 {
    if b { 1.0 } else { 0.0 }
}

fn unary(f: ScalarFn, a: &[f64], to: &mut [f64]) {
    use ScalarFn::*;
    match f {
        Neg => fill1(to, a, |x| -x),
        Not => fill1(to, a, |x| truth(x == 0.0)),
        Abs => fill1(to, a, f64::abs),
        Sign => fill1(to, a, real::sign),
        Floor => fill1(to, a, f64::floor),
        Ceil => fill1(to, a, f64::ceil),
        Round => fill1(to, a, lanes::round),
        Fix => fill1(to, a, f64::trunc),
        Real | Conj | Cast => to.copy_from_slice(a),
        IsNan => fill1(to, a, |x| truth(x.is_nan())),
        IsInf => fill1(to, a, |x| truth(x.is_infinite())),
        IsFinite => fill1(to, a, |x| truth(x.is_finite())),
        Sqrt => fill1(to, a, f64::sqrt),
        Exp => fill1(to, a, lanes::exp),
        Expm1 => fill1(to, a, lanes::expm1),
        Log => fill1(to, a, lanes::log),
        Log2 => fill1(to, a, lanes::log2),
        Log10 => fill1(to, a, lanes::log10),
        Log1p => fill1(to, a, lanes::log1p),
        Sinh => fill1(to, a, lanes::sinh),
        Cosh => fill1(to, a, lanes::cosh),
        Tanh => fill1(to, a, lanes::tanh),
        Atan => fill1(to, a, lanes::atan),
        Sin => trigonometric(to, a, lanes::sin, elementary::sin),
        Cos => trigonometric(to, a, lanes::cos, elementary::cos),
        Tan => trigonometric(to, a, lanes::tan, elementary::tan),
        _ => to.iter_mut().zip(a).for_each(|(t, &x)| *t = eval_f64(f, &[x])),
    }
}

/// A vector loop, and the few arguments it does not know again one by one.
fn trigonometric(to: &mut [f64], a: &[f64], lane: impl Fn(f64) -> f64, single: fn(f64) -> f64) {
    fill1(to, a, lane);
    if any(a, lanes::trig_outside) {
        for (t, &x) in to.iter_mut().zip(a).filter(|(_, x)| lanes::trig_outside(**x)) {
            *t = single(x);
        }
    }
}

fn binary(f: ScalarFn, a: &[f64], b: &[f64], to: &mut [f64]) {
    use ScalarFn::*;
    match f {
        Add => fill2(to, a, b, |x, y| x + y),
        Sub => fill2(to, a, b, |x, y| x - y),
        Mul => fill2(to, a, b, |x, y| x * y),
        Div => fill2(to, a, b, |x, y| x / y),
        Min => fill2(to, a, b, real::least),
        Max => fill2(to, a, b, real::greatest),
        Mod => fill2(to, a, b, real::modulo),
        Rem => fill2(to, a, b, real::remainder),
        Eq => fill2(to, a, b, |x, y| truth(x == y)),
        Ne => fill2(to, a, b, |x, y| truth(x != y)),
        Lt => fill2(to, a, b, |x, y| truth(x < y)),
        Le => fill2(to, a, b, |x, y| truth(x <= y)),
        Gt => fill2(to, a, b, |x, y| truth(x > y)),
        Ge => fill2(to, a, b, |x, y| truth(x >= y)),
        And => fill2(to, a, b, |x, y| truth((x != 0.0) & (y != 0.0))),
        Or => fill2(to, a, b, |x, y| truth((x != 0.0) | (y != 0.0))),
        Xor => fill2(to, a, b, |x, y| truth((x != 0.0) != (y != 0.0))),
        Pow => power(to, a, b),
        _ => to.iter_mut().zip(a.iter().zip(b)).for_each(|(t, (&x, &y))| *t = eval_f64(f, &[x, y])),
    }
}

fn power(to: &mut [f64], a: &[f64], b: &[f64]) {
    // Nearly always the exponent is one number, and often the square.
    if b.iter().all(|&y| y == 2.0) {
        fill1(to, a, |x| x * x);
        return;
    }
    fill2(to, a, b, lanes::pow);
    if any2(a, b, lanes::pow_outside) {
        for (t, (&x, &y)) in to.iter_mut().zip(a.iter().zip(b)) {
            if lanes::pow_outside(x, y) {
                *t = elementary::pow(x, y);
            }
        }
    }
}

/// Faults of single elements: results that are not real, truth values of NaN.
fn check(f: ScalarFn, dtype: DType, args: &[&[f64]], to: &[f64]) -> Result<()> {
    use ScalarFn::*;
    if f.may_leave_reals() && dtype.is_float() && any(to, f64::is_nan) {
        let left = |i: usize| to[i].is_nan() && args.iter().all(|a| !a[i].is_nan());
        if (0..to.len()).any(left) {
            return Err(left_reals(f));
        }
    }
    let truth = matches!(f, And | Or | Xor | Not) || (f == Cast && dtype == DType::Bool);
    if truth && args.iter().any(|a| any(a, f64::is_nan)) {
        return Err(fault!("invalid conversion from NaN to logical"));
    }
    Ok(())
}

fn round(f: ScalarFn, dtype: DType, to: &mut [f64]) {
    let rule = f.row().rule;
    match dtype {
        DType::F64 => {}
        DType::Bool if matches!(rule, Rule::Comparison | Rule::Predicate) => {}
        DType::F32 => change(to, |x| x as f32 as f64),
        other => match other.integer_range() {
            Some((low, high)) => change(to, |x| real::saturated(x, low, high)),
            None => change(to, |x| round_to(other, x)),
        },
    }
}

//! Steps on reals: vector loops where the function has one, the scalar function element by element otherwise. Both
//! give the same bits.

use super::{asks_truth, left_reals, no_truth};
use crate::array::scalar_fn::{Rule, elementary, eval_f64, lanes, real, round_to};
use crate::array::{DType, ScalarFn};
use crate::diag::Result;
use crate::fault;
use crate::kernel::simd::{Lane1, any, any2, change, choose, fill1, fill2, lane1, lane2};

/// `to[i] = f(args[..][i])`, rounded to the type.
pub fn apply(f: ScalarFn, dtype: DType, args: &[&[f64]], to: &mut [f64]) -> Result<()> {
    match args {
        [a] => unary(f, a, to),
        [a, b] => binary(f, a, b, to),
        [mask, a, b] => choose(to, mask, a, b),
        _ => return Err(fault!("{f:?} of {} operands", args.len())),
    }
    check(f, dtype, args, to)?;
    round(f, dtype, to);
    Ok(())
}

fn is_nan() -> impl Lane1<Output = bool> {
    lane1!(f64::is_nan => bool)
}

#[inline(always)]
fn truth(b: bool) -> f64 {
    if b { 1.0 } else { 0.0 }
}

fn unary(f: ScalarFn, a: &[f64], to: &mut [f64]) {
    use ScalarFn::*;
    match f {
        Neg => fill1(to, a, lane1!(|x| -x)),
        Not => fill1(to, a, lane1!(|x| truth(x == 0.0))),
        Abs => fill1(to, a, lane1!(f64::abs)),
        Sign => fill1(to, a, lane1!(real::sign)),
        Floor => fill1(to, a, lane1!(f64::floor)),
        Ceil => fill1(to, a, lane1!(f64::ceil)),
        Round => fill1(to, a, lane1!(lanes::round)),
        Fix => fill1(to, a, lane1!(f64::trunc)),
        Real | Conj | Cast => to.copy_from_slice(a),
        IsNan => fill1(to, a, lane1!(|x| truth(x.is_nan()))),
        IsInf => fill1(to, a, lane1!(|x| truth(x.is_infinite()))),
        IsFinite => fill1(to, a, lane1!(|x| truth(x.is_finite()))),
        Sqrt => fill1(to, a, lane1!(f64::sqrt)),
        Exp => fill1(to, a, lane1!(lanes::exp)),
        Expm1 => fill1(to, a, lane1!(lanes::expm1)),
        Log => fill1(to, a, lane1!(lanes::log)),
        Log2 => fill1(to, a, lane1!(lanes::log2)),
        Log10 => fill1(to, a, lane1!(lanes::log10)),
        Log1p => fill1(to, a, lane1!(lanes::log1p)),
        Sinh => fill1(to, a, lane1!(lanes::sinh)),
        Cosh => fill1(to, a, lane1!(lanes::cosh)),
        Tanh => fill1(to, a, lane1!(lanes::tanh)),
        Atan => fill1(to, a, lane1!(lanes::atan)),
        Sin => trigonometric(to, a, lane1!(lanes::sin), elementary::sin),
        Cos => trigonometric(to, a, lane1!(lanes::cos), elementary::cos),
        Tan => trigonometric(to, a, lane1!(lanes::tan), elementary::tan),
        _ => to.iter_mut().zip(a).for_each(|(t, &x)| *t = eval_f64(f, &[x])),
    }
}

/// A vector loop, and the few arguments it does not know again one by one.
fn trigonometric(to: &mut [f64], a: &[f64], lane: impl Lane1<Output = f64>, single: fn(f64) -> f64) {
    fill1(to, a, lane);
    if any(a, lane1!(lanes::trig_outside => bool)) {
        for (t, &x) in to.iter_mut().zip(a).filter(|(_, x)| lanes::trig_outside(**x)) {
            *t = single(x);
        }
    }
}

fn binary(f: ScalarFn, a: &[f64], b: &[f64], to: &mut [f64]) {
    use ScalarFn::*;
    match f {
        Add => fill2(to, a, b, lane2!(|x, y| x + y)),
        Sub => fill2(to, a, b, lane2!(|x, y| x - y)),
        Mul => fill2(to, a, b, lane2!(|x, y| x * y)),
        Div => fill2(to, a, b, lane2!(|x, y| x / y)),
        Min => fill2(to, a, b, lane2!(real::least)),
        Max => fill2(to, a, b, lane2!(real::greatest)),
        Mod => fill2(to, a, b, lane2!(real::modulo)),
        Rem => fill2(to, a, b, lane2!(real::remainder)),
        Eq => fill2(to, a, b, lane2!(|x, y| truth(x == y))),
        Ne => fill2(to, a, b, lane2!(|x, y| truth(x != y))),
        Lt => fill2(to, a, b, lane2!(|x, y| truth(x < y))),
        Le => fill2(to, a, b, lane2!(|x, y| truth(x <= y))),
        Gt => fill2(to, a, b, lane2!(|x, y| truth(x > y))),
        Ge => fill2(to, a, b, lane2!(|x, y| truth(x >= y))),
        And => fill2(to, a, b, lane2!(|x, y| truth((x != 0.0) & (y != 0.0)))),
        Or => fill2(to, a, b, lane2!(|x, y| truth((x != 0.0) | (y != 0.0)))),
        Xor => fill2(to, a, b, lane2!(|x, y| truth((x != 0.0) != (y != 0.0)))),
        Pow => power(to, a, b),
        _ => to.iter_mut().zip(a.iter().zip(b)).for_each(|(t, (&x, &y))| *t = eval_f64(f, &[x, y])),
    }
}

fn power(to: &mut [f64], a: &[f64], b: &[f64]) {
    // Nearly always the exponent is one number, and often the square.
    if !any(b, lane1!(|y| y != 2.0 => bool)) {
        fill1(to, a, lane1!(|x| x * x));
        return;
    }
    fill2(to, a, b, lane2!(lanes::pow));
    if any2(a, b, lane2!(lanes::pow_outside => bool)) {
        for (t, (&x, &y)) in to.iter_mut().zip(a.iter().zip(b)) {
            if lanes::pow_outside(x, y) {
                *t = elementary::pow(x, y);
            }
        }
    }
}

/// Faults of single elements: results that are not real, truth values of NaN.
fn check(f: ScalarFn, dtype: DType, args: &[&[f64]], to: &[f64]) -> Result<()> {
    // A power of an infinity is no NaN.
    let infinite = |i: usize| args[0][i] == f64::NEG_INFINITY && args[1][i] != args[1][i].trunc();
    let endless = lane1!(|x| x == f64::NEG_INFINITY => bool);
    if f == ScalarFn::Pow && dtype.is_float() && any(args[0], endless) && (0..to.len()).any(infinite) {
        return Err(left_reals(f));
    }
    if f.may_leave_reals() && dtype.is_float() && any(to, is_nan()) {
        let left = |i: usize| to[i].is_nan() && args.iter().all(|a| !a[i].is_nan());
        if (0..to.len()).any(left) {
            return Err(left_reals(f));
        }
    }
    if asks_truth(f, dtype) && args.iter().any(|a| any(a, is_nan())) {
        return Err(no_truth());
    }
    Ok(())
}

fn round(f: ScalarFn, dtype: DType, to: &mut [f64]) {
    let rule = f.row().rule;
    match dtype {
        DType::F64 => {}
        DType::Bool if matches!(rule, Rule::Comparison | Rule::Predicate) => {}
        DType::F32 => change(to, lane1!(|x| x as f32 as f64)),
        DType::Bool => change(to, lane1!(|x| round_to(DType::Bool, x))),
        DType::Char => change(to, Saturated(0.0, 255.0)),
        other => {
            if let Some((low, high)) = other.integer_range() {
                change(to, Saturated(low, high));
            }
        }
    }
}

/// Rounding into an integer type with these ends.
struct Saturated(f64, f64);

impl Lane1 for Saturated {
    type Output = f64;

    #[inline(always)]
    fn at(&self, x: f64) -> f64 {
        real::saturated(x, self.0, self.1)
    }
}

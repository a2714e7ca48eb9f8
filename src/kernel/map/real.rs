//! Steps on reals: vector loops where the function has one, the scalar function element by element otherwise.

use super::left_reals;
use crate::array::scalar_fn::{Rule, eval_f64, round_to};
use crate::array::{DType, ScalarFn};
use crate::diag::Result;
use crate::fault;
use crate::kernel::simd::{change, fill1, fill2};

/// `to[i] = f(args[..][i])`, rounded to the type.
pub fn apply(f: ScalarFn, dtype: DType, args: &[&[f64]], to: &mut [f64]) -> Result<()> {
    use ScalarFn::*;
    match (f, args) {
        (Add, [a, b]) => fill2(to, a, b, |x, y| x + y),
        (Sub, [a, b]) => fill2(to, a, b, |x, y| x - y),
        (Mul, [a, b]) => fill2(to, a, b, |x, y| x * y),
        (Div, [a, b]) => fill2(to, a, b, |x, y| x / y),
        (Neg, [a]) => fill1(to, a, |x| -x),
        (Abs, [a]) => fill1(to, a, f64::abs),
        (Sqrt, [a]) => fill1(to, a, f64::sqrt),
        (Cast | Real | Conj, [a]) => to.copy_from_slice(a),
        (_, [a]) => to.iter_mut().zip(*a).for_each(|(t, &x)| *t = eval_f64(f, &[x])),
        (_, [a, b]) => {
            to.iter_mut().zip(a.iter().zip(*b)).for_each(|(t, (&x, &y))| *t = eval_f64(f, &[x, y]));
        }
        (_, _) => {
            for (i, t) in to.iter_mut().enumerate() {
                *t = eval_f64(f, &[args[0][i], args[1][i], args[2][i]]);
            }
        }
    }
    if f.may_leave_reals() && dtype.is_float() {
        let left = |i: usize| to[i].is_nan() && args.iter().all(|a| !a[i].is_nan());
        if (0..to.len()).any(left) {
            return Err(left_reals(f));
        }
    }
    let truth = matches!(f, And | Or | Xor | Not) || (f == Cast && dtype == DType::Bool);
    if truth && args.iter().any(|a| a.iter().any(|x| x.is_nan())) {
        return Err(fault!("invalid conversion from NaN to logical"));
    }
    round(f, dtype, to);
    Ok(())
}

fn round(f: ScalarFn, dtype: DType, to: &mut [f64]) {
    if dtype == DType::F64 || (dtype == DType::Bool && matches!(f.row().rule, Rule::Comparison | Rule::Predicate)) {
        return;
    }
    match dtype {
        DType::F32 => change(to, |x| x as f32 as f64),
        other => change(to, |x| round_to(other, x)),
    }
}

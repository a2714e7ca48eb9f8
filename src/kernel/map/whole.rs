//! Steps on integers, exactly: those of 64 bits, and powers and bit patterns of any width.

use super::{Operand, Register, asks_truth, left_reals, no_truth};
use crate::array::scalar_fn::{Exact, eval_exact};
use crate::array::{DType, ScalarFn};
use crate::diag::Result;

impl Operand<'_> {
    fn exact(&self, i: usize, integral: bool) -> Exact {
        match self {
            Operand::Real(v) if integral => Exact::Int(v[i] as i128),
            Operand::Real(v) => Exact::Float(v[i]),
            Operand::Complex(v) => Exact::Float(v[i].re),
            Operand::Signed(v) => Exact::Int(v[i] as i128),
            Operand::Unsigned(v) => Exact::Int(v[i] as i128),
        }
    }
}

/// One step; bit i of `integral` says that operand i has an integer type.
pub fn apply(f: ScalarFn, dtype: DType, integral: u8, operands: &[Operand], to: &mut Register, n: usize) -> Result<()> {
    if quick(f, dtype, operands, to, n) {
        return Ok(());
    }
    let nan = |e: &Exact| matches!(e, Exact::Float(v) if v.is_nan());
    let truth = asks_truth(f, dtype);
    let mut x = [Exact::Int(0); 3];
    for i in 0..n {
        operands.iter().zip(&mut x).enumerate().for_each(|(k, (o, x))| *x = o.exact(i, integral >> k & 1 == 1));
        let args = &x[..operands.len()];
        if truth && args.iter().any(nan) {
            return Err(no_truth());
        }
        let value = eval_exact(f, args, dtype);
        if f.may_leave_reals() && nan(&value) && !args.iter().any(nan) {
            return Err(left_reals(f));
        }
        match (&mut *to, value) {
            (Register::Signed(v), Exact::Int(x)) => v[i] = x as i64,
            (Register::Unsigned(v), Exact::Int(x)) => v[i] = x as u64,
            (Register::Real(v), value) => v[i] = value.to_f64(),
            _ => unreachable!("integers go into integers, the others into reals"),
        }
    }
    Ok(())
}

/// Sums, differences, products and comparisons of two operands of one 64-bit type, or with doubles that are whole:
/// plain loops with the same results. False where the general way must be gone.
fn quick(f: ScalarFn, dtype: DType, operands: &[Operand], to: &mut Register, n: usize) -> bool {
    match (operands, to) {
        ([Operand::Signed(a), Operand::Signed(b)], Register::Signed(to)) => signed(f, a, b, &mut to[..n]),
        ([Operand::Signed(a), Operand::Real(b)], Register::Signed(to)) => {
            whole(b).is_some_and(|b| signed(f, a, &b, &mut to[..n]))
        }
        ([Operand::Real(a), Operand::Signed(b)], Register::Signed(to)) => {
            whole(a).is_some_and(|a| signed(f, &a, b, &mut to[..n]))
        }
        ([Operand::Unsigned(a), Operand::Unsigned(b)], Register::Unsigned(to)) => unsigned(f, a, b, &mut to[..n]),
        ([Operand::Signed(a), Operand::Signed(b)], Register::Real(to)) if dtype == DType::Bool => {
            compared(f, a, b, &mut to[..n])
        }
        ([Operand::Unsigned(a), Operand::Unsigned(b)], Register::Real(to)) if dtype == DType::Bool => {
            compared(f, a, b, &mut to[..n])
        }
        _ => false,
    }
}

/// Doubles as integers, if they all are.
fn whole(x: &[f64]) -> Option<Vec<i64>> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    x.iter().all(|v| v.abs() <= EXACT && *v == v.trunc()).then(|| x.iter().map(|&v| v as i64).collect())
}

fn fill<A: Copy, T>(a: &[A], b: &[A], to: &mut [T], f: impl Fn(A, A) -> T) -> bool {
    to.iter_mut().zip(a.iter().zip(b)).for_each(|(t, (&x, &y))| *t = f(x, y));
    true
}

fn signed(f: ScalarFn, a: &[i64], b: &[i64], to: &mut [i64]) -> bool {
    match f {
        ScalarFn::Add => fill(a, b, to, i64::saturating_add),
        ScalarFn::Sub => fill(a, b, to, i64::saturating_sub),
        ScalarFn::Mul => fill(a, b, to, i64::saturating_mul),
        ScalarFn::Min => fill(a, b, to, |x, y| x.min(y)),
        ScalarFn::Max => fill(a, b, to, |x, y| x.max(y)),
        _ => false,
    }
}

fn unsigned(f: ScalarFn, a: &[u64], b: &[u64], to: &mut [u64]) -> bool {
    match f {
        ScalarFn::Add => fill(a, b, to, u64::saturating_add),
        ScalarFn::Sub => fill(a, b, to, u64::saturating_sub),
        ScalarFn::Mul => fill(a, b, to, u64::saturating_mul),
        ScalarFn::Min => fill(a, b, to, |x, y| x.min(y)),
        ScalarFn::Max => fill(a, b, to, |x, y| x.max(y)),
        _ => false,
    }
}

fn compared<A: Copy + Ord>(f: ScalarFn, a: &[A], b: &[A], to: &mut [f64]) -> bool {
    let truth = |t: bool| t as u8 as f64;
    match f {
        ScalarFn::Eq => fill(a, b, to, |x, y| truth(x == y)),
        ScalarFn::Ne => fill(a, b, to, |x, y| truth(x != y)),
        ScalarFn::Lt => fill(a, b, to, |x, y| truth(x < y)),
        ScalarFn::Le => fill(a, b, to, |x, y| truth(x <= y)),
        ScalarFn::Gt => fill(a, b, to, |x, y| truth(x > y)),
        ScalarFn::Ge => fill(a, b, to, |x, y| truth(x >= y)),
        _ => false,
    }
}

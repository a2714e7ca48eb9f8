//! Steps on complex numbers.

use super::{Operand, Register, asks_truth, no_truth};
use crate::array::arch::dispatch;
use crate::array::scalar_fn::{Exact, eval_c64, eval_exact, multiply, round_to};
use crate::array::{Complex64, DType, ScalarFn};
use crate::diag::Result;
use pulp::NullaryFnOnce;

impl Operand<'_> {
    fn complex(&self, i: usize) -> Complex64 {
        match self {
            Operand::Real(v) => Complex64::new(v[i], 0.0),
            Operand::Complex(v) => v[i],
            Operand::Signed(v) => Complex64::new(v[i] as f64, 0.0),
            Operand::Unsigned(v) => Complex64::new(v[i] as f64, 0.0),
        }
    }
}

/// One step; bit i of `real` says that operand i is of a real type.
pub fn apply(f: ScalarFn, dtype: DType, real: u8, operands: &[Operand], to: &mut Register, n: usize) -> Result<()> {
    if quick(f, dtype, operands, to, n) {
        return Ok(());
    }
    let truth = asks_truth(f, dtype);
    let mut z = [Complex64::ZERO; 3];
    for i in 0..n {
        operands.iter().zip(&mut z).for_each(|(o, z)| *z = o.complex(i));
        let args = &z[..operands.len()];
        if truth && args.iter().any(|z| z.re.is_nan() || z.im.is_nan()) {
            return Err(no_truth());
        }
        put(to, i, eval_c64(f, args, real), dtype);
    }
    Ok(())
}

/// Sums, differences and products in double precision as plain loops; false where the general way must be gone.
fn quick(f: ScalarFn, dtype: DType, operands: &[Operand], to: &mut Register, n: usize) -> bool {
    let (DType::C64, Register::Complex(to)) = (dtype, to) else { return false };
    let to = &mut to[..n];
    match (f, operands) {
        (ScalarFn::Add, [Operand::Complex(a), Operand::Complex(b)]) => {
            to.iter_mut().zip(a.iter().zip(*b)).for_each(|(t, (x, y))| *t = x + y);
        }
        (ScalarFn::Sub, [Operand::Complex(a), Operand::Complex(b)]) => {
            to.iter_mut().zip(a.iter().zip(*b)).for_each(|(t, (x, y))| *t = x - y);
        }
        (ScalarFn::Mul, [Operand::Complex(a), Operand::Complex(b)]) => {
            if dispatch(Products { a, b, to }) {
                // Two parts that are NaN may stand for a lost infinity.
                to.iter_mut().zip(a.iter().zip(*b)).for_each(|(t, (x, y))| *t = multiply(*x, *y, false, false));
            }
        }
        (ScalarFn::Mul, [Operand::Complex(a), Operand::Real(b)] | [Operand::Real(b), Operand::Complex(a)]) => {
            to.iter_mut().zip(a.iter().zip(*b)).for_each(|(t, (x, &y))| *t = Complex64::new(x.re * y, x.im * y));
        }
        _ => return false,
    }
    true
}

/// Products by the schoolbook rule; whether some came out as NaN in both parts.
struct Products<'a> {
    a: &'a [Complex64],
    b: &'a [Complex64],
    to: &'a mut [Complex64],
}

impl NullaryFnOnce for Products<'_> {
    type Output = bool;

    #[inline(always)]
    fn call(self) -> bool {
        let mut lost = 0u64;
        for (t, (x, y)) in self.to.iter_mut().zip(self.a.iter().zip(self.b)) {
            let (re, im) = (x.re * y.re - x.im * y.im, x.re * y.im + x.im * y.re);
            lost |= (re.is_nan() & im.is_nan()) as u64;
            *t = Complex64::new(re, im);
        }
        lost != 0
    }
}

/// A complex value into a register of the result's bank, rounded to the type.
fn put(to: &mut Register, i: usize, z: Complex64, dtype: DType) {
    match to {
        Register::Complex(v) if dtype == DType::C32 => v[i] = Complex64::new(z.re as f32 as f64, z.im as f32 as f64),
        Register::Complex(v) => v[i] = z,
        Register::Real(v) if dtype == DType::Bool => v[i] = (z != Complex64::ZERO) as u8 as f64,
        Register::Real(v) => v[i] = round_to(dtype, z.re),
        Register::Signed(v) => v[i] = whole(z, dtype) as i64,
        Register::Unsigned(v) => v[i] = whole(z, dtype) as u64,
    }
}

/// The real part in a 64-bit integer type.
fn whole(z: Complex64, dtype: DType) -> i128 {
    match eval_exact(ScalarFn::Cast, &[Exact::Float(z.re)], dtype) {
        Exact::Int(i) => i,
        Exact::Float(x) => x as i128,
    }
}

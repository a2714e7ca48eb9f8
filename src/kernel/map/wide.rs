//! Steps on complex numbers and on exact integers, and conversions between the banks.

use super::plan::{Source, Work};
use super::{Register, left_reals};
use crate::array::scalar_fn::{Exact, eval_c64, eval_exact, multiply};
use crate::array::{Complex64, DType, ScalarFn};
use crate::diag::Result;
use crate::fault;

/// An operand's elements for one tile.
pub enum Operand<'a> {
    Real(&'a [f64]),
    Complex(&'a [Complex64]),
    Exact(&'a [Exact]),
}

impl Operand<'_> {
    fn complex(&self, i: usize) -> Complex64 {
        match self {
            Operand::Real(v) => Complex64::new(v[i], 0.0),
            Operand::Complex(v) => v[i],
            Operand::Exact(v) => Complex64::new(v[i].to_f64(), 0.0),
        }
    }

    fn exact(&self, i: usize) -> Exact {
        match self {
            Operand::Real(v) => Exact::Float(v[i]),
            Operand::Complex(v) => Exact::Float(v[i].re),
            Operand::Exact(v) => v[i],
        }
    }
}

/// One step into a register of any bank.
pub fn apply<'a>(
    work: &Work,
    args: &[Source],
    operand: impl Fn(Source) -> Operand<'a>,
    to: &mut Register,
    n: usize,
) -> Result<()> {
    let operands: smallvec::SmallVec<[Operand<'_>; 3]> = args.iter().map(|&a| operand(a)).collect();
    match work {
        Work::Convert => {
            for i in 0..n {
                match to {
                    Register::Real(v) => v[i] = operands[0].complex(i).re,
                    Register::Complex(v) => v[i] = operands[0].complex(i),
                    Register::Exact(v) => v[i] = operands[0].exact(i),
                }
            }
        }
        Work::Complex { f, dtype, real } if quick(*f, *dtype, *real, &operands, to, n) => {}
        Work::Complex { f, dtype, real } => {
            let mut z = [Complex64::ZERO; 3];
            for i in 0..n {
                operands.iter().zip(&mut z).for_each(|(o, z)| *z = o.complex(i));
                let args = &z[..operands.len()];
                if truth_of_nan(*f, *dtype) && args.iter().any(|z| z.re.is_nan() || z.im.is_nan()) {
                    return Err(fault!("invalid conversion from NaN to logical"));
                }
                put(to, i, eval_c64(*f, args, *real), *dtype);
            }
        }
        Work::Exact { f, dtype } => {
            let mut x = [Exact::Int(0); 3];
            for i in 0..n {
                operands.iter().zip(&mut x).for_each(|(o, x)| *x = o.exact(i));
                let args = &x[..operands.len()];
                let nan = |e: &Exact| matches!(e, Exact::Float(v) if v.is_nan());
                if truth_of_nan(*f, *dtype) && args.iter().any(nan) {
                    return Err(fault!("invalid conversion from NaN to logical"));
                }
                let value = eval_exact(*f, args, *dtype);
                if f.may_leave_reals() && nan(&value) && !args.iter().any(nan) {
                    return Err(left_reals(*f));
                }
                match to {
                    Register::Real(v) => v[i] = value.to_f64(),
                    Register::Complex(v) => v[i] = Complex64::new(value.to_f64(), 0.0),
                    Register::Exact(v) => v[i] = value,
                }
            }
        }
        Work::Constant(_) | Work::Load(_) | Work::Real { .. } => unreachable!("done elsewhere"),
    }
    Ok(())
}

/// Arithmetic of two complex doubles in plain loops; false where the general way must be gone.
fn quick(f: ScalarFn, dtype: DType, real: u8, operands: &[Operand], to: &mut Register, n: usize) -> bool {
    let (DType::C64, 0, Register::Complex(to)) = (dtype, real, to) else { return false };
    let [Operand::Complex(a), Operand::Complex(b)] = operands else { return false };
    let pairs = to[..n].iter_mut().zip(a.iter().zip(*b));
    match f {
        ScalarFn::Add => pairs.for_each(|(t, (x, y))| *t = x + y),
        ScalarFn::Sub => pairs.for_each(|(t, (x, y))| *t = x - y),
        ScalarFn::Mul => pairs.for_each(|(t, (x, y))| *t = multiply(*x, *y, false, false)),
        _ => return false,
    }
    true
}

/// Whether the function asks for a truth value, which NaN has not.
fn truth_of_nan(f: ScalarFn, dtype: DType) -> bool {
    matches!(f, ScalarFn::And | ScalarFn::Or | ScalarFn::Xor | ScalarFn::Not)
        || (f == ScalarFn::Cast && dtype == DType::Bool)
}

/// A complex value into a register of the result's bank, rounded to the type.
fn put(to: &mut Register, i: usize, z: Complex64, dtype: DType) {
    match to {
        Register::Complex(v) if dtype == DType::C32 => v[i] = Complex64::new(z.re as f32 as f64, z.im as f32 as f64),
        Register::Complex(v) => v[i] = z,
        Register::Real(v) if dtype == DType::Bool => v[i] = (z != Complex64::ZERO) as u8 as f64,
        Register::Real(v) => v[i] = crate::array::scalar_fn::round_to(dtype, z.re),
        Register::Exact(v) => v[i] = eval_exact(ScalarFn::Cast, &[Exact::Float(z.re)], dtype),
    }
}

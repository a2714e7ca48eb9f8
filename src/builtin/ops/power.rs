//! Powers with a matrix as base or exponent.

use super::{diagonal, product};
use crate::array::{Block, Complex64};
use crate::bail;
use crate::builtin::Host;
use crate::builtin::math::solve::inverse;
use crate::builtin::math::{Mat, Scalar, eig};
use crate::builtin::numeric::{IntoValue, Matrix, Wide};
use crate::diag::{Result, Span};
use crate::each_matrix;
use crate::value::Value;

/// `a ^ b` where at least one is not a scalar.
pub fn power(host: &mut dyn Host, a: &Value, b: &Value, span: Span) -> Result<Value> {
    product::common_float(a, b, "^")?;
    let matrix = if a.is_scalar() { b } else { a };
    if !a.is_scalar() && !b.is_scalar() {
        let both = a.shape().rows() == a.shape().columns() && b.shape().rows() == b.shape().columns();
        if both && !a.is_empty() {
            bail!("can't do A ^ B for A and B both matrices");
        }
        return Err(not_square());
    }
    let shape = matrix.shape();
    if shape.rank() != 2 || shape.rows() != shape.columns() {
        return Err(not_square());
    }
    let single = [a, b].iter().any(|x| x.dtype().is_some_and(|d| d.is_single()));
    if shape.is_empty() {
        return Ok(Value::block(Block::try_zeros(
            if single { crate::array::DType::F32 } else { crate::array::DType::F64 },
            shape,
        )?));
    }
    if let (Value::Lazy(_), Some(exponent)) = (a, b.to_f64())
        && exponent.fract() == 0.0
        && (1.0..1e9).contains(&exponent)
    {
        return repeated(a.clone(), exponent as u64, |x, y| product::multiply(host, x, y, span));
    }
    let a = Wide::new(host, a, "operator ^")?;
    let b = Wide::new(host, b, "operator ^")?;
    if a.len() == 1 {
        return Ok(exponential(a.complex()[0], &b.matrix()).into_value(single));
    }
    let exponent = b.complex()[0];
    if exponent.im == 0.0 && exponent.re == exponent.re.trunc() && exponent.re.abs() < 1e9 {
        let n = a.shape.rows();
        if exponent.re == 0.0 {
            return Ok(diagonal::value(n, n, Block::column(vec![1.0; n])));
        }
        return each_matrix!(a.matrix(), m => integer(host, m, exponent.re as i64).map(|m| m.into_value(single)));
    }
    let m = a.matrix().complex();
    Ok(function(&m, |z| z.powc(exponent)).into_value(single))
}

fn not_square() -> crate::diag::Fault {
    crate::fault!(
        "for x^y, only square matrix arguments are permitted and one argument must be scalar.  Use .^ for elementwise power."
    )
}

/// Repeated squaring; negative exponents through the inverse.
fn integer<T: Scalar>(host: &mut dyn Host, m: Mat<T>, exponent: i64) -> Result<Mat<T>> {
    let mut base = m;
    if exponent < 0 {
        let (inverted, rcond) = inverse(&base);
        if rcond < f64::EPSILON {
            let text = if rcond == 0.0 {
                "inverse: matrix singular to machine precision, rcond = 0".to_owned()
            } else {
                format!("inverse: matrix singular to machine precision, rcond = {}", super::divide::short_g(rcond))
            };
            host.warn("Octave:nearly-singular-matrix", &text);
        }
        base = inverted;
    }
    repeated(base, exponent.unsigned_abs(), |x, y| Ok(x.times(y)))
}

/// A power of a positive whole exponent.
fn repeated<M: Clone>(mut base: M, exponent: u64, mut times: impl FnMut(&M, &M) -> Result<M>) -> Result<M> {
    let mut left = exponent;
    let mut result: Option<M> = None;
    loop {
        if left & 1 == 1 {
            result = Some(match &result {
                Some(result) => times(result, &base)?,
                None => base.clone(),
            });
        }
        left >>= 1;
        match result {
            Some(result) if left == 0 => return Ok(result),
            _ => base = times(&base, &base)?,
        }
    }
}

/// `x ^ M` by eigenvalues.
fn exponential(x: Complex64, m: &Matrix) -> Mat<Complex64> {
    let log = x.ln();
    function(&m.complex(), |z| if x == Complex64::ZERO { Complex64::ZERO.powc(z) } else { (log * z).exp() })
}

/// A function of a matrix by its eigenvalues: `V * f (D) / V`. Rounding in the imaginary parts of a real result is
/// removed.
pub fn function(m: &Mat<Complex64>, f: impl Fn(Complex64) -> Complex64) -> Mat<Complex64> {
    let n = m.rows;
    if !m.finite() {
        return Mat::new(n, n, vec![Complex64::new(f64::NAN, 0.0); n * n]);
    }
    let (values, vectors) = eig::complex(m);
    let scaled = Mat::from_fn(n, n, |i, j| vectors[(i, j)] * f(values[j]));
    let (transposed, _) = crate::builtin::math::solve::left_divide(&vectors.transpose(), &scaled.transpose(), 0.0);
    let result = transposed.transpose();
    let largest = result.a.iter().map(|z| z.modulus()).fold(0.0, f64::max);
    let real_input = m.a.iter().all(|z| z.im == 0.0);
    let tolerance = largest * f64::EPSILON * n as f64 * 10.0;
    if real_input && result.a.iter().all(|z| z.im.abs() <= tolerance) {
        return result.map(|z| Complex64::new(z.re, 0.0));
    }
    result
}

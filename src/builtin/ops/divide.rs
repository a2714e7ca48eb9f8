//! Division of matrices: linear systems and least squares.

use super::{lazy, product, transpose};
use crate::builtin::Host;
use crate::builtin::math::solve::{Verdict, left_divide};
use crate::builtin::numeric::{IntoValue, Matrix, Wide};
use crate::builtin::outofcore::tall;
use crate::diag::{Result, Span};
use crate::ir::infer::nonconformant;
use crate::value::Value;

/// `a \ b`.
pub fn left(host: &mut dyn Host, a: &Value, b: &Value, span: Span) -> Result<Value> {
    product::common_float(a, b, "\\")?;
    if a.shape().rows() != b.shape().rows() {
        return Err(nonconformant("\\", &a.shape(), &b.shape()));
    }
    solve(host, a, b, span)
}

/// `a / b`, which is `(b' \ a')'`.
pub fn right(host: &mut dyn Host, a: &Value, b: &Value, span: Span) -> Result<Value> {
    product::common_float(a, b, "/")?;
    let (s, t) = (a.shape(), b.shape());
    if s.columns() != t.columns() || s.rank() > 2 || t.rank() > 2 {
        return Err(nonconformant("/", &s, &t));
    }
    let a = transpose(host, a, true, span)?;
    let b = transpose(host, b, true, span)?;
    let x = solve(host, &b, &a, span)?;
    transpose(host, &x, true, span)
}

fn solve(host: &mut dyn Host, a: &Value, b: &Value, span: Span) -> Result<Value> {
    let (a, b) = (product::folded(host, a, span)?, product::folded(host, b, span)?);
    if let Some(x) = tall::left_divide(host, &a, &b, span)? {
        return Ok(x);
    }
    let a = lazy::gathered_for(host, &a, "operator \\", 6)?;
    let b = lazy::gathered_for(host, &b, "operator \\", 6)?;
    let a = Wide::new(host, &a, "operator \\")?;
    let b = Wide::new(host, &b, "operator \\")?;
    let single = a.single || b.single;
    let epsilon = if single { f32::EPSILON as f64 } else { f64::EPSILON };
    let (x, verdict) = match (a.matrix(), b.matrix()) {
        (Matrix::Real(a), Matrix::Real(b)) => {
            let (x, verdict) = left_divide(&a, &b, epsilon);
            (Matrix::Real(x), verdict)
        }
        (a, b) => {
            let (x, verdict) = left_divide(&a.complex(), &b.complex(), epsilon);
            (Matrix::Complex(x), verdict)
        }
    };
    warn_if_singular(host, verdict);
    Ok(x.into_value(single))
}

/// The warning Octave gives for a system that is singular to working precision.
pub fn warn_if_singular(host: &mut dyn Host, verdict: Verdict) {
    match verdict {
        Verdict::Regular => {}
        Verdict::Singular(0.0) => host.warn("Octave:singular-matrix", "matrix singular to machine precision"),
        Verdict::Singular(rcond) => {
            let text = format!("matrix singular to machine precision, rcond = {}", short_g(rcond));
            host.warn("Octave:nearly-singular-matrix", &text);
        }
    }
}

/// A number as C's `%g` writes it.
pub fn short_g(x: f64) -> String {
    if x == 0.0 || !x.is_finite() {
        return format!("{x}");
    }
    let exponent = x.abs().log10().floor() as i32;
    let trim = |s: String| if s.contains('.') { s.trim_end_matches('0').trim_end_matches('.').to_owned() } else { s };
    if (-5..6).contains(&exponent) {
        return trim(format!("{x:.*}", (5 - exponent).max(0) as usize));
    }
    let text = format!("{x:.5e}");
    let (mantissa, power) = text.split_once('e').unwrap_or((&text, "0"));
    let power: i32 = power.parse().unwrap_or(0);
    let sign = if power < 0 { '-' } else { '+' };
    format!("{}e{sign}{:02}", trim(mantissa.to_owned()), power.abs())
}

//! The elementary functions on doubles, the same bits wherever they are evaluated.

/// Exponential function.
pub fn exp(x: f64) -> f64 {
    libm::exp(x)
}

/// Natural logarithm; NaN for negative numbers.
pub fn log(x: f64) -> f64 {
    libm::log(x)
}

/// Sine.
pub fn sin(x: f64) -> f64 {
    libm::sin(x)
}

/// Cosine.
pub fn cos(x: f64) -> f64 {
    libm::cos(x)
}

/// Tangent.
pub fn tan(x: f64) -> f64 {
    libm::tan(x)
}

/// Hyperbolic tangent.
pub fn tanh(x: f64) -> f64 {
    libm::tanh(x)
}

/// `x` to the power `y`; NaN where the result is not real. Squares are products.
pub fn pow(x: f64, y: f64) -> f64 {
    if y == 2.0 { x * x } else { libm::pow(x, y) }
}

/// The nearest integer, halves away from zero.
#[inline(always)]
pub fn round(x: f64) -> f64 {
    let t = x.trunc();
    if (x - t).abs() >= 0.5 { t + 1f64.copysign(x) } else { t }
}

//! The gamma function's kin: incomplete gamma and beta functions and their inverses, the digamma function and its
//! derivatives.
//!
//! Series and continued fractions of Abramowitz and Stegun 6.5, 26.5 (the latter by Lentz' method); densities by
//! Loader's saddle point form ("Fast and accurate computation of binomial probabilities", 2000), which keeps full
//! accuracy for large parameters.

use crate::array::Complex64;
use crate::array::scalar_fn::special;

const EPS: f64 = f64::EPSILON;
const TINY: f64 = 1e-300;

/// Error of Stirling's formula: log (gamma (n+1)) - log (sqrt (2 pi n) (n/e)^n).
fn stirling_error(n: f64) -> f64 {
    if n < 16.0 {
        return libm::lgamma(n + 1.0) - (n + 0.5) * n.ln() + n - 0.5 * (2.0 * std::f64::consts::PI).ln();
    }
    let m = n * n;
    (1.0 / 12.0 - (1.0 / 360.0 - (1.0 / 1260.0 - (1.0 / 1680.0 - 1.0 / 1188.0 / m) / m) / m) / m) / n
}

/// x log (x/np) + np - x without cancellation.
fn deviance(x: f64, np: f64) -> f64 {
    if (x - np).abs() < 0.1 * (x + np) {
        let v = (x - np) / (x + np);
        let mut s = (x - np) * v;
        let mut term = 2.0 * x * v;
        for j in 1..1000 {
            term *= v * v;
            let next = s + term / (2 * j + 1) as f64;
            if next == s {
                return next;
            }
            s = next;
        }
    }
    x * (x / np).ln() + np - x
}

/// x^a e^-x / gamma (a+1).
pub fn poisson_density(a: f64, x: f64) -> f64 {
    if x == 0.0 {
        return if a == 0.0 { 1.0 } else { 0.0 };
    }
    if a == 0.0 {
        return (-x).exp();
    }
    if x.is_infinite() {
        return 0.0;
    }
    if a < 1.0 || x < a * f64::MIN_POSITIVE {
        return (a * x.ln() - x).exp() / special::gamma(a + 1.0);
    }
    (-stirling_error(a) - deviance(a, x)).exp() / (2.0 * std::f64::consts::PI * a).sqrt()
}

/// Which tail of a distribution, or its ratio to the density.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tail {
    Lower,
    Upper,
    ScaledLower,
    ScaledUpper,
}

/// The regularised incomplete gamma function of x >= 0 (negative x: the lower tail by its series), a >= 0.
pub fn incomplete_gamma(x: f64, a: f64, tail: Tail) -> f64 {
    use Tail::*;
    if x.is_nan() || a.is_nan() {
        return f64::NAN;
    }
    if a == 0.0 {
        return match tail {
            Lower => 1.0,
            Upper => 0.0,
            ScaledLower => x.exp(),
            ScaledUpper => 0.0,
        };
    }
    if x == 0.0 {
        return match tail {
            Lower => 0.0,
            Upper => 1.0,
            ScaledLower => 1.0,
            ScaledUpper => f64::INFINITY,
        };
    }
    if x.is_infinite() {
        return match tail {
            Lower => 1.0,
            Upper | ScaledUpper => 0.0,
            ScaledLower => f64::INFINITY,
        };
    }
    if a.is_infinite() {
        return match tail {
            Lower => 0.0,
            Upper => 1.0,
            ScaledLower => 1.0,
            ScaledUpper => f64::INFINITY,
        };
    }
    if a == 1.0 && x > 0.0 {
        return match tail {
            Lower => -libm::expm1(-x),
            Upper => (-x).exp(),
            ScaledLower => libm::expm1(x) / x,
            ScaledUpper => 1.0 / x,
        };
    }
    let density = if x < 0.0 { f64::NAN } else { poisson_density(a, x) };
    // The scaled tails are the tails over the density, which is what series and fraction give.
    if x < a + 1.0 {
        let ratio = lower_series(x, a);
        let lower = if x < 0.0 {
            if a == a.trunc() { x.powi(a as i32) * (-x).exp() / special::gamma(a + 1.0) * ratio } else { f64::NAN }
        } else {
            density * ratio
        };
        return match tail {
            Lower => lower,
            Upper => 1.0 - lower,
            ScaledLower => ratio,
            ScaledUpper => (1.0 - lower) / density,
        };
    }
    let ratio = upper_fraction(x, a) * a;
    let upper = density * ratio;
    match tail {
        Lower => 1.0 - upper,
        Upper => upper,
        ScaledLower => (1.0 - upper) / density,
        ScaledUpper => ratio,
    }
}

/// Sum of x^k / ((a+1) ... (a+k)).
fn lower_series(x: f64, a: f64) -> f64 {
    let (mut term, mut sum) = (1.0, 1.0);
    let mut k = a;
    for _ in 0..100_000 {
        k += 1.0;
        term *= x / k;
        sum += term;
        if term.abs() < sum.abs() * EPS * 0.25 {
            break;
        }
    }
    sum
}

/// gamma (a, x) * x^-a * e^x as a continued fraction.
fn upper_fraction(x: f64, a: f64) -> f64 {
    let mut b = x + 1.0 - a;
    let mut c = 1.0 / TINY;
    let mut d = 1.0 / b;
    let mut h = d;
    for i in 1..100_000 {
        let i = i as f64;
        let an = -i * (i - a);
        b += 2.0;
        d = an * d + b;
        d = if d.abs() < TINY { TINY } else { d };
        c = b + an / c;
        c = if c.abs() < TINY { TINY } else { c };
        d = 1.0 / d;
        let step = d * c;
        h *= step;
        if (step - 1.0).abs() < EPS {
            break;
        }
    }
    h
}

/// log (beta (a, b)).
pub fn log_beta(a: f64, b: f64) -> f64 {
    let (small, large) = if a < b { (a, b) } else { (b, a) };
    if large > 1e10 && small > 10.0 || small > 100.0 {
        // Stirling errors keep what the difference of logarithms of gamma loses.
        let sum = a + b;
        return stirling_error(a) + stirling_error(b) - stirling_error(sum)
            + 0.5 * (2.0 * std::f64::consts::PI).ln()
            + (a + 0.5) * a.ln()
            + (b + 0.5) * b.ln()
            - (sum + 0.5) * sum.ln()
            + (sum.ln() - a.ln() - b.ln());
    }
    special::lgamma(a) + special::lgamma(b) - special::lgamma(a + b)
}

/// x^a (1-x)^b / beta (a, b).
fn beta_density(x: f64, a: f64, b: f64) -> f64 {
    let n = a + b;
    if a > 1.0 && b > 1.0 {
        // The binomial density of a successes in n trials, times a b / n.
        let log =
            stirling_error(n) - stirling_error(a) - stirling_error(b) - deviance(a, n * x) - deviance(b, n * (1.0 - x));
        return log.exp() * (a * b / (2.0 * std::f64::consts::PI * n)).sqrt();
    }
    (a * x.ln() + b * libm::log1p(-x) - log_beta(a, b)).exp()
}

/// The regularised incomplete beta function.
pub fn incomplete_beta(x: f64, a: f64, b: f64, upper: bool) -> f64 {
    if x.is_nan() || a.is_nan() || b.is_nan() {
        return f64::NAN;
    }
    let (low, high) = if upper { (1.0, 0.0) } else { (0.0, 1.0) };
    if x <= 0.0 {
        return low;
    }
    if x >= 1.0 {
        return high;
    }
    if x > (a + 1.0) / (a + b + 2.0) {
        let rest = beta_density(1.0 - x, b, a) * beta_fraction(1.0 - x, b, a) / b;
        return if upper { rest } else { 1.0 - rest };
    }
    let lower = beta_density(x, a, b) * beta_fraction(x, a, b) / a;
    if upper { 1.0 - lower } else { lower }
}

fn beta_fraction(x: f64, a: f64, b: f64) -> f64 {
    let guard = |v: f64| if v.abs() < TINY { TINY } else { v };
    let mut c = 1.0;
    let mut d = 1.0 / guard(1.0 - (a + b) * x / (a + 1.0));
    let mut h = d;
    for m in 1..100_000 {
        let m = m as f64;
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / guard(1.0 + even * d);
        c = guard(1.0 + even / c);
        h *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / guard(1.0 + odd * d);
        c = guard(1.0 + odd / c);
        let step = d * c;
        h *= step;
        if (step - 1.0).abs() < EPS {
            break;
        }
    }
    h
}

/// The argument at which a growing function of x in [low, high] has a value: bisection on the floating point numbers,
/// hastened by secants.
pub fn inverse(value: f64, low: f64, high: f64, f: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (low, high);
    let (mut below, mut above) = (f(low) - value, f(high) - value);
    if below >= 0.0 {
        return low;
    }
    if above <= 0.0 {
        return high;
    }
    for round in 0..400 {
        let secant = low - below * (high - low) / (above - below);
        // Between numbers of different size the one halfway is the geometric mean.
        let halfway = if low >= 0.0 && high > 16.0 * low {
            (low.max(f64::MIN_POSITIVE) * high).sqrt()
        } else {
            0.5 * (low + high)
        };
        let middle = if round % 3 == 2 || !(secant > low && secant < high) { halfway } else { secant };
        if middle <= low || middle >= high || high - low <= EPS * 0.5 * high.abs() {
            break;
        }
        let at = f(middle) - value;
        if at == 0.0 {
            return middle;
        }
        if at < 0.0 {
            (low, below) = (middle, at);
        } else {
            (high, above) = (middle, at);
        }
    }
    if below.abs() < above.abs() { low } else { high }
}

/// The digamma function of a real or complex number.
pub fn digamma(z: Complex64) -> Complex64 {
    if z.im == 0.0 && z.re <= 0.0 && z.re == z.re.trunc() {
        return Complex64::new(f64::NEG_INFINITY, 0.0);
    }
    const EULER: f64 = 0.577_215_664_901_532_9;
    if z.im == 0.0 && z.re > 0.0 && z.re < 1000.0 {
        // Whole and half numbers have finite sums.
        if z.re == z.re.trunc() {
            return (-EULER + (1..z.re as u32).rev().map(|k| 1.0 / k as f64).sum::<f64>()).into();
        }
        if z.re + 0.5 == (z.re + 0.5).trunc() {
            let sum: f64 = (1..=(z.re - 0.5) as u32).rev().map(|k| 2.0 / (2 * k - 1) as f64).sum();
            return (-EULER - 2.0 * std::f64::consts::LN_2 + sum).into();
        }
    }
    if z.re < 0.0 {
        // Reflection.
        let t = z * std::f64::consts::PI;
        let cot = t.cos() / t.sin();
        return digamma(1.0 - z) - cot * std::f64::consts::PI;
    }
    let mut z = z;
    let mut shift = Complex64::ZERO;
    while z.re < 10.0 {
        shift -= z.inv();
        z += 1.0;
    }
    const B: [f64; 8] = [
        1.0 / 12.0,
        -1.0 / 120.0,
        1.0 / 252.0,
        -1.0 / 240.0,
        1.0 / 132.0,
        -691.0 / 32760.0,
        1.0 / 12.0,
        -3617.0 / 8160.0,
    ];
    let inverse = (z * z).inv();
    let series = B.iter().rev().fold(Complex64::ZERO, |s, b| (s + b) * inverse);
    z.ln() - (2.0 * z).inv() - series + shift
}

/// The k-th derivative of the digamma function, k >= 1, x > 0.
pub fn polygamma(k: u32, x: f64) -> f64 {
    if x.is_nan() || x < 0.0 {
        return f64::NAN;
    }
    // From 171! on it is infinite.
    let factorial = (1..=k.min(171)).fold(1.0, |p, i| p * i as f64);
    let sign = if k % 2 == 1 { 1.0 } else { -1.0 };
    if x == 0.0 {
        return sign * f64::INFINITY;
    }
    // Hurwitz' zeta function of k+1 by Euler and Maclaurin.
    let s = (k + 1) as f64;
    let (mut sum, mut x) = (0.0, x);
    while x < 20.0 {
        sum += x.powf(-s);
        x += 1.0;
    }
    const B: [f64; 10] = [
        1.0 / 6.0,
        -1.0 / 30.0,
        1.0 / 42.0,
        -1.0 / 30.0,
        5.0 / 66.0,
        -691.0 / 2730.0,
        7.0 / 6.0,
        -3617.0 / 510.0,
        43867.0 / 798.0,
        -174611.0 / 330.0,
    ];
    sum += x.powf(1.0 - s) / (s - 1.0) + 0.5 * x.powf(-s);
    let mut rising = s;
    let mut power = x.powf(-s - 1.0);
    let mut below = 2.0;
    for (j, b) in B.iter().enumerate() {
        sum += b * rising / below * power;
        let j = j as f64;
        rising *= (s + 2.0 * j + 1.0) * (s + 2.0 * j + 2.0);
        below *= (2.0 * j + 3.0) * (2.0 * j + 4.0);
        power /= x * x;
    }
    sign * factorial * sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() <= 1e-13 * b.abs().max(1e-300), "{a} {b}");
    }

    #[test]
    fn known_values() {
        close(incomplete_gamma(1.0, 2.0, Tail::Lower), 1.0 - 2.0 / std::f64::consts::E);
        close(incomplete_gamma(10.0, 10.0, Tail::Upper), 0.457_929_714_471_852_2);
        close(incomplete_gamma(200.0, 200.0, Tail::Lower), 0.509_403_418_007_236_65);
        close(incomplete_beta(0.5, 1.0, 2.0, false), 0.75);
        close(incomplete_beta(0.5, 200.0, 300.0, false), 0.999_996_456_519_735_6);
        close(digamma(1.0.into()).re, -0.57721566490153286);
        close(polygamma(1, 1.0), std::f64::consts::PI.powi(2) / 6.0);
        close(polygamma(2, 1.0), -2.404_113_806_319_188_6);
    }
}

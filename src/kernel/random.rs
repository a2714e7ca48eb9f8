//! Random bits as random numbers: each a pure function of 64 bits.

use crate::array::scalar_fn::special::quantile;

/// Uniform on the open interval (0, 1): the middles of 2^53 equal cells, of which 1 - 2^-54 rounds below 1.
#[inline(always)]
pub fn uniform(bits: u64) -> f64 {
    ((bits >> 12) as f64 + 0.5) * (1.0 / (1u64 << 52) as f64)
}

/// A double drawn from (0, 1) as a single that stays below 1.
#[inline(always)]
pub fn single(x: f64) -> f32 {
    let narrow = x as f32;
    if narrow == 1.0 && x < 1.0 { 1.0 - f32::EPSILON / 2.0 } else { narrow }
}

/// Standard normal: the quantile of a uniform number, tails from the small side.
#[inline(always)]
pub fn normal(bits: u64) -> f64 {
    // The top bit is the sign; the rest a uniform number on (0, 0.5), dense near 0.
    let tail = ((bits << 1 >> 11) as f64 + 0.5) * (0.5 / (1u64 << 53) as f64);
    let sign = if bits >> 63 == 1 { -1.0 } else { 1.0 };
    quantile(sign * (0.5 - tail), tail)
}

/// Uniform among the integers `low..=high`.
#[inline(always)]
pub fn integer(bits: u64, low: f64, high: f64) -> f64 {
    // Scaled by multiplication: with at most 2^53 values no bias can be seen.
    let count = (high - low + 1.0) as u64;
    low + ((bits as u128 * count as u128) >> 64) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::philox::{draw, key};

    #[test]
    fn uniform_numbers_stay_inside() {
        assert!(uniform(0) > 0.0);
        assert!(uniform(u64::MAX) < 1.0);
        assert!(single(uniform(u64::MAX)) < 1.0);
        assert_eq!(integer(0, 1.0, 6.0), 1.0);
        assert_eq!(integer(u64::MAX, 1.0, 6.0), 6.0);
    }

    #[test]
    fn moments_are_those_of_the_distributions() {
        let stream = key(1, 2);
        let n = 200_000u64;
        let (mut u, mut z, mut z2, mut z4) = (0.0, 0.0, 0.0, 0.0);
        for i in 0..n {
            u += uniform(draw(stream, i));
            let x = normal(draw(stream, i));
            z += x;
            z2 += x * x;
            z4 += x * x * x * x;
        }
        let n = n as f64;
        assert!((u / n - 0.5).abs() < 3e-3);
        assert!((z / n).abs() < 1e-2);
        assert!((z2 / n - 1.0).abs() < 2e-2);
        assert!((z4 / n - 3.0).abs() < 0.1);
    }
}

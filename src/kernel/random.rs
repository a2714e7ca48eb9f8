//! Random bits as random numbers: each a pure function of 64 bits.

use crate::array::arch::dispatch;
use crate::array::scalar_fn::lanes;
use crate::array::scalar_fn::special::{quantile_centre, quantile_tail};
use pulp::NullaryFnOnce;

/// What bits become.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Distribution {
    /// Uniform on the open interval (0, 1).
    Uniform,
    /// Normal with mean 0 and variance 1.
    Normal,
    /// Uniform among the whole numbers from `low` to `high`.
    Whole { low: f64, high: f64 },
}

/// Most numbers made at once.
pub const TILE: usize = 1024;

impl Distribution {
    /// One number for each word of bits; at most [`TILE`].
    pub fn fill(self, bits: &[u64], to: &mut [f64]) {
        match self {
            Distribution::Uniform => dispatch(Each { bits, to, f: uniform }),
            Distribution::Whole { low, high } => {
                let count = high - low + 1.0;
                dispatch(Each { bits, to, f: |b| (low + (uniform(b) * count).floor()).min(high) });
            }
            Distribution::Normal => dispatch(Normals { bits, to }),
        }
    }
}

struct Each<'a, F> {
    bits: &'a [u64],
    to: &'a mut [f64],
    f: F,
}

impl<F: Fn(u64) -> f64> NullaryFnOnce for Each<'_, F> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        for (to, &b) in self.to.iter_mut().zip(self.bits) {
            *to = (self.f)(b);
        }
    }
}

/// A number in [1, 2) from the upper 52 bits.
#[inline(always)]
fn one_to_two(bits: u64) -> f64 {
    f64::from_bits((bits >> 12) | 0x3ff0_0000_0000_0000)
}

/// The middle of one of 2^52 equal cells of (0, 1).
#[inline(always)]
fn uniform(bits: u64) -> f64 {
    one_to_two(bits) - (1.0 - f64::EPSILON / 2.0)
}

/// A uniform number on (0, 0.5) from all bits but the top one, which stays for the sign.
#[inline(always)]
fn tail(bits: u64) -> f64 {
    0.5 * one_to_two(bits << 1) - (0.5 - f64::EPSILON / 4.0)
}

/// Quantiles of uniform numbers, tails from the small side: the middle by rational functions in one vector loop, then
/// the 15 % in the tails in another.
struct Normals<'a> {
    bits: &'a [u64],
    to: &'a mut [f64],
}

impl NullaryFnOnce for Normals<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let mut small = [1.0; TILE];
        let mut place = [0u32; TILE];
        let mut count = 0;
        for (to, &b) in self.to.iter_mut().zip(self.bits) {
            *to = quantile_centre((0.5 - tail(b)).copysign(f64::from_bits(b)));
        }
        for (i, &b) in self.bits.iter().enumerate() {
            let t = tail(b);
            (small[count], place[count]) = (t, i as u32);
            count += usize::from(t < 0.075);
        }
        for t in &mut small[..count] {
            *t = quantile_tail((-lanes::log(*t)).sqrt());
        }
        for (t, i) in small[..count].iter().zip(place) {
            self.to[i as usize] = t.copysign(f64::from_bits(self.bits[i as usize]));
        }
    }
}

/// A double drawn from (0, 1) as a single that stays below 1.
#[inline(always)]
pub fn single(x: f64) -> f32 {
    let narrow = x as f32;
    if narrow == 1.0 && x < 1.0 { 1.0 - f32::EPSILON / 2.0 } else { narrow }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::array::scalar_fn::special::quantile;
    use crate::kernel::philox::Stream;

    fn one(d: Distribution, bits: u64) -> f64 {
        let mut to = [0.0];
        d.fill(&[bits], &mut to);
        to[0]
    }

    #[test]
    fn numbers_stay_inside() {
        assert!(one(Distribution::Uniform, 0) > 0.0);
        assert!(one(Distribution::Uniform, u64::MAX) < 1.0);
        assert!(single(one(Distribution::Uniform, u64::MAX)) < 1.0);
        let die = Distribution::Whole { low: 1.0, high: 6.0 };
        assert_eq!(one(die, 0), 1.0);
        assert_eq!(one(die, u64::MAX), 6.0);
        let wide = Distribution::Whole { low: 0.0, high: 9e15 };
        assert!(one(wide, u64::MAX) <= 9e15);
        assert!(one(Distribution::Normal, 0).is_finite() && one(Distribution::Normal, u64::MAX).is_finite());
    }

    #[test]
    fn normal_numbers_are_quantiles() {
        for i in 0..5000u64 {
            let bits = i.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (i % 40);
            let want = quantile((0.5 - tail(bits)).copysign(f64::from_bits(bits)), tail(bits));
            assert_eq!(one(Distribution::Normal, bits), want);
            assert_eq!(one(Distribution::Normal, bits ^ 1 << 63), -want);
        }
    }

    #[test]
    fn moments_are_those_of_the_distributions() {
        let mut bits = vec![0; 200 * TILE];
        Stream::new(1, 2).fill(0, 1, &mut bits);
        let mut to = vec![0.0; bits.len()];
        let mut moments = |d: Distribution| {
            to.chunks_mut(TILE).zip(bits.chunks(TILE)).for_each(|(t, b)| d.fill(b, t));
            let moment = |k: i32| to.iter().map(|x| x.powi(k)).sum::<f64>() / to.len() as f64;
            [moment(1), moment(2), moment(4)]
        };
        let [mean, square, _] = moments(Distribution::Uniform);
        assert!((mean - 0.5).abs() < 3e-3 && (square - 1.0 / 3.0).abs() < 3e-3);
        let [mean, square, fourth] = moments(Distribution::Normal);
        assert!(mean.abs() < 1e-2 && (square - 1.0).abs() < 2e-2 && (fourth - 3.0).abs() < 0.1);
        let [mean, square, _] = moments(Distribution::Whole { low: 1.0, high: 6.0 });
        assert!((mean - 3.5).abs() < 2e-2 && (square - 91.0 / 6.0).abs() < 0.2);
    }
}

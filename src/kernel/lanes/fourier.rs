//! Discrete Fourier transforms of one line of numbers.

use crate::array::Complex64;
use realfft::{RealFftPlanner, RealToComplex};
use rustfft::{Fft, FftPlanner};
use std::sync::Arc;

/// The transform of lines of one length; the inverse divides by the length.
pub struct Transform {
    plan: Arc<dyn Fft<f64>>,
    /// The forward transform of real lines, to the first half of their spectrum.
    of_reals: Arc<dyn RealToComplex<f64>>,
    reals: Vec<f64>,
    scratch: Vec<Complex64>,
    inverse: bool,
}

impl Transform {
    pub fn new(length: usize, inverse: bool) -> Transform {
        let mut planner = FftPlanner::new();
        let plan = if inverse { planner.plan_fft_inverse(length) } else { planner.plan_fft_forward(length) };
        let of_reals = RealFftPlanner::new().plan_fft_forward(length);
        let scratch = vec![Complex64::ZERO; plan.get_inplace_scratch_len().max(of_reals.get_scratch_len())];
        Transform { plan, of_reals, reals: vec![0.0; length], scratch, inverse }
    }

    /// The transform of a lane, cut or padded with zeros to the length of the plan.
    pub fn lane(&mut self, lane: &[Complex64], out: &mut [Complex64]) {
        let kept = lane.len().min(out.len());
        out[..kept].copy_from_slice(&lane[..kept]);
        out[kept..].fill(Complex64::ZERO);
        let symmetric = self.inverse && is_symmetric(out);
        self.run(out);
        if symmetric {
            out.iter_mut().for_each(|z| z.im = 0.0);
        }
    }

    /// In place; the line has the length of the plan.
    pub fn run(&mut self, line: &mut [Complex64]) {
        if line.is_empty() {
            return;
        }
        let n = line.len();
        let real = line.iter().all(|z| z.im == 0.0);
        // Through halves an infinity would reach places where it is not.
        if real && line.iter().all(|z| z.re.is_finite()) {
            self.reals.iter_mut().zip(&*line).for_each(|(x, z)| *x = z.re);
            let scratch = &mut self.scratch[..self.of_reals.get_scratch_len()];
            let half = &mut line[..n / 2 + 1];
            self.of_reals.process_with_scratch(&mut self.reals, half, scratch).expect("buffers of the plan's lengths");
            if self.inverse {
                half.iter_mut().for_each(|z| *z = z.conj());
            }
        } else {
            self.plan.process_with_scratch(line, &mut self.scratch);
        }
        if real {
            // The spectrum of real numbers is conjugate symmetric to the last bit.
            line[0].im = 0.0;
            for k in 1..n.div_ceil(2) {
                line[n - k] = line[k].conj();
            }
            if n.is_multiple_of(2) {
                line[n / 2].im = 0.0;
            }
        }
        if self.inverse {
            let factor = 1.0 / n as f64;
            line.iter_mut().for_each(|z| *z *= factor);
        }
    }
}

/// Whether a line is conjugate symmetric, so that its transform is real.
pub fn is_symmetric(line: &[Complex64]) -> bool {
    let n = line.len();
    if n == 0 {
        return true;
    }
    (0..=n / 2).all(|k| line[k] == line[(n - k) % n].conj())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let line: Vec<Complex64> = (0..7).map(|k| Complex64::new(k as f64, 1.0 - k as f64)).collect();
        let mut there = line.clone();
        Transform::new(7, false).run(&mut there);
        assert!((there[0] - line.iter().sum::<Complex64>()).norm() < 1e-12);
        Transform::new(7, true).run(&mut there);
        assert!(there.iter().zip(&line).all(|(a, b)| (a - b).norm() < 1e-12));
    }

    #[test]
    fn real_lines_have_the_spectrum_of_complex_ones() {
        for n in [1, 2, 3, 8, 15, 100] {
            let reals: Vec<Complex64> = (0..n).map(|k| Complex64::from(((k * k + 3) % 7) as f64)).collect();
            for inverse in [false, true] {
                let mut transform = Transform::new(n, inverse);
                let (mut half, mut whole) = (reals.clone(), reals.clone());
                transform.run(&mut half);
                // Turned and stretched in the plane, all elements alike: so is the spectrum.
                whole.iter_mut().for_each(|z| *z *= Complex64::new(1.0, 1.0));
                transform.run(&mut whole);
                let near = |(a, b): (&Complex64, &Complex64)| (a * Complex64::new(1.0, 1.0) - b).norm() < 1e-12;
                assert!(half.iter().zip(&whole).all(near));
            }
        }
    }

    #[test]
    fn spectra_of_real_lines_are_symmetric() {
        let mut line: Vec<Complex64> = (0..6).map(|k| Complex64::from((k * k % 5) as f64)).collect();
        Transform::new(6, false).run(&mut line);
        assert!(is_symmetric(&line));
    }
}

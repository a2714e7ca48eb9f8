//! Recursive filters and phases.

use std::ops::{Add, Mul, Sub};

/// Direct form II transposed: `state` holds what earlier elements add to later ones, one number less than there are
/// coefficients; `b` and `a` are of one length and the first of `a` is 1.
pub fn filter<T>(b: &[T], a: &[T], x: &[T], state: &mut [T], y: &mut [T])
where
    T: Copy + Default + Add<Output = T> + Sub<Output = T> + Mul<Output = T>,
{
    for (&x, y) in x.iter().zip(y) {
        *y = b[0] * x + state.first().copied().unwrap_or_default();
        for k in 0..state.len() {
            let next = state.get(k + 1).copied().unwrap_or_default();
            state[k] = next + b[k + 1] * x - a[k + 1] * *y;
        }
    }
}

/// Angles with multiples of 2 pi added where they jump by more than the tolerance.
pub fn unwrap(lane: &[f64], tolerance: f64, out: &mut [f64]) {
    let period = 2.0 * std::f64::consts::PI;
    let mut offset = 0.0;
    for i in 0..lane.len() {
        if i > 0 {
            let step: f64 = lane[i - 1] - lane[i];
            if step.abs() > tolerance {
                // The least number of periods that brings the step within half of one.
                let turns = ((step.abs() - std::f64::consts::PI) / period).ceil().max(0.0);
                offset += turns * period * step.signum();
            }
        }
        out[i] = lane[i] + offset;
    }
}

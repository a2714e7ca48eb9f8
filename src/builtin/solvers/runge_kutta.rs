//! Explicit Runge-Kutta pairs.
//!
//! Sources: Dormand and Prince, Journal of Computational and Applied Mathematics 6 (1980); Bogacki and Shampine, Applied
//! Mathematics Letters 2 (1989).

use super::stepping::{Between, Method, Slope, Step, Try};
use crate::builtin::api::Host;
use crate::diag::Result;

/// A pair of methods that share their stages; the last stage is the first of the next step.
pub struct Pair {
    name: &'static str,
    order: i32,
    /// For all stages but the last: when, and the weights of those before.
    stages: &'static [(f64, &'static [f64])],
    /// Weights of the result.
    result: &'static [f64],
    /// Weights of the estimate it is compared with, the last stage included.
    estimate: &'static [f64],
    between: Between,
}

pub const DORMAND_PRINCE: Pair = Pair {
    name: "ode45",
    order: 5,
    stages: &[
        (0.0, &[]),
        (1.0 / 5.0, &[1.0 / 5.0]),
        (3.0 / 10.0, &[3.0 / 40.0, 9.0 / 40.0]),
        (4.0 / 5.0, &[44.0 / 45.0, -56.0 / 15.0, 32.0 / 9.0]),
        (8.0 / 9.0, &[19372.0 / 6561.0, -25360.0 / 2187.0, 64448.0 / 6561.0, -212.0 / 729.0]),
        (1.0, &[9017.0 / 3168.0, -355.0 / 33.0, 46732.0 / 5247.0, 49.0 / 176.0, -5103.0 / 18656.0]),
    ],
    result: &[35.0 / 384.0, 0.0, 500.0 / 1113.0, 125.0 / 192.0, -2187.0 / 6784.0, 11.0 / 84.0],
    estimate: &[
        5179.0 / 57600.0,
        0.0,
        7571.0 / 16695.0,
        393.0 / 640.0,
        -92097.0 / 339200.0,
        187.0 / 2100.0,
        1.0 / 40.0,
    ],
    between: Between::Quartic,
};

pub const BOGACKI_SHAMPINE: Pair = Pair {
    name: "ode23",
    order: 3,
    stages: &[(0.0, &[]), (0.5, &[0.5]), (0.75, &[0.0, 0.75])],
    result: &[2.0 / 9.0, 1.0 / 3.0, 4.0 / 9.0],
    estimate: &[7.0 / 24.0, 1.0 / 4.0, 1.0 / 3.0, 1.0 / 8.0],
    between: Between::Cubic,
};

/// `x + h * (weighted sum of slopes)`.
fn ahead(x: &[f64], slopes: &[Vec<f64>], weights: &[f64], h: f64) -> Vec<f64> {
    let sum = |i: usize| weights.iter().zip(slopes).map(|(w, k)| k[i] * (h * w)).sum::<f64>();
    x.iter().enumerate().map(|(i, x)| x + sum(i)).collect()
}

impl Method for Pair {
    fn name(&self) -> &'static str {
        self.name
    }

    fn order(&self) -> i32 {
        self.order
    }

    fn work(&self, tries: usize, _: usize) -> [usize; 4] {
        [self.stages.len() * tries + 1, 0, 0, 0]
    }

    fn step(&self, host: &mut dyn Host, slope: &Slope, ends: &Try) -> Result<Option<(Step, Vec<f64>)>> {
        let Try { from, to, h, x, first, .. } = *ends;
        let mut slopes = vec![match first {
            Some(slope) => slope.clone(),
            None => slope.at(host, from, x)?,
        }];
        for (when, weights) in &self.stages[1..] {
            let there = ahead(x, &slopes, weights, h);
            slopes.push(slope.at(host, from + h * when, &there)?);
        }
        let end = ahead(x, &slopes, self.result, h);
        slopes.push(slope.at(host, to, &end)?);
        let estimate = ahead(x, &slopes, self.estimate, h);
        let next = slopes.last().cloned();
        let step = Step { from, to, start: x.to_vec(), end, between: self.between, slopes, next };
        Ok(Some((step, estimate)))
    }
}

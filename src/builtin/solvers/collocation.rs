//! The polynomial of Radau IIA with three stages, through which a step is filled in.

pub const SQRT_6: f64 = 2.449_489_742_783_178;
/// When the stages are.
pub const TIMES: [f64; 3] = [(4.0 - SQRT_6) / 10.0, (4.0 + SQRT_6) / 10.0, 1.0];

/// How far component `i` is from its start at the part `s` of a step, by what it is at the stages.
pub fn between(stages: &[Vec<f64>], i: usize, s: f64) -> f64 {
    let basis = |k: usize| {
        let others = (0..3).filter(|&j| j != k).map(|j| (s - TIMES[j]) / (TIMES[k] - TIMES[j]));
        s / TIMES[k] * others.product::<f64>()
    };
    stages.iter().enumerate().map(|(k, z)| basis(k) * z[i]).sum()
}

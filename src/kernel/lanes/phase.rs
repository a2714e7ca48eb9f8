//! Phases of a signal.

/// Angles with multiples of 2 pi added where they jump by more than the tolerance.
pub fn unwrap(lane: &[f64], tolerance: f64, out: &mut [f64]) {
    let period = 2.0 * std::f64::consts::PI;
    let mut turns = 0.0;
    for i in 0..lane.len() {
        if i > 0 {
            let step: f64 = lane[i - 1] - lane[i];
            if step.abs() > tolerance {
                // The least number of periods that brings the step within half of one.
                turns += ((step.abs() - std::f64::consts::PI) / period).ceil().max(0.0).copysign(step);
            }
        }
        out[i] = lane[i] + turns * period;
    }
}

//! Ordinary differential equations.
//!
//! Source: Dormand and Prince, Journal of Computational and Applied Mathematics 6 (1980).

use super::{function, option, value};
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{numbers, one, several};
use crate::diag::Result;
use crate::fault;
use crate::value::{Struct, Value};
use std::sync::Arc;

/// The pair of Dormand and Prince: times, stages, and the difference of the two results.
const STAGES: [(f64, &[f64]); 7] = [
    (0.0, &[]),
    (0.2, &[0.2]),
    (0.3, &[3.0 / 40.0, 9.0 / 40.0]),
    (0.8, &[44.0 / 45.0, -56.0 / 15.0, 32.0 / 9.0]),
    (8.0 / 9.0, &[19372.0 / 6561.0, -25360.0 / 2187.0, 64448.0 / 6561.0, -212.0 / 729.0]),
    (1.0, &[9017.0 / 3168.0, -355.0 / 33.0, 46732.0 / 5247.0, 49.0 / 176.0, -5103.0 / 18656.0]),
    (1.0, &[35.0 / 384.0, 0.0, 500.0 / 1113.0, 125.0 / 192.0, -2187.0 / 6784.0, 11.0 / 84.0]),
];
const DIFFERENCE: [f64; 7] =
    [71.0 / 57600.0, 0.0, -71.0 / 16695.0, 71.0 / 1920.0, -17253.0 / 339200.0, 22.0 / 525.0, -1.0 / 40.0];

fn ode45(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let f = function(host, "ode45", &args[0])?;
    let span = numbers("ode45", &args[1])?;
    if span.len() < 2 || span.windows(2).any(|w| (w[1] - w[0]) * (span[1] - span[0]) <= 0.0) {
        return Err(fault!("ode45: TRANGE must be a vector of at least two strictly monotonic times"));
    }
    let mut y = numbers("ode45", &args[2])?;
    let n = y.len();
    let relative = option(args.get(3), "RelTol", 1e-3);
    let absolute = option(args.get(3), "AbsTol", 1e-6);
    let (start, end) = (span[0], span[span.len() - 1]);
    let forward = (end - start).signum();
    let longest = option(args.get(3), "MaxStep", 0.1 * (end - start).abs());
    let slope = |host: &mut dyn Host, t: f64, y: &[f64]| -> Result<Vec<f64>> {
        let d = numbers("ode45", &value(host, &f, &[Value::Num(t), Value::column(y.to_vec())])?)?;
        if d.len() == y.len() { Ok(d) } else { Err(fault!("ode45: FCN must return as many values as INIT has")) }
    };
    let mut t = start;
    let mut k0 = slope(host, t, &y)?;
    let scale = y.iter().map(|v| absolute.max(relative * v.abs())).fold(f64::INFINITY, f64::min);
    let steep = k0.iter().fold(0.0f64, |b, v| b.max(v.abs()));
    let first = if steep > 0.0 { 0.8 * scale.powf(0.2) / steep.max(1e-10) } else { longest };
    let mut h = option(args.get(3), "InitialStep", first).min(longest);
    let mut times = vec![t];
    let mut states = vec![y.clone()];
    let mut wanted = 1;
    while (end - t) * forward > 0.0 {
        // A step that all but reaches the end reaches it: no rest of the size of a rounding error stays.
        let rest = (end - t).abs();
        if h * (1.0 + 1e-9) >= rest {
            h = rest;
        }
        if h < 16.0 * f64::EPSILON * t.abs().max(1e-300) {
            host.warn(
                "integrate_adaptive:unexpected_termination",
                "ode45: the step became too small; the solution ends early",
            );
            break;
        }
        let step = h * forward;
        let mut k = vec![k0.clone()];
        let mut next = y.clone();
        for (c, weights) in &STAGES[1..] {
            next = (0..n).map(|i| y[i] + step * weights.iter().zip(&k).map(|(w, k)| w * k[i]).sum::<f64>()).collect();
            k.push(slope(host, t + c * step, &next)?);
        }
        let error = (0..n)
            .map(|i| {
                let e: f64 = DIFFERENCE.iter().zip(&k).map(|(w, k)| w * k[i]).sum::<f64>() * step;
                e.abs() / absolute.max(relative * y[i].abs().max(next[i].abs()))
            })
            .fold(0.0, crate::builtin::math::mat::nan_max);
        if error <= 1.0 {
            let (from, to) = (t, if h == rest { end } else { t + step });
            // A cubic through both ends with their slopes fills in between.
            let between = |s: f64| -> Vec<f64> {
                let (p, q) = ((1.0 + 2.0 * s) * (1.0 - s) * (1.0 - s), s * (1.0 - s) * (1.0 - s));
                let (u, v) = (s * s * (3.0 - 2.0 * s), s * s * (s - 1.0));
                (0..n).map(|i| p * y[i] + q * step * k[0][i] + u * next[i] + v * step * k[6][i]).collect()
            };
            if span.len() == 2 {
                for part in 1..4 {
                    times.push(from + step * part as f64 / 4.0);
                    states.push(between(part as f64 / 4.0));
                }
                times.push(to);
                states.push(next.clone());
            } else {
                while wanted < span.len() && (to - span[wanted]) * forward >= 0.0 {
                    let s = (span[wanted] - from) / step;
                    times.push(span[wanted]);
                    states.push(if span[wanted] == to { next.clone() } else { between(s) });
                    wanted += 1;
                }
            }
            t = to;
            y = next;
            k0 = k.swap_remove(6);
        }
        let factor = if error > 0.0 { 0.8 * error.powf(-0.2) } else { 5.0 };
        h = (h * if factor.is_nan() { 0.2 } else { factor.clamp(0.2, 5.0) }).min(longest);
    }
    let count = times.len();
    let mut table = Vec::with_capacity(count * n);
    (0..n).for_each(|i| table.extend(states.iter().map(|s| s[i])));
    let (times, table) = (Value::column(times), Value::matrix(count, n, table));
    if call.nargout < 2 {
        let mut solution = Struct::scalar();
        solution.set("x", times);
        solution.set("y", table);
        solution.set("solver", Value::text("ode45"));
        return one(Value::Struct(Arc::new(solution)));
    }
    several([times, table])
}

pub const TABLE: &[Builtin] = &[Builtin::new(
    "ode45",
    (3, 4),
    2,
    ode45,
    "[T, Y] = ode45 (F, TRANGE, INIT), ode45 (F, TRANGE, INIT, OPTIONS)\n\nThe solution of y' = F (t, y) from INIT, one row a time; more than two times in TRANGE are those shown.\n\n    [t, y] = ode45 (@(t, y) -y, [0 1], 1);\n",
)];

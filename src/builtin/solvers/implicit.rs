//! Implicit methods for stiff equations: a Rosenbrock method of order 2, and Radau IIA of order 5.
//!
//! Sources: Shampine and Reichelt, The MATLAB ODE suite, SIAM Journal on Scientific Computing 18 (1997); Hairer and
//! Wanner, Solving Ordinary Differential Equations II, IV.8.

use super::collocation::{SQRT_6, TIMES};
use super::ode_options::Jacobian;
use super::stepping::{Between, Method, Slope, Step, Try};
use super::value;
use crate::array::Complex64;
use crate::builtin::api::Host;
use crate::builtin::args::numbers;
use crate::builtin::math::Mat;
use crate::builtin::math::solve::Lu;
use crate::diag::Result;
use crate::fault;
use crate::value::Value;
use std::cell::{Cell, RefCell};
use std::f64::consts::SQRT_2;

/// The last matrix that was found, with its time and state: a step that is tried again, shorter, starts where it did.
type Known = RefCell<Option<(f64, Vec<f64>, Mat<f64>)>>;

/// `df/dx` at a point where the slope is known.
fn jacobian(host: &mut dyn Host, slope: &Slope, ends: &Try, first: &[f64], known: &Known) -> Result<Mat<f64>> {
    let (t, x) = (ends.from, ends.x);
    if let Some((time, state, matrix)) = &*known.borrow()
        && *time == t
        && state == x
    {
        return Ok(matrix.clone());
    }
    let n = x.len();
    let given = match &ends.options.jacobian {
        None => None,
        Some(Jacobian::Matrix(matrix)) => Some(matrix.clone()),
        Some(Jacobian::Function(f)) => {
            let point = [Value::Num(t), Value::column(x.to_vec())];
            let args: Vec<Value> = point.iter().chain(slope.extra).cloned().collect();
            Some(value(host, f, &args)?)
        }
    };
    let matrix = match given {
        Some(matrix) => {
            let matrix = slope.without_mass(host, t, x, matrix)?;
            let elements = numbers(slope.who, &matrix)?;
            if elements.len() != n * n {
                return Err(fault!(
                    "{}: the Jacobian must have as many rows and columns as INIT has values",
                    slope.who
                ));
            }
            Mat::new(n, n, elements)
        }
        None => {
            let mut matrix = Mat::zeros(n, n);
            let mut moved = x.to_vec();
            for j in 0..n {
                // A power of two near the best step: what is added is what was meant.
                let delta = (f64::EPSILON.sqrt() * x[j].abs().max(1e-5)).log2().ceil().exp2();
                moved[j] = x[j] + delta;
                let there = slope.at(host, t, &moved)?;
                moved[j] = x[j];
                matrix.col_mut(j).iter_mut().zip(there.iter().zip(first)).for_each(|(d, (b, a))| *d = (b - a) / delta);
            }
            matrix
        }
    };
    *known.borrow_mut() = Some((t, x.to_vec(), matrix.clone()));
    Ok(matrix)
}

fn combined<const N: usize>(parts: [(f64, &[f64]); N]) -> Vec<f64> {
    let len = parts.first().map_or(0, |(_, v)| v.len());
    (0..len).map(|i| parts.iter().map(|(w, v)| w * v[i]).sum()).collect()
}

/// The pair of orders 2 and 3 behind `ode23s`.
#[derive(Default)]
pub struct Rosenbrock {
    known: Known,
}

impl Method for Rosenbrock {
    fn name(&self) -> &'static str {
        "ode23s"
    }

    fn order(&self) -> i32 {
        2
    }

    fn work(&self, tries: usize, _: usize) -> [usize; 4] {
        [5 * tries, 0, tries, 3 * tries]
    }

    fn step(&self, host: &mut dyn Host, slope: &Slope, ends: &Try) -> Result<Option<(Step, Vec<f64>)>> {
        let Try { from, to, h, x, .. } = *ends;
        let d = 1.0 / (2.0 + SQRT_2);
        let e = 6.0 + SQRT_2;
        let f0 = match ends.first {
            Some(slope) => slope.clone(),
            None => slope.at(host, from, x)?,
        };
        let matrix = jacobian(host, slope, ends, &f0, &self.known)?;
        let n = x.len();
        let lu = Lu::new(&Mat::from_fn(n, n, |i, j| if i == j { 1.0 } else { 0.0 } - h * d * matrix[(i, j)]));
        let delta = f64::EPSILON.sqrt() * from.abs().max(h.abs());
        let later = slope.at(host, from + delta, x)?;
        let drift = combined([(1.0 / delta, &later), (-1.0 / delta, &f0)]);
        let solved = |right: Vec<f64>| lu.solve(&Mat::column(right)).col(0).to_vec();
        let k1 = solved(combined([(1.0, &f0), (h * d, &drift)]));
        let f1 = slope.at(host, from + 0.5 * h, &combined([(1.0, x), (0.5 * h, &k1)]))?;
        let k2 = combined([(1.0, &solved(combined([(1.0, &f1), (-1.0, &k1)]))), (1.0, &k1)]);
        let end = combined([(1.0, x), (h, &k2)]);
        if end.iter().any(|v| !v.is_finite()) {
            return Ok(None);
        }
        let f2 = slope.at(host, to, &end)?;
        let right = [(1.0, &f2[..]), (-e, &k2), (e, &f1), (-2.0, &k1), (2.0, &f0), (h * d, &drift)];
        let k3 = solved(combined(right));
        let estimate = combined([(1.0, &end), (h / 6.0, &k1), (-h / 3.0, &k2), (h / 6.0, &k3)]);
        let step = Step {
            from,
            to,
            start: x.to_vec(),
            end,
            between: Between::Cubic,
            slopes: vec![f0, f2.clone()],
            next: Some(f2),
        };
        Ok(Some((step, estimate)))
    }
}

/// Radau IIA with three stages.
#[derive(Default)]
pub struct Radau {
    known: Known,
    /// Jacobians, decompositions and solutions of systems so far.
    counted: Cell<[usize; 3]>,
}

impl Radau {
    fn count(&self, more: [usize; 3]) {
        let so_far = self.counted.get();
        self.counted.set([0, 1, 2].map(|k| so_far[k] + more[k]));
    }
}

/// Eigenvalues of the inverse of the method's matrix: one real, and one of a complex pair.
const REAL: f64 = 3.637_834_252_744_496;
const COMPLEX: Complex64 = Complex64::new(2.681_082_873_627_752, -3.050_430_199_247_411);
/// The change of basis that makes that matrix block diagonal, and back.
const TO_STAGES: [[f64; 3]; 3] = [
    [0.09443876248897524, -0.14125529502095421, 0.03002919410514742],
    [0.25021312296533332, 0.20412935229379994, -0.38294211275726192],
    [1.0, 1.0, 0.0],
];
const FROM_STAGES: [[f64; 3]; 3] = [
    [4.17871859155190428, 0.32768282076106237, 0.52337644549944951],
    [-4.17871859155190428, -0.32768282076106237, 0.47662355450055044],
    [0.50287263494578682, -2.57192694985560522, 0.59603920482822492],
];
/// Weights of the stages in the error estimate.
const ERROR: [f64; 3] = [(-13.0 - 7.0 * SQRT_6) / 3.0, (-13.0 + 7.0 * SQRT_6) / 3.0, -1.0 / 3.0];
/// Iterations of Newton's method at most.
const ITERATIONS: i32 = 7;

fn along(basis: &[f64; 3], vectors: &[Vec<f64>; 3]) -> Vec<f64> {
    combined([(basis[0], &vectors[0]), (basis[1], &vectors[1]), (basis[2], &vectors[2])])
}

impl Method for Radau {
    fn name(&self) -> &'static str {
        "ode15s"
    }

    /// That of the error estimate.
    fn order(&self) -> i32 {
        3
    }

    fn work(&self, _: usize, slopes: usize) -> [usize; 4] {
        let [jacobians, decompositions, solutions] = self.counted.get();
        [slopes, jacobians, decompositions, solutions]
    }

    fn step(&self, host: &mut dyn Host, slope: &Slope, ends: &Try) -> Result<Option<(Step, Vec<f64>)>> {
        let Try { from, to, h, x, options, .. } = *ends;
        let n = x.len();
        let f0 = match ends.first {
            Some(slope) => slope.clone(),
            None => slope.at(host, from, x)?,
        };
        let matrix = jacobian(host, slope, ends, &f0, &self.known)?;
        self.count([1, 0, 0]);
        if !matrix.finite() {
            return Ok(None);
        }
        let real = Lu::new(&Mat::from_fn(n, n, |i, j| if i == j { REAL / h } else { 0.0 } - matrix[(i, j)]));
        let complex = Lu::new(&Mat::from_fn(n, n, |i, j| {
            if i == j { COMPLEX / h - matrix[(i, j)] } else { Complex64::from(-matrix[(i, j)]) }
        }));
        self.count([0, 2, 0]);
        let size = |v: &[f64]| options.distance(x, x, &combined([(1.0, x), (1.0, v)]));
        let (mut w, mut z) = (<[Vec<f64>; 3]>::default().map(|_| vec![0.0; n]), <[Vec<f64>; 3]>::default());
        z.iter_mut().for_each(|z| z.resize(n, 0.0));
        // Well below what the step's own error may be.
        let enough = 0.03;
        let mut before: Option<f64> = None;
        let mut converged = false;
        for left in (0..ITERATIONS).rev() {
            let mut f = <[Vec<f64>; 3]>::default();
            for k in 0..3 {
                f[k] = slope.at(host, from + h * TIMES[k], &combined([(1.0, x), (1.0, &z[k])]))?;
            }
            self.count([0, 0, 2]);
            let right = combined([(1.0, &along(&FROM_STAGES[0], &f)), (-REAL / h, &w[0])]);
            let d0 = real.solve(&Mat::column(right)).col(0).to_vec();
            let (re, im) = (along(&FROM_STAGES[1], &f), along(&FROM_STAGES[2], &f));
            let right =
                (0..n).map(|i| Complex64::new(re[i], im[i]) - COMPLEX / h * Complex64::new(w[1][i], w[2][i])).collect();
            let pair = complex.solve(&Mat::column(right)).col(0).to_vec();
            let change = [d0, pair.iter().map(|z| z.re).collect(), pair.iter().map(|z| z.im).collect()];
            if change.iter().flatten().any(|v| !v.is_finite()) {
                return Ok(None);
            }
            for (w, d) in w.iter_mut().zip(&change) {
                w.iter_mut().zip(d).for_each(|(w, d)| *w += d);
            }
            z = TO_STAGES.map(|basis| along(&basis, &w));
            let far = change.iter().map(|d| size(d)).fold(0.0, f64::max);
            let rate = before.map(|before| far / before);
            if far == 0.0 || rate.is_some_and(|rate| rate < 1.0 && rate / (1.0 - rate) * far < enough) {
                converged = true;
                break;
            }
            if rate.is_some_and(|rate| rate >= 1.0 || rate.powi(left) / (1.0 - rate) * far > enough) {
                break;
            }
            before = Some(far);
        }
        if !converged {
            return Ok(None);
        }
        let end = combined([(1.0, x), (1.0, &z[2])]);
        let stages = along(&ERROR, &z).iter().map(|v| v / h).collect::<Vec<_>>();
        let filtered = |f: &[f64]| {
            self.count([0, 0, 1]);
            real.solve(&Mat::column(combined([(1.0, f), (1.0, &stages)]))).col(0).to_vec()
        };
        let mut error = filtered(&f0);
        if size(&error) >= 1.0 {
            // Of stiff components the first estimate says too much.
            let there = slope.at(host, from, &combined([(1.0, x), (1.0, &error)]))?;
            error = filtered(&there);
        }
        let estimate = combined([(1.0, &end), (-1.0, &error)]);
        let step =
            Step { from, to, start: x.to_vec(), end, between: Between::Collocation, slopes: z.to_vec(), next: None };
        Ok(Some((step, estimate)))
    }
}

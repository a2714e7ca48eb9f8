//! Differential equations step by step, with steps that fit the tolerances, whatever the method of one step is.
//!
//! The choice of steps follows Hairer, Norsett and Wanner, Solving Ordinary Differential Equations I, II.4.

use super::collocation;
use super::ode_options::{Events, Mass, Options};
use super::value;
use crate::builtin::api::Host;
use crate::builtin::args::numbers;
use crate::builtin::ops;
use crate::diag::{Result, Span};
use crate::fault;
use crate::syntax::ast::BinaryOp;
use crate::value::{Func, Value};
use std::cell::Cell;

/// The method of one step.
pub trait Method {
    /// What the function of the language is called.
    fn name(&self) -> &'static str;
    /// The error of a step goes with its length to the power of one more.
    fn order(&self) -> i32;
    /// What so many tries of a step, for which so many slopes were asked, cost as statistics count it: slopes, Jacobians, decompositions, solutions of systems.
    fn work(&self, tries: usize, slopes: usize) -> [usize; 4];
    /// A step, and the estimate its end is compared with; `None` where the method found no end.
    ///
    /// # Errors
    /// The right hand side ends in one.
    fn step(&self, host: &mut dyn Host, slope: &Slope, ends: &Try) -> Result<Option<(Step, Vec<f64>)>>;
}

/// What a step is tried with.
pub struct Try<'a> {
    pub from: f64,
    pub to: f64,
    /// `to - from`, without what rounding lost.
    pub h: f64,
    pub x: &'a [f64],
    /// The slope at the start, where it is known.
    pub first: Option<&'a Vec<f64>>,
    pub options: &'a Options,
}

/// The right hand side: the function, what it is given behind t and y, and a mass matrix that divides it.
pub struct Slope<'a> {
    pub who: &'static str,
    pub function: &'a Func,
    pub extra: &'a [Value],
    pub mass: Option<&'a Mass>,
    /// How often it was asked.
    pub asked: Cell<usize>,
}

impl Slope<'_> {
    pub fn at(&self, host: &mut dyn Host, t: f64, y: &[f64]) -> Result<Vec<f64>> {
        let point = [Value::Num(t), Value::column(y.to_vec())];
        let args: Vec<Value> = point.iter().chain(self.extra).cloned().collect();
        self.asked.set(self.asked.get() + 1);
        let slope = value(host, self.function, &args)?;
        let slope = self.without_mass(host, t, y, slope)?;
        let slope = numbers(self.who, &slope)?;
        if slope.len() != y.len() {
            let (m, n) = (y.len(), slope.len());
            return Err(fault!("operator +: nonconformant arguments (op1 is {m}x1, op2 is {n}x1)")
                .id("Octave:nonconformant-args")
                .hint("FCN must return a column with as many values as INIT has"));
        }
        Ok(slope)
    }

    /// What the mass matrix at a time and state stands before.
    pub fn without_mass(&self, host: &mut dyn Host, t: f64, y: &[f64], x: Value) -> Result<Value> {
        let mass = match self.mass {
            None => return Ok(x),
            Some(Mass::Matrix(mass)) => mass.clone(),
            Some(Mass::Function { f, of_state }) => {
                let state = of_state.then(|| Value::column(y.to_vec()));
                let extra = self.extra.iter().cloned();
                let known: Vec<Value> = std::iter::once(Value::Num(t)).chain(state).chain(extra).collect();
                value(host, f, &known)?
            }
        };
        ops::binary(host, BinaryOp::LeftDiv, &mass, &x, Span::default())
    }
}

/// How a step is filled in between its ends.
#[derive(Clone, Copy, PartialEq)]
pub enum Between {
    /// By the first and the last slope.
    Cubic,
    /// Through a point in the middle of the step as well, as the slopes of Dormand and Prince give it.
    Quartic,
    /// By the polynomial of a collocation method, whose distances from the start stand for slopes.
    Collocation,
}

/// Weights of the stages of Dormand and Prince for the middle of a step (Shampine, Mathematics of Computation 46, 1986).
const MIDDLE: [f64; 7] = [
    6025192743.0 / 30085553152.0,
    0.0,
    51252292925.0 / 65400821598.0,
    -2691868925.0 / 45128329728.0,
    187940372067.0 / 1594534317056.0,
    -1776094331.0 / 19743644256.0,
    11237099.0 / 235043384.0,
];

/// A step that was tried.
pub struct Step {
    pub from: f64,
    pub to: f64,
    pub start: Vec<f64>,
    pub end: Vec<f64>,
    pub between: Between,
    pub slopes: Vec<Vec<f64>>,
    /// The slope at the end, where it is known.
    pub next: Option<Vec<f64>>,
}

impl Step {
    /// The solution at a time within the step.
    fn at(&self, t: f64) -> Vec<f64> {
        let h = self.to - self.from;
        let s = (t - self.from) / h;
        let (Some(first), Some(last)) = (self.slopes.first(), self.slopes.last()) else { return self.start.clone() };
        let middle = |i: usize| {
            let weighted = MIDDLE.iter().zip(&self.slopes).map(|(w, k)| k[i] * (0.5 * h * w));
            self.start[i] + weighted.sum::<f64>()
        };
        let at = |i: usize| match self.between {
            Between::Cubic => {
                (1.0 + 2.0 * s) * (1.0 - s).powi(2) * self.start[i]
                    + s * (1.0 - s).powi(2) * h * first[i]
                    + (3.0 - 2.0 * s) * s.powi(2) * self.end[i]
                    + (s - 1.0) * s.powi(2) * h * last[i]
            }
            Between::Quartic => {
                let (p2, p3, p4) = (s * s, s.powi(3), s.powi(4));
                (1.0 - 11.0 * p2 + 18.0 * p3 - 8.0 * p4) * self.start[i]
                    + (s - 4.0 * p2 + 5.0 * p3 - 2.0 * p4) * (h * first[i])
                    + (16.0 * p2 - 32.0 * p3 + 16.0 * p4) * middle(i)
                    + (-5.0 * p2 + 14.0 * p3 - 8.0 * p4) * self.end[i]
                    + (p2 - 3.0 * p3 + 2.0 * p4) * (h * last[i])
            }
            Between::Collocation => self.start[i] + collocation::between(&self.slopes, i, s),
        };
        (0..self.start.len()).map(at).collect()
    }
}

/// What a run of the method left.
pub struct Solution {
    pub times: Vec<f64>,
    pub states: Vec<Vec<f64>>,
    pub steps: usize,
    pub tries: usize,
    /// An event or the output function ended it.
    pub stopped: bool,
}

/// A method at work.
pub struct Run<'a> {
    pub method: &'a dyn Method,
    pub slope: Slope<'a>,
    pub options: &'a Options,
    pub direction: f64,
}

impl Run<'_> {
    /// A first step, from how large the solution and its slopes are.
    fn first_step(&self, host: &mut dyn Host, t: f64, x: &[f64]) -> Result<f64> {
        let size = |v: &[f64]| self.options.distance(v, v, &vec![0.0; v.len()]);
        let slope = self.slope.at(host, t, x)?;
        let (d0, d1) = (size(x), size(&slope));
        let h0 = if d0 < 1e-5 || d1 < 1e-5 { 1e-6 } else { 0.01 * (d0 / d1) };
        let next: Vec<f64> = x.iter().zip(&slope).map(|(x, k)| x + h0 * k).collect();
        let later = self.slope.at(host, t + h0, &next)?;
        let change: Vec<f64> = later.iter().zip(&slope).map(|(a, b)| a - b).collect();
        let d2 = (1.0 / h0) * size(&change);
        let most = d1.max(d2);
        let h1 = if most <= 1e-15 {
            (h0 * 1e-3).max(1e-6)
        } else {
            (1e-2 / most).powf(1.0 / f64::from(self.method.order() + 1))
        };
        Ok((100.0 * h0).min(h1))
    }

    /// Steps from the first time to the last.
    pub fn integrate(
        &self,
        host: &mut dyn Host,
        times: &[f64],
        init: Vec<f64>,
        events: &mut Option<Events>,
    ) -> Result<Solution> {
        let (start, last) = (times[0], times[times.len() - 1]);
        let longest = self.options.max_step.unwrap_or(0.1 * (last - start).abs());
        let first = match self.options.initial_step {
            Some(h) => h,
            None => self.first_step(host, start, &init)?,
        };
        let mut h = self.direction * first.abs().min(longest);
        let fixed = times.len() > 2;
        let mut solution =
            Solution { times: vec![start], states: vec![init.clone()], steps: 0, tries: 0, stopped: false };
        self.options.begin(host, times, &init, self.slope.extra)?;
        let (mut t, mut x) = (start, init);
        let mut slope: Option<Vec<f64>> = None;
        let mut lost = 0.0;
        let power = 1.0 / f64::from(self.method.order() + 1);
        let shrink = 0.38f64.powf(power);
        let mut refused = 0;
        let mut wanted = 1;
        while self.direction * t < self.direction * last {
            // The times are summed with what rounding lost.
            let add = h - lost;
            let to = t + add;
            lost = (to - t) - add;
            let ends = Try { from: t, to, h, x: &x, first: slope.as_ref(), options: self.options };
            let tried = self.method.step(host, &self.slope, &ends)?;
            solution.tries += 1;
            let Some((mut step, mut estimate)) = tried else {
                (h, lost) = (0.5 * h, 0.0);
                if h.abs() <= spacing(t) {
                    break;
                }
                continue;
            };
            self.options.keep_nonnegative(&mut step.end);
            self.options.keep_nonnegative(&mut estimate);
            let error = self.options.distance(&step.end, &x, &estimate);
            if error <= 1.0 {
                solution.steps += 1;
                refused = 0;
                let before = solution.times.len();
                if fixed {
                    while wanted < times.len() && self.direction * times[wanted] <= self.direction * to {
                        solution.times.push(times[wanted]);
                        solution.states.push(step.at(times[wanted]));
                        wanted += 1;
                    }
                } else {
                    solution.times.push(to);
                    solution.states.push(step.end.clone());
                }
                if self.reached(host, &mut solution, before, events)?
                    || self.options.report(host, &step_ends(&step), self.slope.extra)?
                {
                    solution.stopped = true;
                    break;
                }
                t = to;
                slope = step.next;
                x = step.end;
            } else {
                refused += 1;
                if refused >= 5000 {
                    return Err(fault!(
                        "integrate_adaptive: Solving was not successful.  The iterative integration loop exited at time t = {t:.6} before the endpoint at tend = {last:.6} was reached."
                    ));
                }
            }
            let error = error + f64::EPSILON;
            let factor = shrink * (1.0 / error).powf(power);
            h *= if factor.is_nan() { 0.8 } else { factor.clamp(0.8, 1.5) };
            h = self.direction * h.abs().min(longest);
            let here = solution.times.last().copied().unwrap_or(t);
            if h.abs().is_nan() || h.abs() <= spacing(here) {
                break;
            }
            h = self.direction * h.abs().min((last - t).abs());
        }
        Ok(solution)
    }

    /// Events at the times that were added; cuts the solution off at one that ends it.
    fn reached(
        &self,
        host: &mut dyn Host,
        solution: &mut Solution,
        from: usize,
        events: &mut Option<Events>,
    ) -> Result<bool> {
        let Some(events) = events else { return Ok(false) };
        for at in from..solution.times.len() {
            let (t, x) = (solution.times[at], solution.states[at].clone());
            if events.passed(host, t, &x, self.slope.extra)? {
                solution.times.truncate(at + 1);
                solution.states.truncate(at + 1);
                if let Some((time, state)) = events.last() {
                    (solution.times[at], solution.states[at]) = (time, state);
                }
                return Ok(true);
            }
        }
        Ok(false)
    }
}

fn step_ends(step: &Step) -> [(f64, &[f64]); 2] {
    [(step.from, &step.start), (step.to, &step.end)]
}

/// The distance to the next double.
fn spacing(x: f64) -> f64 {
    let x = x.abs().max(f64::MIN_POSITIVE);
    f64::from_bits(x.to_bits() + 1) - x
}

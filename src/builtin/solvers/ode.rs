//! Ordinary differential equations by explicit Runge-Kutta pairs with steps that fit the tolerances.
//!
//! Sources: Dormand and Prince, Journal of Computational and Applied Mathematics 6 (1980); Bogacki and Shampine, Applied
//! Mathematics Letters 2 (1989); the choice of steps follows Hairer, Norsett and Wanner, Solving Ordinary Differential
//! Equations I, II.4.

use super::ode_options::{Events, Options};
use super::{function, value};
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{numbers, one, several};
use crate::builtin::ops;
use crate::diag::{Result, Span};
use crate::fault;
use crate::syntax::ast::BinaryOp;
use crate::value::{Func, Struct, Value};
use std::sync::Arc;

pub const TABLE: &[Builtin] = &[
    Builtin::new("ode45", (3, usize::MAX), 5, |host, args, call| solve(host, &DORMAND_PRINCE, args, call), ODE45),
    Builtin::new("ode23", (3, usize::MAX), 5, |host, args, call| solve(host, &BOGACKI_SHAMPINE, args, call), ODE23),
];

const ODE45: &str = "\
`[T, Y] = ode45 (F, TRANGE, INIT)`, `ode45 (F, TRANGE, INIT, OPTIONS)`, `[T, Y, TE, YE, IE] = ode45 (...)`,
`SOLUTION = ode45 (...)`

The solution of y' = F (t, y) from INIT by the pair of Dormand and Prince, one row a time. More than two times in TRANGE
are those shown; otherwise all steps are. OPTIONS are made by `odeset`; with `Events` the last three results say when,
where and which. One result is a struct.

    [t, y] = ode45 (@(t, y) -y, [0 1], 1);
    abs (y(end) - exp (-1)) < 1e-3
    % ans = 1";

const ODE23: &str = "\
`[T, Y] = ode23 (F, TRANGE, INIT)`, `ode23 (F, TRANGE, INIT, OPTIONS)`

As `ode45`, by the pair of Bogacki and Shampine: for low precision.

    [t, y] = ode23 (@(t, y) [y(2); -y(1)], [0 pi], [0; 1]);
    abs (y(end,2) + 1) < 0.01
    % ans = 1";

/// How a step is filled in between its ends.
#[derive(Clone, Copy, PartialEq)]
enum Between {
    Cubic,
    /// Through a point in the middle of the step as well.
    Quartic,
}

/// A pair of methods that share their stages; the last stage is the first of the next step.
struct Pair {
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

const DORMAND_PRINCE: Pair = Pair {
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

const BOGACKI_SHAMPINE: Pair = Pair {
    name: "ode23",
    order: 3,
    stages: &[(0.0, &[]), (0.5, &[0.5]), (0.75, &[0.0, 0.75])],
    result: &[2.0 / 9.0, 1.0 / 3.0, 4.0 / 9.0],
    estimate: &[7.0 / 24.0, 1.0 / 4.0, 1.0 / 3.0, 1.0 / 8.0],
    between: Between::Cubic,
};

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

/// The right hand side: the function, what it is given behind t and y, and a mass matrix that divides it.
struct Slope<'a> {
    who: &'static str,
    function: &'a Func,
    extra: &'a [Value],
    mass: Option<(&'a Func, bool)>,
}

impl Slope<'_> {
    fn at(&self, host: &mut dyn Host, t: f64, y: &[f64]) -> Result<Vec<f64>> {
        let point = [Value::Num(t), Value::column(y.to_vec())];
        let args: Vec<Value> = point.iter().chain(self.extra).cloned().collect();
        let mut slope = value(host, self.function, &args)?;
        if let Some((mass, of_state)) = self.mass {
            let known = if of_state { args } else { point[..1].iter().chain(self.extra).cloned().collect() };
            let mass = value(host, mass, &known)?;
            slope = ops::binary(host, BinaryOp::LeftDiv, &mass, &slope, Span::default())?;
        }
        let slope = numbers(self.who, &slope)?;
        if slope.len() != y.len() {
            let (m, n) = (y.len(), slope.len());
            return Err(fault!("operator +: nonconformant arguments (op1 is {m}x1, op2 is {n}x1)")
                .id("Octave:nonconformant-args")
                .hint("FCN must return a column with as many values as INIT has"));
        }
        Ok(slope)
    }
}

/// `x + h * (weighted sum of slopes)`.
fn ahead(x: &[f64], slopes: &[Vec<f64>], weights: &[f64], h: f64) -> Vec<f64> {
    let sum = |i: usize| weights.iter().zip(slopes).map(|(w, k)| k[i] * (h * w)).sum::<f64>();
    x.iter().enumerate().map(|(i, x)| x + sum(i)).collect()
}

/// A step that was tried.
struct Step {
    from: f64,
    to: f64,
    start: Vec<f64>,
    end: Vec<f64>,
    slopes: Vec<Vec<f64>>,
}

impl Step {
    /// The solution at a time within the step.
    fn at(&self, between: Between, t: f64) -> Vec<f64> {
        let h = self.to - self.from;
        let s = (t - self.from) / h;
        let (Some(first), Some(last)) = (self.slopes.first(), self.slopes.last()) else { return self.start.clone() };
        let middle =
            if between == Between::Quartic { ahead(&self.start, &self.slopes, &MIDDLE, 0.5 * h) } else { Vec::new() };
        let at = |i: usize| match between {
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
                    + (16.0 * p2 - 32.0 * p3 + 16.0 * p4) * middle[i]
                    + (-5.0 * p2 + 14.0 * p3 - 8.0 * p4) * self.end[i]
                    + (p2 - 3.0 * p3 + 2.0 * p4) * (h * last[i])
            }
        };
        (0..self.start.len()).map(at).collect()
    }
}

/// What a run of the method left.
struct Solution {
    times: Vec<f64>,
    states: Vec<Vec<f64>>,
    steps: usize,
    tries: usize,
    /// An event or the output function ended it.
    stopped: bool,
}

struct Run<'a> {
    pair: &'a Pair,
    slope: Slope<'a>,
    options: &'a Options,
    direction: f64,
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
            (1e-2 / most).powf(1.0 / f64::from(self.pair.order + 1))
        };
        Ok((100.0 * h0).min(h1))
    }

    fn step(
        &self,
        host: &mut dyn Host,
        from: f64,
        to: f64,
        h: f64,
        x: &[f64],
        first: Option<&Vec<f64>>,
    ) -> Result<(Step, Vec<f64>)> {
        let mut slopes = vec![match first {
            Some(slope) => slope.clone(),
            None => self.slope.at(host, from, x)?,
        }];
        for (when, weights) in &self.pair.stages[1..] {
            let there = ahead(x, &slopes, weights, h);
            slopes.push(self.slope.at(host, from + h * when, &there)?);
        }
        let end = ahead(x, &slopes, self.pair.result, h);
        slopes.push(self.slope.at(host, to, &end)?);
        let estimate = ahead(x, &slopes, self.pair.estimate, h);
        Ok((Step { from, to, start: x.to_vec(), end, slopes }, estimate))
    }

    /// Steps from the first time to the last.
    fn integrate(
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
        let power = 1.0 / f64::from(self.pair.order + 1);
        let shrink = 0.38f64.powf(power);
        let mut refused = 0;
        let mut wanted = 1;
        while self.direction * t < self.direction * last {
            // The times are summed with what rounding lost.
            let add = h - lost;
            let to = t + add;
            lost = (to - t) - add;
            let (mut step, mut estimate) = self.step(host, t, to, h, &x, slope.as_ref())?;
            solution.tries += 1;
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
                        solution.states.push(step.at(self.pair.between, times[wanted]));
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
                slope = step.slopes.pop();
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

fn solve(host: &mut dyn Host, pair: &Pair, args: &[Value], call: Call) -> Result<Values> {
    let who = pair.name;
    let invalid = |message: String| fault!("{message}").id("Octave:invalid-input-arg");
    let (settings, extra) = match args.get(3) {
        Some(Value::Struct(settings)) => (Some(&**settings), &args[4..]),
        _ => (None, &args[3..]),
    };
    let numeric = |x: &Value| x.dtype().is_some_and(|d| d.is_float() || d.is_integer());
    if !numeric(&args[1]) || !(args[1].shape().is_vector() || args[1].is_scalar()) {
        return Err(invalid(format!("{who}: TRANGE must be a numeric vector")));
    }
    let mut times = numbers(who, &args[1])?;
    if times.len() < 2 {
        return Err(invalid(format!("{who}: TRANGE must contain at least 2 elements")));
    }
    if times[0] == times[1] {
        return Err(invalid(format!("{who}: invalid time span, TRANGE(1) == TRANGE(2)")));
    }
    if !numeric(&args[2]) || !(args[2].shape().is_vector() || args[2].is_scalar()) {
        return Err(invalid(format!("{who}: INIT must be a numeric vector")));
    }
    let init = numbers(who, &args[2])?;
    let f = match &args[0] {
        Value::Func(_) => function(host, who, &args[0])?,
        text => match text.to_text() {
            Some(name) if host.is_function(&name) => function(host, who, &args[0])?,
            Some(name) => return Err(invalid(format!("{who}: function \"{name}\" not found"))),
            None => return Err(invalid(format!("{who}: FUN must be a valid function handle"))),
        },
    };
    let options = Options::read(host, who, settings, init.len())?;
    let direction = (times[1] - times[0]).signum();
    if call.nargout < 2 {
        times = vec![times[0], times[times.len() - 1]];
    }
    let mut events = match &options.events {
        Some(events) => Some(Events::begin(host, events.clone(), times[0], &init, extra)?),
        None => None,
    };
    let mass = options.mass.as_ref().map(|(mass, of_state)| (&**mass, *of_state));
    let slope = Slope { who, function: &f, extra, mass };
    let run = Run { pair, slope, options: &options, direction };
    let solution = run.integrate(host, &times, init, &mut events)?;
    options.end(host, extra)?;
    warn_of_end(host, &solution, direction, times[times.len() - 1]);
    finished(host, pair, &options, solution, events, call)
}

/// A solution that does not reach the end says why.
fn warn_of_end(host: &mut dyn Host, solution: &Solution, direction: f64, last: f64) {
    let t = solution.times.last().copied().unwrap_or(last);
    if direction * t >= direction * last {
        return;
    }
    let text = if solution.stopped {
        format!(
            "Solver was stopped by a call of 'break' in the main iteration loop at time t = {t:.6} before the endpoint at tend = {last:.6} was reached.  This may happen because the @odeplot function returned 'true' or the @event function returned 'true'."
        )
    } else {
        format!(
            " Solving was not successful.  The iterative integration loop exited at time t = {t:.6} before the endpoint at tend = {last:.6} was reached.  This may happen if the stepsize becomes too small.  Try to reduce the value of 'InitialStep' and/or 'MaxStep' with the command 'odeset'."
        )
    };
    host.warn("integrate_adaptive:unexpected_termination", &text);
}

/// The results in the form that was asked for.
fn finished(
    host: &mut dyn Host,
    pair: &Pair,
    options: &Options,
    solution: Solution,
    events: Option<Events>,
    call: Call,
) -> Result<Values> {
    let Solution { times, states, steps, tries, .. } = solution;
    let (count, n) = (times.len(), states[0].len());
    let evaluations = pair.stages.len() * tries + 1;
    if options.stats {
        let lines = format!(
            "Number of successful steps: {steps}\nNumber of failed attempts:  {}\nNumber of function calls:   {evaluations}\n",
            tries - steps
        );
        host.out().write_all(lines.as_bytes()).map_err(|error| fault!("cannot write the output: {error}"))?;
    }
    let (when, values, which) = match events {
        Some(events) => events.results(n),
        None => (Value::empty(), Value::empty(), Value::empty()),
    };
    if call.nargout < 2 {
        let mut record = Struct::scalar();
        record.set("x", Value::row(times));
        record.set("y", Value::matrix(n, count, states.concat()));
        record.set("solver", Value::text(pair.name));
        if options.events.is_some() {
            record.set("xe", when);
            record.set("ye", values);
            record.set("ie", which);
        }
        if options.stats {
            let mut stats = Struct::scalar();
            for (name, figure) in [("nsteps", steps), ("nfailed", tries - steps), ("nfevals", evaluations)] {
                stats.set(name, Value::from(figure));
            }
            for name in ["npds", "ndecomps", "nlinsols"] {
                stats.set(name, Value::Num(0.0));
            }
            record.set("stats", Value::Struct(Arc::new(stats)));
        }
        return one(Value::Struct(Arc::new(record)));
    }
    let mut table = Vec::with_capacity(count * n);
    (0..n).for_each(|i| table.extend(states.iter().map(|s| s[i])));
    several([Value::column(times), Value::matrix(count, n, table), when, values, which])
}

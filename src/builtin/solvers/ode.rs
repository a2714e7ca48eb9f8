//! Ordinary differential equations: `ode45` and kin, and the form of their results.

use super::function;
use super::implicit::{Radau, Rosenbrock};
use super::ode_options::{Events, Options};
use super::runge_kutta::{BOGACKI_SHAMPINE, DORMAND_PRINCE};
use super::stepping::{Method, Run, Slope, Solution};
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{numbers, one, several};
use crate::diag::Result;
use crate::fault;
use crate::value::{Struct, Value};
use std::cell::Cell;
use std::sync::Arc;

pub const TABLE: &[Builtin] = &[
    Builtin::new("ode45", (3, usize::MAX), 5, |host, args, call| solve(host, &DORMAND_PRINCE, args, call), ODE45),
    Builtin::new("ode23", (3, usize::MAX), 5, |host, args, call| solve(host, &BOGACKI_SHAMPINE, args, call), ODE23),
    Builtin::new(
        "ode23s",
        (3, usize::MAX),
        5,
        |host, args, call| solve(host, &Rosenbrock::default(), args, call),
        ODE23S,
    ),
    Builtin::new("ode15s", (3, usize::MAX), 5, |host, args, call| solve(host, &Radau::default(), args, call), ODE15S),
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

const ODE23S: &str = "\
`[T, Y] = ode23s (F, TRANGE, INIT)`, `ode23s (F, TRANGE, INIT, OPTIONS)`

As `ode45` for stiff equations and low precision, by the Rosenbrock method of Shampine and Reichelt. The option `Jacobian`,
a matrix or a function of t and y, saves finding it by differences.

    [t, y] = ode23s (@(t, y) -1000 * (y - cos (t)), [0 1], 1);
    abs (y(end) - cos (1)) < 0.01
    % ans = 1";

const ODE15S: &str = "\
`[T, Y] = ode15s (F, TRANGE, INIT)`, `ode15s (F, TRANGE, INIT, OPTIONS)`

As `ode45` for stiff equations, by the implicit method Radau IIA of order 5 (it has the accuracy asked for, but does not
take the steps of the formulas of order 1 to 5 that give the function its name). The option `Jacobian`, a matrix or a
function of t and y, saves finding it by differences.

    [t, y] = ode15s (@(t, y) -1000 * (y - cos (t)), [0 1], 1);
    abs (y(end) - cos (1)) < 0.001
    % ans = 1";

fn solve(host: &mut dyn Host, method: &dyn Method, args: &[Value], call: Call) -> Result<Values> {
    let who = method.name();
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
    let slope = Slope { who, function: &f, extra, mass: options.mass.as_ref(), asked: Cell::new(0) };
    let run = Run { method, slope, options: &options, direction };
    let solution = run.integrate(host, &times, init, &mut events)?;
    options.end(host, extra)?;
    warn_of_end(host, &solution, direction, times[times.len() - 1]);
    finished(host, method, &options, run.slope.asked.get(), solution, events, call)
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
    method: &dyn Method,
    options: &Options,
    slopes: usize,
    solution: Solution,
    events: Option<Events>,
    call: Call,
) -> Result<Values> {
    let Solution { times, states, steps, tries, .. } = solution;
    let (count, n) = (times.len(), states[0].len());
    let [evaluations, jacobians, decompositions, solutions] = method.work(tries, slopes);
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
        record.set("solver", Value::text(method.name()));
        if options.events.is_some() {
            record.set("xe", when);
            record.set("ye", values);
            record.set("ie", which);
        }
        if options.stats {
            let mut stats = Struct::scalar();
            let figures = [
                ("nsteps", steps),
                ("nfailed", tries - steps),
                ("nfevals", evaluations),
                ("npds", jacobians),
                ("ndecomps", decompositions),
                ("nlinsols", solutions),
            ];
            for (name, figure) in figures {
                stats.set(name, Value::from(figure));
            }
            record.set("stats", Value::Struct(Arc::new(stats)));
        }
        return one(Value::Struct(Arc::new(record)));
    }
    let mut table = Vec::with_capacity(count * n);
    (0..n).for_each(|i| table.extend(states.iter().map(|s| s[i])));
    several([Value::column(times), Value::matrix(count, n, table), when, values, which])
}

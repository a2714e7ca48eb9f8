//! Options of the solvers of differential equations, and the events they watch for.

use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{flag, numbers, one, usage};
use crate::diag::Result;
use crate::fault;
use crate::value::{Func, Struct, Value};
use std::sync::Arc;

pub const TABLE: &[Builtin] =
    &[Builtin::new("odeset", (0, usize::MAX), 1, odeset, ODESET), Builtin::new("odeget", (2, 3), 1, odeget, ODEGET)];

const ODESET: &str = "\
`odeset (NAME, VALUE, ...)`, `odeset (OLD, NAME, VALUE, ...)`, `odeset (OLD, NEW)`

Options for `ode45`, `ode23`, `ode23s` and `ode15s` as a struct: `RelTol` (1e-3), `AbsTol` (1e-6), `NormControl` (\"off\"), `InitialStep`,
`MaxStep`, `Events`, `OutputFcn`, `OutputSel`, `NonNegative`, `Mass`, `MStateDependence`, `Jacobian`, `Stats`.

    o = odeset (\"RelTol\", 1e-6); o.RelTol
    % ans = 1.0000e-06";

const ODEGET: &str = "\
`odeget (OPTIONS, NAME)`, `odeget (OPTIONS, NAME, DEFAULT)`

An option, or DEFAULT ([]) where it is not set.

    odeget (odeset (\"RelTol\", 1), \"AbsTol\", 5)
    % ans = 5";

/// All options, in order.
const NAMES: [&str; 22] = [
    "AbsTol",
    "BDF",
    "Events",
    "InitialSlope",
    "InitialStep",
    "JConstant",
    "JPattern",
    "Jacobian",
    "MStateDependence",
    "Mass",
    "MassSingular",
    "MaxOrder",
    "MaxStep",
    "MvPattern",
    "NonNegative",
    "NormControl",
    "OutputFcn",
    "OutputSel",
    "Refine",
    "RelTol",
    "Stats",
    "Vectorized",
];

fn odeset(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let mut given = Struct::scalar();
    let mut unknown: Vec<(String, Value)> = Vec::new();
    let mut put = |name: &str, value: Value| match NAMES.iter().find(|known| known.eq_ignore_ascii_case(name)) {
        Some(known) => given.set(*known, value),
        None => {
            unknown.retain(|(other, _)| other != name);
            unknown.push((name.to_owned(), value));
        }
    };
    let mut rest = args.iter();
    while let Some(arg) = rest.next() {
        if let Value::Struct(options) = arg
            && options.len() == 1
        {
            options.iter().for_each(|(name, column)| put(name, column[0].clone()));
            continue;
        }
        let Some(name) = arg.to_text() else { return Err(fault!("non-string for Parameter name or Switch")) };
        let Some(value) = rest.next() else {
            return Err(fault!("no matching value for option '{}'", name.to_uppercase()));
        };
        put(&name, value.clone());
    }
    for name in NAMES {
        if given.get(name).is_none() {
            given.set(name, Value::empty());
        }
    }
    unknown.sort_by(|a, b| a.0.cmp(&b.0));
    for (name, value) in unknown {
        host.warn("Octave:invalid-input-arg", &format!("odeset: unknown option \"{name}\""));
        given.set(name, value);
    }
    one(Value::Struct(Arc::new(given)))
}

fn odeget(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let Value::Struct(options) = &args[0] else {
        return Err(fault!("odeget: input must be of class:\n\n  struct\n\nbut was of class {}", args[0].class())
            .id("Octave:invalid-type"));
    };
    let Some(name) = args[1].to_text() else {
        return Err(fault!("odeget: input must be of class:\n\n  char\n\nbut was of class {}", args[1].class())
            .id("Octave:invalid-type"));
    };
    match options.get(&name) {
        Some(value) if !value.is_empty() => one(value.clone()),
        Some(_) => one(args.get(2).cloned().unwrap_or_else(Value::empty)),
        None => Err(fault!("odeget: Unrecognized property name \"{name}\".").id("Octave:odeget:InvalidPropName")),
    }
}

/// How the right hand side changes with the state, where the program says so.
#[derive(Clone)]
pub enum Jacobian {
    Matrix(Value),
    /// A function of time and state.
    Function(Arc<Func>),
}

/// What stands before the derivatives.
pub enum Mass {
    Matrix(Value),
    /// A function of time, and of the state where it depends on it.
    Function {
        f: Arc<Func>,
        of_state: bool,
    },
}

/// The options of one run.
pub struct Options {
    relative: f64,
    /// One for all components, or one for each.
    absolute: Vec<f64>,
    by_norm: bool,
    pub initial_step: Option<f64>,
    pub max_step: Option<f64>,
    /// Components that never become negative, from 0.
    nonnegative: Vec<usize>,
    pub events: Option<Arc<Func>>,
    output: Option<Arc<Func>>,
    /// Components the output function is shown; all where there are none.
    selected: Vec<usize>,
    refine: usize,
    pub mass: Option<Mass>,
    pub stats: bool,
    pub jacobian: Option<Jacobian>,
}

impl Options {
    /// # Errors
    /// An option that makes no sense.
    pub fn read(host: &mut dyn Host, who: &str, settings: Option<&Struct>, components: usize) -> Result<Options> {
        let get = |name: &str| settings.and_then(|s| s.get(name)).filter(|v| !v.is_empty());
        let positive = |name: &str| -> Result<Option<f64>> {
            match get(name).map(Value::to_f64) {
                None => Ok(None),
                Some(Some(x)) if x != 0.0 && x.is_finite() => Ok(Some(x)),
                Some(_) => Err(usage(who).hint(format!("option {name} must be a positive number"))),
            }
        };
        let on = |name: &str| get(name).and_then(Value::to_text).is_some_and(|t| t.eq_ignore_ascii_case("on"));
        let list = |name: &str| -> Result<Vec<usize>> {
            let numbers = get(name).map_or(Ok(Vec::new()), |v| numbers(who, v))?;
            let inside = |x: &f64| *x >= 1.0 && *x <= components as f64;
            match numbers.iter().all(inside) {
                true => Ok(numbers.into_iter().map(|x| x as usize - 1).collect()),
                false => Err(fault!("{who}: option {name} must name components of the solution")),
            }
        };
        let mut callable = |name: &str| match get(name) {
            None => Ok(None),
            Some(f) => super::function(host, who, f).map(Some),
        };
        let absolute = get("AbsTol").map_or(Ok(vec![1e-6]), |v| numbers(who, v))?;
        if absolute.len() != 1 && absolute.len() != components || absolute.iter().any(|x| x.is_nan() || *x <= 0.0) {
            return Err(fault!("{who}: option AbsTol must be a positive number, or one for each component"));
        }
        let of_state = get("MStateDependence").and_then(Value::to_text).is_none_or(|t| t != "none");
        let jacobian = match get("Jacobian") {
            Some(Value::Cell(_)) => return Err(fault!("{who}: Jacobian must be a matrix or a function of t and y")),
            Some(matrix) if matrix.dtype().is_some_and(|d| d.is_float()) => Some(Jacobian::Matrix(matrix.clone())),
            Some(_) => callable("Jacobian")?.map(Jacobian::Function),
            None => None,
        };
        let mass = match get("Mass") {
            Some(Value::Func(f)) => Some(Mass::Function { f: f.clone(), of_state }),
            Some(mass) if mass.dtype().is_some_and(|d| d.is_float()) => Some(Mass::Matrix(mass.clone())),
            _ => None,
        };
        Ok(Options {
            relative: positive("RelTol")?.unwrap_or(1e-3),
            absolute,
            by_norm: on("NormControl"),
            initial_step: positive("InitialStep")?,
            max_step: positive("MaxStep")?,
            nonnegative: if mass.is_some() { Vec::new() } else { list("NonNegative")? },
            events: callable("Events")?,
            output: callable("OutputFcn")?,
            selected: list("OutputSel")?,
            refine: positive("Refine")?.map_or(4, |x| x as usize),
            mass,
            stats: on("Stats"),
            jacobian,
        })
    }

    /// How far two solutions are apart, in tolerances.
    pub fn distance(&self, x: &[f64], old: &[f64], y: &[f64]) -> f64 {
        let absolute = |i: usize| self.absolute[if self.absolute.len() == 1 { 0 } else { i }];
        if self.by_norm {
            let norm = |v: &mut dyn Iterator<Item = f64>| v.map(|x| x * x).sum::<f64>().sqrt();
            let size = norm(&mut x.iter().copied()).max(norm(&mut old.iter().copied()));
            let apart = norm(&mut x.iter().zip(y).map(|(x, y)| x - y));
            return apart / absolute(0).max(self.relative * size);
        }
        let part = |i: usize| (x[i] - y[i]).abs() / absolute(i).max(self.relative * x[i].abs().max(old[i].abs()));
        (0..x.len()).map(part).fold(0.0, f64::max)
    }

    pub fn keep_nonnegative(&self, x: &mut [f64]) {
        self.nonnegative.iter().for_each(|&i| x[i] = x[i].abs());
    }

    fn shown(&self, x: &[f64]) -> Value {
        if self.selected.is_empty() {
            return Value::column(x.to_vec());
        }
        Value::column(self.selected.iter().map(|&i| x[i]).collect())
    }

    fn call_output(&self, host: &mut dyn Host, args: [Value; 3], extra: &[Value]) -> Result<bool> {
        let Some(output) = &self.output else { return Ok(false) };
        let args: Vec<Value> = args.iter().chain(extra).cloned().collect();
        Ok(host.call_in_memory(output, &args, 1)?.first().is_some_and(flag))
    }

    /// Tells the output function that a run begins.
    pub fn begin(&self, host: &mut dyn Host, times: &[f64], x: &[f64], extra: &[Value]) -> Result<()> {
        let args = [Value::column(times.to_vec()), self.shown(x), Value::text("init")];
        self.call_output(host, args, extra).map(|_| ())
    }

    /// Shows the output function a step; whether it wants the run to end.
    pub fn report(&self, host: &mut dyn Host, ends: &[(f64, &[f64]); 2], extra: &[Value]) -> Result<bool> {
        if self.output.is_none() {
            return Ok(false);
        }
        let [(from, start), (to, end)] = ends;
        for part in 0..=self.refine {
            let s = part as f64 / self.refine.max(1) as f64;
            let t = from + s * (to - from);
            let x: Vec<f64> = start.iter().zip(*end).map(|(a, b)| a + s * (b - a)).collect();
            if self.call_output(host, [Value::Num(t), self.shown(&x), Value::empty()], extra)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Tells the output function that the run is over.
    pub fn end(&self, host: &mut dyn Host, extra: &[Value]) -> Result<()> {
        self.call_output(host, [Value::empty(), Value::empty(), Value::text("done")], extra).map(|_| ())
    }
}

/// Zeros of functions of the solution, watched as it grows.
pub struct Events {
    function: Arc<Func>,
    /// Signs count from the second look on: the first may stand on an event.
    looked: bool,
    before: Vec<f64>,
    time: f64,
    state: Vec<f64>,
    found: Vec<(f64, Vec<f64>, usize)>,
}

impl Events {
    /// Looks at the start.
    ///
    /// # Errors
    /// The function ends in one.
    pub fn begin(host: &mut dyn Host, function: Arc<Func>, t: f64, x: &[f64], extra: &[Value]) -> Result<Events> {
        let mut events =
            Events { function, looked: false, before: Vec::new(), time: t, state: x.to_vec(), found: Vec::new() };
        events.before = events.look(host, t, x, extra)?[0].clone();
        Ok(events)
    }

    /// Values, whether each ends the run, and the direction in which each counts.
    fn look(&self, host: &mut dyn Host, t: f64, x: &[f64], extra: &[Value]) -> Result<[Vec<f64>; 3]> {
        let args: Vec<Value> = [Value::Num(t), Value::column(x.to_vec())].iter().chain(extra).cloned().collect();
        let values = host.call_in_memory(&self.function, &args, 3)?;
        let mut lists = [Vec::new(), Vec::new(), Vec::new()];
        for (list, value) in lists.iter_mut().zip(&values) {
            *list = numbers("Events", value)?;
        }
        let [value, ends, direction] = &mut lists;
        ends.resize(value.len(), 0.0);
        direction.resize(value.len(), 0.0);
        Ok(lists)
    }

    /// Looks at the next point; whether an event between it and the last one ends the run.
    ///
    /// # Errors
    /// The function ends in one.
    pub fn passed(&mut self, host: &mut dyn Host, t: f64, x: &[f64], extra: &[Value]) -> Result<bool> {
        let [values, ends, directions] = self.look(host, t, x, extra)?;
        let sign = |v: f64| if v == 0.0 { 0.0 } else { v.signum() };
        let crossed = |i: &usize| {
            sign(values[*i]) != sign(self.before[*i]) && (directions[*i] == 0.0 || directions[*i] == sign(values[*i]))
        };
        let crossings: Vec<usize> = (0..values.len().min(self.before.len())).filter(crossed).collect();
        let mut over = false;
        if let Some(&first) = crossings.first() {
            over = self.looked && crossings.iter().any(|&i| ends[i] != 0.0);
            let passed = t - values[first] * (t - self.time) / (values[first] - self.before[first]);
            let back = (t - passed) / (t - self.time);
            let state = x.iter().zip(&self.state).map(|(new, old)| new - back * (new - old)).collect();
            self.found.push((passed, state, first + 1));
        }
        self.looked = true;
        (self.before, self.time, self.state) = (values, t, x.to_vec());
        Ok(over)
    }

    /// Where the last event was.
    pub fn last(&self) -> Option<(f64, Vec<f64>)> {
        self.found.last().map(|(t, x, _)| (*t, x.clone()))
    }

    /// Times, states and numbers of the events.
    pub fn results(self, components: usize) -> (Value, Value, Value) {
        let count = self.found.len();
        if count == 0 {
            return (Value::empty(), Value::empty(), Value::empty());
        }
        let mut table = Vec::with_capacity(count * components);
        (0..components).for_each(|i| table.extend(self.found.iter().map(|(_, x, _)| x[i])));
        (
            Value::column(self.found.iter().map(|(t, ..)| *t).collect()),
            Value::matrix(count, components, table),
            Value::column(self.found.iter().map(|(.., which)| *which as f64).collect()),
        )
    }
}

//! Zeros, minima, integrals and differential equations of functions the program gives: here what they share, and
//! their options.

mod collocation;
pub mod gauss_kronrod;
pub mod implicit;
pub mod minima;
pub mod ode;
pub mod ode_options;
pub mod quadrature;
pub mod runge_kutta;
pub mod stepping;

use super::api::{Builtin, Call, Host, Values};
use super::args::{one, usage};
use crate::diag::Result;
use crate::fault;
use crate::value::{Func, Struct, Value};
use std::sync::Arc;

/// A function argument: a handle, or a name or text.
fn function(host: &mut dyn Host, who: &str, f: &Value) -> Result<Arc<Func>> {
    match f {
        Value::Func(f) => Ok(f.clone()),
        text => match text.to_text() {
            Some(text) => Ok(Arc::new(host.parse_function(&text)?)),
            None => Err(fault!("{who}: FCN must be a function handle or name")),
        },
    }
}

/// The first result of a call.
fn value(host: &mut dyn Host, f: &Func, args: &[Value]) -> Result<Value> {
    host.check_interrupt()?;
    host.call_in_memory(f, args, 1)?
        .into_iter()
        .next()
        .ok_or_else(|| fault!("value on the right hand side of the assignment not defined"))
}

/// The real scalar a function gives.
fn number(host: &mut dyn Host, who: &str, f: &Func, x: Value) -> Result<f64> {
    let y = value(host, f, &[x])?;
    y.to_f64().ok_or_else(|| fault!("{who}: FCN must return a scalar"))
}

/// A field of an options struct.
fn option(options: Option<&Value>, name: &str, default: f64) -> f64 {
    let Some(Value::Struct(s)) = options else { return default };
    let found = s.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).and_then(|(_, column)| column.first());
    found.and_then(Value::to_f64).unwrap_or(default)
}

fn optimset(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let mut options = Struct::scalar();
    let mut rest = args;
    while let [Value::Struct(s), tail @ ..] = rest {
        for (name, column) in s.iter() {
            column.first().into_iter().for_each(|v| options.set(name.clone(), v.clone()));
        }
        rest = tail;
    }
    if !rest.len().is_multiple_of(2) {
        return Err(usage("optimset"));
    }
    for pair in rest.chunks(2) {
        let name = pair[0].to_text().ok_or_else(|| usage("optimset"))?;
        options.set(name, pair[1].clone());
    }
    one(Value::Struct(Arc::new(options)))
}

fn optimget(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let (Value::Struct(options), Some(name)) = (&args[0], args[1].to_text()) else { return Err(usage("optimget")) };
    // The beginning of a name is enough where it is that of one option only.
    let begins = |key: &str| key.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(&name));
    let mut beginning = options.iter().filter(|(key, _)| begins(key));
    let found = options.iter().find(|(key, _)| key.eq_ignore_ascii_case(&name)).or_else(|| beginning.next());
    let found = found.and_then(|(_, column)| column.first());
    one(found.filter(|v| !v.is_empty()).or(args.get(2)).cloned().unwrap_or_else(Value::empty))
}

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "optimset",
        (0, usize::MAX),
        1,
        optimset,
        "optimset (NAME, VALUE, ...), optimset (OLD, NAME, VALUE, ...)\n\nOptions of the solvers as a struct.\n\n    optimset (\"TolX\", 1e-8)\n",
    ),
    Builtin::new(
        "optimget",
        (2, 3),
        1,
        optimget,
        "optimget (OPTIONS, NAME), optimget (OPTIONS, NAME, DEFAULT)\n\nAn option, or DEFAULT ([]) where it is not set.\n\n    optimget (optimset (\"TolX\", 1), \"TolX\")\n",
    ),
];

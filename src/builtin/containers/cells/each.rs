//! A function called for each element: `cellfun`, `arrayfun`, `structfun`.

use super::element_of;
use crate::array::{Block, DType, Data, Shape, room};
use crate::builtin::large;
use crate::builtin::ops::lazy;
use crate::builtin::text::bytes;
use crate::builtin::{Builtin, Call, Host, Values};
use crate::diag::{Diagnostic, Result};
use crate::value::concat::cat;
use crate::value::convert::is_true;
use crate::value::{Cell, Func, Struct, Value};
use crate::{bail, fault};
use smallvec::smallvec;
use std::ops::Range;
use std::sync::Arc;

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "cellfun",
        (2, usize::MAX),
        usize::MAX,
        cellfun,
        "[A, B, ...] = cellfun (FUNC, C, D, ...), cellfun (..., \"UniformOutput\", TF), cellfun (..., \"ErrorHandler\", FUNC)\n\nCalls a function with each element of cell arrays. The results are arrays of scalars, or cell arrays with\n\"UniformOutput\" false.\n\n    cellfun (@numel, {\"a\", \"bcd\"})    % 1 3\n",
    ),
    Builtin::new(
        "arrayfun",
        (2, usize::MAX),
        usize::MAX,
        arrayfun,
        "[A, B, ...] = arrayfun (FUNC, X, Y, ...), arrayfun (..., \"UniformOutput\", TF), arrayfun (..., \"ErrorHandler\", FUNC)\n\nCalls a function with each element of arrays; results as `cellfun` gives them.\n\n    arrayfun (@(x) x^2, [1 2 3])    % 1 4 9\n",
    ),
    Builtin::new(
        "structfun",
        (2, usize::MAX),
        usize::MAX,
        structfun,
        "[A, ...] = structfun (FUNC, S), structfun (..., \"UniformOutput\", TF), structfun (..., \"ErrorHandler\", FUNC)\n\nCalls a function with each field of a struct; a column of scalars, or a struct with \"UniformOutput\" false.\n\n    structfun (@(x) 2 * x, struct (\"a\", 1, \"b\", 2))\n",
    ),
];

struct Options {
    uniform: bool,
    handler: Option<Arc<Func>>,
}

/// The function in a handle, or named in text.
fn function(who: &str, value: &Value) -> Result<Arc<Func>> {
    match value {
        Value::Func(f) => Ok(f.clone()),
        Value::Char(..) => match value.to_text() {
            Some(name) => Ok(Arc::new(Func::Named(name.as_str().into()))),
            None => Err(fault!("{who}: argument NAME must be a string or function handle")),
        },
        _ => Err(fault!("{who}: argument NAME must be a string or function handle")),
    }
}

/// Takes `"UniformOutput", TF` and `"ErrorHandler", F` off the end of the arguments.
fn options<'a>(who: &str, mut args: &'a [Value]) -> Result<(&'a [Value], Options)> {
    let mut options = Options { uniform: true, handler: None };
    while let [rest @ .., name, value] = args {
        match name.to_text().map(|t| t.to_lowercase()).as_deref() {
            Some("uniformoutput") => options.uniform = is_true(value)?,
            Some("errorhandler") => options.handler = Some(function(who, value)?),
            _ => break,
        }
        args = rest;
    }
    Ok((args, options))
}

/// Results gathered call by call.
struct Results {
    columns: Vec<Vec<Value>>,
    /// Results asked for; with none, a function may still give one.
    nargout: usize,
    calls: usize,
}

impl Results {
    fn new(nargout: usize, calls: usize) -> Results {
        Results { columns: vec![Vec::with_capacity(calls); nargout.max(1)], nargout, calls }
    }

    fn take(&mut self, who: &str, uniform: bool, values: Values) -> Result<()> {
        if values.len() < self.nargout {
            if uniform {
                bail!("{who}: all values must be scalars when UniformOutput = true");
            }
            bail!("{who}: function returned fewer than nargout values");
        }
        for (column, value) in self.columns.iter_mut().zip(values) {
            if uniform && !is_single(&value) {
                let fault = fault!("{who}: all values must be scalars when UniformOutput = true");
                return Err(if who == "arrayfun" { fault.id("Octave:invalid-fun-call") } else { fault });
            }
            column.push(value);
        }
        Ok(())
    }

    /// Whether every call gave a first result (a statement may give none).
    fn complete(&self) -> bool {
        self.columns[0].len() == self.calls
    }
}

fn is_single(value: &Value) -> bool {
    match value {
        Value::Func(_) | Value::Map(_) | Value::Object(_) => false,
        other => other.is_scalar(),
    }
}

/// Calls `f` for each index; a failing call goes to the error handler, if there is one.
fn run(
    host: &mut dyn Host,
    who: &str,
    (f, options): (&Func, &Options),
    (calls, nargout): (Range<usize>, usize),
    mut arguments: impl FnMut(usize) -> Result<Vec<Value>>,
) -> Result<Results> {
    room::check(&Shape::matrix(calls.len(), nargout.max(1)), size_of::<Value>())?;
    let mut results = Results::new(nargout, calls.len());
    for at in calls {
        if at % 256 == 255 {
            host.check_interrupt()?;
        }
        let mut given = arguments(at)?;
        let mut values = match (host.call(f, &given, nargout), &options.handler) {
            (Err(fault), Some(handler)) if !fault.interrupt => {
                given.insert(0, error_record(&fault, at));
                host.call(handler, &given, nargout)?
            }
            (outcome, _) => outcome?,
        };
        if options.uniform {
            for value in &mut values {
                *value = host.gather(value)?;
            }
        }
        results.take(who, options.uniform, values)?;
    }
    Ok(results)
}

fn error_record(fault: &Diagnostic, at: usize) -> Value {
    let mut record = Struct::scalar();
    record.set("identifier", Value::text(&fault.id));
    record.set("message", Value::text(&fault.message));
    record.set("index", Value::from(at + 1));
    Value::Struct(Arc::new(record))
}

/// Scalars as one array; numbers of different types join as they do between brackets.
fn uniform(values: &[Value], shape: &Shape) -> Result<Value> {
    if values.iter().all(|v| matches!(v, Value::Num(_))) {
        let all = values.iter().map(|v| v.to_f64().unwrap_or(0.0)).collect();
        return Ok(Value::block(Block::dense(shape.clone(), Data::F64(all))));
    }
    if values.iter().all(|v| matches!(v, Value::Bool(_))) {
        let all = values.iter().map(|v| matches!(v, Value::Bool(true))).collect();
        return Ok(Value::block(Block::dense(shape.clone(), Data::Bool(all))));
    }
    // The first value decides the type, as in an array that is filled element by element.
    let first = values[0].dtype();
    let joined = match first {
        Some(dtype) if values.iter().all(|v| v.dtype().is_some()) => {
            let dtype =
                if values.iter().any(|v| v.dtype().is_some_and(DType::is_complex)) { dtype.complex() } else { dtype };
            let same = values.iter().map(|v| crate::value::convert::block_as(v, dtype).map(Value::block));
            cat(0, &same.collect::<Result<Vec<_>>>()?)?
        }
        _ => cat(0, values)?,
    };
    reshaped(joined, shape)
}

fn reshaped(value: Value, shape: &Shape) -> Result<Value> {
    Ok(match value {
        Value::Cell(cell) => Value::Cell(Arc::new(Arc::unwrap_or_clone(cell).with_shape(shape.clone()))),
        Value::Struct(records) => Value::Struct(Arc::new(records.remap(shape.clone(), <[Value]>::to_vec))),
        other => Value::block((*other.to_block()?).clone().with_shape(shape.clone())),
    })
}

/// The gathered results in a shape: arrays or cell arrays.
fn finished(results: Results, uniformly: bool, shape: &Shape) -> Result<Values> {
    if results.nargout == 0 && !results.complete() {
        return Ok(Values::new());
    }
    results
        .columns
        .into_iter()
        .map(|column| {
            if !uniformly {
                return Ok(Value::Cell(Arc::new(Cell::new(shape.clone(), column))));
            }
            if column.is_empty() {
                return Ok(Value::block(Block::try_zeros(DType::F64, shape.clone())?));
            }
            uniform(&column, shape)
        })
        .collect()
}

fn same_shape(who: &str, args: &[Value], id: &'static str) -> Result<Shape> {
    let shape = args[0].shape();
    if args[1..].iter().any(|v| v.shape() != shape) {
        return Err(fault!("{who}: dimensions mismatch").id(id));
    }
    Ok(shape)
}

/// The old names that mean a property rather than a function: `cellfun ("isempty", C)`.
fn legacy(args: &[Value]) -> Result<Option<Value>> {
    let (Some(name), Value::Cell(cell)) = (args[0].to_text(), &args[1]) else { return Ok(None) };
    let numbers = |f: &dyn Fn(&Value) -> f64| {
        Value::block(Block::dense(cell.shape().clone(), Data::F64(cell.values.iter().map(f).collect())))
    };
    let truths = |f: &dyn Fn(&Value) -> bool| {
        Value::block(Block::dense(cell.shape().clone(), Data::Bool(cell.values.iter().map(f).collect())))
    };
    Ok(Some(match (name.as_str(), &args[2..]) {
        ("isempty", []) => truths(&Value::is_empty),
        ("islogical", []) => truths(&|v| v.dtype() == Some(DType::Bool)),
        ("isnumeric", []) => truths(&|v| v.dtype().is_some_and(|t| !matches!(t, DType::Bool | DType::Char))),
        ("isreal", []) => truths(&|v| v.dtype().is_some_and(|t| !t.is_complex())),
        ("ischar", []) => truths(&|v| matches!(v, Value::Char(..))),
        ("numel" | "prodofsize", []) => numbers(&|v| v.numel() as f64),
        ("ndims", []) => numbers(&|v| v.shape().rank() as f64),
        ("length", []) => {
            numbers(&|v| if v.is_empty() { 0.0 } else { v.shape().iter().copied().max().unwrap_or(0) as f64 })
        }
        ("size", [k]) => {
            let Some(k) = k.to_f64() else { bail!("cellfun: dimension must be a positive integer") };
            if k < 1.0 {
                bail!("cellfun: K must be a positive integer");
            }
            numbers(&|v| v.shape().extent(k as usize - 1) as f64)
        }
        ("size", _) => bail!("cellfun: not enough arguments for \"size\""),
        ("isclass", [class]) => {
            let class = class.to_text().unwrap_or_default();
            truths(&|v| v.class() == class)
        }
        ("isclass", _) => bail!("cellfun: not enough arguments for \"isclass\""),
        _ => return Ok(None),
    }))
}

fn cellfun(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    if let Some(value) = legacy(args)? {
        return Ok(smallvec![value]);
    }
    let f = function("cellfun", &args[0])?;
    if !matches!(args[1], Value::Cell(_)) {
        bail!("cellfun: C must be a cell array");
    }
    let (given, options) = options("cellfun", &args[1..])?;
    let mut cells: Vec<&Cell> = Vec::with_capacity(given.len());
    for value in given {
        match value {
            Value::Cell(cell) => cells.push(cell),
            _ => bail!("cellfun: C must be a cell array"),
        }
    }
    let shape = same_shape("cellfun", given, "")?;
    // Handles to these need no call at all.
    if let (Func::Named(name), [_], true) = (&*f, given, options.handler.is_none() && options.uniform)
        && matches!(&**name, "isempty" | "numel" | "length" | "ischar" | "isreal" | "islogical" | "isnumeric" | "ndims")
        && let Some(value) = legacy(&[Value::text(name), given[0].clone()])?
    {
        return Ok(smallvec![value]);
    }
    let results = run(host, "cellfun", (&f, &options), (0..shape.len(), call.nargout), |at| {
        Ok(cells.iter().map(|cell| cell.values[at].clone()).collect())
    })?;
    finished(results, options.uniform, &shape)
}

fn arrayfun(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let f = match &args[0] {
        Value::Char(..) if bytes(&args[0]).is_some_and(|t| t.starts_with(b"@")) => {
            let made = host.eval_text(&args[0].to_text().unwrap_or_default(), 1)?;
            match made.first() {
                Some(made) => function("arrayfun", made)?,
                None => bail!("arrayfun: argument NAME must be a string or function handle"),
            }
        }
        other => function("arrayfun", other)?,
    };
    let (given, options) = options("arrayfun", &args[1..])?;
    if given.is_empty() {
        return Err(fault!("Invalid call to arrayfun").id("Octave:invalid-fun-call"));
    }
    let shape = same_shape("arrayfun", given, "Octave:invalid-input-arg")?;
    if options.uniform && given.iter().all(|x| x.dtype().is_some()) && large::pieces::are_too_large(host, given) {
        let piece = large::pieces::piece(host, given.len() + call.nargout);
        let columns = large::pieces::each(host, shape.len(), piece, call.span, |host, start, len| {
            let parts = large::pieces::taken(host, given, start, len, call.span)?;
            let results = run(host, "arrayfun", (&f, &options), (start..start + len, call.nargout), |at| {
                parts.iter().map(|value| element_of(value, at - start)).collect()
            })?;
            finished(results, true, &Shape::matrix(len, 1))
        })?;
        return columns.iter().map(|column| lazy::reshape(host, column, shape.clone(), call.span)).collect();
    }
    let given = given.iter().map(|v| host.gather(v)).collect::<Result<Vec<Value>>>()?;
    let results = run(host, "arrayfun", (&f, &options), (0..shape.len(), call.nargout), |at| {
        given.iter().map(|value| element_of(value, at)).collect()
    })?;
    finished(results, options.uniform, &shape)
}

fn structfun(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let f = function("structfun", &args[0])?;
    let (given, options) = options("structfun", &args[1..])?;
    let [Value::Struct(records)] = given else { bail!("structfun: S must be a scalar structure") };
    if records.len() != 1 {
        bail!("structfun: S must be a scalar structure");
    }
    let names: Vec<Arc<str>> = records.names().to_vec();
    let fields: Vec<Value> = records.iter().map(|(_, column)| column[0].clone()).collect();
    let results =
        run(host, "structfun", (&f, &options), (0..fields.len(), call.nargout), |at| Ok(vec![fields[at].clone()]))?;
    if options.uniform {
        return finished(results, true, &Shape::matrix(fields.len(), 1));
    }
    if results.nargout == 0 && !results.complete() {
        return Ok(Values::new());
    }
    Ok(results
        .columns
        .into_iter()
        .map(|column| {
            let mut record = Struct::scalar();
            names.iter().zip(column).for_each(|(name, value)| record.set(name.clone(), value));
            Value::Struct(Arc::new(record))
        })
        .collect())
}

//! Reading arguments: numbers, dimensions, sizes, names of classes, with the complaints that scripts may test for.

use super::api::Values;
use crate::array::{Block, DType, Data, Shape};
use crate::diag::{Fault, Result};
use crate::each_data;
use crate::fault;
use crate::value::Value;
use smallvec::smallvec;

pub use crate::kernel::lanes::Lanes;

/// One result.
pub fn one(x: impl Into<Value>) -> Result<Values> {
    Ok(smallvec![x.into()])
}

/// Several results.
pub fn several<const N: usize>(values: [Value; N]) -> Result<Values> {
    Ok(values.into_iter().collect())
}

/// The axis of a reduction from its DIM argument: the complaint names the number.
pub fn reduced_axis(who: &str, dim: Option<&Value>, shape: &Shape) -> Result<usize> {
    match dim {
        None => Ok(shape.first_nonsingleton()),
        Some(d) => match d.to_f64().map(f64::trunc) {
            Some(v) if d.is_scalar() && (1.0..=1e6).contains(&v) => Ok(v as usize - 1),
            Some(v) => Err(fault!("{who}: invalid dimension DIM = {v}")),
            None => Err(fault!("{who}: DIM must be a valid dimension")),
        },
    }
}

/// `Invalid call to NAME`.
pub fn usage(who: &str) -> Fault {
    fault!("Invalid call to {who}").id("Octave:invalid-fun-call")
}

/// A real scalar argument.
pub fn scalar(who: &str, what: &str, x: &Value) -> Result<f64> {
    x.to_f64().filter(|_| x.is_scalar()).ok_or_else(|| fault!("{who}: {what} must be a scalar"))
}

/// A whole number of at least `least`.
pub fn whole(who: &str, what: &str, x: &Value, least: i64) -> Result<i64> {
    match x.to_f64() {
        Some(v) if v == v.trunc() && v >= least as f64 && v <= 9e15 => Ok(v as i64),
        _ if least > 0 => Err(fault!("{who}: {what} must be a positive integer")),
        _ if least == 0 => Err(fault!("{who}: {what} must be a non-negative integer")),
        _ => Err(fault!("{who}: {what} must be an integer")),
    }
}

/// The axis from 0 that a dimension argument names, if an array can have it.
pub fn axis_number(x: &Value) -> Option<usize> {
    let dim = x.to_f64().filter(|_| x.is_scalar())?;
    (dim >= 1.0 && dim == dim.trunc() && dim <= Shape::MAX_RANK as f64).then(|| dim as usize - 1)
}

/// A dimension argument, as an axis from 0.
pub fn axis(who: &str, x: &Value) -> Result<usize> {
    axis_number(x).ok_or_else(|| fault!("{who}: DIM must be a valid dimension"))
}

/// The dimension argument at a position, or the first dimension that is not 1.
pub fn axis_or_first(who: &str, args: &[Value], at: usize) -> Result<usize> {
    match args.get(at) {
        Some(x) if !x.is_empty() || x.is_scalar() => axis(who, x),
        _ => Ok(args[0].shape().first_nonsingleton()),
    }
}

/// Text, or the complaint that it should be.
pub fn text(who: &str, what: &str, x: &Value) -> Result<String> {
    x.to_text().ok_or_else(|| fault!("{who}: {what} must be a string"))
}

/// An extent: negative ones count as zero, fractions are refused.
fn extent(who: &str, x: f64) -> Result<usize> {
    if x.is_nan() {
        return Err(fault!("{who} (A, B, ...): dimensions must not be NaN").hint("NaN is no size"));
    }
    if x != x.trunc() {
        return Err(fault!("conversion of {x} to int64_t value failed"));
    }
    if x > isize::MAX as f64 {
        return Err(fault!("out of memory or dimension too large for Octave's index type").id("Octave:bad-alloc"));
    }
    Ok(x.max(0.0) as usize)
}

/// The real elements of a dense argument.
pub fn numbers(who: &str, x: &Value) -> Result<Vec<f64>> {
    match x {
        Value::Num(v) => Ok(vec![*v]),
        Value::Cell(_) | Value::Struct(_) | Value::Func(_) | Value::Map(_) | Value::Object(_) => {
            Err(fault!("{who}: wrong type argument '{}'", x.type_name()))
        }
        other => {
            let block = other.to_block()?;
            Ok(match block.data() {
                Data::F64(v) => v.clone(),
                data => (0..block.len()).map(|i| data.get_f64(i)).collect(),
            })
        }
    }
}

/// A size from `(n)` (square), `(m, n, ...)` or `([m n ...])`; no arguments give 1x1.
pub fn size(who: &str, args: &[Value]) -> Result<Shape> {
    match args {
        [] => Ok(Shape::scalar()),
        [x] if x.is_scalar() => {
            let n = extent(who, scalar(who, "dimensions", x)?)?;
            Ok(Shape::matrix(n, n))
        }
        [x] => {
            if !x.shape().is_vector() {
                return Err(fault!("{who} (A): use {who} (size (A)) instead"));
            }
            let dims = numbers(who, x)?.into_iter().map(|v| extent(who, v)).collect::<Result<Vec<_>>>()?;
            Ok(Shape::new(&dims))
        }
        many => {
            let mut dims = Vec::with_capacity(many.len());
            for x in many {
                if !x.is_scalar() {
                    return Err(fault!("{who}: dimensions must be scalar integers"));
                }
                dims.push(extent(who, scalar(who, "dimensions", x)?)?);
            }
            Ok(Shape::new(&dims))
        }
    }
}

/// A trailing class name (`"int8"`, or `"like", X`), taken off the arguments.
pub fn trailing_class<'a>(who: &str, args: &'a [Value]) -> Result<(&'a [Value], Option<DType>)> {
    if let [rest @ .., like, x] = args
        && like.to_text().is_some_and(|t| t == "like")
    {
        return Ok((rest, x.dtype().map(DType::real)));
    }
    let Some((last, rest)) = args.split_last() else { return Ok((args, None)) };
    match last.to_text() {
        Some(name) if matches!(last, Value::Char(..)) && !name.is_empty() => match DType::from_class(&name) {
            Some(dtype) => Ok((rest, Some(dtype))),
            None => Err(fault!("invalid data type specified")
                .hint(format!("{who} makes arrays of numbers and truth values; {name:?} is no class of these"))),
        },
        _ => Ok((args, None)),
    }
}

/// Takes trailing option words off the arguments, lower-cased, last first.
pub fn split_options(args: &[Value]) -> (&[Value], Vec<String>) {
    let at = args.iter().rposition(|x| !matches!(x, Value::Char(..))).map_or(0, |p| p + 1);
    let options = args[at..].iter().filter_map(|x| x.to_text().map(|t| t.to_lowercase())).collect();
    (&args[..at], options)
}

/// Truth of every element (`NaN` counts as true here).
pub fn truths(block: &Block) -> Vec<bool> {
    match block.data() {
        Data::Bool(v) => v.clone(),
        data => each_data!(data, v => nonzero(v)),
    }
}

fn nonzero<T: Default + PartialEq>(v: &[T]) -> Vec<bool> {
    v.iter().map(|x| *x != T::default()).collect()
}

/// Whether an argument is true as a condition (nonzero scalar, or all elements nonzero).
pub fn flag(x: &Value) -> bool {
    match x {
        Value::Bool(b) => *b,
        Value::Num(v) => *v != 0.0,
        other => other.to_block().is_ok_and(|b| !b.is_empty() && truths(&b).into_iter().all(|t| t)),
    }
}

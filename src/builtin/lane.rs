//! Functions of a vector applied to every lane of an array along one dimension.

use super::api::{Call, Host};
use super::args::{Lanes, axis_number};
use super::large;
use super::numeric::{self, Wide};
use super::ops::lazy;
use super::outofcore::lanes::too_long;
use crate::array::{DType, room};
use crate::diag::{Result, Span};
use crate::fault;
use crate::kernel::LaneKind;
use crate::value::Value;

pub use crate::kernel::lanes::sample::{Ties, mean, quantile, quantile_by, ranks, sorted, spread, variance};

/// A numeric or logical argument; text and containers are refused in the words of the statistics functions.
pub fn sample(host: &mut dyn Host, who: &str, x: &Value) -> Result<Wide> {
    if x.dtype().is_none_or(|d| d == DType::Char) {
        return Err(fault!("{who}: X must be a numeric vector or matrix"));
    }
    Wide::new(host, x, who)
}

/// Refuses what has no real elements, without looking at them.
pub fn real_argument(who: &str, x: &Value) -> Result<()> {
    match x.dtype() {
        None => Err(numeric::wrong_type(who, x)),
        Some(d) if d.is_complex() => Err(fault!("{who}: not defined for complex arguments")),
        Some(_) => Ok(()),
    }
}

/// A function of real lanes of a numeric or logical array.
pub fn lanes(host: &mut dyn Host, who: &str, kind: LaneKind, x: &Value, axis: usize, call: Call) -> Result<Value> {
    if x.dtype().is_none_or(|d| d == DType::Char) {
        return Err(fault!("{who}: X must be a numeric vector or matrix"));
    }
    real_argument(who, x)?;
    each(host, kind, x, axis, call.span)
}

/// A function of every lane along an axis: of whole lanes where memory holds them.
pub fn each(host: &mut dyn Host, kind: LaneKind, x: &Value, axis: usize, span: Span) -> Result<Value> {
    match too_long(host, x, axis) {
        Some(x) => large::lanes::made(host, &kind, &x, axis, span),
        None => lazy::lanes(host, kind, x, axis, span),
    }
}

/// The dimension argument at a position, as an axis; the first dimension that is not 1 if it is not there.
pub fn dimension(who: &str, args: &[Value], at: usize) -> Result<usize> {
    match args.get(at).filter(|d| !d.is_empty()) {
        None => Ok(args[0].shape().first_nonsingleton()),
        Some(d) => axis_number(d).ok_or_else(|| fault!("{who}: DIM must be an integer and a valid dimension")),
    }
}

/// Every lane of real elements made into one of `extent`.
pub fn apply(who: &str, x: Wide, axis: usize, extent: usize, f: impl FnMut(&[f64], &mut [f64])) -> Result<Value> {
    let (shape, single) = (x.shape.clone(), x.single);
    let values = x.real(who)?;
    room::ensure_shape(&shape.with_extent(axis, extent), size_of::<f64>());
    let out = Lanes::new(&shape, axis).map(&values, extent, f);
    Ok(numeric::real(shape.with_extent(axis, extent), out, single))
}

/// Every lane of real elements folded to one number.
pub fn fold(who: &str, x: Wide, axis: usize, f: impl Fn(&[f64]) -> f64) -> Result<Value> {
    apply(who, x, axis, 1, |lane, out| out[0] = f(lane))
}

/// What equal elements do to their ranks, by name or number, as `ranks` takes it.
pub fn ties(kind: &Value) -> Result<Ties> {
    let name = kind.to_text().filter(|_| matches!(kind, Value::Char(..)));
    let name = name.or_else(|| kind.to_f64().map(|n| n.to_string())).unwrap_or_default();
    match name.as_str() {
        "fractional" | "0" => Ok(Ties::Fractional),
        "competition" | "1" => Ok(Ties::Competition),
        "modified" | "2" => Ok(Ties::Modified),
        "ordinal" | "3" => Ok(Ties::Ordinal),
        "dense" | "4" => Ok(Ties::Dense),
        _ => Err(fault!("ranks: unknown RTYPE '{name}'")),
    }
}

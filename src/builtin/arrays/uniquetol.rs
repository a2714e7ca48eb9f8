//! Numbers and rows of which those that are nearly equal count as one.

use super::order::Items;
use super::sets::{index_column, listed, take};
use crate::array::DType;
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::several;
use crate::diag::Result;
use crate::fault;
use crate::value::{Cell, Value};
use std::sync::Arc;

/// `[c, ia, ic] = uniquetol (a, tol, property, value, ...)`: numbers or rows closer than a share of the scale of the
/// data count as one.
fn uniquetol(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let float = |x: &Value| x.dtype().is_some_and(|d| d.is_float() && !d.is_complex());
    if let Value::Cell(c) = &args[0]
        && c.shape().is_empty()
    {
        return several([args[0].clone(), Value::empty(), Value::empty()]);
    }
    let unsupported = |what: &str| {
        fault!("uniquetol: {what} must be a double or single precision non-complex")
            .id("Octave:uniquetol:unsupported-type")
    };
    if !float(&args[0]) {
        let mut fault = unsupported("A");
        fault.message.push_str(" array");
        return Err(fault);
    }
    let mut properties = &args[1..];
    let mut tolerance = if args[0].dtype().is_some_and(DType::is_single) { 1e-6 } else { 1e-12 };
    if let [given, rest @ ..] = properties
        && !matches!(given, Value::Char(..))
    {
        if !given.is_empty() {
            if !float(given) || !given.is_scalar() {
                let mut fault = unsupported("TOL");
                fault.message.push_str(" scalar");
                return Err(fault);
            }
            tolerance = given.to_f64().unwrap_or(tolerance);
        }
        properties = rest;
    }
    if properties.len() % 2 == 1 {
        return Err(fault!("uniquetol: PROPERTY/VALUE arguments must be passed in pairs"));
    }
    let (mut by_rows, mut all_indices, mut scales) = (false, false, None);
    for pair in properties.chunks(2) {
        let name = pair[0].to_text().ok_or_else(|| fault!("uniquetol: PROPERTY must be a string"))?;
        match name.to_lowercase().as_str() {
            "byrows" => by_rows = crate::builtin::args::flag(&pair[1]),
            "outputallindices" => all_indices = crate::builtin::args::flag(&pair[1]),
            "datascale" => {
                let given = crate::builtin::args::numbers("uniquetol", &pair[1])?;
                if !float(&pair[1]) || given.iter().any(|s| s.is_nan() || *s <= 0.0) {
                    return Err(fault!(
                        "uniquetol: DataScale must be a non-NaN, positive floating point scalar or vector"
                    ));
                }
                scales = Some(given);
            }
            _ => return Err(fault!("uniquetol: unknown property '{name}'")),
        }
    }
    if args[0].is_empty() {
        return several([args[0].clone(), Value::empty(), Value::empty()]);
    }
    let shape = args[0].shape();
    if by_rows && shape.rank() > 2 {
        return Err(fault!("uniquetol: A must be a 2-D array with \"ByRows\""));
    }
    let (count, columns) = if by_rows { (shape.rows(), shape.columns()) } else { (shape.len(), 1) };
    let all = listed(host, "uniquetol", &args[0], false, by_rows)?;
    let values = crate::builtin::args::numbers("uniquetol", &all)?;
    if scales.as_ref().is_some_and(|s| s.len() != 1 && s.len() != columns) {
        return Err(fault!("uniquetol: invalid DataScale size"));
    }
    let limit: Vec<f64> = (0..columns)
        .map(|j| {
            let column = &values[j * count..(j + 1) * count];
            let scale = match &scales {
                Some(given) => given[if given.len() == 1 { 0 } else { j }],
                None => column.iter().filter(|v| v.is_finite()).map(|v| v.abs()).fold(0.0, f64::max),
            };
            tolerance * scale
        })
        .collect();
    let near = |a: usize, b: usize| {
        (0..columns).all(|j| {
            let (x, y) = (values[j * count + a], values[j * count + b]);
            x == y || (x - y).abs() <= limit[j]
        })
    };
    let block = all.to_block()?;
    let order = if by_rows { Items::Rows(&block) } else { Items::Elements(&block) }.sorted();
    let mut chosen: Vec<usize> = Vec::new();
    let mut groups = vec![usize::MAX; count];
    for (k, &at) in order.iter().enumerate() {
        if groups[at] != usize::MAX {
            continue;
        }
        // Elements are compared with the least of their group; rows need not lie side by side in the order.
        chosen.push(at);
        groups[at] = chosen.len() - 1;
        for &other in &order[k + 1..] {
            if groups[other] == usize::MAX && near(at, other) {
                groups[other] = chosen.len() - 1;
            } else if !by_rows {
                break;
            }
        }
    }
    let across = shape.is_row() && !by_rows;
    let c = take(host, "uniquetol", &all, &chosen, by_rows, across)?;
    let members = |g: usize| index_column((0..count).filter(|&i| groups[i] == g).collect::<Vec<_>>().into_iter());
    let ia = if all_indices {
        Value::Cell(Arc::new(Cell::row((0..chosen.len()).map(members).collect())))
    } else {
        index_column(chosen.iter().copied())
    };
    several([c, ia, index_column(groups.into_iter())])
}

pub const TABLE: &[Builtin] = &[Builtin::new(
    "uniquetol",
    (1, usize::MAX),
    3,
    uniquetol,
    "`[C, IA, IC] = uniquetol (A)`, `uniquetol (A, TOL)`, `uniquetol (..., \"ByRows\" | \"DataScale\" | \"OutputAllIndices\", VALUE)`\n\nThe different elements; those within TOL of the largest magnitude count as one.\n\n    uniquetol ([1 1+1e-14 2])\n",
)];

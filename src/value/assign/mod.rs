//! Indexed assignment: `A(i, j) = X`, `c{i} = v`, and the places inside containers that nested assignment needs.
//!
//! An array nobody else holds is changed where it is; growth by one along the last axis is amortised. The left side
//! decides the element type, as in Octave: an integer array stays one, complex numbers promote. When an assignment
//! fails, its left side is as it was. Knows nothing of graphs.

mod containers;
mod delete;
mod plan;

pub use containers::{assign_cell, cell_slot, field_slots};
pub use delete::{delete, remaining};
pub use plan::Plan;

use super::convert::{has_nan, narrow, to_dtype};
use super::index::{Index, Subscript, resolve, scatter};
use super::{Cell, Quote, Struct, Value, gather_first};
use crate::array::{Block, Complex64, DType, Data, Element, Shape};
use crate::diag::{Fault, Result};
use crate::{bail, fault};
use std::sync::Arc;

/// The value an undefined variable stands for on the left of `x(i) = rhs`: an empty array of the same class.
pub fn empty_like(rhs: &Value) -> Value {
    let none = Shape::matrix(0, 0);
    match rhs {
        Value::Cell(_) => Value::Cell(Arc::new(Cell::empty(none))),
        Value::Struct(_) => Value::Struct(Arc::new(Struct::new(none))),
        Value::Func(_) | Value::Map(_) | Value::Object(_) => rhs.clone(),
        other => {
            let block = Block::dense(none, Data::zeros(other.dtype().unwrap_or(DType::F64), 0));
            match other {
                Value::Char(_, quote) => Value::Char(Arc::new(block), *quote),
                _ => Value::block(block),
            }
        }
    }
}

/// `base(args) = rhs`.
///
/// # Errors
/// Sizes or kinds that do not go together, bad subscripts, ambiguous growth; `base` is unchanged then.
pub fn assign(base: &mut Value, args: &[Index], rhs: &Value) -> Result<()> {
    if let (Value::Num(_) | Value::Bool(_), [_] | [_, _]) = (rhs, args)
        && assign_element(base, args, rhs).is_some()
    {
        return Ok(());
    }
    if args.is_empty() {
        bail!("invalid empty index list in assignment");
    }
    match base {
        Value::Cell(_) => containers::assign_cells(base, args, rhs),
        Value::Struct(_) => containers::assign_structs(base, args, rhs),
        Value::Func(_) => bail!("can't perform indexed assignment for function handle type"),
        Value::Map(_) => bail!("only '()' indexing with exactly one key is supported by containers.Map"),
        Value::Object(object) => bail!("invalid use of a {} object: it has no elements", object.0.name()),
        Value::Lazy(_) => Err(gather_first("changed")),
        Value::Diag(diagonal) => {
            if let (Some(at), Some(x)) = (on_diagonal(args, diagonal.diagonal.len()), rhs.to_f64())
                && let Value::Num(_) = rhs
                && diagonal.diagonal.dtype() == DType::F64
                && let Some(v) = f64::vec_mut(Arc::make_mut(diagonal).diagonal.data_mut())
            {
                v[at] = x;
                return Ok(());
            }
            let mut full = Value::block(diagonal.full()?);
            assign_numbers(&mut full, args, rhs)?;
            *base = full;
            Ok(())
        }
        Value::Range(_) => {
            let mut full = Value::Array(base.to_block()?);
            assign_numbers(&mut full, args, rhs)?;
            *base = full;
            Ok(())
        }
        Value::Num(_) | Value::Bool(_) | Value::Array(_) | Value::Char(..) => assign_numbers(base, args, rhs),
    }
}

fn on_diagonal(args: &[Index], len: usize) -> Option<usize> {
    match args {
        [Index::Value(Value::Num(i)), Index::Value(Value::Num(j))] if i == j && *i >= 1.0 && *i <= len as f64 => {
            (i.fract() == 0.0).then(|| *i as usize - 1)
        }
        _ => None,
    }
}

/// One real number to one place that exists, or to the place just behind a row; `None` where the general way must go.
fn assign_element(base: &mut Value, args: &[Index], rhs: &Value) -> Option<()> {
    let index = |arg: &Index| match arg {
        Index::Value(Value::Num(x)) if *x >= 1.0 && *x <= 9e15 && x.fract() == 0.0 => Some(*x as usize - 1),
        _ => None,
    };
    let Value::Array(shared) = base else { return None };
    let shape = shared.shape();
    let len = shape.len();
    let at = match args {
        [i] => index(i)?,
        [i, j] if shape.rank() == 2 => {
            let (i, j) = (index(i)?, index(j)?);
            if i >= shape.rows() || j >= shape.columns() {
                return None;
            }
            i + j * shape.rows()
        }
        _ => return None,
    };
    let x = match (rhs, shared.data()) {
        (Value::Num(x), Data::F64(_)) => *x,
        (Value::Bool(x), Data::F64(_) | Data::Bool(_)) => *x as u8 as f64,
        _ => return None,
    };
    if at == len && shape.rank() == 2 && shape.rows() <= 1 && len > 0 {
        let grown = Shape::matrix(1, len + 1);
        let block = Arc::make_mut(shared);
        block.edit(grown, |data| match data {
            Data::F64(v) => v.push(x),
            Data::Bool(v) => v.push(x != 0.0),
            _ => {}
        });
        return Some(());
    }
    if at >= len {
        return None;
    }
    match Arc::make_mut(shared).data_mut() {
        Data::F64(v) => v[at] = x,
        Data::Bool(v) => v[at] = x != 0.0,
        _ => {}
    }
    Some(())
}

/// The element type after elements of type `right` were put into an array of type `left`, if they can be.
pub fn assigned_type(left: DType, right: DType) -> Option<DType> {
    Some(match left {
        DType::Bool if right == DType::Char => return None,
        DType::F64 | DType::C64 if right.is_complex() => DType::C64,
        DType::F32 if right.is_complex() => DType::C32,
        DType::Bool if right == DType::F32 => DType::F64,
        DType::Char if right.is_integer() || right == DType::F32 => DType::F64,
        DType::Bool | DType::Char if right.is_complex() => DType::C64,
        _ if left.is_integer() && right.is_complex() => right,
        _ => left,
    })
}

/// The element type of an array after elements of another were put into it.
///
/// # Errors
/// Values without elements, text in an array of truth values, and NaN, which is no truth value.
pub fn common_type(base: &Value, rhs: &Value) -> Result<DType> {
    let (Some(left), Some(right)) = (base.dtype(), rhs.dtype()) else { return Err(no_conversion(base, rhs)) };
    let target = assigned_type(left, right)
        .ok_or_else(|| fault!("octave_base_value::bool_array_value(): wrong type argument '{}'", rhs.type_name()))?;
    if target == DType::Bool && right.is_float() && !matches!(rhs, Value::Lazy(_)) && has_nan(&*rhs.to_block()?) {
        bail!("invalid conversion from NaN to logical");
    }
    Ok(target)
}

fn no_conversion(base: &Value, rhs: &Value) -> Fault {
    let scalar = base.is_scalar();
    let kind = match base {
        Value::Bool(_) | Value::Char(..) | Value::Range(_) | Value::Diag(_) if scalar => "scalar".into(),
        Value::Bool(_) | Value::Char(..) | Value::Range(_) | Value::Diag(_) => "matrix".into(),
        Value::Array(block) if block.dtype() == DType::Bool => "matrix".into(),
        other => other.type_name(),
    };
    fault!("operator =: no conversion for assignment of '{}' to indexed '{kind}'", rhs.type_name())
}

/// Numbers, truth values and characters on both sides; `base` is none of the lazy kinds of array.
fn assign_numbers(base: &mut Value, args: &[Index], rhs: &Value) -> Result<()> {
    let (Some(left), target) = (base.dtype(), common_type(base, rhs)?) else { return Err(no_conversion(base, rhs)) };
    let source = rhs.to_block()?;
    let source = if source.dtype() == target { source } else { Arc::new(to_dtype(&source, target)) };
    let subs = resolve(args)?;
    let plan = Plan::in_memory(&base.shape(), &subs, source.shape(), target.size())?;
    let quote = match base {
        Value::Char(_, quote) => *quote,
        _ => Quote::Single,
    };
    // From here nothing fails; the block leaves `base`, so that it is changed in place when nobody else has it.
    let mut shared = match std::mem::replace(base, Value::Bool(false)) {
        Value::Array(block) | Value::Char(block, _) => block,
        Value::Num(x) => Arc::new(Block::scalar(x)),
        Value::Bool(x) => Arc::new(Block::scalar(x)),
        other => other.to_block()?,
    };
    if left != target {
        shared = Arc::new(to_dtype(&shared, target));
    }
    put_block(Arc::make_mut(&mut shared), &plan, &subs, &source);
    *base = match target {
        DType::Char => Value::Char(shared, quote),
        DType::C64 | DType::C32 => Value::block(narrow(Arc::unwrap_or_clone(shared))),
        _ => Value::shared(shared),
    };
    Ok(())
}

fn put_block(block: &mut Block, plan: &Plan, subs: &[Subscript], source: &Block) {
    let before = block.shape().clone();
    block.edit(plan.shape.clone(), |data| {
        macro_rules! each_pair {
            ($($variant:ident $zero:expr),*) => {
                match (data, source.data()) {
                    $((Data::$variant(to), Data::$variant(from)) => put(to, &before, plan, subs, from, $zero),)*
                    _ => unreachable!("both sides were brought to one type"),
                }
            };
        }
        each_pair!(F64 0.0, F32 0.0, I8 0, I16 0, I32 0, I64 0, U8 0, U16 0, U32 0, U64 0, Bool false, Char 0,
            C64 Complex64::ZERO, C32 crate::array::Complex32::ZERO)
    })
}

/// Grows `data` from one shape to that of the plan and writes `source` to the selected places.
fn put<T: Clone>(data: &mut Vec<T>, before: &Shape, plan: &Plan, subs: &[Subscript], source: &[T], zero: T) {
    if before != &plan.shape {
        grow(data, before, &plan.shape, zero);
    }
    if plan.nothing {
        return;
    }
    scatter(data, &plan.extents, subs, source);
}

/// Moves elements to their places in a larger shape; new places get `zero`.
fn grow<T: Clone>(data: &mut Vec<T>, before: &Shape, after: &Shape, zero: T) {
    let rank = before.rank().max(after.rank());
    let (old, new) = (before.padded(rank), after.padded(rank));
    let len = after.len();
    // Everything but the last extent above 1 unchanged: the old elements stay where they are.
    let in_place = data.is_empty()
        || (0..rank).find(|&axis| old[axis] != new[axis]).is_none_or(|first| old[first + 1..].iter().all(|&d| d == 1));
    if in_place {
        data.resize(len, zero);
        return;
    }
    let mut out = vec![zero; len];
    let rows = old[0];
    let mut counter = vec![0usize; rank];
    for column in data.chunks_exact(rows) {
        let mut offset = 0;
        let mut stride = 1;
        for axis in 0..rank {
            offset += counter[axis] * stride;
            stride *= new[axis];
        }
        out[offset..offset + rows].clone_from_slice(column);
        for axis in 1..rank {
            counter[axis] += 1;
            if counter[axis] < old[axis] {
                break;
            }
            counter[axis] = 0;
        }
    }
    *data = out;
}

#[cfg(test)]
mod tests;

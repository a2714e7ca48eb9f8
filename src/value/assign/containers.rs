//! Assignment into cell arrays and struct arrays, and the single places inside them.

use super::plan::Plan;
use super::put;
use crate::array::{DType, Shape, room};
use crate::diag::{Fault, Result};
use crate::value::index::{Index, no_braces, resolve};
use crate::value::{Cell, Struct, Value};
use crate::{bail, fault};
use std::sync::Arc;

/// `c(args) = rhs`: the elements of a cell array, or one value for every place.
pub(super) fn assign_cells(base: &mut Value, args: &[Index], rhs: &Value) -> Result<()> {
    match rhs {
        Value::Cell(source) => {
            let source = source.clone();
            put_cells(base, args, source.shape(), &source.values)
        }
        other => put_cells(base, args, &Shape::scalar(), std::slice::from_ref(other)),
    }
}

fn put_cells(base: &mut Value, args: &[Index], shape: &Shape, source: &[Value]) -> Result<()> {
    let Value::Cell(shared) = base else { return Err(no_braces(base)) };
    let subs = resolve(args)?;
    let plan = Plan::in_memory(shared.shape(), &subs, shape, size_of::<Value>())?;
    let cell = take_cell(shared);
    let before = cell.shape().clone();
    let mut values = cell.values;
    put(&mut values, &before, &plan, &subs, source, Value::empty());
    *shared = Arc::new(Cell::new(plan.shape, values));
    Ok(())
}

/// The cell array out of its pointer, without a copy where nobody else has it.
fn take_cell(shared: &mut Arc<Cell>) -> Cell {
    let none = Arc::new(Cell::empty(Shape::matrix(0, 0)));
    Arc::unwrap_or_clone(std::mem::replace(shared, none))
}

fn take_struct(shared: &mut Arc<Struct>) -> Struct {
    Arc::unwrap_or_clone(std::mem::take(shared))
}

/// `base{args} = rhs`. An empty matrix on the left counts as an empty cell array.
///
/// # Errors
/// A left side that is no cell array, more or fewer places than one, and the faults of subscripts.
pub fn assign_cell(base: &mut Value, args: &[Index], rhs: Value) -> Result<()> {
    *cell_slot(base, args)? = rhs;
    Ok(())
}

/// The one place `base{args}`, made if it is missing. The base may be an empty matrix.
///
/// # Errors
/// As [`assign_cell`].
pub fn cell_slot<'a>(base: &'a mut Value, args: &[Index]) -> Result<&'a mut Value> {
    if let Value::Array(block) = base
        && block.is_empty()
        && block.dtype() == DType::F64
    {
        *base = Value::Cell(Arc::new(Cell::empty(block.shape().clone())));
    }
    let Value::Cell(shared) = base else { return Err(no_braces(base)) };
    let (at, shape) = one_place(shared.shape(), args)?;
    if &shape != shared.shape() {
        room::check(&shape, size_of::<Value>())?;
        let cell = take_cell(shared);
        let before = cell.shape().clone();
        let mut values = cell.values;
        super::grow(&mut values, &before, &shape, Value::empty());
        *shared = Arc::new(Cell::new(shape, values));
    }
    Ok(&mut Arc::make_mut(shared).values[at])
}

/// The position of the single element that subscripts name, and the shape the array must grow to for it.
fn one_place(shape: &Shape, args: &[Index]) -> Result<(usize, Shape)> {
    if let [Index::Value(Value::Num(x))] = args
        && *x >= 1.0
        && *x <= shape.len() as f64
        && x.fract() == 0.0
    {
        return Ok((*x as usize - 1, shape.clone()));
    }
    let subs = resolve(args)?;
    let plan = Plan::new(shape, &subs, &Shape::scalar())?;
    let count: usize = subs.iter().zip(&plan.extents).map(|(sub, &extent)| sub.len(extent)).product();
    if args.is_empty() || count != 1 {
        bail!("the left side names {count} elements where one is assigned");
    }
    let mut stride = 1;
    let mut at = 0;
    for (sub, &extent) in subs.iter().zip(&plan.extents) {
        at += sub.position(0) * stride;
        stride *= extent;
    }
    Ok((at, plan.shape))
}

/// The places `base(args).name` (all elements without `args`), made if they are missing.
///
/// The base may be an empty matrix, which counts as a struct array without elements: `base.name` then makes a 1x1
/// struct.
///
/// # Errors
/// A left side that is no struct array, and the faults of subscripts.
pub fn field_slots<'a>(base: &'a mut Value, args: Option<&[Index]>, name: &Arc<str>) -> Result<&'a mut [Value]> {
    if let Value::Array(block) = base
        && block.is_empty()
        && block.dtype() == DType::F64
    {
        let shape = if args.is_some() { block.shape().clone() } else { Shape::scalar() };
        *base = Value::Struct(Arc::new(Struct::new(shape)));
    }
    let Value::Struct(shared) = base else { return Err(no_fields(base, args.is_some())) };
    let Some(args) = args else {
        return Ok(Arc::make_mut(shared).field_or_insert(name));
    };
    let (at, shape) = one_place(shared.shape(), args)?;
    if &shape != shared.shape() {
        grow_struct(shared, &shape)?;
    }
    Ok(std::slice::from_mut(&mut Arc::make_mut(shared).field_or_insert(name)[at]))
}

fn no_fields(base: &Value, indexed: bool) -> Fault {
    if indexed {
        fault!("in indexed assignment of {}, last rhs index must be ()", base.type_name())
    } else if matches!(base, Value::Func(_)) {
        fault!("invalid use of a function handle in indexed assignment")
    } else if base.is_scalar() && !matches!(base, Value::Char(..)) || matches!(base, Value::Cell(_)) {
        fault!("{} cannot be indexed with .", base.type_name())
    } else {
        fault!(
            "invalid dot name structure assignment because the structure array is empty.  Specify a subscript on the \
             structure array to resolve."
        )
    }
}

/// Bytes of one element with all its fields.
fn records_width(records: &Struct) -> usize {
    records.names().len().max(1) * size_of::<Value>()
}

fn grow_struct(shared: &mut Arc<Struct>, shape: &Shape) -> Result<()> {
    room::check(shape, records_width(shared))?;
    let records = take_struct(shared);
    let before = records.shape().clone();
    *shared = Arc::new(records.into_remap(shape.clone(), |mut column| {
        super::grow(&mut column, &before, shape, Value::empty());
        column
    }));
    Ok(())
}

/// `s(args) = rhs` for structs on both sides.
pub(super) fn assign_structs(base: &mut Value, args: &[Index], rhs: &Value) -> Result<()> {
    let (Value::Struct(shared), Value::Struct(source)) = (&mut *base, rhs) else {
        bail!("invalid structure assignment");
    };
    let fresh = shared.is_empty() && shared.names().is_empty();
    let same_fields = shared.names().len() == source.names().len()
        && shared.names().iter().all(|name| source.position(name).is_some());
    if !fresh && !same_fields {
        bail!("incompatible fields in struct assignment");
    }
    let subs = resolve(args)?;
    let plan = Plan::in_memory(shared.shape(), &subs, source.shape(), records_width(source))?;
    let mut records = take_struct(shared);
    if fresh {
        for name in source.names() {
            records.field_or_insert(name);
        }
    }
    let before = records.shape().clone();
    let mut names = records.names().to_vec().into_iter();
    *shared = Arc::new(records.into_remap(plan.shape.clone(), |mut column| {
        let from = names.next().and_then(|name| source.field(&name)).unwrap_or(&[]);
        put(&mut column, &before, &plan, &subs, from, Value::empty());
        column
    }));
    Ok(())
}

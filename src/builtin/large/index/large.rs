//! Subscripts that are large arrays themselves: their elements never come into memory together. What is wrong with them is
//! found in one scan; then every element of the result knows its place in the array, and is looked up there
//! ([`crate::builtin::outofcore::lookup`]).

use super::{reshape, select};
use crate::array::{DType, ScalarFn, Shape};
use crate::builtin::Host;
use crate::builtin::large::groups::{Columns, Groups};
use crate::builtin::large::mask::linear;
use crate::builtin::ops::elementwise::Who;
use crate::builtin::ops::lazy::{self, as_node};
use crate::builtin::outofcore::lookup::looked_up;
use crate::diag::{Result, Span};
use crate::ir::{AxisSlice, Node, Op};
use crate::kernel::lanes::table::Steps;
use crate::kernel::{LaneKind, ReduceKind};
use crate::syntax::ast::BinaryOp;
use crate::value::Value;
use crate::value::index::{Index, Selection, Subscript, folded_extents, listed_shape, resolve};
use smallvec::SmallVec;
use std::sync::Arc;

/// One of the arguments of an indexing expression.
enum Place {
    /// Brought into memory, or never out of it.
    Known(Subscript),
    /// Numbers of elements from 1, as a column of doubles, and the shape they came in.
    Waiting(Arc<Node>, Shape),
}

/// All arguments of an indexing expression, some of which wait.
pub struct Places {
    places: SmallVec<[Place; 3]>,
    /// What they say of the array: those that wait as a run that reaches as far and has as many elements.
    pub subs: SmallVec<[Subscript; 3]>,
}

impl Places {
    /// Arguments among which there are arrays of numbers larger than what is computed at once; `None` if there are none.
    ///
    /// # Errors
    /// An element that names no place, as `index (2.5,_): ...`.
    pub fn new(host: &mut dyn Host, args: &[Index], span: Span) -> Result<Option<Places>> {
        let limit = host.settings().dense_limit as u128;
        let waits = |arg: &Index| match arg {
            Index::Value(Value::Lazy(lazy)) => {
                lazy.bytes() > limit
                    && !lazy.dtype().is_complex()
                    && lazy.dtype() != DType::Bool
                    && lazy.shape().len() > 1
            }
            _ => false,
        };
        if !args.iter().any(waits) {
            return Ok(None);
        }
        let mut places = SmallVec::new();
        let mut subs = SmallVec::new();
        for (place, arg) in args.iter().enumerate() {
            let own = std::slice::from_ref(arg);
            // Among colons, so that a fault says which of the arguments is meant.
            let mut alone: SmallVec<[Index; 3]> = args.iter().map(|_| Index::All).collect();
            match arg {
                Index::Value(value @ Value::Lazy(_)) if waits(arg) => {
                    let (numbers, most) = checked(host, value, span, |bad| {
                        alone[place] = Index::Value(bad);
                        resolve(&alone).map(|_| ())
                    })?;
                    subs.push(Subscript::Run { start: most - 1, step: 0, len: value.numel() });
                    places.push(Place::Waiting(numbers, value.shape()));
                }
                _ => {
                    alone[place] = super::in_memory(host, own)?.remove(0);
                    let sub = resolve(&alone)?.remove(place);
                    subs.push(sub.clone());
                    places.push(Place::Known(sub));
                }
            }
        }
        Ok(Some(Places { places, subs }))
    }

    /// The shape of what is selected of an array.
    ///
    /// # Errors
    /// A place that the array does not have.
    fn selected(&self, shape: &Shape) -> Result<Shape> {
        let selection = Selection::of(shape, self.subs.clone())?;
        Ok(match &self.places[..] {
            [Place::Waiting(_, own)] => listed_shape(shape, own.clone()),
            _ => selection.shape,
        })
    }

    /// For each element that is selected of an array in which the arguments find these extents, the number of its place
    /// in it, as a column.
    fn numbers(&self, c: &mut Columns, extents: &[usize]) -> Result<Arc<Node>> {
        let mut stride = 1.0;
        let mut sum: Option<Value> = None;
        for (axis, (place, &extent)) in self.places.iter().zip(extents).enumerate() {
            let numbers = match place {
                Place::Waiting(numbers, _) => numbers.clone(),
                Place::Known(Subscript::Colon) => linear(extent, Shape::matrix(extent, 1), c.span)?,
                Place::Known(sub) => {
                    let at = (0..sub.len(extent)).map(|k| (sub.position(k) + 1) as f64);
                    as_node(&Value::column(at.collect()), c.span)?
                }
            };
            let along = Shape::scalar().with_extent(axis, numbers.meta.shape.len());
            let mut offset = lazy::value(reshape(&numbers, along, c.span)?);
            if axis > 0 {
                let from_zero = c.op(BinaryOp::Sub, &offset, 1.0)?;
                offset = c.op(BinaryOp::ElMul, &from_zero, stride)?;
            }
            sum = Some(match sum {
                None => offset,
                Some(sum) => c.op(BinaryOp::Add, &sum, offset)?,
            });
            stride *= extent as f64;
        }
        let all = as_node(&sum.unwrap_or_else(|| Value::Num(1.0)), c.span)?;
        reshape(&all, Shape::matrix(all.meta.shape.len(), 1), c.span)
    }

    /// `base(places)`.
    pub fn index(&self, host: &mut dyn Host, base: &Arc<Node>, span: Span) -> Result<Value> {
        let shape = self.selected(&base.meta.shape)?;
        let extents = folded_extents(&base.meta.shape, self.places.len());
        let c = &mut Columns { host, span };
        let numbers = self.numbers(c, &extents)?;
        let found = match by_table(c, base, &numbers)? {
            Some(found) => found,
            None => looked_up(&column(base, span)?, &numbers, span)?,
        };
        Ok(lazy::value(reshape(&found, shape, span)?))
    }

    /// `base(places) = value`; the array has all places, and the value is one element or as many as there are places. Of
    /// several for one place the last one stays.
    pub fn assign(
        &self,
        host: &mut dyn Host,
        base: &Arc<Node>,
        extents: &[usize],
        value: &Arc<Node>,
        span: Span,
    ) -> Result<Arc<Node>> {
        let c = &mut Columns { host, span };
        let numbers = self.numbers(c, extents)?;
        let named = Named::new(c, &numbers, base.meta.shape.len())?;
        let list = column(base, span)?;
        let changed = if value.meta.shape.is_scalar() {
            select(&as_node(&named.hit, span)?, value, &list, span)?
        } else {
            let both = Node::new(Op::Concat { axis: 0 }, &[list, column(value, span)?], span)?;
            looked_up(&both, &as_node(&named.last, span)?, span)?
        };
        reshape(&changed, base.meta.shape.clone(), span)
    }

    /// Which elements of a vector no place names, as truth values in its shape.
    pub fn others(&self, host: &mut dyn Host, base: &Arc<Node>, span: Span) -> Result<Value> {
        let c = &mut Columns { host, span };
        let numbers = self.numbers(c, &[base.meta.shape.len()])?;
        let named = Named::new(c, &numbers, base.meta.shape.len())?;
        let others = c.not(&named.hit)?;
        lazy::reshape(c.host, &others, base.meta.shape.clone(), span)
    }
}

/// What a column of places says of each element of an array.
struct Named {
    /// The number of the element itself, or behind all elements the number of the last place that names it.
    last: Value,
    /// Whether a place names it.
    hit: Value,
}

impl Named {
    fn new(c: &mut Columns, places: &Arc<Node>, count: usize) -> Result<Named> {
        // All elements, and then the places, in order: each element begins a group that ends with the last of its places.
        let own = c.count_to(count)?;
        let all = c.joined(&[own, lazy::value(places.clone())])?;
        let groups = Groups::new(&all, false, true, c.span)?;
        let ends = groups.ends(c)?;
        let last = c.selected(&ends)?.of(c, groups.places()?)?;
        let hit = c.op(BinaryOp::Gt, &last, count as f64)?;
        Ok(Named { last, hit })
    }
}

fn column(x: &Arc<Node>, span: Span) -> Result<Arc<Node>> {
    reshape(x, Shape::matrix(x.meta.shape.len(), 1), span)
}

/// A table that elements are looked up in uses at most one part in so many of the budget.
const TABLE_SHARE: u64 = 64;

/// The elements of a small array, which are numbers that a double holds, at places of it.
fn by_table(c: &mut Columns, base: &Arc<Node>, places: &Arc<Node>) -> Result<Option<Arc<Node>>> {
    let (dtype, count) = (base.meta.dtype, base.meta.shape.len());
    let held = !dtype.is_complex() && !matches!(dtype, DType::I64 | DType::U64 | DType::Char);
    if !held || count as u64 * size_of::<f64>() as u64 > c.host.arrays().budget() / TABLE_SHARE {
        return Ok(None);
    }
    let elements = c.host.gather(&lazy::value(base.clone()))?.to_block()?;
    let keys: Vec<f64> = (1..=count).map(|k| k as f64).collect();
    let values = std::iter::once(f64::NAN).chain((0..count).map(|k| elements.data().get_f64(k)));
    let table = LaneKind::Steps(Arc::new(Steps::new(&keys, values, true)));
    let found = lazy::by_table(c.host, table, &lazy::value(places.clone()), c.span)?;
    as_node(&c.cast(&found, dtype)?, c.span).map(Some)
}

/// The elements of a subscript as doubles, and the greatest. `fault` is given the first element that names no place.
fn checked(
    host: &mut dyn Host,
    value: &Value,
    span: Span,
    fault: impl FnOnce(Value) -> Result<()>,
) -> Result<(Arc<Node>, usize)> {
    let c = &mut Columns { host, span };
    let numbers = c.cast(value, DType::F64)?;
    let numbers = lazy::reshape(c.host, &numbers, Shape::matrix(value.numel(), 1), span)?;
    let whole = lazy::elementwise(c.host, ScalarFn::Fix, &[&numbers], Who::Function("fix"), span)?;
    let whole = c.op(BinaryOp::Eq, &numbers, whole)?;
    let positive = c.op(BinaryOp::Ge, &numbers, 1.0)?;
    let names = c.op(BinaryOp::And, &whole, positive)?;
    let names = c.cast(&names, DType::F64)?;
    let mut nodes = Vec::new();
    for (kind, x) in [(ReduceKind::Max, &numbers), (ReduceKind::Min, &names), (ReduceKind::ArgMin, &names)] {
        nodes.push(as_node(&lazy::reduce(c.host, kind, x, 1, span)?, span)?);
    }
    let found = c.host.arrays().force(&nodes)?;
    let found: Vec<f64> = found.iter().map(|block| block.data().get_f64(0)).collect();
    if let [_, 0.0, first] = found[..] {
        let bad = lazy::layers(&numbers, 0, AxisSlice { start: first as usize - 1, step: 1, len: 1 }, span)?;
        fault(c.host.gather(&bad)?)?;
    }
    Ok((as_node(&numbers, span)?, found.first().map_or(1, |most| *most as usize)))
}

/// What a subscript that is too large for memory takes of an array in memory: it waits, too. `None` where the subscripts
/// are brought into memory.
pub fn of_dense(host: &mut dyn Host, base: &Value, args: &[Index], span: Span) -> Result<Option<Value>> {
    if base.dtype().is_none_or(|dtype| dtype == DType::Char) {
        return Ok(None);
    }
    match Places::new(host, args, span)? {
        Some(places) => places.index(host, &as_node(base, span)?, span).map(Some),
        None => Ok(None),
    }
}

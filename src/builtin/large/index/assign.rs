//! Indexed assignment to large arrays: a new node; what the array was read from never changes.
//!
//! What becomes of shape and type, and what is wrong with the sizes, is settled as for arrays in memory ([`Plan`]).
//! Boxes become an [`Op::Assign`], lists and masks a choice between the two arrays element by element.

use super::large::Places;
use super::{Pick, element_mask, in_memory, reshape, select};
use crate::array::{Block, DType, Data, ScalarFn, Shape, amount};
use crate::builtin::Host;
use crate::builtin::large::{linear, mask, shape};
use crate::builtin::ops::lazy::{self, as_node};
use crate::builtin::outofcore::scatter::scattered;
use crate::diag::{Result, Span};
use crate::fault;
use crate::ir::{AxisSlice, Node, Op, op::Source};
use crate::value::assign::{Plan, common_type};
use crate::value::index::{Index, Subscript, resolve};
use crate::value::{Lazy, Value, gather_first};
use smallvec::SmallVec;
use std::collections::BTreeMap;
use std::sync::Arc;

/// An array of at most one part in so many of the budget is brought into memory where that is the simplest way.
pub const SMALL_SHARE: u64 = 8;

/// Places along an axis are noted for at most one part in so many of the budget.
const NOTED_SHARE: u64 = 4;

/// Most columns that a list of places in all columns is taken apart into.
const MOST_COLUMNS: usize = 256;

/// `A(args) = rhs` of a lazy array.
///
/// # Errors
/// Those of arrays in memory; [`gather_first`] where a small array is best changed there.
pub fn assign(host: &mut dyn Host, base: &Lazy, args: &[Index], rhs: &Value, span: Span) -> Result<Value> {
    let settled;
    let rhs = if base.dtype().is_complex() {
        rhs
    } else {
        settled = lazy::settled(host, rhs, span)?;
        &settled
    };
    let dtype = common_type(&Value::Lazy(base.clone()), rhs)?;
    let cast = |node: Arc<Node>| match node.meta.dtype {
        own if own == dtype => Ok(node),
        own => Node::new(Op::map(ScalarFn::Cast, &[own], dtype), &[node], span),
    };
    let mut array = cast(base.0.clone())?;
    let value = cast(as_node(rhs, span)?)?;
    if let Some(mask) = element_mask(base.shape(), args) {
        return masked(host, &array, mask, &value, span).map(lazy::value);
    }
    let places = Places::new(host, args, span)?;
    let subs = match &places {
        Some(places) => places.subs.clone(),
        None => resolve(&in_memory(host, args)?)?,
    };
    let plan = Plan::new(base.shape(), &subs, &value.meta.shape)?;
    if plan.shape != *base.shape() {
        let larger = shape::resized(host, &lazy::value(array), &plan.shape, span)?;
        array = as_node(&larger, span)?;
    }
    if plan.nothing {
        return Ok(lazy::value(array));
    }
    if let Some(places) = &places {
        return places.assign(host, &array, &plan.extents, &value, span).map(lazy::value);
    }
    let changed = match &subs[..] {
        [sub] => linear(host, &array, sub, &value, span)?,
        subs => product(host, &array, &plan.extents, subs, value, span)?,
    };
    Ok(lazy::value(reshape(&changed, plan.shape, span)?))
}

/// `A(mask) = value` for a mask of all elements.
fn masked(host: &mut dyn Host, base: &Arc<Node>, mask: &Value, value: &Arc<Node>, span: Span) -> Result<Arc<Node>> {
    let shape = base.meta.shape.clone();
    let mask = reshape(&as_node(mask, span)?, shape.clone(), span)?;
    if value.meta.shape.is_scalar() {
        return select(&mask, value, base, span);
    }
    if base.meta.bytes() <= u128::from(host.arrays().budget() / SMALL_SHARE) {
        return Err(gather_first("changed"));
    }
    let dtype = base.meta.dtype;
    if dtype.is_complex() || matches!(dtype, DType::I64 | DType::U64) {
        return Err(fault!("=: elements of a large {} array are not taken from a list by a mask", dtype.class())
            .hint("convert it with double (X), or assign its real and imaginary parts one by one"));
    }
    // The list goes to the places that are true, what was there before to the others.
    let chosen = mask::Selection::new(host, mask.clone(), span)?;
    Plan::masked(chosen.count, &value.meta.shape)?;
    let others = Node::new(Op::map(ScalarFn::Not, &[DType::Bool], DType::Bool), &[mask], span)?;
    let others = mask::Selection::new(host, others, span)?;
    let list = reshape(value, Shape::matrix(chosen.count, 1), span)?;
    let joined = |parts: [Arc<Node>; 2]| {
        let parts: Vec<Arc<Node>> = parts.into_iter().filter(|part| !part.meta.shape.is_empty()).collect();
        if let [one] = parts.as_slice() { Ok(one.clone()) } else { Node::new(Op::Concat { axis: 0 }, &parts, span) }
    };
    let places = joined([chosen.places()?, others.places()?])?;
    let elements = joined([list, others.of(base)?])?;
    let to = |node: Arc<Node>, dtype| match node.meta.dtype {
        own if own == dtype => Ok(node),
        own => Node::new(Op::map(ScalarFn::Cast, &[own], dtype), &[node], span),
    };
    let placed = scattered(&places, &to(elements, DType::F64)?, span)?;
    to(reshape(&placed, shape, span)?, dtype)
}

/// `A(sub) = value` for a subscript that counts through all elements and names some of them.
fn linear(host: &mut dyn Host, base: &Arc<Node>, sub: &Subscript, value: &Arc<Node>, span: Span) -> Result<Arc<Node>> {
    let shape = &base.meta.shape;
    let len = shape.len();
    let single = value.meta.shape.is_scalar();
    if sub.is_whole(len) && !single {
        return reshape(value, shape.clone(), span);
    }
    if sub.is_whole(len) || shape.is_vector() {
        let axis = usize::from(shape.is_row());
        let mut subs: SmallVec<[Subscript; 4]> = shape.iter().map(|_| Subscript::Colon).collect();
        if !sub.is_whole(len) {
            subs[axis] = sub.clone();
        }
        return product(host, base, shape, &subs, value.clone(), span);
    }
    let pick = Pick::new(sub, len);
    if let (Pick::Slice(slice), true) = (&pick, single) {
        return select(&linear::named(shape, *slice, span)?, value, base, span);
    }
    let matrix = reshape(base, Shape::matrix(shape.rows(), len / shape.rows()), span)?;
    if let Some(columns) = by_column(sub, len, shape.rows()) {
        let list = reshape(value, Shape::matrix(value.meta.shape.len(), 1), span)?;
        let mut changed = matrix;
        for (column, (rows, from)) in columns {
            let part = if single {
                value.clone()
            } else {
                Node::new(Op::Gather { axis: 0, indices: Arc::new(from) }, std::slice::from_ref(&list), span)?
            };
            let rows = Subscript::List { shape: Shape::matrix(1, rows.len()), at: rows };
            let extents = changed.meta.shape.clone();
            changed = product(host, &changed, &extents, &[rows, Subscript::One(column)], part, span)?;
        }
        return Ok(changed);
    }
    let column = reshape(base, Shape::matrix(len, 1), span)?;
    product(host, &column, &[len, 1], &[sub.clone(), Subscript::One(0)], value.clone(), span)
}

/// The rows that a subscript names in each column, and where in it; `None` where there are too many columns.
fn by_column(sub: &Subscript, len: usize, rows: usize) -> Option<BTreeMap<usize, (Vec<usize>, Vec<u64>)>> {
    let mut columns: BTreeMap<usize, (Vec<usize>, Vec<u64>)> = BTreeMap::new();
    for k in 0..sub.len(len) {
        let at = sub.position(k);
        let (named, from) = columns.entry(at / rows).or_default();
        named.push(at % rows);
        from.push(k as u64);
        if columns.len() > MOST_COLUMNS {
            return None;
        }
    }
    Some(columns)
}

/// `A(subs) = value` with one subscript for each of `extents`, into which the array is folded.
fn product(
    host: &mut dyn Host,
    base: &Arc<Node>,
    extents: &[usize],
    subs: &[Subscript],
    mut value: Arc<Node>,
    span: Span,
) -> Result<Arc<Node>> {
    let base = reshape(base, Shape::new(extents), span)?;
    let single = value.meta.shape.is_scalar();
    let lens: Vec<usize> = subs.iter().zip(extents).map(|(sub, &extent)| sub.len(extent)).collect();
    if !single {
        value = reshape(&value, Shape::new(&lens), span)?;
    }
    let rank = base.meta.shape.rank();
    for (axis, &len) in lens.iter().enumerate().skip(rank) {
        // Of several layers for one place the last one stays.
        if !single && len > 1 {
            let last = AxisSlice { start: len - 1, step: 1, len: 1 };
            value = as_node(&lazy::layers(&lazy::value(value), axis, last, span)?, span)?;
        }
    }
    let mut picks: Vec<Pick> =
        subs.iter().zip(extents).take(rank).map(|(sub, &extent)| Pick::new(sub, extent)).collect();
    picks.resize_with(rank, || Pick::Slice(AxisSlice::all(1)));
    if picks.iter().all(|pick| matches!(pick, Pick::Slice(_))) {
        let axes = picks.iter().filter_map(|pick| if let Pick::Slice(slice) = pick { Some(*slice) } else { None });
        return Node::new(Op::Assign { axes: axes.collect() }, &[base, value], span);
    }
    listed(host, &base, &picks, value, span)
}

/// Element by element, the value where all subscripts name the place, else what was there. Layers of the value are found
/// by the last place of a list that names them.
fn listed(
    host: &mut dyn Host,
    base: &Arc<Node>,
    picks: &[Pick],
    mut value: Arc<Node>,
    span: Span,
) -> Result<Arc<Node>> {
    let single = value.meta.shape.is_scalar();
    let most = host.arrays().budget() / NOTED_SHARE;
    let mut mask: Option<Arc<Node>> = None;
    for (axis, pick) in picks.iter().enumerate() {
        let extent = base.meta.shape.extent(axis);
        if matches!(pick, Pick::Slice(s) if s.is_all(extent)) {
            continue;
        }
        let needed = extent.saturating_mul(1 + if single { 0 } else { size_of::<u64>() }) as u64;
        if needed > most {
            return Err(fault!("=: a list of places among {extent} needs {} of memory", amount::bytes(needed))
                .id("arr:out-of-memory")
                .hint("assign with a subscript for each dimension, with a range, or with a mask of all elements"));
        }
        let mut named = vec![false; extent];
        let mut from = vec![0u64; if single { 0 } else { extent }];
        let mut note = |place: usize, k: usize| {
            named[place] = true;
            if !single {
                from[place] = k as u64;
            }
        };
        match pick {
            Pick::Slice(s) => (0..s.len).for_each(|k| note((s.start as isize + k as isize * s.step) as usize, k)),
            Pick::List(list) => list.iter().enumerate().for_each(|(k, &place)| note(place as usize, k)),
        }
        if !single {
            let op = Op::Gather { axis: axis as u8, indices: Arc::new(from) };
            value = Node::new(op, &[value], span)?;
        }
        let along = Block::dense(Shape::scalar().with_extent(axis, extent), Data::Bool(named));
        let along = Node::new(Op::Source(Source::Dense(Arc::new(along))), &[], span)?;
        mask = Some(match mask {
            None => along,
            Some(mask) => Node::new(Op::map(ScalarFn::And, &[DType::Bool; 2], DType::Bool), &[mask, along], span)?,
        });
    }
    match mask {
        Some(mask) => select(&mask, &value, base, span),
        None => Ok(base.clone()),
    }
}

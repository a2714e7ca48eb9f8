//! Indexing and indexed assignment of large arrays: each makes a node, nothing is read.
//!
//! Ranges and scalars become a [`Op::Slice`], lists and masks along an axis a [`Op::Gather`]; the optimiser moves slices into
//! the read. A mask of elements needs to know how many are set: one counting pass.

use super::api::Host;
use super::lazy_linear;
use super::lazy_mask::Selection;
use super::lazy_shape;
use super::ops::lazy::as_node;
use crate::array::{Block, DType, Data, ScalarFn, Shape};
use crate::diag::{Result, Span};
use crate::ir::{AxisSlice, Node, Op, op::Source};
use crate::value::assign::assigned_type;
use crate::value::index::Index;
use crate::value::{Lazy, Value};
use crate::{bail, fault};
use smallvec::SmallVec;
use std::sync::Arc;

/// Slices of files up to this size are read at once: nothing is gained by waiting.
const SMALL_READ: u128 = 1 << 20;

/// What one subscript takes of its axis.
pub enum Pick {
    Slice(AxisSlice),
    List(Vec<u64>),
}

impl Pick {
    fn len(&self) -> usize {
        match self {
            Pick::Slice(s) => s.len,
            Pick::List(l) => l.len(),
        }
    }
}

/// `A(args)` of a lazy array.
pub fn index(host: &mut dyn Host, base: &Lazy, args: &[Index], span: Span) -> Result<Value> {
    let node = match args {
        [] => return Ok(Value::Lazy(base.clone())),
        [Index::All] => reshape(&base.0, Shape::matrix(base.shape().len(), 1), span)?,
        [Index::Value(mask)] if mask.dtype() == Some(DType::Bool) && !mask.is_scalar() => {
            return compress(host, base, mask, span);
        }
        [Index::Value(list)] => linear(host, base, list, span)?,
        _ => by_axes(host, base, args, span)?,
    };
    finish(host, node)
}

/// A new node as a value; small pieces of files are read at once.
fn finish(host: &mut dyn Host, node: Arc<Node>) -> Result<Value> {
    let limit = (host.settings().dense_limit as u128).min(SMALL_READ);
    let of_source = node.inputs.iter().all(|i| matches!(i.op, Op::Source(_)) || i.result().is_some());
    if of_source && node.meta.bytes() <= limit && matches!(node.op, Op::Slice { .. } | Op::Gather { .. }) {
        return host.gather(&Value::Lazy(Lazy(node)));
    }
    Ok(Value::Lazy(Lazy(node)))
}

fn reshape(node: &Arc<Node>, shape: Shape, span: Span) -> Result<Arc<Node>> {
    if node.meta.shape == shape {
        return Ok(node.clone());
    }
    Node::new(Op::Reshape { shape }, std::slice::from_ref(node), span)
}

/// Several subscripts, one for each axis; the last one runs over all axes that are left.
fn by_axes(host: &mut dyn Host, base: &Lazy, args: &[Index], span: Span) -> Result<Arc<Node>> {
    let shape = base.shape();
    let mut node = base.0.clone();
    if args.len() < shape.rank() {
        let mut extents: Vec<usize> = shape[..args.len()].to_vec();
        extents[args.len() - 1] = shape[args.len() - 1..].iter().product();
        node = reshape(&node, Shape::new(&extents), span)?;
    }
    let shape = node.meta.shape.clone();
    let mut slices: SmallVec<[AxisSlice; 4]> = SmallVec::new();
    let mut lists: Vec<(usize, Vec<u64>)> = Vec::new();
    for (axis, arg) in args.iter().enumerate() {
        let extent = shape.extent(axis);
        match pick(host, arg, extent, axis, args.len(), &shape)? {
            Pick::Slice(slice) if axis < shape.rank() => slices.push(slice),
            Pick::Slice(slice) if slice.len == 1 => {}
            Pick::List(list) if axis < shape.rank() => {
                slices.push(AxisSlice::all(extent));
                lists.push((axis, list));
            }
            other => bail!("a large array cannot be repeated {} times along a new dimension by an index", other.len()),
        }
    }
    if slices.iter().enumerate().any(|(a, s)| !s.is_all(shape.extent(a))) {
        node = Node::new(Op::Slice { axes: slices }, &[node], span)?;
    }
    for (axis, list) in lists {
        node = Node::new(Op::Gather { axis: axis as u8, indices: Arc::new(list) }, &[node], span)?;
    }
    Ok(node)
}

/// One subscript that counts through all elements in column-major sequence.
fn linear(host: &mut dyn Host, base: &Lazy, list: &Value, span: Span) -> Result<Arc<Node>> {
    let shape = base.shape().clone();
    let n = shape.len();
    let arg = Index::Value(list.clone());
    let picked = pick(host, &arg, n, 0, 1, &shape)?;
    let count = picked.len();
    let wanted = list.shape();
    // The result lies as the subscript does, but a vector indexed by a vector keeps its own orientation.
    let result = if shape.is_vector() && !shape.is_scalar() && wanted.is_vector() {
        if shape.is_row() { Shape::matrix(1, count) } else { Shape::matrix(count, 1) }
    } else if wanted.len() == count {
        wanted
    } else if wanted.is_scalar() {
        // A false mask of one element.
        Shape::matrix(0, 0)
    } else {
        Shape::matrix(count, 1)
    };
    if !shape.is_vector() && count > 1 {
        let matrix = reshape(&base.0, Shape::matrix(shape.rows(), n / shape.rows().max(1)), span)?;
        if let Some(node) = lazy_linear::picked(&matrix, &picked, span)? {
            return reshape(&node, result, span);
        }
    }
    let axis = usize::from(shape.is_row());
    let vector = if shape.is_vector() { base.0.clone() } else { reshape(&base.0, Shape::matrix(n, 1), span)? };
    let node = match picked {
        Pick::Slice(slice) => {
            let mut axes: SmallVec<[AxisSlice; 4]> = vector.meta.shape.iter().map(|&d| AxisSlice::all(d)).collect();
            axes[axis] = slice;
            if shape.rank() == 2 && !shape.is_vector() && slice.len == 1 {
                // One element of a matrix: its row and column, no reshape.
                let (row, column) = (slice.start % shape.rows(), slice.start / shape.rows());
                let one = |start| AxisSlice { start, step: 1, len: 1 };
                let axes = SmallVec::from_slice(&[one(row), one(column)]);
                return Node::new(Op::Slice { axes }, std::slice::from_ref(&base.0), span);
            }
            Node::new(Op::Slice { axes }, &[vector], span)?
        }
        Pick::List(indices) => Node::new(Op::Gather { axis: axis as u8, indices: Arc::new(indices) }, &[vector], span)?,
    };
    reshape(&node, result, span)
}

/// `A(mask)`: how many elements there are takes a counting pass.
fn compress(host: &mut dyn Host, base: &Lazy, mask: &Value, span: Span) -> Result<Value> {
    let shape = base.shape().clone();
    if mask.shape() != shape {
        if mask.shape().is_vector() && shape.is_vector() && mask.numel() <= shape.len() {
            return Ok(Value::Lazy(Lazy(linear(host, base, mask, span)?)));
        }
        return Err(fault!("A(I): index out of bounds; value {} out of bound {}", mask.numel(), shape.len())
            .id("Octave:index-out-of-bounds")
            .hint(format!("the mask is {}, the array {shape}", mask.shape())));
    }
    let selection = Selection::new(host, as_node(mask, span)?, span)?;
    let node = selection.of(&base.0)?;
    let node = if shape.is_row() { reshape(&node, Shape::matrix(1, selection.count), span)? } else { node };
    Ok(Value::Lazy(Lazy(node)))
}

/// One subscript against the extent it runs over.
fn pick(
    host: &mut dyn Host,
    arg: &Index,
    extent: usize,
    position: usize,
    positions: usize,
    shape: &Shape,
) -> Result<Pick> {
    let out_of_bound = |index: f64| {
        let mut places = vec!["_"; positions];
        let text = format!("{index}");
        places[position] = &text;
        fault!("index ({}): out of bound {extent} (dimensions are {shape})", places.join(","))
            .id("Octave:index-out-of-bounds")
    };
    let checked = |x: f64| -> Result<usize> {
        if x.fract() != 0.0 || x < 1.0 || x.is_nan() {
            let mut places = vec!["_".to_owned(); positions];
            places[position] = format!("{x}");
            return Err(fault!(
                "index ({}): subscripts must be either integers 1 to (2^63)-1 or logicals",
                places.join(",")
            )
            .id("Octave:index-out-of-bounds"));
        }
        if x > extent as f64 { Err(out_of_bound(x)) } else { Ok(x as usize - 1) }
    };
    let value = match arg {
        Index::All => return Ok(Pick::Slice(AxisSlice::all(extent))),
        Index::Value(Value::Lazy(l)) => host.gather(&Value::Lazy(l.clone()))?,
        Index::Value(value) => value.clone(),
    };
    match &value {
        Value::Num(x) => Ok(Pick::Slice(AxisSlice { start: checked(*x)?, step: 1, len: 1 })),
        Value::Range(r) if r.is_empty() => Ok(Pick::Slice(AxisSlice { start: 0, step: 1, len: 0 })),
        Value::Range(r) => {
            let start = checked(r.start)?;
            checked(r.last)?;
            if r.step.fract() != 0.0 {
                checked(r.start + r.step)?;
            }
            Ok(Pick::Slice(AxisSlice { start, step: r.step as isize, len: r.len() }))
        }
        Value::Char(text, _) if text.data() == &Data::Char(b":".to_vec()) => Ok(Pick::Slice(AxisSlice::all(extent))),
        other => {
            let block: Arc<Block> = other.to_block()?;
            if let Data::Bool(mask) = block.data() {
                if let Some(last) = mask.iter().rposition(|&m| m)
                    && last >= extent
                {
                    return Err(out_of_bound(last as f64 + 1.0));
                }
                let list = mask.iter().enumerate().filter(|(_, m)| **m).map(|(i, _)| i as u64).collect();
                return Ok(as_slice(list));
            }
            let mut list = Vec::with_capacity(block.len());
            for at in 0..block.len() {
                list.push(checked(block.data().get_f64(at))? as u64);
            }
            Ok(as_slice(list))
        }
    }
}

/// A list that is evenly spaced is a slice.
fn as_slice(list: Vec<u64>) -> Pick {
    let step = match list.as_slice() {
        [] => return Pick::Slice(AxisSlice { start: 0, step: 1, len: 0 }),
        [one] => return Pick::Slice(AxisSlice { start: *one as usize, step: 1, len: 1 }),
        [a, b, ..] => *b as isize - *a as isize,
    };
    if step != 0 && list.windows(2).all(|w| w[1] as isize - w[0] as isize == step) {
        Pick::Slice(AxisSlice { start: list[0] as usize, step, len: list.len() })
    } else {
        Pick::List(list)
    }
}

/// `A(args) = rhs` of a lazy array: a new node; what A was read from never changes.
pub fn assign(host: &mut dyn Host, base: &Lazy, args: &[Index], rhs: &Value, span: Span) -> Result<Value> {
    let grown = grown(base.shape(), args);
    if grown != *base.shape() {
        let larger = lazy_shape::resized(host, &Value::Lazy(base.clone()), &grown, span)?;
        let Value::Lazy(larger) = larger else { bail!("internal error: a large array grew into memory") };
        return assign(host, &larger, args, rhs, span);
    }
    let shape = base.shape().clone();
    let mut value = as_node(rhs, span)?;
    let dtype = assigned_type(base.dtype(), value.meta.dtype)
        .ok_or_else(|| fault!("octave_base_value::bool_array_value(): wrong type argument '{}'", rhs.type_name()))?;
    let cast = |node: Arc<Node>| match node.meta.dtype {
        own if own == dtype => Ok(node),
        own => Node::new(Op::map(ScalarFn::Cast, &[own], dtype), &[node], span),
    };
    value = cast(value)?;
    let base = &Lazy(cast(base.0.clone())?);
    // A mask of elements: a choice between the two, element by element.
    if let [Index::Value(mask)] = args
        && mask.dtype() == Some(DType::Bool)
        && mask.shape() == shape
        && value.meta.shape.is_scalar()
    {
        let mask = as_node(mask, span)?;
        let op = Op::map(ScalarFn::Select, &[DType::Bool, base.dtype(), base.dtype()], base.dtype());
        return Ok(Value::Lazy(Lazy(Node::new(op, &[mask, value, base.0.clone()], span)?)));
    }
    if let [one] = args
        && !shape.is_vector()
        && value.meta.shape.is_scalar()
        && let Pick::Slice(slice) = pick(host, one, shape.len(), 0, 1, &shape)?
    {
        let mask = lazy_linear::named(&shape, slice, span)?;
        let op = Op::map(ScalarFn::Select, &[DType::Bool, base.dtype(), base.dtype()], base.dtype());
        return Ok(Value::Lazy(Lazy(Node::new(op, &[mask, value, base.0.clone()], span)?)));
    }
    let mut axes: SmallVec<[AxisSlice; 4]> = SmallVec::new();
    let vector_axis = usize::from(shape.is_row());
    let args: Vec<Index> = match args {
        [Index::All] => shape.iter().map(|_| Index::All).collect(),
        [one] if shape.is_vector() => {
            let mut out: Vec<Index> = vec![Index::All, Index::All];
            out[vector_axis] = one.clone();
            out
        }
        many if many.len() >= shape.rank() => many.to_vec(),
        _ => bail!("=: a large {shape} array is assigned with a subscript for each of its dimensions, or with a mask"),
    };
    let mut picks = Vec::new();
    for (axis, arg) in args.iter().enumerate() {
        let pick = pick(host, arg, shape.extent(axis), axis, args.len(), &shape)?;
        if axis < shape.rank() {
            picks.push(pick);
        }
    }
    if picks.iter().any(|p| matches!(p, Pick::List(_))) {
        return Ok(Value::Lazy(Lazy(assign_lists(base, &picks, value, span)?)));
    }
    axes.extend(picks.iter().map(|pick| match pick {
        Pick::Slice(slice) => *slice,
        Pick::List(list) => AxisSlice { start: 0, step: 1, len: list.len() },
    }));
    if axes.iter().any(|s| s.len == 0) {
        return Ok(Value::Lazy(base.clone()));
    }
    // `A(:, 3) = row` and the like: the value may lie another way, as long as it has as many elements.
    let wanted = Shape::new(&axes.iter().map(|s| s.len).collect::<Vec<_>>());
    if !value.meta.shape.is_scalar() && value.meta.shape != wanted && value.meta.shape.len() == wanted.len() {
        let squeezed = |s: &Shape| s.iter().copied().filter(|&d| d != 1).collect::<Vec<_>>();
        if squeezed(&value.meta.shape) == squeezed(&wanted) {
            value = reshape(&value, wanted, span)?;
        }
    }
    Ok(Value::Lazy(Lazy(Node::new(Op::Assign { axes }, &[base.0.clone(), value], span)?)))
}

/// The shape that an assignment makes of one: subscripts beyond an end move it, where there is one for each dimension.
fn grown(shape: &Shape, args: &[Index]) -> Shape {
    let reach = |arg: &Index| match arg {
        Index::Value(Value::Num(x)) => *x,
        Index::Value(Value::Range(r)) if !r.is_empty() => r.start.max(r.last),
        Index::Value(Value::Array(b)) if b.dtype() != DType::Bool => {
            (0..b.len()).map(|i| b.data().get_f64(i)).fold(0.0, f64::max)
        }
        _ => 0.0,
    };
    let whole = |x: f64| if x.fract() == 0.0 && x < 1e15 { x.max(0.0) as usize } else { 0 };
    let along = |axis: usize, arg: &Index| shape.extent(axis).max(whole(reach(arg)));
    match args {
        [one] if shape.is_vector() => {
            let axis = usize::from(shape.is_row());
            shape.with_extent(axis, along(axis, one))
        }
        many if many.len() < shape.rank() => shape.clone(),
        many => Shape::new(&many.iter().enumerate().map(|(axis, arg)| along(axis, arg)).collect::<Vec<_>>()),
    }
}

/// `A(lists) = value`: element by element, the value where all subscripts name the place, else what was there. Layers of
/// the value are found by the last place of a list that names them.
fn assign_lists(base: &Lazy, picks: &[Pick], mut value: Arc<Node>, span: Span) -> Result<Arc<Node>> {
    let wanted = Shape::new(&picks.iter().map(Pick::len).collect::<Vec<_>>());
    if !value.meta.shape.is_scalar() && value.meta.shape != wanted {
        let solid = |s: &Shape| s.iter().copied().filter(|&d| d != 1).collect::<Vec<_>>();
        if solid(&value.meta.shape) != solid(&wanted) {
            let own = &value.meta.shape;
            return Err(
                fault!("=: nonconformant arguments (op1 is {wanted}, op2 is {own})").id("Octave:nonconformant-args")
            );
        }
        value = reshape(&value, wanted.clone(), span)?;
    }
    if wanted.is_empty() {
        return Ok(base.0.clone());
    }
    let single = value.meta.shape.is_scalar();
    let mut mask: Option<Arc<Node>> = None;
    for (axis, pick) in picks.iter().enumerate() {
        let extent = base.shape().extent(axis);
        let mut named = vec![false; extent];
        let mut from = vec![0u64; extent];
        let mut note = |place: usize, k: usize| (named[place], from[place]) = (true, k as u64);
        match pick {
            Pick::Slice(s) if s.is_all(extent) => continue,
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
    let Some(mask) = mask else { return Ok(base.0.clone()) };
    let op = Op::map(ScalarFn::Select, &[DType::Bool, base.dtype(), base.dtype()], base.dtype());
    Node::new(op, &[mask, value, base.0.clone()], span)
}

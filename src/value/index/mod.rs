//! Indexing: `x(i, j)` and `c{i}` for dense values.
//!
//! A result has the shape Octave gives it: the shape of the index, except that a vector indexed by a vector keeps its
//! own orientation; fewer subscripts than axes see the trailing axes as one. Faults say `index (...)`; whoever knows
//! the variable puts its name there with [`with_name`]. Knows nothing of graphs: a lazy array is an error here.

mod lattice;
mod subscript;

use lattice::gather;
pub use lattice::{folded_extents, scatter};
use subscript::along_mask;
pub use subscript::{Index, Subscript, along, out_of_bound, resolve, with_name};

use super::convert::narrow;
use super::{Cell, Diagonal, Value, gather_first};
use crate::array::{Block, Data, Shape, room};
use crate::diag::{Fault, Result};
use crate::{bail, fault, map_data};
use std::sync::Arc;

/// What a list of subscripts selects from an array of some shape: where, and in which shape.
pub struct Selection {
    pub subs: smallvec::SmallVec<[Subscript; 3]>,
    /// One extent a subscript.
    pub extents: smallvec::SmallVec<[usize; 4]>,
    pub shape: Shape,
}

impl Selection {
    /// Resolves arguments (at least one) against a shape.
    ///
    /// # Errors
    /// An index that is none, or lies outside.
    pub fn new(shape: &Shape, args: &[Index]) -> Result<Selection> {
        Selection::of(shape, resolve(args)?)
    }

    /// The same for arguments that are resolved.
    ///
    /// # Errors
    /// An index that lies outside.
    pub fn of(shape: &Shape, subs: smallvec::SmallVec<[Subscript; 3]>) -> Result<Selection> {
        let extents = folded_extents(shape, subs.len());
        for (place, (sub, &extent)) in subs.iter().zip(&extents).enumerate() {
            let reach = sub.reach(extent);
            if reach > extent {
                return Err(out_of_bound(reach, extent, place, subs.len(), shape));
            }
        }
        let selected = match &subs[..] {
            [sub] => linear_shape(shape, sub, extents[0]),
            _ => {
                let lens: smallvec::SmallVec<[usize; 4]> =
                    subs.iter().zip(&extents).map(|(sub, &extent)| sub.len(extent)).collect();
                Shape::new(&lens)
            }
        };
        Ok(Selection { subs, extents, shape: selected })
    }

    /// The position of the one element that is selected; `None` where there are several or none.
    pub fn single(&self) -> Option<usize> {
        if !self.shape.is_scalar() {
            return None;
        }
        let mut stride = 1;
        let mut at = 0;
        for (sub, &extent) in self.subs.iter().zip(&self.extents) {
            at += sub.position(0) * stride;
            stride *= extent;
        }
        Some(at)
    }

    /// The selected elements of an array of that shape.
    pub fn gather<T: Clone>(&self, data: &[T]) -> Vec<T> {
        gather(data, &self.extents, &self.subs)
    }
}

/// The shape of `x(i)` for one subscript.
fn linear_shape(shape: &Shape, sub: &Subscript, len: usize) -> Shape {
    let own = sub.shape(len);
    if sub.is_colon() { own } else { directed(shape, own, sub.len(len)) }
}

/// The shape of `x(i)` where `i` is a list of several elements in this shape.
pub fn listed_shape(shape: &Shape, own: Shape) -> Shape {
    let count = own.len();
    directed(shape, own, count)
}

/// The shape of the `count` elements that a mask of one shape selects from an array of another.
pub fn masked_shape(shape: &Shape, mask: &Shape, count: usize) -> Shape {
    directed(shape, along_mask(mask, count), count)
}

/// A subscript's own shape, but a vector keeps its direction under a vector.
fn directed(shape: &Shape, own: Shape, count: usize) -> Shape {
    if shape.is_scalar() || count == 1 || along(&own, 1).is_none() {
        return own;
    }
    along(shape, count).unwrap_or(own)
}

/// `value(args)`. No arguments give the value itself.
///
/// # Errors
/// As Octave's for bad and outlying subscripts; handles, maps and lazy arrays are not indexed here.
pub fn index(value: &Value, args: &[Index]) -> Result<Value> {
    if let Some(found) = scalar_element(value, args) {
        return Ok(found);
    }
    if args.is_empty() {
        return Ok(value.clone());
    }
    Ok(match value {
        Value::Num(_) | Value::Bool(_) => Value::block(select(&*value.to_block()?, args)?),
        Value::Array(block) => Value::block(narrow(select(block, args)?)),
        Value::Char(block, quote) => Value::Char(Arc::new(select(block, args)?), *quote),
        Value::Range(range) => {
            let selection = selected(&value.shape(), args, size_of::<f64>())?;
            // Along a row every axis but the second has extent 1, so each position is the range's own.
            let at = match &selection.subs[..] {
                [sub] => (0..selection.shape.len()).map(|k| range.get(sub.position(k))).collect(),
                _ => selection.gather(value.to_block()?.slice::<f64>().unwrap_or(&[])),
            };
            Value::block(Block::dense(selection.shape, Data::F64(at)))
        }
        Value::Diag(diagonal) => index_diagonal(diagonal, args)?,
        Value::Cell(cell) => {
            let selection = selected(cell.shape(), args, size_of::<Value>())?;
            let values = selection.gather(&cell.values);
            Value::Cell(Arc::new(Cell::new(selection.shape, values)))
        }
        Value::Struct(records) => {
            let selection = selected(records.shape(), args, size_of::<Value>() * records.names().len())?;
            let shape = selection.shape.clone();
            Value::Struct(Arc::new(records.remap(shape, |column| selection.gather(column))))
        }
        Value::Func(_) | Value::Map(_) | Value::Object(_) => {
            bail!("'()' undefined for arguments of type '{}'", value.class())
        }
        Value::Lazy(_) => return Err(gather_first("indexed")),
    })
}

/// `value{args}`: the selected values of a cell array in column-major order.
///
/// # Errors
/// `matrix cannot be indexed with {` for what is no cell array, and the faults of subscripts.
pub fn cell_values(value: &Value, args: &[Index]) -> Result<Vec<Value>> {
    let Value::Cell(cell) = value else { return Err(no_braces(value)) };
    if let [Index::Value(Value::Num(x))] = args
        && let Some(found) = position_below(*x, cell.values.len()).map(|at| &cell.values[at])
    {
        return Ok(vec![found.clone()]);
    }
    if args.is_empty() {
        return Ok(cell.values.clone());
    }
    Ok(selected(cell.shape(), args, size_of::<Value>())?.gather(&cell.values))
}

/// The fault of `x{...}` where `x` is no cell array.
pub fn no_braces(value: &Value) -> Fault {
    match value {
        Value::Struct(_) => fault!("struct cannot be indexed with {{"),
        Value::Func(_) => fault!("function handle cannot be indexed with {{"),
        Value::Range(_) => fault!("double_range cannot be indexed with {{"),
        Value::Map(_) => fault!("containers.Map: only '()' indexing is supported"),
        other => fault!("{} cannot be indexed with {{", other.type_name()),
    }
}

/// The position of an index from 1 that is an integer inside an extent.
fn position_below(x: f64, extent: usize) -> Option<usize> {
    let at = x as usize;
    (at as f64 == x && at >= 1 && at <= extent).then(|| at - 1)
}

/// One element by one or two scalar subscripts, without any allocation; `None` where the general way must decide.
fn scalar_element(value: &Value, args: &[Index]) -> Option<Value> {
    let at = match args {
        [Index::Value(Value::Num(i))] => position_below(*i, value.numel())?,
        [Index::Value(Value::Num(i)), Index::Value(Value::Num(j))] => {
            let Value::Array(block) = value else { return None };
            let shape = block.shape();
            if shape.rank() != 2 {
                return None;
            }
            position_below(*i, shape.rows())? + position_below(*j, shape.columns())? * shape.rows()
        }
        _ => return None,
    };
    Some(match value {
        Value::Num(_) | Value::Bool(_) => value.clone(),
        Value::Range(range) => Value::Num(range.get(at)),
        Value::Array(block) => element(block.data(), at),
        _ => return None,
    })
}

/// One element of a block as a value; a complex one without imaginary part comes out real.
pub fn element(data: &Data, at: usize) -> Value {
    match data {
        Data::F64(v) => Value::Num(v[at]),
        Data::Bool(v) => Value::Bool(v[at]),
        Data::C64(v) => Value::complex(v[at]),
        other => {
            let single = map_data!(other, v => vec![v[at]]);
            Value::block(narrow(Block::dense(Shape::scalar(), single)))
        }
    }
}

/// What arguments select of an array in memory, `width` bytes an element, which has room for it.
fn selected(shape: &Shape, args: &[Index], width: usize) -> Result<Selection> {
    let selection = Selection::new(shape, args)?;
    room::check(&selection.shape, width)?;
    Ok(selection)
}

fn select(block: &Block, args: &[Index]) -> Result<Block> {
    if let [Index::Value(Value::Array(mask))] = args
        && let Data::Bool(kept) = mask.data()
        && mask.shape() == block.shape()
    {
        let count = kept.iter().filter(|&&kept| kept).count();
        let shape = masked_shape(block.shape(), mask.shape(), count);
        room::check(&shape, block.dtype().size())?;
        return Ok(Block::dense(shape, map_data!(block.data(), v => masked(v, kept, count))));
    }
    let selection = selected(block.shape(), args, block.dtype().size())?;
    let data = map_data!(block.data(), v => selection.gather(v));
    Ok(Block::dense(selection.shape, data))
}

/// The `count` elements that are kept. Each is written where the next one goes, kept or not: nothing has to be guessed.
fn masked<T: Copy + Default>(v: &[T], kept: &[bool], count: usize) -> Vec<T> {
    let mut out = vec![T::default(); count + 1];
    let mut at = 0;
    for (&x, &kept) in v.iter().zip(kept) {
        out[at] = x;
        at += usize::from(kept);
    }
    out.truncate(count);
    out
}

/// Leading rows and columns of a diagonal matrix are one again; anything else is full.
fn index_diagonal(diagonal: &Diagonal, args: &[Index]) -> Result<Value> {
    let shape = Shape::matrix(diagonal.rows, diagonal.columns);
    if let [rows, columns] = args {
        let subs = resolve(&[rows.clone(), columns.clone()])?;
        let (m, n) = (subs[0].len(shape.rows()), subs[1].len(shape.columns()));
        let leading = m <= shape.rows() && n <= shape.columns() && subs[0].is_whole(m) && subs[1].is_whole(n);
        if leading && !(m == 1 && n == 1) {
            let kept = map_data!(diagonal.diagonal.data(), v => v[..m.min(n)].to_vec());
            let diagonal = Block::dense(Shape::matrix(m.min(n), 1), kept);
            return Ok(Value::Diag(Arc::new(Diagonal { rows: m, columns: n, diagonal })));
        }
    }
    Ok(Value::block(narrow(select(&diagonal.full()?, args)?)))
}

#[cfg(test)]
mod tests;

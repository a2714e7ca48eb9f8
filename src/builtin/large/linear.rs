//! Subscripts of large arrays that count through all elements: what they name is taken column by column, so that nothing
//! but those columns is read.

use super::mask::linear;
use super::pick::Pick;
use crate::array::{DType, ScalarFn, Shape};
use crate::diag::{Result, Span};
use crate::ir::{AxisSlice, Node, Op, op::Source};
use crate::kernel::Formula;
use smallvec::SmallVec;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Most columns that a subscript is taken apart into.
const MOST_COLUMNS: usize = 4096;

/// The elements that a subscript names of a matrix, as a column; `None` where they lie in too many columns.
pub fn picked(x: &Arc<Node>, pick: &Pick, span: Span) -> Result<Option<Arc<Node>>> {
    let rows = x.meta.shape.rows();
    match pick {
        Pick::Slice(slice) => by_slice(x, *slice, rows, span),
        Pick::List(list) => by_list(x, list, rows, span),
    }
}

fn by_slice(x: &Arc<Node>, slice: AxisSlice, rows: usize, span: Span) -> Result<Option<Arc<Node>>> {
    let Some((low, high)) = slice.bounds() else { return Ok(None) };
    let step = slice.step.unsigned_abs();
    if ((high - 1) / rows - low / rows + 1).min(slice.len) > MOST_COLUMNS {
        return Ok(None);
    }
    let mut parts = Vec::new();
    let mut done = 0;
    while done < slice.len {
        let at = slice.then(AxisSlice { start: done, step: 1, len: 1 }).start;
        let (row, column) = (at % rows, at / rows);
        // As many steps as stay in the column.
        let room = if slice.step > 0 { rows - 1 - row } else { row } / step + 1;
        let len = room.min(slice.len - done);
        let axes = [AxisSlice { start: row, step: slice.step, len }, AxisSlice { start: column, step: 1, len: 1 }];
        parts.push(Node::new(Op::Slice { axes: SmallVec::from_slice(&axes) }, std::slice::from_ref(x), span)?);
        done += len;
    }
    joined(parts, span).map(Some)
}

fn by_list(x: &Arc<Node>, list: &[u64], rows: usize, span: Span) -> Result<Option<Arc<Node>>> {
    // For every column, the rows that are named and where in the list.
    let mut columns: BTreeMap<usize, (Vec<u64>, Vec<usize>)> = BTreeMap::new();
    for (k, &at) in list.iter().enumerate() {
        let (row, column) = (at % rows as u64, (at / rows as u64) as usize);
        let (named, places) = columns.entry(column).or_default();
        named.push(row);
        places.push(k);
        if columns.len() > MOST_COLUMNS {
            return Ok(None);
        }
    }
    let mut parts = Vec::with_capacity(columns.len());
    let mut order = vec![0u64; list.len()];
    let mut before = 0;
    for (column, (named, places)) in columns {
        let axes = [AxisSlice::all(rows), AxisSlice { start: column, step: 1, len: 1 }];
        let whole = Node::new(Op::Slice { axes: SmallVec::from_slice(&axes) }, std::slice::from_ref(x), span)?;
        places.iter().enumerate().for_each(|(i, &k)| order[k] = before + i as u64);
        before += named.len() as u64;
        parts.push(Node::new(Op::Gather { axis: 0, indices: Arc::new(named) }, &[whole], span)?);
    }
    let found = joined(parts, span)?;
    if order.iter().enumerate().all(|(k, &at)| at == k as u64) {
        return Ok(Some(found));
    }
    Node::new(Op::Gather { axis: 0, indices: Arc::new(order) }, &[found], span).map(Some)
}

fn joined(mut parts: Vec<Arc<Node>>, span: Span) -> Result<Arc<Node>> {
    if parts.len() == 1 {
        return Ok(parts.swap_remove(0));
    }
    Node::new(Op::Concat { axis: 0 }, &parts, span)
}

/// Which elements of an array of a shape an evenly spaced subscript names, as truth values made by formula.
pub fn named(shape: &Shape, slice: AxisSlice, span: Span) -> Result<Arc<Node>> {
    let (low, high) = slice.bounds().unwrap_or((0, 0));
    let number = |x: f64| {
        let formula = Formula::Fill { bits: x.to_bits(), dtype: DType::F64 };
        Node::new(Op::Source(Source::Formula(formula, Shape::scalar())), &[], span)
    };
    let with = |f, x: &Arc<Node>, y: f64, dtype| {
        Node::new(Op::map(f, &[DType::F64; 2], dtype), &[x.clone(), number(y)?], span)
    };
    let places = linear(shape.len(), shape.clone(), span)?;
    let from = with(ScalarFn::Sub, &places, low as f64 + 1.0, DType::F64)?;
    let steps = with(ScalarFn::Mod, &from, slice.step.unsigned_abs() as f64, DType::F64)?;
    let hit = with(ScalarFn::Eq, &steps, 0.0, DType::Bool)?;
    let and = |x: &Arc<Node>, y: &Arc<Node>| {
        Node::new(Op::map(ScalarFn::And, &[DType::Bool; 2], DType::Bool), &[x.clone(), y.clone()], span)
    };
    let begun = with(ScalarFn::Ge, &from, 0.0, DType::Bool)?;
    let ended = with(ScalarFn::Le, &places, high as f64, DType::Bool)?;
    and(&and(&hit, &begun)?, &ended)
}

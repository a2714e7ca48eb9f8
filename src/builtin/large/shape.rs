//! Large arrays turned, shifted and cut to triangles: each is a few slices, joins and choices that wait.

use super::mask::linear;
use crate::array::{DType, ScalarFn, Shape};
use crate::builtin::api::{Call, Host};
use crate::builtin::ops::{self, lazy};
use crate::diag::{Result, Span};
use crate::ir::AxisSlice;
use crate::kernel::Formula;
use crate::syntax::ast::BinaryOp;
use crate::value::Value;

/// Elements of the square boxes along a diagonal that are read for it.
const BOX: usize = 256;

/// Layers in reverse.
pub fn reversed(x: &Value, axis: usize, call: Call) -> Result<Value> {
    let n = x.shape().extent(axis);
    lazy::layers(x, axis, AxisSlice { start: n.saturating_sub(1), step: -1, len: n }, call.span)
}

/// Layers moved on by `by` places along an axis; what falls off returns at the other end.
pub fn shifted(host: &mut dyn Host, x: &Value, axis: usize, by: i64, call: Call) -> Result<Value> {
    let n = x.shape().extent(axis);
    let k = (by as i128).rem_euclid(n.max(1) as i128) as usize;
    if k == 0 {
        return Ok(x.clone());
    }
    let part = |start, len| lazy::layers(x, axis, AxisSlice { start, step: 1, len }, call.span);
    lazy::concat(host, &[part(n - k, k)?, part(0, n - k)?], axis, call.span)
}

/// Rotated counter-clockwise by quarter turns in the plane of two axes.
pub fn rotated(host: &mut dyn Host, x: &Value, turns: i64, (p, q): (usize, usize), call: Call) -> Result<Value> {
    let turns = turns.rem_euclid(4);
    if turns == 2 {
        return reversed(&reversed(x, p, call)?, q, call);
    }
    if turns == 0 {
        return Ok(x.clone());
    }
    let mut perm: Vec<usize> = (0..x.shape().rank()).collect();
    perm.swap(p, q);
    let turned = lazy::permute(host, x, &perm, call.span)?;
    reversed(&turned, if turns == 1 { p } else { q }, call)
}

/// The elements whose column less their row is at most (`lower`) or at least `k`; zero elsewhere.
pub fn triangle(host: &mut dyn Host, x: &Value, k: i64, lower: bool, call: Call) -> Result<Value> {
    let (rows, columns) = (x.shape().rows(), x.shape().columns());
    let rows = lazy::value(linear(rows, Shape::matrix(rows, 1), call.span)?);
    let columns = lazy::value(linear(columns, Shape::matrix(1, columns), call.span)?);
    let offset = ops::binary(host, BinaryOp::Sub, &columns, &rows, call.span)?;
    let op = if lower { BinaryOp::Le } else { BinaryOp::Ge };
    let kept = ops::binary(host, op, &offset, &Value::Num(k as f64), call.span)?;
    let who = ops::elementwise::Who::Function(if lower { "tril" } else { "triu" });
    let result = lazy::elementwise(host, ScalarFn::Select, &[&kept, x, &Value::Num(0.0)], who, call.span)?;
    // A triangle of truths is one of truths.
    match x.dtype() {
        Some(dtype) if result.dtype() != Some(dtype) => lazy::cast(host, &result, dtype, call.span),
        _ => Ok(result),
    }
}

/// The diagonal of a matrix that starts at a row and column, `n` elements long, read in small boxes.
pub fn diagonal(host: &mut dyn Host, x: &Value, (row, column): (usize, usize), n: usize, call: Call) -> Result<Value> {
    let mut pieces = Vec::new();
    for start in (0..n).step_by(BOX) {
        let len = BOX.min(n - start);
        let rows = lazy::layers(x, 0, AxisSlice { start: row + start, step: 1, len }, call.span)?;
        let square = lazy::layers(&rows, 1, AxisSlice { start: column + start, step: 1, len }, call.span)?;
        let line = lazy::reshape(host, &square, Shape::matrix(len * len, 1), call.span)?;
        pieces.push(lazy::layers(&line, 0, AxisSlice { start: 0, step: len as isize + 1, len }, call.span)?);
    }
    match pieces.as_slice() {
        [one] => Ok(one.clone()),
        many => lazy::concat(host, many, 0, call.span),
    }
}

/// The square matrix with a vector on its diagonal number `k`.
pub fn with_diagonal(host: &mut dyn Host, x: &Value, k: i64, span: Span) -> Result<Value> {
    let (n, by) = (x.numel(), k.unsigned_abs() as usize);
    let dtype = x.dtype().unwrap_or(DType::F64);
    let column = lazy::reshape(host, x, Shape::matrix(n, 1), span)?;
    let mut square = ops::lazy_diagonal::square(&column, span)?;
    if by > 0 {
        let side = n.saturating_add(by);
        let mut zeros =
            |rows, columns| lazy::formula(host, Formula::Fill { bits: 0, dtype }, Shape::matrix(rows, columns), span);
        let (beside, beyond) = (zeros(n, by)?, zeros(by, side)?);
        let strip = lazy::concat(host, &if k > 0 { [beside, square] } else { [square, beside] }, 1, span)?;
        square = lazy::concat(host, &if k > 0 { [strip, beyond] } else { [beyond, strip] }, 0, span)?;
    }
    Ok(square)
}

/// Cut or padded with zeros to a shape.
pub fn resized(host: &mut dyn Host, x: &Value, shape: &Shape, span: Span) -> Result<Value> {
    let dtype = x.dtype().unwrap_or(DType::F64);
    let mut result = x.clone();
    for axis in 0..shape.rank().max(x.shape().rank()) {
        let (own, wanted) = (result.shape().extent(axis), shape.extent(axis));
        if wanted < own {
            result = lazy::layers(&result, axis, AxisSlice::all(wanted), span)?;
        } else if wanted > own {
            let zeros = result.shape().with_extent(axis, wanted - own);
            let zeros = lazy::formula(host, Formula::Fill { bits: 0, dtype }, zeros, span)?;
            result = lazy::concat(host, &[result, zeros], axis, span)?;
        }
    }
    Ok(result)
}

/// Matrices of one type along a diagonal.
pub fn along_diagonal(host: &mut dyn Host, blocks: &[Value], call: Call) -> Result<Value> {
    let columns: usize = blocks.iter().map(|x| x.shape().columns()).sum();
    let mut strips = Vec::with_capacity(blocks.len());
    let mut left = 0;
    for x in blocks {
        let (shape, dtype) = (x.shape(), x.dtype().unwrap_or(DType::F64));
        let right = columns - left - shape.columns();
        let zeros = |host: &mut dyn Host, n: usize| {
            lazy::formula(host, Formula::Fill { bits: 0, dtype }, Shape::matrix(shape.rows(), n), call.span)
        };
        let parts = [zeros(host, left)?, x.clone(), zeros(host, right)?];
        let parts: Vec<Value> = parts.into_iter().filter(|part| part.shape().columns() > 0).collect();
        strips.push(lazy::concat(host, &parts, 1, call.span)?);
        left += shape.columns();
    }
    lazy::concat(host, &strips, 0, call.span)
}

/// The elements of a vector along an axis, the same for every place along the others.
pub fn spread(host: &mut dyn Host, x: &Value, axis: usize, shape: &Shape, call: Call) -> Result<Value> {
    let along = lazy::reshape(host, x, Shape::scalar().with_extent(axis, x.numel()), call.span)?;
    let everywhere =
        lazy::formula(host, Formula::Fill { bits: 1f64.to_bits(), dtype: DType::Bool }, shape.clone(), call.span)?;
    let who = ops::elementwise::Who::Function("ndgrid");
    lazy::elementwise(host, ScalarFn::Select, &[&everywhere, &along, &along], who, call.span)
}

/// The Kronecker product of two matrices: every element of one times the whole of the other.
pub fn kron(host: &mut dyn Host, a: &Value, b: &Value, call: Call) -> Result<Value> {
    let (s, t) = (a.shape(), b.shape());
    let a = lazy::reshape(host, a, Shape::new(&[1, s.rows(), 1, s.columns()]), call.span)?;
    let b = lazy::reshape(host, b, Shape::new(&[t.rows(), 1, t.columns(), 1]), call.span)?;
    let product = ops::binary(host, BinaryOp::ElMul, &a, &b, call.span)?;
    lazy::reshape(host, &product, Shape::matrix(s.rows() * t.rows(), s.columns() * t.columns()), call.span)
}

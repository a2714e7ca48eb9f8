//! Diagonals of large matrices, of which only the blocks they run through are touched, and large matrices made of a
//! diagonal, of which nothing is stored but that.

use super::lazy;
use crate::array::{DType, ScalarFn, Shape};
use crate::builtin::{Host, large};
use crate::diag::{Result, Span};
use crate::ir::op::{AxisSlice, Source};
use crate::ir::{Node, Op};
use crate::kernel::{Formula, Instr, MapBody, Operand, ReduceKind};
use crate::value::{Diagonal, Value};
use smallvec::{SmallVec, smallvec};
use std::sync::Arc;

/// More pieces than this cost more to plan than larger blocks cost to read.
const MOST_PIECES: usize = 4096;

/// Diagonal `k` (above the main one where positive) of a matrix of floating-point numbers, as a column; `None` where
/// there are no elements on it.
///
/// Cut along the diagonal into square blocks; of each, what the identity selects is summed along rows.
pub fn diagonal(x: &Arc<Node>, k: i64, span: Span) -> Result<Option<Arc<Node>>> {
    let (shape, chunks) = (&x.meta.shape, &x.meta.chunks);
    let (down, right) = ((-k).max(0) as usize, k.max(0) as usize);
    let len = shape.rows().saturating_sub(down).min(shape.columns().saturating_sub(right));
    let side = chunks[0].min(chunks[1]).max(len.div_ceil(MOST_PIECES)).max(1);
    let mut pieces = Vec::new();
    for start in (0..len).step_by(side) {
        let n = side.min(len - start);
        let axis = |start| AxisSlice { start, step: 1, len: n };
        let axes = smallvec![axis(start + down), axis(start + right)];
        let block = Node::new(Op::Slice { axes }, std::slice::from_ref(x), span)?;
        let selected = on_diagonal(Shape::matrix(n, n), &block, span)?;
        pieces.push(Node::new(Op::Reduce { kind: ReduceKind::Sum, axes: 0b10 }, &[selected], span)?);
    }
    Ok(match pieces.len() {
        0 | 1 => pieces.pop(),
        _ => Some(Node::new(Op::Concat { axis: 0 }, &pieces, span)?),
    })
}

/// Where the diagonal of a matrix runs, what another array has there; zero elsewhere.
fn on_diagonal(shape: Shape, x: &Arc<Node>, span: Span) -> Result<Arc<Node>> {
    let dtype = x.meta.dtype;
    let eye = Source::Formula(Formula::Eye { dtype: DType::Bool }, shape);
    let eye = Node::new(Op::Source(eye), &[], span)?;
    let args: SmallVec<[Operand; 3]> = smallvec![Operand::Input(0), Operand::Input(1), Operand::constant(0.0)];
    let select = Instr { f: ScalarFn::Select, args, dtype };
    let body = MapBody { inputs: vec![DType::Bool, dtype], instrs: vec![select] };
    Node::new(Op::Map(Arc::new(body)), &[eye, x.clone()], span)
}

/// A diagonal matrix as a node: the identity is a formula, others choose between their diagonal and zero.
pub fn matrix(d: &Diagonal, span: Span) -> Result<Arc<Node>> {
    let (shape, dtype) = (Shape::matrix(d.rows, d.columns), d.diagonal.dtype());
    if !dtype.is_complex() && (0..d.diagonal.len()).all(|k| d.diagonal.data().get_f64(k) == 1.0) {
        return Node::new(Op::Source(Source::Formula(Formula::Eye { dtype }, shape)), &[], span);
    }
    on_diagonal(shape, &lazy::as_node(&along(d, d.rows > d.columns), span)?, span)
}

/// A square matrix with an array that waits, a column, on its diagonal.
pub fn square(x: &Value, span: Span) -> Result<Value> {
    let n = x.numel();
    on_diagonal(Shape::matrix(n, n), &lazy::as_node(x, span)?, span).map(lazy::value)
}

/// The elements of a diagonal along the columns or the rows of a matrix.
fn along(d: &Diagonal, columns: bool) -> Value {
    let n = d.diagonal.len();
    Value::block(d.diagonal.clone().with_shape(if columns { Shape::matrix(1, n) } else { Shape::matrix(n, 1) }))
}

/// `d * x` (rows of `x` scaled), `x * d` (columns), or the division by `d` from that side, for an `x` that waits.
/// Division by a zero on the diagonal gives zero.
pub fn scaled(host: &mut dyn Host, d: &Diagonal, x: &Value, columns: bool, divide: bool, span: Span) -> Result<Value> {
    let axis = usize::from(columns);
    let shape = match (columns, divide) {
        (false, false) => Shape::matrix(d.rows, x.shape().columns()),
        (false, true) => Shape::matrix(d.columns, x.shape().columns()),
        (true, false) => Shape::matrix(x.shape().rows(), d.columns),
        (true, true) => Shape::matrix(x.shape().rows(), d.rows),
    };
    let kept = lazy::layers(x, axis, AxisSlice::all(d.diagonal.len()), span)?;
    let factors = along(d, columns);
    let who = super::elementwise::Who::Operator(if divide { "/" } else { "*" });
    let result = if divide {
        let quotient = lazy::elementwise(host, ScalarFn::Div, &[&kept, &factors], who, span)?;
        let regular = lazy::elementwise(host, ScalarFn::Ne, &[&factors, &Value::Num(0.0)], who, span)?;
        lazy::elementwise(host, ScalarFn::Select, &[&regular, &quotient, &Value::Num(0.0)], who, span)?
    } else {
        lazy::elementwise(host, ScalarFn::Mul, &[&kept, &factors], who, span)?
    };
    large::shape::resized(host, &result, &shape, span)
}

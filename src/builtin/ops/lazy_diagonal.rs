//! A diagonal of a large matrix: only the blocks it runs through are touched.

use crate::array::{DType, ScalarFn, Shape};
use crate::diag::{Result, Span};
use crate::ir::op::{AxisSlice, Source};
use crate::ir::{Node, Op};
use crate::kernel::{Formula, Instr, MapBody, Operand, ReduceKind};
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
        let eye = Source::Formula(Formula::Eye { dtype: DType::Bool }, Shape::matrix(n, n));
        let eye = Node::new(Op::Source(eye), &[], span)?;
        let dtype = x.meta.dtype;
        let args: SmallVec<[Operand; 3]> = smallvec![Operand::Input(0), Operand::Input(1), Operand::constant(0.0)];
        let select = Instr { f: ScalarFn::Select, args, dtype };
        let body = MapBody { inputs: vec![DType::Bool, dtype], instrs: vec![select] };
        let selected = Node::new(Op::Map(Arc::new(body)), &[eye, block], span)?;
        pieces.push(Node::new(Op::Reduce { kind: ReduceKind::Sum, axes: 0b10 }, &[selected], span)?);
    }
    Ok(match pieces.len() {
        0 | 1 => pieces.pop(),
        _ => Some(Node::new(Op::Concat { axis: 0 }, &pieces, span)?),
    })
}

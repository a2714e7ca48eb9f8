//! What every operator falls back on: a kernel run at once, or the refusal of what has no such operator.

use crate::array::{Block, DType, Order, Pool};
use crate::diag::{Fault, Result};
use crate::fault;
use crate::kernel::{self, Context, Kernel};
use crate::value::Value;
use std::sync::Arc;

/// `binary operator '+' not implemented for 'cell' by 'matrix' operations`.
pub fn not_implemented(symbol: &str, a: &Value, b: &Value) -> Fault {
    fault!("binary operator '{symbol}' not implemented for '{}' by '{}' operations", operand_name(a), operand_name(b))
}

/// What messages about operators call a value: truth values, text, ranges and diagonal matrices appear as the plain
/// numbers they would be turned into.
fn operand_name(x: &Value) -> String {
    let kind = if x.is_scalar() { "scalar" } else { "matrix" };
    match x {
        Value::Bool(_) | Value::Char(..) | Value::Range(_) => kind.to_owned(),
        Value::Array(b) if b.dtype() == DType::Bool => kind.to_owned(),
        Value::Diag(d) if d.diagonal.dtype() == DType::F64 => kind.to_owned(),
        other => other.type_name().into_owned(),
    }
}

/// Runs a kernel on dense blocks, on this thread.
pub fn run(kernel: &Kernel, args: Vec<Arc<Block>>) -> Result<Block> {
    let pool = Pool::new();
    let block = kernel::run(kernel, args, &Context { pool: &pool, threads: 1 })?;
    Ok(column_major(block))
}

/// A block in column-major order.
pub fn column_major(block: Block) -> Block {
    if block.order() == Order::F {
        return block;
    }
    let shape = block.shape().clone();
    if block.is_order_free() {
        return Block::dense(shape, block.into_data());
    }
    let strides = block.strides();
    let position = |mut at: usize| {
        (0..shape.rank()).fold(0, |sum, axis| {
            let coordinate = at % shape[axis];
            at /= shape[axis];
            sum + coordinate * strides[axis]
        })
    };
    let data = crate::map_data!(block.data(), v => (0..v.len()).map(|at| v[position(at)]).collect());
    Block::dense(shape, data)
}

//! Blocks in another order in memory.

pub use crate::array::strided::{CopyBox, Transfer, strides_of, transfer};
use crate::array::{Block, Order, Pool};

/// The block with its elements in another order in memory; the same bytes where both orders agree.
pub fn reordered(block: &Block, order: Order, pool: &Pool) -> Block {
    let mut data = pool.take(block.dtype(), block.len());
    let copy = CopyBox {
        dims: block.shape(),
        from: strides_of(block.shape(), block.order()),
        to: strides_of(block.shape(), order),
    };
    transfer(block.data(), &mut data, copy);
    Block::new(block.shape().clone(), order, data)
}

//! Moving elements whatever their type: the table of types is here once, the kernels that only move are generic.

use crate::array::{Block, Data, Order, Pool, Shape};
use crate::kernel::strided::{self, View};

/// Something done with a source and a target that hold elements of the same type.
pub trait Transfer {
    fn run<T: Copy>(self, from: &[T], to: &mut [T]);
}

macro_rules! same_type {
    ($from:expr, $to:expr, $transfer:expr, $($variant:ident)*) => {
        match ($from, $to) {
            $((Data::$variant(from), Data::$variant(to)) => $transfer.run(from, to),)*
            (from, to) => unreachable!("elements of {:?} do not go into {:?}", from.dtype(), to.dtype()),
        }
    };
}

/// Runs a transfer between buffers of one type; the caller made the target with the type of the source.
pub fn transfer(from: &Data, to: &mut Data, transfer: impl Transfer) {
    same_type!(from, to, transfer, F64 F32 I8 I16 I32 I64 U8 U16 U32 U64 Bool Char C64 C32);
}

/// A box of elements from one strided view to another.
pub struct CopyBox<'a> {
    pub dims: &'a [usize],
    pub from: View,
    pub to: View,
}

impl Transfer for CopyBox<'_> {
    fn run<T: Copy>(self, from: &[T], to: &mut [T]) {
        strided::copy(self.dims, from, &self.from, to, &self.to);
    }
}

/// Strides of a contiguous array of this shape and order, by axis.
pub fn strides_of(shape: &Shape, order: Order) -> View {
    let rank = shape.rank();
    let mut view = View::contiguous(rank);
    let mut stride = 1isize;
    for i in 0..rank {
        let axis = if order == Order::F { i } else { rank - 1 - i };
        view.strides[axis] = stride;
        stride *= shape[axis].max(1) as isize;
    }
    view
}

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

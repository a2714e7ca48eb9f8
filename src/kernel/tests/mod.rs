//! Every kernel against a naive loop, over random shapes, orders and types.

mod dot;
mod map;
mod reduce;
mod scan;

use super::elements::reordered;
use super::{Context, Kernel, run};
use crate::array::{Block, Complex32, Complex64, DType, Data, Order, Pool, Shape};
use crate::diag::Result;
use proptest::prelude::*;
use std::sync::Arc;

pub fn call(kernel: Kernel, args: Vec<Arc<Block>>) -> Result<Block> {
    let pool = Pool::new();
    run(&kernel, args, &Context { pool: &pool, threads: 1 })
}

pub fn orders() -> impl Strategy<Value = Order> {
    prop_oneof![Just(Order::F), Just(Order::C)]
}

/// A small shape of up to four axes; extents of 0 and 1 happen.
pub fn shapes() -> impl Strategy<Value = Shape> {
    proptest::collection::vec(prop_oneof![1 => Just(0usize), 3 => Just(1), 12 => 2usize..7], 2..5)
        .prop_map(|dims| Shape::new(&dims))
}

/// Numbers that look for trouble: small integers, halves, NaN, infinities, signed zeros, and plain ones.
pub fn interesting(i: usize, salt: u64) -> f64 {
    let mut z = (i as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ salt.wrapping_mul(0xD6E8_FEB8_6659_FD93);
    z = (z ^ (z >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    z ^= z >> 29;
    match z % 23 {
        0 => f64::NAN,
        1 => f64::INFINITY,
        2 => f64::NEG_INFINITY,
        3 => -0.0,
        4..=9 => (z >> 8) as i8 as f64 / 2.0,
        10 => (z >> 8) as f64,
        _ => ((z >> 11) as f64 / (1u64 << 53) as f64 - 0.5) * 20.0,
    }
}

/// A block of a type filled from real numbers, in column-major sequence, then brought into an order.
pub fn block(dtype: DType, shape: &Shape, order: Order, value: impl Fn(usize) -> f64) -> Block {
    let n = shape.len();
    let whole = |i: usize| value(i).round();
    let data = match dtype {
        DType::F64 => Data::F64((0..n).map(value).collect()),
        DType::F32 => Data::F32((0..n).map(|i| value(i) as f32).collect()),
        DType::I8 => Data::I8((0..n).map(|i| whole(i) as i8).collect()),
        DType::I16 => Data::I16((0..n).map(|i| whole(i) as i16).collect()),
        DType::I32 => Data::I32((0..n).map(|i| whole(i) as i32).collect()),
        DType::I64 => Data::I64((0..n).map(|i| whole(i) as i64).collect()),
        DType::U8 => Data::U8((0..n).map(|i| whole(i) as u8).collect()),
        DType::Char => Data::Char((0..n).map(|i| whole(i) as u8).collect()),
        DType::U16 => Data::U16((0..n).map(|i| whole(i) as u16).collect()),
        DType::U32 => Data::U32((0..n).map(|i| whole(i) as u32).collect()),
        DType::U64 => Data::U64((0..n).map(|i| whole(i) as u64).collect()),
        DType::Bool => Data::Bool((0..n).map(|i| value(i) > 1.0).collect()),
        DType::C64 => Data::C64((0..n).map(|i| Complex64::new(value(i), value(i + n))).collect()),
        DType::C32 => Data::C32((0..n).map(|i| Complex32::new(value(i) as f32, value(i + n) as f32)).collect()),
    };
    reordered(&Block::dense(shape.clone(), data), order, &Pool::new())
}

/// The element at these coordinates, whatever the order; coordinates along axes of extent 1 do not matter.
pub fn at(block: &Block, coords: &[usize]) -> usize {
    let strides = block.strides();
    (0..block.shape().rank()).map(|a| if block.shape().extent(a) == 1 { 0 } else { coords[a] * strides[a] }).sum()
}

/// All coordinates of a shape, the first axis fastest.
pub fn coordinates(shape: &Shape) -> Vec<Vec<usize>> {
    (0..shape.len())
        .map(|n| {
            let mut rest = n;
            shape
                .iter()
                .map(|&d| {
                    let k = rest % d;
                    rest /= d;
                    k
                })
                .collect()
        })
        .collect()
}

/// Equal, NaN included, and -0 apart from 0.
pub fn same(a: f64, b: f64) -> bool {
    a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan())
}

/// Equal but for rounding.
pub fn close(a: f64, b: f64, tolerance: f64) -> bool {
    a == b || (a.is_nan() && b.is_nan()) || (a - b).abs() <= tolerance * b.abs().max(1.0)
}

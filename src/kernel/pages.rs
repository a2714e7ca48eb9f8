//! Products of the matrices that arrays of more than two dimensions hold, page by page. A page of extent 1 along an axis
//! goes with every page of the other operand.

use super::dot;
use super::elements::reordered;
use super::{Conj, Context, Price};
use crate::array::{Block, Complex32, Complex64, DType, Element, Order, Shape};
use crate::diag::Result;
use crate::fault;
use faer::traits::ComplexField;
use faer::{Accum, MatMut, MatRef, Par};
use smallvec::SmallVec;

/// The matrix that a page is, as it enters the product.
fn page(shape: &Shape, conj: Conj) -> (usize, usize) {
    let (rows, columns) = (shape.extent(0), shape.extent(1));
    if conj == Conj::No { (rows, columns) } else { (columns, rows) }
}

/// The shape of the product.
pub fn shape(a: Conj, b: Conj, x: &Shape, y: &Shape) -> Result<Shape> {
    let ((m, k), (l, n)) = (page(x, a), page(y, b));
    if k != l {
        return Err(fault!("pagemtimes: pages of {m}x{k} and {l}x{n} do not multiply").id("Octave:nonconformant-args"));
    }
    let mut dims: SmallVec<[usize; 4]> = SmallVec::from_slice(&[m, n]);
    for axis in 2..x.rank().max(y.rank()) {
        dims.push(match (x.extent(axis), y.extent(axis)) {
            (1, n) | (n, 1) => n,
            (m, n) if m == n => m,
            _ => {
                return Err(fault!("pagemtimes: the pages of a {x} and a {y} array do not go together")
                    .id("Octave:nonconformant-args"));
            }
        });
    }
    Ok(Shape::new(&dims))
}

/// What a product costs: packing, and operands turned that lie row by row.
pub fn price(a: Conj, b: Conj, (x, dtype): &(Shape, DType), (y, _): &(Shape, DType)) -> Result<Price> {
    let shape = shape(a, b, x, y)?;
    let (m, k) = page(x, a);
    let n = shape.extent(1);
    let pages = (shape.len() / (m * n).max(1)) as u64;
    let turned = ((x.len() + y.len()) * dtype.size()) as u64;
    let flops = dot::flops(m, k, n, *dtype).saturating_mul(pages);
    Ok(Price { shape, dtype: *dtype, scratch: dot::scratch(m, k, n, *dtype) + turned, flops })
}

/// The product of every page of `x` with that of `y`.
pub fn product(a: Conj, b: Conj, x: &Block, y: &Block, cx: &Context) -> Result<Block> {
    let shape = shape(a, b, x.shape(), y.shape())?;
    if x.dtype() != y.dtype() {
        return Err(fault!("pagemtimes: operands of {:?} and {:?}", x.dtype(), y.dtype()));
    }
    let mut out = cx.pool.take(x.dtype(), shape.len());
    let (turned_x, turned_y);
    let upright = |block: &Block| block.order() == Order::F || block.is_order_free();
    let x = if upright(x) {
        x
    } else {
        turned_x = reordered(x, Order::F, cx.pool);
        &turned_x
    };
    let y = if upright(y) {
        y
    } else {
        turned_y = reordered(y, Order::F, cx.pool);
        &turned_y
    };
    match x.dtype() {
        DType::F64 => each_page::<f64>((a, x), (b, y), &shape, out_of(&mut out)?),
        DType::F32 => each_page::<f32>((a, x), (b, y), &shape, out_of(&mut out)?),
        DType::C64 => each_page::<Complex64>((a, x), (b, y), &shape, out_of(&mut out)?),
        DType::C32 => each_page::<Complex32>((a, x), (b, y), &shape, out_of(&mut out)?),
        other => return Err(fault!("pagemtimes: a matrix product of {} is not defined", other.class())),
    }
    Ok(Block::new(shape, Order::F, out))
}

fn out_of<T: Element>(data: &mut crate::array::Data) -> Result<&mut Vec<T>> {
    T::vec_mut(data).ok_or_else(|| fault!("internal error: a product of another type"))
}

fn each_page<T: Element + ComplexField>((a, x): (Conj, &Block), (b, y): (Conj, &Block), shape: &Shape, out: &mut [T]) {
    let (m, n) = (shape.extent(0), shape.extent(1));
    let place = |block: &Block, number: usize| {
        let (mut rest, mut at, mut step) = (number, 0, 1);
        for axis in 2..shape.rank() {
            let (index, extent) = (rest % shape.extent(axis), block.shape().extent(axis));
            rest /= shape.extent(axis);
            at += if extent == 1 { 0 } else { index * step };
            step *= extent;
        }
        at
    };
    for (number, out) in out.chunks_mut((m * n).max(1)).enumerate() {
        let (p, q) = (matrix::<T>(x, place(x, number)), matrix::<T>(y, place(y, number)));
        let out = MatMut::from_column_major_slice_mut(out, m, n);
        let (p, q) = (dot::entering(p, a), dot::entering(q, b));
        let one = T::one_impl();
        let (first, second) = (dot::conjugated(a), dot::conjugated(b));
        faer::linalg::matmul::matmul_with_conj(out, Accum::Replace, p, first, q, second, one, Par::Seq);
    }
}

/// A page of a column-major block.
fn matrix<T: Element>(block: &Block, number: usize) -> MatRef<'_, T> {
    let (rows, columns) = (block.shape().extent(0), block.shape().extent(1));
    let size = rows * columns;
    let data = block.slice::<T>().unwrap_or_default();
    MatRef::from_column_major_slice(&data[number * size..(number + 1) * size], rows, columns)
}

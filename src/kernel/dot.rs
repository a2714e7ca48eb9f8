//! Matrix products, plain and symmetric, each operand as it lies in memory: strides say what is transposed.

use super::elements::{CopyBox, reordered, transfer};
use super::{Conj, Context, release};
use crate::array::strided::View;
use crate::array::{Block, Complex32, Complex64, DType, Data, Element, Order, Shape};
use crate::diag::Result;
use crate::fault;
use faer::linalg::matmul::matmul_with_conj;
use faer::linalg::matmul::triangular::{self, BlockStructure};
use faer::traits::ComplexField;
use faer::{Accum, MatMut, MatRef, Par};
use std::sync::Arc;

/// Most bytes a product packs its operands into.
const PACKED: usize = 4 << 20;

/// Rows and columns are packed in full register tiles, none longer than this.
const REGISTER_TILE: usize = 64;

/// Rows of the left operand from which a copy of the right one pays for itself.
const WORTH: usize = 64;

/// Elements between the columns of a copied operand, so that these do not collide again.
const PAD: usize = 8;

/// Rows and columns of an operand as it enters the product.
pub fn oriented(shape: &Shape, conj: Conj) -> Result<(usize, usize)> {
    if shape.rank() != 2 {
        return Err(fault!("operator *: not defined for N-D objects"));
    }
    Ok(if conj == Conj::No { (shape.rows(), shape.columns()) } else { (shape.columns(), shape.rows()) })
}

/// Rows, inner extent and columns of a product.
pub fn extents(a: Conj, b: Conj, x: &Shape, y: &Shape) -> Result<(usize, usize, usize)> {
    let ((m, k), (l, n)) = (oriented(x, a)?, oriented(y, b)?);
    if k != l {
        return Err(fault!("operator *: nonconformant arguments (op1 is {m}x{k}, op2 is {l}x{n})")
            .id("Octave:nonconformant-args"));
    }
    Ok((m, k, n))
}

/// Multiplications and additions of a product.
pub fn flops(m: usize, k: usize, n: usize, dtype: DType) -> u64 {
    let pair = if dtype.is_complex() { 8 } else { 2 };
    (m as u64).saturating_mul(k as u64).saturating_mul(n as u64).saturating_mul(pair)
}

/// Whether a right-hand side of this many columns, row by row in memory, is copied: where a column's elements lie a
/// multiple of 2 KiB apart they share a few sets of the first-level cache, and packing them costs half the speed.
fn collides(m: usize, n: usize, dtype: DType) -> bool {
    m >= WORTH && (n * dtype.size()).is_multiple_of(2048)
}

/// Bytes of temporary memory of a product: what is packed, and perhaps a copy of the right operand.
pub fn scratch(m: usize, k: usize, n: usize, dtype: DType) -> u64 {
    let copy = if collides(m, n, dtype) { (k + PAD) * n * dtype.size() } else { 0 };
    let padded = m.next_multiple_of(REGISTER_TILE).saturating_add(n.next_multiple_of(REGISTER_TILE));
    let packed = padded.saturating_mul(k).saturating_mul(dtype.size()).min(PACKED);
    (packed + copy) as u64
}

/// The right operand of a product, copied column by column if its rows collide.
fn settled(y: &Block, conj: Conj, m: usize, cx: &Context) -> Option<Data> {
    let (k, n) = oriented(y.shape(), conj).ok()?;
    let by_rows = (y.order() == Order::C) == (conj == Conj::No);
    if !by_rows || k <= 1 || !collides(m, n, y.dtype()) {
        return None;
    }
    let mut data = cx.pool.take(y.dtype(), (k + PAD) * n);
    let mut from = View::contiguous(2);
    from.strides[0] = n as isize;
    let mut to = View::contiguous(2);
    to.strides[1] = (k + PAD) as isize;
    transfer(y.data(), &mut data, CopyBox { dims: &[k, n], from, to });
    Some(data)
}

/// Gives the copy's memory back.
fn forget(copy: Option<Data>, cx: &Context) {
    if let Some(data) = copy {
        cx.pool.give(Block::dense(Shape::matrix(data.len(), 1), data));
    }
}

trait Field: Element + ComplexField {}
impl<T: Element + ComplexField> Field for T {}

/// An operand as a matrix view; the view of a transposed operand has its strides swapped.
fn view<T: Field>(block: &Block, conj: Conj) -> MatRef<'_, T> {
    let (rows, columns) = (block.shape().rows(), block.shape().columns());
    let data = block.slice::<T>().unwrap_or_default();
    let plain = match block.order() {
        Order::F => MatRef::from_column_major_slice(data, rows, columns),
        Order::C => MatRef::from_row_major_slice(data, rows, columns),
    };
    entering(plain, conj)
}

/// A matrix as it enters a product, but for conjugation.
pub fn entering<T>(plain: MatRef<'_, T>, conj: Conj) -> MatRef<'_, T> {
    if conj == Conj::No { plain } else { plain.transpose() }
}

/// The right operand: the copy, if there is one.
fn right<'a, T: Field>(copy: &'a Option<Data>, y: &'a Block, conj: Conj) -> MatRef<'a, T> {
    let plain = view(y, conj);
    match copy.as_ref().and_then(T::slice) {
        Some(data) => {
            let (k, n) = (plain.nrows(), plain.ncols());
            MatRef::from_column_major_slice_with_stride(data, k, n, k + PAD)
        }
        None => plain,
    }
}

pub fn conjugated(conj: Conj) -> faer::Conj {
    if conj == Conj::Adjoint { faer::Conj::Yes } else { faer::Conj::No }
}

/// How a product is shared among threads. A product of matrices sums each element in one sequence whatever the
/// number of threads; one with a vector does not, so it stays on one thread.
fn par(m: usize, n: usize, cx: &Context) -> Par {
    if cx.threads > 1 && m > 1 && n > 1 { Par::rayon(cx.threads) } else { Par::Seq }
}

macro_rules! by_field {
    ($dtype:expr, $t:ident => $body:expr) => {
        match $dtype {
            DType::F64 => {
                type $t = f64;
                $body
            }
            DType::F32 => {
                type $t = f32;
                $body
            }
            DType::C64 => {
                type $t = Complex64;
                $body
            }
            DType::C32 => {
                type $t = Complex32;
                $body
            }
            other => return Err(fault!("operator *: a matrix product of {} is not defined", other.class())),
        }
    };
}

/// `op(x) * op(y)`, added to `into` if it is given.
pub fn dot(a: Conj, b: Conj, into: Option<Arc<Block>>, x: &Block, y: &Block, cx: &Context) -> Result<Block> {
    let (m, _, n) = extents(a, b, x.shape(), y.shape())?;
    if x.dtype() != y.dtype() {
        return Err(fault!("operator *: operands of {:?} and {:?}", x.dtype(), y.dtype()));
    }
    let shape = Shape::matrix(m, n);
    let (accum, mut data) = target(into, &shape, x.dtype(), cx)?;
    let copy = settled(y, b, m, cx);
    by_field!(x.dtype(), T => {
        if let Some(out) = <T as Element>::vec_mut(&mut data) {
            let out = MatMut::from_column_major_slice_mut(out, m, n);
            let (p, q) = (view::<T>(x, a), right::<T>(&copy, y, b));
            let one = <T as ComplexField>::one_impl();
            matmul_with_conj(out, accum, p, conjugated(a), q, conjugated(b), one, par(m, n, cx));
        }
    });
    forget(copy, cx);
    Ok(Block::new(shape, Order::F, data))
}

/// The lower triangle of `x' * x` or `x * x'`, added to that of `into` if it is given.
pub fn symmetric(adjoint_first: bool, into: Option<Arc<Block>>, x: &Block, cx: &Context) -> Result<Block> {
    let (rows, columns) = oriented(x.shape(), Conj::No)?;
    let n = if adjoint_first { columns } else { rows };
    let shape = Shape::matrix(n, n);
    let (accum, mut data) = target(into, &shape, x.dtype(), cx)?;
    let (a, b) = if adjoint_first { (Conj::Adjoint, Conj::No) } else { (Conj::No, Conj::Adjoint) };
    let copy = settled(x, b, n, cx);
    by_field!(x.dtype(), T => {
        if let Some(out) = <T as Element>::vec_mut(&mut data) {
            if accum == Accum::Replace {
                // The kernel leaves the upper triangle alone; it shall not hold what the pool left there.
                out.fill(T::default());
            }
            let out = MatMut::from_column_major_slice_mut(out, n, n);
            triangular::matmul_with_conj(
                out,
                BlockStructure::TriangularLower,
                accum,
                view::<T>(x, a),
                BlockStructure::Rectangular,
                conjugated(a),
                right::<T>(&copy, x, b),
                BlockStructure::Rectangular,
                conjugated(b),
                <T as ComplexField>::one_impl(),
                par(n, n, cx),
            );
        }
    });
    forget(copy, cx);
    Ok(Block::new(shape, Order::F, data))
}

/// Memory for a product: the accumulator's own where nobody else holds it.
fn target(into: Option<Arc<Block>>, shape: &Shape, dtype: DType, cx: &Context) -> Result<(Accum, Data)> {
    let Some(into) = into else {
        return Ok((Accum::Replace, cx.pool.take(dtype, shape.len())));
    };
    if into.shape() != shape || into.dtype() != dtype {
        return Err(fault!("a product of {shape} does not add to {}", into.shape()));
    }
    let into = if into.order() == Order::F || into.is_order_free() {
        into
    } else {
        let turned = Arc::new(reordered(&into, Order::F, cx.pool));
        release(into, cx.pool);
        turned
    };
    let data = Arc::try_unwrap(into).map_or_else(|shared| shared.data().clone(), Block::into_data);
    Ok((Accum::Add, data))
}

/// The lower triangle copied onto the upper, conjugated; the diagonal of a complex matrix becomes real.
pub fn mirror(arg: Arc<Block>, cx: &Context) -> Result<Block> {
    let (n, columns) = oriented(arg.shape(), Conj::No)?;
    if n != columns {
        return Err(fault!("only square matrices have a mirror image, not {}", arg.shape()));
    }
    let dtype = arg.dtype();
    let (_, mut data) = target(Some(arg), &Shape::matrix(n, n), dtype, cx)?;
    match &mut data {
        Data::F64(v) => mirrored(v, n, |x| x),
        Data::F32(v) => mirrored(v, n, |x| x),
        Data::C64(v) => {
            mirrored(v, n, |z| z.conj());
            (0..n).for_each(|i| v[i * n + i].im = 0.0);
        }
        Data::C32(v) => {
            mirrored(v, n, |z| z.conj());
            (0..n).for_each(|i| v[i * n + i].im = 0.0);
        }
        other => return Err(fault!("a matrix of {:?} has no mirror image", other.dtype())),
    }
    Ok(Block::new(Shape::matrix(n, n), Order::F, data))
}

/// Copies in square tiles, so that the strided side stays in the cache.
fn mirrored<T: Copy>(v: &mut [T], n: usize, image: impl Fn(T) -> T) {
    const TILE: usize = 32;
    for j0 in (0..n).step_by(TILE) {
        for i0 in (j0..n).step_by(TILE) {
            for j in j0..(j0 + TILE).min(n) {
                for i in i0.max(j + 1)..(i0 + TILE).min(n) {
                    v[i * n + j] = image(v[j * n + i]);
                }
            }
        }
    }
}

//! Householder QR of one panel or of a few triangles, in blocks: a block of columns is factored, then what is to the right
//! of it is reflected.
//!
//! Of a stack of triangles most is zero. Its rows are taken in turns, first rows first, so that a column ends soon, and
//! nothing below the end is touched; the same holds for the columns of the orthogonal factor, which begin as those of the
//! identity.

use crate::array::{Block, Complex64, Data, Element, Order};
use crate::builtin::math::{Mat, Scalar};
use crate::diag::Result;
use faer::dyn_stack::{MemBuffer, MemStack};
use faer::linalg::householder;
use faer::linalg::qr::no_pivoting::factor;
use faer::{Conj, MatMut, MatRef, Par};

/// Columns that are factored together.
pub const BLOCK: usize = 128;

/// Scalars of factorisations: doubles and complex doubles as elements of blocks.
pub trait Entry: Scalar + Element + bytemuck::Pod {
    fn of(data: &Data, at: usize) -> Self;
}

impl Entry for f64 {
    fn of(data: &Data, at: usize) -> f64 {
        data.get_f64(at)
    }
}

impl Entry for Complex64 {
    fn of(data: &Data, at: usize) -> Complex64 {
        data.get_c64(at)
    }
}

/// A factored matrix: R on and above the diagonal, reflections below.
pub struct Factored<T> {
    a: Mat<T>,
    /// The factors of each block of reflections.
    tau: faer::Mat<T>,
    /// One past the last row of each column that is not zero.
    ends: Vec<usize>,
}

impl<T: Entry> Factored<T> {
    /// Of any matrix.
    pub fn new(a: Mat<T>) -> Factored<T> {
        let ends = vec![a.rows; a.cols];
        Factored::of(a, ends)
    }

    /// Of a matrix whose columns end at these rows, which do not fall.
    fn of(mut a: Mat<T>, ends: Vec<usize>) -> Factored<T> {
        let (m, n) = (a.rows, a.cols);
        let size = m.min(n);
        let mut tau = faer::Mat::zeros(BLOCK.min(size).max(1), size);
        let mut memory = MemBuffer::new(
            factor::qr_in_place_scratch::<T>(m, BLOCK.min(n), BLOCK.min(n), Par::Seq, Default::default()).or(
                householder::apply_block_householder_transpose_on_the_left_in_place_scratch::<T>(m, BLOCK.min(n), n),
            ),
        );
        let mut whole = MatMut::from_column_major_slice_mut(&mut a.a, m, n);
        for j in (0..size).step_by(BLOCK) {
            let width = BLOCK.min(size - j);
            let end = reach(&ends, j, width);
            let rows = whole.as_mut().get_mut(j..end, j..);
            let (mut block, right) = rows.split_at_col_mut(width);
            let mut factors = tau.as_mut().get_mut(..width, j..j + width);
            let stack = MemStack::new(&mut memory);
            factor::qr_in_place(block.as_mut(), factors.as_mut(), Par::Seq, stack, Default::default());
            if right.ncols() > 0 {
                householder::apply_block_householder_transpose_on_the_left_in_place_with_conj(
                    block.as_ref(),
                    factors.as_ref(),
                    Conj::Yes,
                    right,
                    Par::Seq,
                    MemStack::new(&mut memory),
                );
            }
        }
        Factored { a, tau, ends }
    }

    /// Of triangles of `n` columns on top of each other, first rows first: their heights, and [`packed`] elements.
    pub fn stack(heights: &[usize], n: usize, triangle: impl Fn(usize) -> Result<Vec<T>>) -> Result<Factored<T>> {
        let mut a = Mat::zeros(heights.iter().sum(), n);
        for (child, &rows) in heights.iter().enumerate() {
            let places: Vec<usize> = (0..rows).map(|i| place(heights, child, i)).collect();
            let mut elements = triangle(child)?.into_iter();
            for j in 0..n {
                places.iter().take(j + 1).zip(&mut elements).for_each(|(&at, x)| a[(at, j)] = x);
            }
        }
        let ends = (0..n).map(|j| heights.iter().map(|&rows| rows.min(j + 1)).sum()).collect();
        Ok(Factored::of(a, ends))
    }

    /// The triangle (or trapezoid).
    pub fn r(&self) -> Mat<T> {
        let rows = self.a.rows.min(self.a.cols);
        Mat::from_fn(rows, self.a.cols, |i, j| if i <= j { self.a[(i, j)] } else { T::default() })
    }

    /// The columns of the orthogonal factor that R needs, made where the reflections are.
    pub fn into_q(self) -> Mat<T> {
        let Factored { mut a, tau, ends } = self;
        let m = a.rows;
        let size = m.min(a.cols);
        a.a.truncate(m * size);
        a.cols = size;
        let mut memory = MemBuffer::new(householder::apply_block_householder_on_the_left_in_place_scratch::<T>(
            m,
            BLOCK.min(size),
            size,
        ));
        for j in (0..size).step_by(BLOCK).rev() {
            let width = BLOCK.min(size - j);
            let end = reach(&ends, j, width);
            let mut columns = MatMut::from_column_major_slice_mut(&mut a.a[m * j..], m, size - j);
            let mut block = columns.as_mut().get_mut(.., ..width);
            let basis = block.as_ref().get(j..end, ..).to_owned();
            block.fill(T::default());
            (0..width).for_each(|k| block[(j + k, k)] = T::real(1.0));
            // Columns to the left will be zero from row j on when they become those of the identity.
            householder::apply_block_householder_on_the_left_in_place_with_conj(
                basis.as_ref(),
                tau.as_ref().get(..width, j..j + width),
                Conj::No,
                columns.get_mut(j..end, ..),
                Par::Seq,
                MemStack::new(&mut memory),
            );
        }
        a
    }
}

/// One past the last row that a block of columns meets; it is at least as high as wide.
fn reach(ends: &[usize], first: usize, width: usize) -> usize {
    ends[first + width - 1].max(first + width)
}

/// Where a stack of triangles of these heights has row `i` of one of them.
pub fn place(heights: &[usize], child: usize, i: usize) -> usize {
    heights.iter().enumerate().map(|(k, &rows)| rows.min(if k < child { i + 1 } else { i })).sum()
}

/// A block as a column-major matrix of doubles.
pub fn matrix_of<T: Entry>(block: &Block, rows: usize, columns: usize) -> Mat<T> {
    let mut a = Mat::zeros(rows, columns);
    match (T::slice(block.data()), block.order()) {
        (Some(v), Order::F) => a.a.copy_from_slice(v),
        (Some(v), Order::C) => {
            let from = MatRef::from_row_major_slice(v, rows, columns);
            MatMut::from_column_major_slice_mut(&mut a.a, rows, columns).copy_from(from);
        }
        (None, order) => {
            for j in 0..columns {
                for i in 0..rows {
                    let at = if order == Order::F { j * rows + i } else { i * columns + j };
                    a[(i, j)] = T::of(block.data(), at);
                }
            }
        }
    }
    a
}

/// Elements on and above the diagonal.
pub fn packed_len(rows: usize, columns: usize) -> usize {
    (0..columns).map(|j| rows.min(j + 1)).sum()
}

/// The elements on and above the diagonal, column after column.
pub fn packed<T: Entry>(r: &Mat<T>) -> Vec<T> {
    (0..r.cols).flat_map(|j| r.col(j)[..r.rows.min(j + 1)].iter().copied()).collect()
}

/// The signs of R's diagonal that Householder reflections would have given, from the first n rows of a Q that belongs to
/// a positive one. Without Q's first rows (a matrix of NaN) every sign is plus.
pub fn householder_signs<T: Scalar>(mut head: Mat<T>) -> Vec<f64> {
    let n = head.cols.min(head.rows);
    let mut signs = vec![1.0; head.cols];
    for k in 0..n {
        signs[k] = if head[(k, k)].part_re() >= 0.0 { -1.0 } else { 1.0 };
        let pivot = head[(k, k)] - T::real(signs[k]);
        if pivot == T::default() || !pivot.finite() {
            continue;
        }
        for j in k + 1..head.cols {
            // Householder reflections leave the columns to the right multiplied by the sign of those before.
            let factor = head[(k, j)] / pivot;
            for i in k + 1..n {
                let below = head[(i, k)];
                head[(i, j)] -= below * factor;
            }
        }
    }
    signs
}

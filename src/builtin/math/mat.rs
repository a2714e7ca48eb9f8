//! Dense matrices of real or complex doubles, column-major, and the scalars in them.

use crate::array::{Complex64, room};
use crate::diag::interrupt;
use std::ops::{Add, AddAssign, Div, DivAssign, Index, IndexMut, Mul, MulAssign, Neg, Sub, SubAssign};

/// A real or complex double: what the algorithms are written over.
pub trait Scalar:
    faer::traits::ComplexField
    + Copy
    + Default
    + PartialEq
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
    + AddAssign
    + SubAssign
    + MulAssign
    + DivAssign
    + 'static
{
    const COMPLEX: bool;
    fn real(x: f64) -> Self;
    fn part_re(self) -> f64;
    fn part_im(self) -> f64;
    fn conjugate(self) -> Self;
    fn modulus(self) -> f64;
    fn root(self) -> Self;
    fn scaled(self, by: f64) -> Self;
    fn inverted(self) -> Self {
        Self::real(1.0) / self
    }
    /// `|re| + |im|`, the cheap size used for choosing pivots.
    fn size1(self) -> f64 {
        self.part_re().abs() + self.part_im().abs()
    }
    fn complex(self) -> Complex64 {
        Complex64::new(self.part_re(), self.part_im())
    }
    fn finite(self) -> bool {
        self.part_re().is_finite() && self.part_im().is_finite()
    }
}

impl Scalar for f64 {
    const COMPLEX: bool = false;
    fn real(x: f64) -> f64 {
        x
    }
    fn part_re(self) -> f64 {
        self
    }
    fn part_im(self) -> f64 {
        0.0
    }
    fn conjugate(self) -> f64 {
        self
    }
    fn modulus(self) -> f64 {
        f64::abs(self)
    }
    fn root(self) -> f64 {
        f64::sqrt(self)
    }
    fn scaled(self, by: f64) -> f64 {
        self * by
    }
}

impl Scalar for Complex64 {
    const COMPLEX: bool = true;
    fn real(x: f64) -> Complex64 {
        Complex64::new(x, 0.0)
    }
    fn part_re(self) -> f64 {
        self.re
    }
    fn part_im(self) -> f64 {
        self.im
    }
    fn conjugate(self) -> Complex64 {
        Complex64::new(self.re, -self.im)
    }
    fn modulus(self) -> f64 {
        self.re.hypot(self.im)
    }
    fn root(self) -> Complex64 {
        Complex64::sqrt(self)
    }
    fn scaled(self, by: f64) -> Complex64 {
        Complex64::new(self.re * by, self.im * by)
    }
}

/// A matrix: `a.len() == rows * cols`.
#[derive(Debug, Clone, PartialEq)]
pub struct Mat<T> {
    pub rows: usize,
    pub cols: usize,
    pub a: Vec<T>,
}

/// Products of numbers that the library is given at a time: some tenths of a second.
const MOST_PRODUCTS: usize = 1 << 32;

impl<T> Index<(usize, usize)> for Mat<T> {
    type Output = T;
    fn index(&self, (i, j): (usize, usize)) -> &T {
        &self.a[j * self.rows + i]
    }
}

impl<T> IndexMut<(usize, usize)> for Mat<T> {
    fn index_mut(&mut self, (i, j): (usize, usize)) -> &mut T {
        &mut self.a[j * self.rows + i]
    }
}

impl<T: Scalar> Mat<T> {
    pub fn new(rows: usize, cols: usize, a: Vec<T>) -> Mat<T> {
        assert_eq!(a.len(), rows * cols, "a matrix's elements must fill it");
        Mat { rows, cols, a }
    }

    pub fn zeros(rows: usize, cols: usize) -> Mat<T> {
        room::ensure(rows, cols, size_of::<T>());
        Mat { rows, cols, a: vec![T::default(); rows * cols] }
    }

    pub fn identity(n: usize) -> Mat<T> {
        Mat::from_fn(n, n, |i, j| if i == j { T::real(1.0) } else { T::default() })
    }

    pub fn from_fn(rows: usize, cols: usize, mut f: impl FnMut(usize, usize) -> T) -> Mat<T> {
        room::ensure(rows, cols, size_of::<T>());
        let mut a = Vec::with_capacity(rows * cols);
        for j in 0..cols {
            for i in 0..rows {
                a.push(f(i, j));
            }
        }
        Mat { rows, cols, a }
    }

    pub fn column(a: Vec<T>) -> Mat<T> {
        Mat { rows: a.len(), cols: 1, a }
    }

    pub fn diagonal(d: &[T]) -> Mat<T> {
        let mut m = Mat::zeros(d.len(), d.len());
        d.iter().enumerate().for_each(|(i, &x)| m[(i, i)] = x);
        m
    }

    pub fn col(&self, j: usize) -> &[T] {
        &self.a[j * self.rows..(j + 1) * self.rows]
    }

    pub fn col_mut(&mut self, j: usize) -> &mut [T] {
        let rows = self.rows;
        &mut self.a[j * rows..(j + 1) * rows]
    }

    /// Columns `from..to`.
    pub fn cols(&self, from: usize, to: usize) -> Mat<T> {
        Mat::new(self.rows, to - from, self.a[from * self.rows..to * self.rows].to_vec())
    }

    /// Rows `from..to`.
    pub fn rows_of(&self, from: usize, to: usize) -> Mat<T> {
        Mat::from_fn(to - from, self.cols, |i, j| self[(from + i, j)])
    }

    pub fn is_square(&self) -> bool {
        self.rows == self.cols
    }

    pub fn map(&self, f: impl FnMut(T) -> T) -> Mat<T> {
        Mat { rows: self.rows, cols: self.cols, a: self.a.iter().copied().map(f).collect() }
    }

    pub fn transpose(&self) -> Mat<T> {
        Mat::from_fn(self.cols, self.rows, |i, j| self[(j, i)])
    }

    pub fn adjoint(&self) -> Mat<T> {
        Mat::from_fn(self.cols, self.rows, |i, j| self[(j, i)].conjugate())
    }

    pub fn to_complex(&self) -> Mat<Complex64> {
        Mat { rows: self.rows, cols: self.cols, a: self.a.iter().map(|x| x.complex()).collect() }
    }

    pub fn scale(&self, by: f64) -> Mat<T> {
        self.map(|x| x.scaled(by))
    }

    /// The matrix with a number added to its diagonal.
    pub fn shifted(mut self, by: f64) -> Mat<T> {
        (0..self.rows.min(self.cols)).for_each(|i| self[(i, i)] += T::real(by));
        self
    }

    pub fn plus(&self, other: &Mat<T>) -> Mat<T> {
        self.zip(other, |x, y| x + y)
    }

    pub fn minus(&self, other: &Mat<T>) -> Mat<T> {
        self.zip(other, |x, y| x - y)
    }

    fn zip(&self, other: &Mat<T>, f: impl Fn(T, T) -> T) -> Mat<T> {
        debug_assert!(self.rows == other.rows && self.cols == other.cols);
        let a = self.a.iter().zip(&other.a).map(|(&x, &y)| f(x, y)).collect();
        Mat { rows: self.rows, cols: self.cols, a }
    }

    /// The product; small ones by plain loops, column by column.
    pub fn times(&self, other: &Mat<T>) -> Mat<T> {
        debug_assert_eq!(self.cols, other.rows);
        let (m, k, n) = (self.rows, self.cols, other.cols);
        let columns = (MOST_PRODUCTS / m.saturating_mul(k).max(1)).max(1);
        if n > columns {
            let panels = (0..n).step_by(columns).flat_map(|from| {
                interrupt::poll();
                self.times(&other.cols(from, (from + columns).min(n))).a
            });
            return Mat::new(m, n, panels.collect());
        }
        if m * n * k > 1 << 15 {
            return Mat::from_faer((self.faer() * other.faer()).as_ref());
        }
        let mut out = Mat::zeros(m, n);
        for j in 0..n {
            let column = &mut out.a[j * m..(j + 1) * m];
            for l in 0..k {
                let y = other.a[j * k + l];
                for (z, &x) in column.iter_mut().zip(&self.a[l * m..(l + 1) * m]) {
                    *z += x * y;
                }
            }
        }
        out
    }

    pub fn finite(&self) -> bool {
        self.a.iter().all(|x| x.finite())
    }

    /// Largest column sum of moduli.
    pub fn norm1(&self) -> f64 {
        self.column_sums().into_iter().fold(0.0, nan_max)
    }

    /// The sum of moduli of each column.
    pub fn column_sums(&self) -> Vec<f64> {
        (0..self.cols).map(|j| self.col(j).iter().map(|x| x.modulus()).sum()).collect()
    }

    /// Largest row sum of moduli.
    pub fn norm_inf(&self) -> f64 {
        self.row_sums().into_iter().fold(0.0, nan_max)
    }

    /// The sum of moduli of each row.
    pub fn row_sums(&self) -> Vec<f64> {
        let mut sums = vec![0.0; self.rows];
        for j in 0..self.cols {
            sums.iter_mut().zip(self.col(j)).for_each(|(s, x)| *s += x.modulus());
        }
        sums
    }

    /// Frobenius norm, scaled against overflow.
    pub fn norm_fro(&self) -> f64 {
        norm2(&self.a)
    }

    pub fn is_upper(&self) -> bool {
        (0..self.cols).all(|j| (j + 1..self.rows).all(|i| self[(i, j)] == T::default()))
    }

    pub fn is_lower(&self) -> bool {
        (0..self.cols).all(|j| (0..j.min(self.rows)).all(|i| self[(i, j)] == T::default()))
    }

    pub fn is_hermitian(&self) -> bool {
        self.is_square() && (0..self.cols).all(|j| (0..=j).all(|i| self[(i, j)] == self[(j, i)].conjugate()))
    }

    /// The matrix as the linear algebra library sees it. Its factorisations then run on one thread, so that results
    /// have the same bits on every machine.
    pub fn faer(&self) -> faer::MatRef<'_, T> {
        faer::set_global_parallelism(faer::Par::Seq);
        faer::MatRef::from_column_major_slice(&self.a, self.rows, self.cols)
    }

    /// The same to be written.
    pub fn faer_mut(&mut self) -> faer::MatMut<'_, T> {
        faer::set_global_parallelism(faer::Par::Seq);
        faer::MatMut::from_column_major_slice_mut(&mut self.a, self.rows, self.cols)
    }

    pub fn from_faer(m: faer::MatRef<'_, T>) -> Mat<T> {
        Mat::from_fn(m.nrows(), m.ncols(), |i, j| m[(i, j)])
    }
}

/// The maximum, or NaN where one of the two is.
pub fn nan_max(a: f64, b: f64) -> f64 {
    if a.is_nan() || b.is_nan() { f64::NAN } else { a.max(b) }
}

/// Euclidean length, scaled so that squares neither overflow nor vanish.
pub fn norm2<T: Scalar>(a: &[T]) -> f64 {
    let plain: f64 = a.iter().map(|x| x.part_re() * x.part_re() + x.part_im() * x.part_im()).sum();
    if plain.is_nan() {
        return f64::NAN;
    }
    if plain.is_finite() && plain > 1e-280 {
        return plain.sqrt();
    }
    let (mut scale, mut sum) = (0.0f64, 1.0f64);
    for x in a.iter().flat_map(|x| [x.part_re().abs(), x.part_im().abs()]) {
        if x.is_infinite() {
            return f64::INFINITY;
        }
        if x > scale {
            sum = 1.0 + sum * (scale / x).powi(2);
            scale = x;
        } else if x > 0.0 {
            sum += (x / scale).powi(2);
        }
    }
    scale * sum.sqrt()
}

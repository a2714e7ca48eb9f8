//! Eigenvalues and eigenvectors of dense matrices.
//!
//! Vectors have Euclidean length 1; those of general matrices have their largest component real, as LAPACK's `geev`
//! leaves them.

use super::mat::{Mat, Scalar, norm2};
use super::{schur, tridiagonal};
use crate::array::Complex64;
use crate::diag::interrupt;
use faer::Side;

/// From this order on, symmetric problems go to the library's divide and conquer.
const LARGE: usize = 64;

/// Eigenvalues (ascending) and orthonormal eigenvectors of a symmetric or Hermitian matrix.
pub fn hermitian<T: Scalar>(m: &Mat<T>) -> (Vec<f64>, Mat<T>) {
    let n = m.rows;
    if !T::COMPLEX && n < LARGE {
        let plain = Mat::new(n, n, m.a.iter().map(|x| x.part_re()).collect());
        if let Some((values, vectors)) = tridiagonal::symmetric(&plain) {
            return (values, Mat::new(n, n, vectors.a.into_iter().map(T::real).collect()));
        }
    }
    match m.faer().self_adjoint_eigen(Side::Lower) {
        Ok(e) => ((0..n).map(|i| e.S()[i].part_re()).collect(), Mat::from_faer(e.U())),
        Err(_) => (vec![f64::NAN; n], Mat::new(n, n, vec![T::real(f64::NAN); n * n])),
    }
}

/// Eigenvalues and eigenvectors of any square matrix.
pub fn complex(m: &Mat<Complex64>) -> (Vec<Complex64>, Mat<Complex64>) {
    if m.a.iter().all(|z| z.im == 0.0) {
        return real(&Mat::new(m.rows, m.cols, m.a.iter().map(|z| z.re).collect()));
    }
    if m.is_hermitian() {
        let (values, vectors) = hermitian(m);
        return (values.into_iter().map(Complex64::from).collect(), vectors);
    }
    let Some((q, t)) = schur::complex(m) else { return failed(m.rows) };
    let values = (0..m.rows).map(|i| t[(i, i)]).collect();
    (values, normalised(q.times(&triangular_vectors(&t))))
}

/// Eigenvectors of a complex upper triangular matrix in its own basis.
fn triangular_vectors(t: &Mat<Complex64>) -> Mat<Complex64> {
    let n = t.rows;
    let small = f64::EPSILON * t.norm1().max(f64::MIN_POSITIVE);
    let mut out: Mat<Complex64> = Mat::zeros(n, n);
    for k in 0..n {
        out[(k, k)] = 1.0.into();
        for i in (0..k).rev() {
            let sum = (i + 1..=k).fold(Complex64::ZERO, |s, j| s + t[(i, j)] * out[(j, k)]);
            let mut pivot = t[(i, i)] - t[(k, k)];
            if pivot.norm() < small {
                pivot = small.into();
            }
            out[(i, k)] = -sum / pivot;
        }
    }
    out
}

/// Eigenvalues and eigenvectors of a real square matrix.
pub fn real(m: &Mat<f64>) -> (Vec<Complex64>, Mat<Complex64>) {
    if m.is_hermitian() {
        let (values, vectors) = hermitian(m);
        return (values.into_iter().map(Complex64::from).collect(), vectors.to_complex());
    }
    let balanced = Balance::new(m, true, true);
    let Some((q, t)) = schur::real(&balanced.matrix) else { return failed(m.rows) };
    let vectors = q.to_complex().times(&schur::eigenvectors(&t));
    (schur::eigenvalues(&t), normalised(balanced.undo(&vectors)))
}

fn failed(n: usize) -> (Vec<Complex64>, Mat<Complex64>) {
    let nan = Complex64::new(f64::NAN, 0.0);
    (vec![nan; n], Mat::new(n, n, vec![nan; n * n]))
}

fn normalised(mut vectors: Mat<Complex64>) -> Mat<Complex64> {
    for j in 0..vectors.cols {
        let column = vectors.col_mut(j);
        let length = norm2(column);
        if length == 0.0 || !length.is_finite() {
            continue;
        }
        column.iter_mut().for_each(|z| *z /= length);
        if column.iter().all(|z| z.im == 0.0) {
            continue;
        }
        let at = (0..column.len()).fold(0, |b, i| if column[i].modulus() > column[b].modulus() { i } else { b });
        let largest = column[at];
        let length = if largest.re < 0.0 { -largest.modulus() } else { largest.modulus() };
        let turn = largest.conjugate() / length;
        column.iter_mut().for_each(|z| *z *= turn);
        column[at].im = 0.0;
    }
    vectors
}

/// Factors of rows and columns, and what they make of these, stay between this and its inverse.
const FACTOR_LIMIT: f64 = f64::from_bits((1023 + 968) << 52);

/// A matrix made ready for the QR iteration: isolated eigenvalues moved to the corners by permutation, rows and columns
/// brought to like size by powers of two (Parlett and Reinsch, 1969).
pub struct Balance<T> {
    pub matrix: Mat<T>,
    /// Factor of every row of a vector in the middle part.
    pub scale: Vec<f64>,
    /// Row `i` of the balanced matrix is row `perm[i]` of the original one.
    pub perm: Vec<usize>,
}

impl<T: Scalar> Balance<T> {
    pub fn new(a: &Mat<T>, permute: bool, scale: bool) -> Balance<T> {
        let n = a.rows;
        let mut m = a.clone();
        let mut perm: Vec<usize> = (0..n).collect();
        let exchange = |m: &mut Mat<T>, perm: &mut Vec<usize>, i: usize, j: usize| {
            if i != j {
                perm.swap(i, j);
                (0..n).for_each(|k| m.a.swap(i * n + k, j * n + k));
                (0..n).for_each(|k| m.a.swap(k * n + i, k * n + j));
            }
        };
        let (mut low, mut high) = (0, n);
        if permute {
            // Rows with an isolated eigenvalue go to the bottom.
            'rows: while high > 0 {
                for j in (0..high).rev() {
                    if (0..high).all(|i| i == j || m[(j, i)] == T::default()) {
                        exchange(&mut m, &mut perm, j, high - 1);
                        high -= 1;
                        continue 'rows;
                    }
                }
                break;
            }
            #[allow(clippy::mut_range_bound)] // the search starts again with the new bound
            'columns: while low < high {
                for j in low..high {
                    if (low..high).all(|i| i == j || m[(i, j)] == T::default()) {
                        exchange(&mut m, &mut perm, j, low);
                        low += 1;
                        continue 'columns;
                    }
                }
                break;
            }
        }
        let mut factors = vec![1.0; n];
        let mut changed = scale && a.finite();
        while changed {
            changed = false;
            for i in low..high {
                interrupt::poll();
                let size = |f: &dyn Fn(usize) -> T| norm2(&(low..high).map(f).collect::<Vec<T>>());
                let mut c = size(&|k| m[(k, i)]);
                let r = size(&|k| m[(i, k)]);
                if c == 0.0 || r == 0.0 || !(c + r).is_finite() {
                    continue;
                }
                let total = c + r;
                let (mut f, mut g) = (1.0f64, r);
                while c < g / 2.0 && f.max(c) < FACTOR_LIMIT && g > 1.0 / FACTOR_LIMIT {
                    f *= 2.0;
                    c *= 2.0;
                    g /= 2.0;
                }
                while c >= g * 2.0 && g < FACTOR_LIMIT && f.min(c) > 1.0 / FACTOR_LIMIT {
                    f /= 2.0;
                    c /= 2.0;
                    g *= 2.0;
                }
                if c + g < 0.95 * total && f != 1.0 {
                    factors[i] *= f;
                    changed = true;
                    (0..n).for_each(|k| m[(i, k)] = m[(i, k)].scaled(1.0 / f));
                    (0..n).for_each(|k| m[(k, i)] = m[(k, i)].scaled(f));
                }
            }
        }
        Balance { matrix: m, scale: factors, perm }
    }

    /// Vectors of the balanced matrix as vectors of the original one.
    pub fn undo<U: Scalar>(&self, vectors: &Mat<U>) -> Mat<U> {
        let mut out = Mat::zeros(vectors.rows, vectors.cols);
        for j in 0..vectors.cols {
            for i in 0..vectors.rows {
                out[(self.perm[i], j)] = vectors[(i, j)].scaled(self.scale[i]);
            }
        }
        out
    }
}

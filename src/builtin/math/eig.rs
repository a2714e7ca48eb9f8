//! Eigenvalues and eigenvectors of dense matrices.
//!
//! Vectors have Euclidean length 1; those of general matrices have their largest component real, as LAPACK's `geev`
//! leaves them.

use super::mat::{Mat, Scalar, norm2};
use crate::array::Complex64;
use faer::Side;

/// Eigenvalues (ascending) and orthonormal eigenvectors of a symmetric or Hermitian matrix.
pub fn hermitian<T: Scalar>(m: &Mat<T>) -> (Vec<f64>, Mat<T>) {
    match m.faer().self_adjoint_eigen(Side::Lower) {
        Ok(e) => ((0..m.rows).map(|i| e.S()[i].part_re()).collect(), Mat::from_faer(e.U())),
        Err(_) => (vec![f64::NAN; m.rows], Mat::new(m.rows, m.rows, vec![T::real(f64::NAN); m.rows * m.rows])),
    }
}

/// Eigenvalues and eigenvectors of any square matrix.
pub fn complex(m: &Mat<Complex64>) -> (Vec<Complex64>, Mat<Complex64>) {
    if m.is_hermitian() {
        let (values, vectors) = hermitian(m);
        return (values.into_iter().map(Complex64::from).collect(), vectors);
    }
    if m.a.iter().all(|z| z.im == 0.0) {
        return real(&Mat::new(m.rows, m.cols, m.a.iter().map(|z| z.re).collect()));
    }
    match m.faer().eigen() {
        Ok(e) => ((0..m.rows).map(|i| e.S()[i]).collect(), normalised(Mat::from_faer(e.U()))),
        Err(_) => failed(m.rows),
    }
}

/// Eigenvalues and eigenvectors of a real square matrix.
pub fn real(m: &Mat<f64>) -> (Vec<Complex64>, Mat<Complex64>) {
    if m.is_hermitian() {
        let (values, vectors) = hermitian(m);
        return (values.into_iter().map(Complex64::from).collect(), vectors.to_complex());
    }
    match faer::linalg::solvers::Eigen::new_from_real(m.faer()) {
        Ok(e) => ((0..m.rows).map(|i| e.S()[i]).collect(), normalised(Mat::from_faer(e.U()))),
        Err(_) => failed(m.rows),
    }
}

fn failed(n: usize) -> (Vec<Complex64>, Mat<Complex64>) {
    let nan = Complex64::new(f64::NAN, 0.0);
    (vec![nan; n], Mat::new(n, n, vec![nan; n * n]))
}

fn normalised(mut vectors: Mat<Complex64>) -> Mat<Complex64> {
    for j in 0..vectors.cols {
        let column = vectors.col_mut(j);
        let length = norm2(column);
        let largest =
            column.iter().copied().fold(Complex64::ZERO, |b, z| if z.modulus() > b.modulus() { z } else { b });
        if length == 0.0 || largest == Complex64::ZERO {
            continue;
        }
        let real = column.iter().all(|z| z.im == 0.0);
        let turn = if real { Complex64::from(1.0) } else { largest.conjugate() / largest.modulus() };
        column.iter_mut().for_each(|z| *z = *z * turn / length);
        if !real && let Some(z) = column.iter_mut().max_by(|a, b| a.modulus().total_cmp(&b.modulus())) {
            z.im = 0.0;
        }
    }
    vectors
}

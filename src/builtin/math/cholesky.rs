//! The Cholesky factorisation, by panels of columns.
//!
//! Golub and Van Loan, Matrix Computations, 4.2.

use super::mat::{Mat, Scalar};
use crate::diag::interrupt;
use faer::linalg::triangular_solve::solve_lower_triangular_in_place_with_conj;
use faer::{Conj, Par};

/// Columns that are factored at once: their own triangle by plain loops, the rest by products.
const PANEL: usize = 64;

/// The upper Cholesky factor of a Hermitian matrix, reading its upper triangle; `Err(k)` if the leading minor of order
/// `k` is not positive, with the factor of what comes before.
pub fn cholesky<T: Scalar>(a: &Mat<T>) -> Result<Mat<T>, (usize, Mat<T>)> {
    let n = a.rows;
    let mut r: Mat<T> = Mat::zeros(n, n);
    for from in (0..n).step_by(PANEL) {
        interrupt::poll();
        let to = (from + PANEL).min(n);
        let part =
            |rows: std::ops::Range<usize>| Mat::from_fn(rows.len(), to - from, |i, j| a[(rows.start + i, from + j)]);
        let (mut above, mut own) = (part(0..from), part(from..to));
        if from > 0 {
            let done = r.faer().submatrix(0, 0, from, from).transpose();
            solve_lower_triangular_in_place_with_conj(done, Conj::Yes, above.faer_mut(), Par::Seq);
            own = own.minus(&above.adjoint().times(&above));
        }
        // A diagonal that is not real is none of a Hermitian matrix, whatever the products make of it.
        let real = (0..to - from).take_while(|&k| a[(from + k, from + k)].part_im() == 0.0).count();
        let (own, failed) = match triangle(&own, real) {
            Ok(own) => (own, None),
            Err((k, own)) => (own, Some(from + k)),
        };
        for j in 0..own.cols {
            let column = &mut r.col_mut(from + j)[..from + j + 1];
            column[..from].copy_from_slice(above.col(j));
            column[from..].copy_from_slice(&own.col(j)[..j + 1]);
        }
        if let Some(k) = failed {
            return Err((k, Mat::from_fn(k - 1, k - 1, |i, j| r[(i, j)])));
        }
    }
    Ok(r)
}

/// The factor of a small matrix, of which the first `real` diagonal elements are real.
fn triangle<T: Scalar>(a: &Mat<T>, real: usize) -> Result<Mat<T>, (usize, Mat<T>)> {
    let n = a.rows;
    let mut r: Mat<T> = Mat::zeros(n, n);
    for j in 0..n {
        for i in 0..j {
            let mut sum = a[(i, j)];
            for k in 0..i {
                sum -= r[(k, i)].conjugate() * r[(k, j)];
            }
            r[(i, j)] = sum / r[(i, i)];
        }
        let squares: f64 = r.col(j)[..j].iter().map(|x| x.modulus().powi(2)).sum();
        let d = a[(j, j)].part_re() - squares;
        if d.is_nan() || d <= 0.0 || j >= real {
            return Err((j + 1, Mat::from_fn(j, j, |i, k| if i <= k { r[(i, k)] } else { T::default() })));
        }
        r[(j, j)] = T::real(d.sqrt());
    }
    Ok(r)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::array::Complex64;

    fn definite(n: usize) -> Mat<f64> {
        let a = Mat::from_fn(n + 3, n, |i, j| ((i * 7 + j * j * 3 + i * j) % 11) as f64);
        a.adjoint().times(&a).shifted(1.0)
    }

    #[test]
    fn factors_multiply_back() {
        for n in [1, 2, 63, 64, 65, 150] {
            let a = definite(n);
            let r = cholesky(&a).unwrap();
            assert!(r.is_upper());
            assert!(r.adjoint().times(&r).minus(&a).norm_fro() < 1e-12 * a.norm_fro());
        }
        let real = definite(100);
        let a = Mat::from_fn(100, 100, |i, j| {
            let im = if i == j { 0.0 } else { (i as f64 - j as f64) * 1e-3 };
            Complex64::new(real[(i, j)], im)
        });
        let r = cholesky(&a).unwrap();
        assert!(r.adjoint().times(&r).minus(&a).norm_fro() < 1e-12 * a.norm_fro());
    }

    #[test]
    fn the_first_minor_that_is_not_positive_is_named() {
        for k in [0, 5, 64, 100] {
            let mut a = definite(130);
            a[(k, k)] = -1.0;
            let (at, before) = cholesky(&a).unwrap_err();
            assert_eq!((at, before.rows), (k + 1, k));
            let lead = Mat::from_fn(k, k, |i, j| a[(i, j)]);
            assert!(before.adjoint().times(&before).minus(&lead).norm_fro() <= 1e-12 * lead.norm_fro());
        }
    }
}

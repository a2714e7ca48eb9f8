//! Singular values and vectors of a matrix in memory, by faer.

use super::{Mat, Scalar};

/// Singular values and vectors: `U * diag (s) * V'`.
pub fn svd_of<T: Scalar>(m: &Mat<T>, full: bool) -> Option<(Mat<T>, Vec<f64>, Mat<T>)> {
    let k = m.rows.min(m.cols);
    if k == 0 {
        return Some((Mat::identity(m.rows), Vec::new(), Mat::identity(m.cols)));
    }
    let f = if full { m.faer().svd() } else { m.faer().thin_svd() }.ok()?;
    let s = (0..k).map(|i| f.S()[i].part_re()).collect();
    let (mut u, mut v) = (Mat::from_faer(f.U()), Mat::from_faer(f.V()));
    // The library leaves the signs open: the larger column sum of U is made negative, as reflections tend to do.
    if !T::COMPLEX {
        for j in 0..k {
            let sum: f64 = u.col(j).iter().map(|x| x.part_re()).sum();
            if j == 0 && sum > 0.0 {
                u.col_mut(j).iter_mut().for_each(|x| *x = -*x);
                v.col_mut(j).iter_mut().for_each(|x| *x = -*x);
            }
        }
    }
    Some((u, s, v))
}

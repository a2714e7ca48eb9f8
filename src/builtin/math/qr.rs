//! Orthogonal factorisations by Householder reflections, with LAPACK's choice of signs.
//!
//! Golub and Van Loan, Matrix Computations, 5.1 and 5.4.

use super::mat::{Mat, Scalar, norm2};
use crate::diag::interrupt;

/// A reflection `I - tau * v * v'` with `v[0] = 1` that turns a vector onto its first axis; `beta` is what it becomes.
pub struct Reflector<T> {
    pub tau: T,
    pub beta: T,
    pub v: Vec<T>,
}

/// The reflection of `x`, as LAPACK's `larfg` chooses it: the result is real and of the sign opposite to `x[0]`.
pub fn reflector<T: Scalar>(x: &[T]) -> Reflector<T> {
    let alpha = x[0];
    let rest = norm2(&x[1..]);
    let mut v = x.to_vec();
    v[0] = T::real(1.0);
    if rest == 0.0 && alpha.part_im() == 0.0 {
        v[1..].iter_mut().for_each(|y| *y = T::default());
        return Reflector { tau: T::default(), beta: alpha, v };
    }
    let length = alpha.modulus().hypot(rest);
    let beta = T::real(if alpha.part_re() >= 0.0 { -length } else { length });
    let tau = (beta - alpha) / beta;
    let scale = alpha - beta;
    v[1..].iter_mut().for_each(|y| *y /= scale);
    Reflector { tau, beta, v }
}

impl<T: Scalar> Reflector<T> {
    /// `H' * A` on rows from `row` and columns from `column` on.
    pub fn apply_adjoint(&self, a: &mut Mat<T>, row: usize, column: usize) {
        self.apply(a, row, column, self.tau.conjugate());
    }

    /// `H * A` on rows from `row` and columns from `column` on.
    pub fn apply_left(&self, a: &mut Mat<T>, row: usize, column: usize) {
        self.apply(a, row, column, self.tau);
    }

    fn apply(&self, a: &mut Mat<T>, row: usize, column: usize, tau: T) {
        if tau == T::default() {
            return;
        }
        interrupt::poll();
        for j in column..a.cols {
            let lane = &mut a.col_mut(j)[row..row + self.v.len()];
            let sum = lane.iter().zip(&self.v).fold(T::default(), |s, (&x, &v)| s + v.conjugate() * x) * tau;
            lane.iter_mut().zip(&self.v).for_each(|(x, &v)| *x -= v * sum);
        }
    }

    /// `A * H` on rows `..rows` and columns from `column` on.
    pub fn apply_right(&self, a: &mut Mat<T>, rows: usize, column: usize) {
        if self.tau == T::default() {
            return;
        }
        interrupt::poll();
        for i in 0..rows {
            let sum = self.v.iter().enumerate().fold(T::default(), |s, (k, &v)| s + a[(i, column + k)] * v) * self.tau;
            for (k, &v) in self.v.iter().enumerate() {
                a[(i, column + k)] -= sum * v.conjugate();
            }
        }
    }
}

/// `A = Q * R`, or with pivoting `A(:, perm) = Q * R`.
pub struct Qr<T> {
    reflectors: Vec<Reflector<T>>,
    /// Upper triangular (trapezoidal), rows x cols of A.
    pub r: Mat<T>,
    /// Column `perm[j]` of A stands at place `j`.
    pub perm: Vec<usize>,
}

impl<T: Scalar> Qr<T> {
    pub fn new(a: &Mat<T>, pivot: bool) -> Qr<T> {
        let mut r = a.clone();
        let mut perm: Vec<usize> = (0..a.cols).collect();
        let steps = a.rows.min(a.cols);
        let mut reflectors = Vec::with_capacity(steps);
        for k in 0..steps {
            if pivot {
                let length = |j: usize, r: &Mat<T>| norm2(&r.col(j)[k..]);
                let mut best = k;
                let mut longest = length(k, &r);
                for j in k + 1..a.cols {
                    let l = length(j, &r);
                    if l > longest {
                        (best, longest) = (j, l);
                    }
                }
                if best != k {
                    perm.swap(k, best);
                    for i in 0..a.rows {
                        let (x, y) = (r[(i, k)], r[(i, best)]);
                        (r[(i, k)], r[(i, best)]) = (y, x);
                    }
                }
            }
            let h = reflector(&r.col(k)[k..]);
            h.apply_adjoint(&mut r, k, k + 1);
            r[(k, k)] = h.beta;
            r.col_mut(k)[k + 1..].iter_mut().for_each(|x| *x = T::default());
            reflectors.push(h);
        }
        Qr { reflectors, r, perm }
    }

    /// The first `columns` columns of Q.
    pub fn q(&self, columns: usize) -> Mat<T> {
        let mut q = Mat::from_fn(self.r.rows, columns, |i, j| if i == j { T::real(1.0) } else { T::default() });
        for (k, h) in self.reflectors.iter().enumerate().rev() {
            h.apply_left(&mut q, k, 0);
        }
        q
    }

    /// The first `rows` rows of R.
    pub fn r(&self, rows: usize) -> Mat<T> {
        self.r.rows_of(0, rows)
    }
}

/// `A = P * H * P'` with H upper Hessenberg and P unitary.
pub fn hessenberg<T: Scalar>(a: &Mat<T>) -> (Mat<T>, Mat<T>) {
    let n = a.rows;
    let mut h = a.clone();
    let mut p = Mat::identity(n);
    for k in 0..n.saturating_sub(2) {
        let reflection = reflector(&h.col(k)[k + 1..]);
        reflection.apply_adjoint(&mut h, k + 1, k + 1);
        h[(k + 1, k)] = reflection.beta;
        h.col_mut(k)[k + 2..].iter_mut().for_each(|x| *x = T::default());
        reflection.apply_right(&mut h, n, k + 1);
        reflection.apply_right(&mut p, n, k + 1);
    }
    if n >= 2 && T::COMPLEX {
        // The last subdiagonal element is left as it is; LAPACK makes it real too.
        let reflection = reflector(&h.col(n - 2)[n - 1..]);
        reflection.apply_adjoint(&mut h, n - 1, n - 1);
        h[(n - 1, n - 2)] = reflection.beta;
        reflection.apply_right(&mut h, n, n - 1);
        reflection.apply_right(&mut p, n, n - 1);
    }
    (p, h)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn factors_multiply_back() {
        let a = Mat::new(3, 2, vec![1.0, 3.0, 5.0, 2.0, 4.0, 7.0]);
        let f = Qr::new(&a, false);
        let product = f.q(2).times(&f.r(2));
        assert!(product.minus(&a).norm_fro() < 1e-14);
        assert!(f.r[(0, 0)] < 0.0, "LAPACK's sign");
        let h = Mat::from_fn(4, 4, |i, j| ((i * 7 + j * 3) % 5) as f64);
        let (p, t) = hessenberg(&h);
        assert!(p.times(&t).times(&p.adjoint()).minus(&h).norm_fro() < 1e-13);
    }
}

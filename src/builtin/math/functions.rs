//! Functions of square matrices: exponential, logarithm, root.
//!
//! Higham, Functions of Matrices (SIAM, 2008): scaling and squaring (10.3), inverse scaling and squaring (11.5), the
//! Schur method for the square root (6.2).

use super::mat::{Mat, Scalar};
use super::schur;
use super::solve::Lu;
use crate::array::Complex64;

/// Coefficients of the diagonal Pade approximant of order 13.
const PADE: [f64; 14] = [
    64764752532480000.0,
    32382376266240000.0,
    7771770303897600.0,
    1187353796428800.0,
    129060195264000.0,
    10559470521600.0,
    670442572800.0,
    33522128640.0,
    1323241920.0,
    40840800.0,
    960960.0,
    16380.0,
    182.0,
    1.0,
];

/// `e^A`.
pub fn exponential<T: Scalar>(a: &Mat<T>) -> Mat<T> {
    let n = a.rows;
    // A multiple of the identity taken off keeps the norm small.
    let shift = (0..n).fold(T::default(), |s, i| s + a[(i, i)]).scaled(1.0 / n.max(1) as f64);
    let usable = shift.part_re() > 0.0 && shift.finite();
    let shift = if usable { shift } else { T::default() };
    let mut a = Mat::from_fn(n, n, |i, j| if i == j { a[(i, j)] - shift } else { a[(i, j)] });
    let norm = a.norm1();
    if !norm.is_finite() {
        return Mat::new(n, n, vec![T::real(f64::NAN); n * n]);
    }
    let squarings = if norm > 5.37 { ((norm / 5.37).log2().ceil() as i32).max(0) } else { 0 };
    a = a.scale(0.5f64.powi(squarings));
    let a2 = a.times(&a);
    let a4 = a2.times(&a2);
    let a6 = a2.times(&a4);
    let identity = Mat::identity(n);
    let sum = |c6: f64, c4: f64, c2: f64, c0: f64| {
        a6.scale(c6).plus(&a4.scale(c4)).plus(&a2.scale(c2)).plus(&identity.scale(c0))
    };
    let odd_high = sum(PADE[13], PADE[11], PADE[9], 0.0);
    let odd = a.times(&a6.times(&odd_high).plus(&sum(PADE[7], PADE[5], PADE[3], PADE[1])));
    let even_high = sum(PADE[12], PADE[10], PADE[8], 0.0);
    let even = a6.times(&even_high).plus(&sum(PADE[6], PADE[4], PADE[2], PADE[0]));
    let mut e = Lu::new(&even.minus(&odd)).solve(&even.plus(&odd));
    for _ in 0..squarings {
        e = e.times(&e);
    }
    if usable {
        let factor = exp_scalar(shift);
        e = e.map(|x| x * factor);
    }
    e
}

fn exp_scalar<T: Scalar>(x: T) -> T {
    // Real shifts stay real; complex ones have their angle too.
    let size = T::real(x.part_re().exp());
    if x.part_im() == 0.0 {
        return size;
    }
    let (s, c) = x.part_im().sin_cos();
    // `x - conj(x)` is twice the imaginary part along the imaginary axis.
    let axis = (x - x.conjugate()).scaled(0.5 / x.part_im());
    size * (T::real(c) + axis.scaled(s))
}

/// Complex Schur form of any matrix.
fn triangular(a: &Mat<Complex64>) -> Option<(Mat<Complex64>, Mat<Complex64>)> {
    if a.a.iter().all(|z| z.im == 0.0) {
        let real = Mat::new(a.rows, a.cols, a.a.iter().map(|z| z.re).collect());
        if real.is_upper() {
            return Some((Mat::identity(a.rows), a.clone()));
        }
        let (q, t) = schur::real(&real)?;
        return Some(schur::to_complex(&q, &t));
    }
    if a.is_upper() {
        return Some((Mat::identity(a.rows), a.clone()));
    }
    schur::complex(a)
}

/// The principal square root of an upper triangular matrix.
fn triangular_root(t: &Mat<Complex64>) -> Mat<Complex64> {
    let n = t.rows;
    let mut r: Mat<Complex64> = Mat::zeros(n, n);
    for j in 0..n {
        r[(j, j)] = t[(j, j)].sqrt();
        for i in (0..j).rev() {
            let sum = (i + 1..j).fold(Complex64::ZERO, |s, k| s + r[(i, k)] * r[(k, j)]);
            let top = t[(i, j)] - sum;
            let below = r[(i, i)] + r[(j, j)];
            r[(i, j)] = if top == Complex64::ZERO && below == Complex64::ZERO { Complex64::ZERO } else { top / below };
        }
    }
    r
}

/// The principal square root; `None` if the Schur form was not found.
pub fn root(a: &Mat<Complex64>) -> Option<Mat<Complex64>> {
    let (q, t) = triangular(a)?;
    Some(cleaned(a, q.times(&triangular_root(&t)).times(&q.adjoint())))
}

/// The principal logarithm; the flag says that A has eigenvalues on the closed negative axis, where it is none.
pub fn logarithm(a: &Mat<Complex64>) -> Option<(Mat<Complex64>, bool)> {
    let n = a.rows;
    let (q, mut t) = triangular(a)?;
    let improper = (0..n).any(|i| t[(i, i)].re <= 0.0 && t[(i, i)].im.abs() <= f64::EPSILON * t[(i, i)].norm());
    let diagonal: Vec<Complex64> = (0..n).map(|i| t[(i, i)]).collect();
    let mut halvings = 0;
    let identity: Mat<Complex64> = Mat::identity(n);
    while t.minus(&identity).norm1() > 0.25 && halvings < 100 {
        t = triangular_root(&t);
        halvings += 1;
    }
    // Partial fractions of the Pade approximant by Gauss-Legendre nodes on [0, 1].
    let x = t.minus(&identity);
    let mut sum: Mat<Complex64> = Mat::zeros(n, n);
    for (node, weight) in super::quadrature::gauss_legendre(12) {
        let (s, w) = ((node + 1.0) / 2.0, weight / 2.0);
        let below = identity.plus(&x.scale(s));
        sum = sum.plus(&Lu::new(&below).solve(&x).scale(w));
    }
    let mut l = sum.scale(2f64.powi(halvings));
    for (i, d) in diagonal.iter().enumerate() {
        l[(i, i)] = d.ln();
    }
    Some((cleaned(a, q.times(&l).times(&q.adjoint())), improper))
}

/// Rounding taken out of imaginary parts where the argument was real and the result is real but for that.
fn cleaned(a: &Mat<Complex64>, result: Mat<Complex64>) -> Mat<Complex64> {
    let size = result.a.iter().map(|z| z.norm()).fold(0.0, f64::max);
    let tolerance = 10.0 * f64::EPSILON * size * a.rows as f64;
    if a.a.iter().all(|z| z.im == 0.0) && result.a.iter().all(|z| z.im.abs() <= tolerance) {
        return result.map(|z| Complex64::new(z.re, 0.0));
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithm_undoes_the_exponential() {
        let a = Mat::new(3, 3, vec![0.1, 0.4, -0.2, 0.3, 0.5, 0.1, -0.3, 0.2, 0.6]);
        let e = exponential(&a).to_complex();
        let (l, improper) = logarithm(&e).unwrap();
        assert!(!improper && l.minus(&a.to_complex()).norm_fro() < 1e-13);
        let r = root(&e).unwrap();
        assert!(r.times(&r).minus(&e).norm_fro() < 1e-13);
    }

    #[test]
    fn exponential_of_a_rotation() {
        let a = Mat::new(2, 2, vec![0.0, 1.0, -1.0, 0.0]);
        let e = exponential(&a);
        assert!((e[(0, 0)] - 1f64.cos()).abs() < 1e-15 && (e[(1, 0)] - 1f64.sin()).abs() < 1e-15);
    }
}

//! Schur forms: of real matrices by Francis' double shifts, of complex ones by single shifts; eigenvectors from them.
//!
//! The real iteration follows LAPACK's `lahqr` and `lanv2`, so that order and signs come out as users know them.
//! Golub and Van Loan, 7.4 to 7.6.

use super::mat::{Mat, Scalar};
use super::qr::{hessenberg, reflector};
use crate::array::Complex64;
use crate::diag::interrupt;

const ULP: f64 = f64::EPSILON;

/// `A = Q * T * Q'` with T quasi-triangular: 2x2 blocks on the diagonal have equal diagonal elements and off-diagonal
/// ones of opposite sign. `None` if the iteration does not converge.
pub fn real(a: &Mat<f64>) -> Option<(Mat<f64>, Mat<f64>)> {
    let (mut q, mut h) = hessenberg(a);
    francis(&mut h, &mut q)?;
    Some((q, h))
}

fn francis(h: &mut Mat<f64>, z: &mut Mat<f64>) -> Option<()> {
    let n = h.rows;
    if n == 0 {
        return Some(());
    }
    let small = f64::MIN_POSITIVE * (n as f64 / ULP);
    let most = 30 * n.max(10);
    let mut i = n as isize - 1;
    let mut stalled = 0;
    'deflate: while i >= 0 {
        let last = i as usize;
        for _ in 0..=most {
            let l = split(h, last, small);
            if l > 0 {
                h[(l, l - 1)] = 0.0;
            }
            if l + 1 >= last {
                if l + 1 == last {
                    standardise(h, z, last);
                }
                stalled = 0;
                i = l as isize - 1;
                continue 'deflate;
            }
            stalled += 1;
            sweep(h, z, l, last, stalled);
        }
        return None;
    }
    Some(())
}

/// The row from which the active block reaches to `last`: the last subdiagonal element that is negligible.
fn split(h: &Mat<f64>, last: usize, small: f64) -> usize {
    let n = h.rows;
    for k in (1..=last).rev() {
        let sub = h[(k, k - 1)].abs();
        if sub <= small {
            return k;
        }
        let mut size = h[(k - 1, k - 1)].abs() + h[(k, k)].abs();
        if size == 0.0 {
            if k >= 2 {
                size += h[(k - 1, k - 2)].abs();
            }
            if k + 1 < n {
                size += h[(k + 1, k)].abs();
            }
        }
        if sub <= ULP * size {
            let sup = h[(k - 1, k)].abs();
            let (ab, ba) = (sub.max(sup), sub.min(sup));
            let difference = (h[(k - 1, k - 1)] - h[(k, k)]).abs();
            let (aa, bb) = (h[(k, k)].abs().max(difference), h[(k, k)].abs().min(difference));
            let s = aa + ab;
            if ba * (ab / s) <= small.max(ULP * (bb * (aa / s))) {
                return k;
            }
        }
    }
    0
}

/// One implicit double shift on rows and columns `l..=i`.
fn sweep(h: &mut Mat<f64>, z: &mut Mat<f64>, l: usize, i: usize, stalled: usize) {
    interrupt::poll();
    let n = h.rows;
    let (h11, h21, h12, h22);
    if stalled.is_multiple_of(20) {
        let s = h[(i, i - 1)].abs() + h[(i - 1, i - 2)].abs();
        (h11, h12, h21) = (0.75 * s + h[(i, i)], -0.4375 * s, s);
        h22 = h11;
    } else if stalled.is_multiple_of(10) {
        let s = h[(l + 1, l)].abs() + h[(l + 2, l + 1)].abs();
        (h11, h12, h21) = (0.75 * s + h[(l, l)], -0.4375 * s, s);
        h22 = h11;
    } else {
        (h11, h21, h12, h22) = (h[(i - 1, i - 1)], h[(i, i - 1)], h[(i - 1, i)], h[(i, i)]);
    }
    let s = h11.abs() + h12.abs() + h21.abs() + h22.abs();
    let (mut r1, mut i1, mut r2, mut i2) = (0.0, 0.0, 0.0, 0.0);
    if s != 0.0 {
        let (h11, h21, h12, h22) = (h11 / s, h21 / s, h12 / s, h22 / s);
        let trace = (h11 + h22) / 2.0;
        let det = (h11 - trace) * (h22 - trace) - h12 * h21;
        let root = det.abs().sqrt();
        if det >= 0.0 {
            (r1, r2, i1, i2) = (trace * s, trace * s, root * s, -root * s);
        } else {
            let (a, b) = (trace + root, trace - root);
            r1 = if (a - h22).abs() <= (b - h22).abs() { a * s } else { b * s };
            r2 = r1;
        }
    }
    let mut v;
    let mut m = i - 2;
    loop {
        let s = (h[(m, m)] - r2).abs() + i2.abs() + h[(m + 1, m)].abs();
        let h21 = h[(m + 1, m)] / s;
        v = [
            h21 * h[(m, m + 1)] + (h[(m, m)] - r1) * ((h[(m, m)] - r2) / s) - i1 * (i2 / s),
            h21 * (h[(m, m)] + h[(m + 1, m + 1)] - r1 - r2),
            h21 * h[(m + 2, m + 1)],
        ];
        let s = v[0].abs() + v[1].abs() + v[2].abs();
        v.iter_mut().for_each(|x| *x /= s);
        if m == l {
            break;
        }
        let around = h[(m - 1, m - 1)].abs() + h[(m, m)].abs() + h[(m + 1, m + 1)].abs();
        if h[(m, m - 1)].abs() * (v[1].abs() + v[2].abs()) <= ULP * v[0].abs() * around {
            break;
        }
        m -= 1;
    }
    for k in m..i {
        let size = 3.min(i - k + 1);
        let x: Vec<f64> = if k > m { (0..size).map(|r| h[(k + r, k - 1)]).collect() } else { v[..size].to_vec() };
        let mut reflection = reflector(&x);
        if k > m {
            h[(k, k - 1)] = reflection.beta;
            (1..size).for_each(|r| h[(k + r, k - 1)] = 0.0);
        } else if m > l {
            h[(k, k - 1)] *= 1.0 - reflection.tau;
        }
        reflection.v.truncate(size);
        reflection.apply_left(h, k, k);
        reflection.apply_right(h, (k + 4).min(i + 1), k);
        reflection.apply_right(z, n, k);
    }
}

/// Brings the 2x2 block ending at `i` to standard form.
fn standardise(h: &mut Mat<f64>, z: &mut Mat<f64>, i: usize) {
    let n = h.rows;
    let block = (h[(i - 1, i - 1)], h[(i - 1, i)], h[(i, i - 1)], h[(i, i)]);
    let ((a, b, c, d), cs, sn) = standard_form(block);
    (h[(i - 1, i - 1)], h[(i - 1, i)], h[(i, i - 1)], h[(i, i)]) = (a, b, c, d);
    for j in i + 1..n {
        let (x, y) = (h[(i - 1, j)], h[(i, j)]);
        (h[(i - 1, j)], h[(i, j)]) = (cs * x + sn * y, cs * y - sn * x);
    }
    for (m, rows) in [(&mut *h, i - 1), (z, n)] {
        for r in 0..rows {
            let (x, y) = (m[(r, i - 1)], m[(r, i)]);
            (m[(r, i - 1)], m[(r, i)]) = (cs * x + sn * y, cs * y - sn * x);
        }
    }
}

/// Schur form of a real 2x2 matrix and its rotation (LAPACK's `lanv2`).
fn standard_form((mut a, mut b, mut c, mut d): (f64, f64, f64, f64)) -> ((f64, f64, f64, f64), f64, f64) {
    let (mut cs, mut sn) = (1.0, 0.0);
    if c == 0.0 {
        return ((a, b, c, d), cs, sn);
    }
    if b == 0.0 {
        return ((d, -c, 0.0, a), 0.0, 1.0);
    }
    if a - d == 0.0 && b.signum() != c.signum() {
        return ((a, b, c, d), cs, sn);
    }
    let temp = a - d;
    let p = 0.5 * temp;
    let most = b.abs().max(c.abs());
    let least = b.abs().min(c.abs()) * b.signum() * c.signum();
    let scale = p.abs().max(most);
    let z = (p / scale) * p + (most / scale) * least;
    if z >= 4.0 * ULP {
        let z = p + (scale.sqrt() * z.sqrt()).copysign(p);
        a = d + z;
        d -= (most / z) * least;
        let tau = c.hypot(z);
        (cs, sn) = (z / tau, c / tau);
        return ((a, b - c, 0.0, d), cs, sn);
    }
    let sigma = b + c;
    let tau = sigma.hypot(temp);
    cs = (0.5 * (1.0 + sigma.abs() / tau)).sqrt();
    sn = -(p / (tau * cs)) * 1f64.copysign(sigma);
    let (aa, bb) = (a * cs + b * sn, -a * sn + b * cs);
    let (cc, dd) = (c * cs + d * sn, -c * sn + d * cs);
    (a, b, c, d) = (aa * cs + cc * sn, bb * cs + dd * sn, -aa * sn + cc * cs, -bb * sn + dd * cs);
    let middle = 0.5 * (a + d);
    (a, d) = (middle, middle);
    if c != 0.0 {
        if b == 0.0 {
            (b, c) = (-c, 0.0);
            (cs, sn) = (-sn, cs);
        } else if b.signum() == c.signum() {
            let (sab, sac) = (b.abs().sqrt(), c.abs().sqrt());
            let p = (sab * sac).copysign(c);
            let tau = 1.0 / (b + c).abs().sqrt();
            (a, d) = (middle + p, middle - p);
            (b, c) = (b - c, 0.0);
            let (cs1, sn1) = (sab * tau, sac * tau);
            (cs, sn) = (cs * cs1 - sn * sn1, cs * sn1 + sn * cs1);
        }
    }
    ((a, b, c, d), cs, sn)
}

/// Eigenvalues on the diagonal of a real Schur form.
pub fn eigenvalues(t: &Mat<f64>) -> Vec<Complex64> {
    let n = t.rows;
    let mut out = Vec::with_capacity(n);
    let mut i = 0;
    while i < n {
        if i + 1 < n && t[(i + 1, i)] != 0.0 {
            let im = t[(i, i + 1)].abs().sqrt() * t[(i + 1, i)].abs().sqrt();
            out.push(Complex64::new(t[(i, i)], im));
            out.push(Complex64::new(t[(i + 1, i + 1)], -im));
            i += 2;
        } else {
            out.push(Complex64::new(t[(i, i)], 0.0));
            i += 1;
        }
    }
    out
}

/// Eigenvectors of a real Schur form in its own basis, one a column; the second of a pair is the conjugate of the first.
pub fn eigenvectors(t: &Mat<f64>) -> Mat<Complex64> {
    let n = t.rows;
    let values = eigenvalues(t);
    let norm = t.norm1().max(f64::MIN_POSITIVE);
    let mut out: Mat<Complex64> = Mat::zeros(n, n);
    let mut k = 0;
    while k < n {
        interrupt::poll();
        let pair = values[k].im != 0.0;
        let lambda = values[k];
        let mut x = vec![Complex64::ZERO; n];
        if pair {
            if t[(k, k + 1)].abs() >= t[(k + 1, k)].abs() {
                x[k] = 1.0.into();
                x[k + 1] = Complex64::new(0.0, lambda.im / t[(k, k + 1)]);
            } else {
                x[k] = (-lambda.im / t[(k + 1, k)]).into();
                x[k + 1] = Complex64::I;
            }
        } else {
            x[k] = 1.0.into();
        }
        let top = if pair { k + 1 } else { k };
        let mut row = k;
        while row > 0 {
            row -= 1;
            let rest = |r: usize, from: usize, x: &[Complex64]| {
                (from..=top).fold(Complex64::ZERO, |s, c| s - x[c] * t[(r, c)])
            };
            if row > 0 && t[(row, row - 1)] != 0.0 {
                // A 2x2 system.
                let (r0, r1) = (row - 1, row);
                let (b0, b1) = (rest(r0, row + 1, &x), rest(r1, row + 1, &x));
                let (a, b) = (t[(r0, r0)] - lambda, Complex64::from(t[(r0, r1)]));
                let (c, d) = (Complex64::from(t[(r1, r0)]), t[(r1, r1)] - lambda);
                let mut det = a * d - b * c;
                if det.norm() < f64::MIN_POSITIVE {
                    det = (ULP * norm * norm).into();
                }
                x[r0] = (b0 * d - b * b1) / det;
                x[r1] = (a * b1 - c * b0) / det;
                row -= 1;
            } else {
                let mut pivot = t[(row, row)] - lambda;
                if pivot.norm() < ULP * norm {
                    pivot = (ULP * norm).into();
                }
                x[row] = rest(row, row + 1, &x) / pivot;
            }
        }
        out.col_mut(k).copy_from_slice(&x);
        if pair {
            out.col_mut(k + 1).iter_mut().zip(&x).for_each(|(y, z)| *y = z.conj());
            k += 1;
        }
        k += 1;
    }
    out
}

/// `A = Q * T * Q'` with T upper triangular, for complex matrices.
pub fn complex(a: &Mat<Complex64>) -> Option<(Mat<Complex64>, Mat<Complex64>)> {
    let (mut q, mut h) = hessenberg(a);
    let n = h.rows;
    let mut last = n.saturating_sub(1);
    let mut turns = 0;
    while last > 0 {
        let first = (1..=last)
            .rev()
            .find(|&k| {
                h[(k, k - 1)].size1() <= ULP * (h[(k - 1, k - 1)].size1() + h[(k, k)].size1()).max(f64::MIN_POSITIVE)
            })
            .unwrap_or(0);
        if first > 0 {
            h[(first, first - 1)] = Complex64::ZERO;
        }
        if first == last {
            last -= 1;
            turns = 0;
            continue;
        }
        turns += 1;
        if turns > 30 * n.max(10) {
            return None;
        }
        let shift = if turns % 10 == 0 {
            Complex64::from(h[(last, last - 1)].norm() + h[(last, last)].norm())
        } else {
            wilkinson_shift(&h, last)
        };
        single_shift(&mut h, &mut q, first, last, shift);
    }
    for j in 0..n {
        (j + 1..n).for_each(|i| h[(i, j)] = Complex64::ZERO);
    }
    Some((q, h))
}

/// The eigenvalue of the last 2x2 block that is nearer to its last element.
fn wilkinson_shift(h: &Mat<Complex64>, k: usize) -> Complex64 {
    let (a, b, c, d) = (h[(k - 1, k - 1)], h[(k - 1, k)], h[(k, k - 1)], h[(k, k)]);
    let half = (a - d) / 2.0;
    let root = (half * half + b * c).sqrt();
    let (x, y) = (half + root, half - root);
    d + if x.norm() < y.norm() { x } else { y }
}

fn single_shift(h: &mut Mat<Complex64>, q: &mut Mat<Complex64>, first: usize, last: usize, shift: Complex64) {
    interrupt::poll();
    let n = h.rows;
    let (mut x, mut y) = (h[(first, first)] - shift, h[(first + 1, first)]);
    for k in first..last {
        let length = x.norm().hypot(y.norm());
        let (c, s) = if length == 0.0 { (Complex64::from(1.0), Complex64::ZERO) } else { (x / length, y / length) };
        for j in k.saturating_sub(1)..n {
            let (u, v) = (h[(k, j)], h[(k + 1, j)]);
            h[(k, j)] = c.conj() * u + s.conj() * v;
            h[(k + 1, j)] = c * v - s * u;
        }
        for (m, rows) in [(&mut *h, (k + 3).min(last + 1)), (&mut *q, n)] {
            for i in 0..rows {
                let (u, v) = (m[(i, k)], m[(i, k + 1)]);
                m[(i, k)] = u * c + v * s;
                m[(i, k + 1)] = v * c.conj() - u * s.conj();
            }
        }
        if k + 1 < last {
            (x, y) = (h[(k + 1, k)], h[(k + 2, k)]);
        }
    }
}

/// A real Schur form made complex and triangular.
pub fn to_complex(q: &Mat<f64>, t: &Mat<f64>) -> (Mat<Complex64>, Mat<Complex64>) {
    let (mut q, mut t) = (q.to_complex(), t.to_complex());
    let n = t.rows;
    for m in (1..n).rev() {
        if t[(m, m - 1)] == Complex64::ZERO {
            continue;
        }
        let k = m - 1;
        let half = (t[(k, k)] - t[(m, m)]) / 2.0;
        let mu = half + (half * half + t[(k, m)] * t[(m, k)]).sqrt();
        let r = mu.norm().hypot(t[(m, k)].norm());
        let (c, s) = (mu / r, t[(m, k)] / r);
        for j in k..n {
            let (u, v) = (t[(k, j)], t[(m, j)]);
            t[(k, j)] = c.conj() * u + s * v;
            t[(m, j)] = c * v - s * u;
        }
        for i in 0..=m {
            let (u, v) = (t[(i, k)], t[(i, m)]);
            t[(i, k)] = u * c + v * s;
            t[(i, m)] = v * c.conj() - u * s;
        }
        for i in 0..n {
            let (u, v) = (q[(i, k)], q[(i, m)]);
            q[(i, k)] = u * c + v * s;
            q[(i, m)] = v * c.conj() - u * s;
        }
        t[(m, k)] = Complex64::ZERO;
    }
    (q, t)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn real_forms_multiply_back_and_give_eigenvectors() {
        for n in 1..12 {
            let a = Mat::from_fn(n, n, |i, j| ((i * 13 + j * 7 + i * j) % 11) as f64 - 4.0);
            let (q, t) = real(&a).unwrap();
            assert!(q.times(&t).times(&q.transpose()).minus(&a).norm_fro() < 1e-11, "order {n}");
            let values = eigenvalues(&t);
            let v = q.to_complex().times(&eigenvectors(&t));
            let left = a.to_complex().times(&v);
            let right = Mat::from_fn(n, n, |i, j| v[(i, j)] * values[j]);
            let size = v.norm_fro() * a.norm_fro().max(1.0);
            assert!(left.minus(&right).norm_fro() < 1e-10 * size, "order {n}");
            let (u, c) = to_complex(&q, &t);
            assert!(u.times(&c).times(&u.adjoint()).minus(&a.to_complex()).norm_fro() < 1e-11);
        }
    }

    #[test]
    fn complex_forms_multiply_back() {
        for n in 1..9 {
            let a = Mat::from_fn(n, n, |i, j| Complex64::new(((i * 5 + j) % 7) as f64, ((i + 3 * j) % 5) as f64 - 2.0));
            let (q, t) = complex(&a).unwrap();
            assert!(q.times(&t).times(&q.adjoint()).minus(&a).norm_fro() < 1e-11, "order {n}");
        }
    }
}

//! Eigenvalues and eigenvectors of real symmetric matrices: reduction to tridiagonal form from the last column on, then
//! implicit QL or QR steps, whichever end is smaller.
//!
//! The algorithm of EISPACK's `tred2` and `imtql2` in the form LAPACK's `sytd2` and `steqr` give it, so that the signs
//! of eigenvectors come out as users know them. Golub and Van Loan, 8.3.

use super::mat::Mat;
use super::qr::reflector;
use crate::diag::interrupt;

/// Eigenvalues in ascending order, and orthonormal eigenvectors. `None` if the iteration does not converge.
pub fn symmetric(a: &Mat<f64>) -> Option<(Vec<f64>, Mat<f64>)> {
    let (mut d, mut e, mut z) = reduce(a);
    iterate(&mut d, &mut e, &mut z)?;
    // Ascending, by selection as `steqr` does.
    let n = d.len();
    for i in 0..n {
        let k = (i..n).fold(i, |k, j| if d[j] < d[k] { j } else { k });
        if k != i {
            d.swap(i, k);
            for row in 0..n {
                z.a.swap(i * n + row, k * n + row);
            }
        }
    }
    Some((d, z))
}

/// `A = Q * T * Q'` from the upper triangle: diagonal, superdiagonal, Q.
fn reduce(a: &Mat<f64>) -> (Vec<f64>, Vec<f64>, Mat<f64>) {
    let n = a.rows;
    let mut a = a.clone();
    let mut e = vec![0.0; n.saturating_sub(1)];
    let mut q = Mat::identity(n);
    let mut reflections = Vec::with_capacity(n);
    for i in (0..n.saturating_sub(1)).rev() {
        // Column i+1 above its superdiagonal element is annihilated; the reflector counts from that element upwards.
        let mut x = vec![a[(i, i + 1)]];
        x.extend_from_slice(&a.col(i + 1)[..i]);
        let h = reflector(&x);
        interrupt::poll();
        let mut v = h.v[1..].to_vec();
        v.push(1.0);
        e[i] = h.beta;
        if h.tau != 0.0 {
            // w = tau A v - (tau^2 / 2) (v' A v) v;  A := A - v w' - w v'.
            let mut w = vec![0.0; i + 1];
            for (row, slot) in w.iter_mut().enumerate() {
                *slot = h.tau * (0..=i).map(|k| if row <= k { a[(row, k)] } else { a[(k, row)] } * v[k]).sum::<f64>();
            }
            let alpha = -0.5 * h.tau * w.iter().zip(&v).map(|(w, v)| w * v).sum::<f64>();
            w.iter_mut().zip(&v).for_each(|(w, v)| *w += alpha * v);
            for k in 0..=i {
                for row in 0..=k {
                    a[(row, k)] -= v[row] * w[k] + w[row] * v[k];
                }
            }
        }
        reflections.push((h.tau, v));
    }
    let d = (0..n).map(|i| a[(i, i)]).collect();
    // Q is the product of the reflections, the last made being the innermost.
    for (tau, v) in reflections.iter().rev() {
        if *tau == 0.0 {
            continue;
        }
        interrupt::poll();
        for j in 0..n {
            let column = q.col_mut(j);
            let sum = tau * column.iter().zip(v).map(|(x, v)| x * v).sum::<f64>();
            column.iter_mut().zip(v).for_each(|(x, v)| *x -= sum * v);
        }
    }
    (d, e, q)
}

/// A rotation in the plane of columns `j` and `j + 1`.
fn rotate(z: &mut Mat<f64>, j: usize, c: f64, s: f64) {
    let n = z.rows;
    for i in 0..n {
        let t = z.a[(j + 1) * n + i];
        let u = z.a[j * n + i];
        z.a[(j + 1) * n + i] = c * t - s * u;
        z.a[j * n + i] = s * t + c * u;
    }
}

/// Cosine, sine and length of the rotation that turns (f, g) onto the first axis.
fn rotation(f: f64, g: f64) -> (f64, f64, f64) {
    if g == 0.0 {
        return (1.0, 0.0, f);
    }
    if f == 0.0 {
        return (0.0, g.signum(), g.abs());
    }
    let d = f.hypot(g);
    let r = d.copysign(f);
    (f.abs() / d, g / r, r)
}

/// Eigenvalues of [a b; b c], the larger in modulus first, and its unit eigenvector.
fn two_by_two(a: f64, b: f64, c: f64) -> (f64, f64, f64, f64) {
    let (sum, difference, twice) = (a + c, a - c, b + b);
    let (adf, ab) = (difference.abs(), twice.abs());
    let (most, least) = if a.abs() > c.abs() { (a, c) } else { (c, a) };
    let rt = adf.hypot(ab);
    let (rt1, rt2, sign1) = if sum < 0.0 {
        let r = 0.5 * (sum - rt);
        (r, (most / r) * least - (b / r) * b, -1)
    } else if sum > 0.0 {
        let r = 0.5 * (sum + rt);
        (r, (most / r) * least - (b / r) * b, 1)
    } else {
        (0.5 * rt, -0.5 * rt, 1)
    };
    let (cs, sign2) = if difference >= 0.0 { (difference + rt, 1) } else { (difference - rt, -1) };
    let (mut c1, mut s1);
    if cs.abs() > ab {
        let ct = -twice / cs;
        s1 = 1.0 / (1.0 + ct * ct).sqrt();
        c1 = ct * s1;
    } else if ab == 0.0 {
        (c1, s1) = (1.0, 0.0);
    } else {
        let tn = -cs / twice;
        c1 = 1.0 / (1.0 + tn * tn).sqrt();
        s1 = tn * c1;
    }
    if sign1 == sign2 {
        (c1, s1) = (-s1, c1);
    }
    (rt1, rt2, c1, s1)
}

fn negligible(e: f64, a: f64, b: f64) -> bool {
    let eps2 = (f64::EPSILON / 2.0).powi(2);
    e * e <= (eps2 * a.abs()) * b.abs() + f64::MIN_POSITIVE
}

fn iterate(d: &mut [f64], e: &mut [f64], z: &mut Mat<f64>) -> Option<()> {
    let n = d.len();
    let mut budget = 30 * n.max(1);
    let mut first = 0;
    while first < n {
        if first > 0 {
            e[first - 1] = 0.0;
        }
        let mut last = first;
        while last + 1 < n {
            let t = e[last].abs();
            if t == 0.0 {
                break;
            }
            if t <= d[last].abs().sqrt() * d[last + 1].abs().sqrt() * (f64::EPSILON / 2.0) {
                e[last] = 0.0;
                break;
            }
            last += 1;
        }
        let (start, end) = (first, last);
        first = last + 1;
        if start == end {
            continue;
        }
        if d[end].abs() >= d[start].abs() {
            ql(d, e, z, start, end, &mut budget)?;
        } else {
            qr(d, e, z, start, end, &mut budget)?;
        }
        // A block that split on the way is looked at again.
        if (start..end).any(|i| e[i] != 0.0) {
            first = start;
        }
    }
    Some(())
}

fn ql(d: &mut [f64], e: &mut [f64], z: &mut Mat<f64>, start: usize, end: usize, budget: &mut usize) -> Option<()> {
    let mut l = start;
    while l <= end {
        let m = (l..end).find(|&m| negligible(e[m], d[m], d[m + 1])).unwrap_or(end);
        if m < end {
            e[m] = 0.0;
        }
        if m == l {
            l += 1;
            continue;
        }
        if m == l + 1 {
            let (rt1, rt2, c, s) = two_by_two(d[l], e[l], d[l + 1]);
            rotate(z, l, c, s);
            (d[l], d[l + 1], e[l]) = (rt1, rt2, 0.0);
            l += 2;
            continue;
        }
        interrupt::poll();
        *budget = budget.checked_sub(1)?;
        let p0 = d[l];
        let g0 = (d[l + 1] - p0) / (2.0 * e[l]);
        let r0 = g0.hypot(1.0);
        let mut g = d[m] - p0 + e[l] / (g0 + r0.copysign(g0));
        let (mut s, mut c, mut p) = (1.0, 1.0, 0.0);
        let mut turns = Vec::with_capacity(m - l);
        for i in (l..m).rev() {
            let (f, b) = (s * e[i], c * e[i]);
            let (c2, s2, r) = rotation(g, f);
            (c, s) = (c2, s2);
            if i + 1 != m {
                e[i + 1] = r;
            }
            g = d[i + 1] - p;
            let r = (d[i] - g) * s + 2.0 * c * b;
            p = s * r;
            d[i + 1] = g + p;
            g = c * r - b;
            turns.push((i, c, -s));
        }
        turns.into_iter().for_each(|(i, c, s)| rotate(z, i, c, s));
        d[l] -= p;
        e[l] = g;
    }
    Some(())
}

fn qr(d: &mut [f64], e: &mut [f64], z: &mut Mat<f64>, start: usize, end: usize, budget: &mut usize) -> Option<()> {
    let mut l = end as isize;
    while l >= start as isize {
        let at = l as usize;
        let m = (start + 1..=at).rev().find(|&m| negligible(e[m - 1], d[m], d[m - 1])).unwrap_or(start);
        if m > start {
            e[m - 1] = 0.0;
        }
        if m == at {
            l -= 1;
            continue;
        }
        if m + 1 == at {
            let (rt1, rt2, c, s) = two_by_two(d[at - 1], e[at - 1], d[at]);
            rotate(z, at - 1, c, s);
            (d[at - 1], d[at], e[at - 1]) = (rt1, rt2, 0.0);
            l -= 2;
            continue;
        }
        interrupt::poll();
        *budget = budget.checked_sub(1)?;
        let p0 = d[at];
        let g0 = (d[at - 1] - p0) / (2.0 * e[at - 1]);
        let r0 = g0.hypot(1.0);
        let mut g = d[m] - p0 + e[at - 1] / (g0 + r0.copysign(g0));
        let (mut s, mut c, mut p) = (1.0, 1.0, 0.0);
        let mut turns = Vec::with_capacity(at - m);
        for i in m..at {
            let (f, b) = (s * e[i], c * e[i]);
            let (c2, s2, r) = rotation(g, f);
            (c, s) = (c2, s2);
            if i != m {
                e[i - 1] = r;
            }
            g = d[i] - p;
            let r = (d[i + 1] - g) * s + 2.0 * c * b;
            p = s * r;
            d[i] = g + p;
            g = c * r - b;
            turns.push((i, c, s));
        }
        turns.into_iter().for_each(|(i, c, s)| rotate(z, i, c, s));
        d[at] -= p;
        e[at - 1] = g;
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decomposes() {
        for n in 1..9 {
            let a = Mat::from_fn(n, n, |i, j| 1.0 / (i + j + 1) as f64 + if i == j { i as f64 } else { 0.0 });
            let (d, v) = symmetric(&a).unwrap();
            let back = v.times(&Mat::diagonal(&d)).times(&v.transpose());
            assert!(back.minus(&a).norm_fro() < 1e-12, "order {n}");
            assert!(d.windows(2).all(|w| w[0] <= w[1]));
        }
    }

    #[test]
    fn signs_are_those_users_know() {
        let (_, v) = symmetric(&Mat::new(2, 2, vec![2.0, 1.0, 1.0, 2.0])).unwrap();
        assert!(v[(0, 0)] < 0.0 && v[(1, 0)] > 0.0 && v[(0, 1)] > 0.0 && v[(1, 1)] > 0.0);
    }
}

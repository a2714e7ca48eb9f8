//! Systems of linear equations: LU with partial pivoting, triangular systems, least squares of minimal norm.
//!
//! Sources: Golub and Van Loan, Matrix Computations, 3.4 and 5.5; the condition estimate is Higham's (SIAM Review 29,
//! 1987) as LAPACK's `gecon` uses it.

use super::mat::{Mat, Scalar};
use crate::diag::interrupt;
use faer::Conj;
use faer::linalg::solvers::Solve;

/// `P * A = L * U`.
pub struct Lu<T> {
    /// `L` below the diagonal (which is 1), `U` on and above it; rows x cols of A.
    pub lu: Mat<T>,
    /// Row `i` of `P * A` is row `perm[i]` of A.
    pub perm: Vec<usize>,
    /// Whether the permutation is odd.
    pub odd: bool,
}

impl<T: Scalar> Lu<T> {
    /// Factors any matrix. Large square ones go to the library, the rest by the textbook.
    pub fn new(a: &Mat<T>) -> Lu<T> {
        if a.is_square() && a.rows > 24 && a.finite() {
            let f = a.faer().partial_piv_lu();
            let (l, u) = (f.L(), f.U());
            let lu = Mat::from_fn(a.rows, a.cols, |i, j| if i > j { l[(i, j)] } else { u[(i, j)] });
            let perm = f.P().arrays().0.to_vec();
            let odd = is_odd(&perm);
            return Lu { lu, perm, odd };
        }
        let mut lu = a.clone();
        let mut perm: Vec<usize> = (0..a.rows).collect();
        let mut odd = false;
        for k in 0..a.rows.min(a.cols) {
            let pivot =
                (k..a.rows).fold(k, |best, i| if lu[(i, k)].size1() > lu[(best, k)].size1() { i } else { best });
            if pivot != k {
                (0..a.cols).for_each(|j| lu.a.swap(j * a.rows + k, j * a.rows + pivot));
                perm.swap(k, pivot);
                odd = !odd;
            }
            interrupt::poll();
            let d = lu[(k, k)];
            if d == T::default() {
                continue;
            }
            for i in k + 1..a.rows {
                let factor = lu[(i, k)] / d;
                lu[(i, k)] = factor;
            }
            for j in k + 1..a.cols {
                let y = lu[(k, j)];
                if y != T::default() {
                    for i in k + 1..a.rows {
                        let x = lu[(i, k)];
                        lu[(i, j)] -= x * y;
                    }
                }
            }
        }
        Lu { lu, perm, odd }
    }

    /// Whether some pivot is exactly zero.
    pub fn is_singular(&self) -> bool {
        (0..self.lu.rows.min(self.lu.cols)).any(|i| self.lu[(i, i)] == T::default())
    }

    /// Solves `A * X = B` for square A without a zero pivot.
    pub fn solve(&self, b: &Mat<T>) -> Mat<T> {
        let mut x = Mat::from_fn(b.rows, b.cols, |i, j| b[(self.perm[i], j)]);
        lower(&self.lu, &mut x, true);
        upper(&self.lu, &mut x);
        x
    }

    /// Solves `A' * X = B` (adjoint).
    fn solve_adjoint(&self, b: &Mat<T>) -> Mat<T> {
        let n = self.lu.rows;
        let mut x = b.clone();
        for j in 0..x.cols {
            let x = x.col_mut(j);
            for i in 0..n {
                let mut sum = x[i];
                for (k, &known) in x.iter().enumerate().take(i) {
                    sum -= self.lu[(k, i)].conjugate() * known;
                }
                x[i] = sum / self.lu[(i, i)].conjugate();
            }
            for i in (0..n).rev() {
                let mut sum = x[i];
                for (k, &known) in x.iter().enumerate().skip(i + 1) {
                    sum -= self.lu[(k, i)].conjugate() * known;
                }
                x[i] = sum;
            }
        }
        let mut out = Mat::zeros(b.rows, b.cols);
        for j in 0..x.cols {
            for i in 0..n {
                out[(self.perm[i], j)] = x[(i, j)];
            }
        }
        out
    }

    /// The reciprocal condition number in the 1-norm, estimated; `norm` is the 1-norm of A.
    pub fn rcond(&self, norm: f64) -> f64 {
        let n = self.lu.rows;
        if n == 0 {
            return f64::INFINITY;
        }
        if norm.is_nan() {
            return f64::NAN;
        }
        if self.is_singular() || norm == 0.0 || norm.is_infinite() {
            return 0.0;
        }
        let inverse = inverse_norm1(n, |x| self.solve(x), |x| self.solve_adjoint(x));
        1.0 / norm / inverse
    }

    pub fn determinant(&self) -> T {
        let product = (0..self.lu.rows).fold(T::real(1.0), |d, i| d * self.lu[(i, i)]);
        if self.odd { -product } else { product }
    }
}

fn is_odd(perm: &[usize]) -> bool {
    let mut seen = vec![false; perm.len()];
    let mut odd = false;
    for start in 0..perm.len() {
        let mut at = start;
        let mut length = 0;
        while !seen[at] {
            seen[at] = true;
            at = perm[at];
            length += 1;
        }
        odd ^= length > 0 && length % 2 == 0;
    }
    odd
}

/// Higham's estimate of the 1-norm of an inverse that is only known by what it does to vectors.
pub fn inverse_norm1<T: Scalar>(
    n: usize,
    solve: impl Fn(&Mat<T>) -> Mat<T>,
    adjoint: impl Fn(&Mat<T>) -> Mat<T>,
) -> f64 {
    let size = |v: &Mat<T>| v.a.iter().map(|x| x.modulus()).sum::<f64>();
    let sign = |x: T| if x == T::default() { T::real(1.0) } else { x.scaled(1.0 / x.modulus()) };
    let mut x = Mat::column(vec![T::real(1.0 / n as f64); n]);
    let mut estimate = 0.0;
    let mut visited = usize::MAX;
    for round in 0..5 {
        let y = solve(&x);
        let found = size(&y);
        if round > 0 && found <= estimate {
            break;
        }
        estimate = found;
        if n == 1 {
            return estimate;
        }
        let z = adjoint(&y.map(sign));
        let best = (0..n).fold(0, |b, i| if z.a[i].modulus() > z.a[b].modulus() { i } else { b });
        if best == visited {
            break;
        }
        visited = best;
        x = Mat::zeros(n, 1);
        x.a[best] = T::real(1.0);
    }
    // A vector of alternating signs catches what the iteration may miss.
    let alternating = Mat::column(
        (0..n)
            .map(|i| {
                let grown = 1.0 + i as f64 / (n - 1).max(1) as f64;
                T::real(if i % 2 == 0 { grown } else { -grown })
            })
            .collect(),
    );
    estimate.max(2.0 * size(&solve(&alternating)) / (3.0 * n as f64))
}

/// `X := L \ X` with the lower triangle of a matrix, its diagonal taken as 1 if `unit`.
pub fn lower<T: Scalar>(l: &Mat<T>, x: &mut Mat<T>, unit: bool) {
    let n = x.rows;
    for j in 0..x.cols {
        interrupt::poll();
        let column = x.col_mut(j);
        for k in 0..n {
            if !unit {
                column[k] /= l[(k, k)];
            }
            let y = column[k];
            if y != T::default() {
                let below = &l.a[k * l.rows + k + 1..k * l.rows + n];
                column[k + 1..].iter_mut().zip(below).for_each(|(z, &f)| *z -= f * y);
            }
        }
    }
}

/// `X := U \ X` with the upper triangle of a matrix.
pub fn upper<T: Scalar>(u: &Mat<T>, x: &mut Mat<T>) {
    let n = x.rows;
    for j in 0..x.cols {
        interrupt::poll();
        let column = x.col_mut(j);
        for k in (0..n).rev() {
            column[k] /= u[(k, k)];
            let y = column[k];
            if y != T::default() {
                let above = &u.a[k * u.rows..k * u.rows + k];
                column[..k].iter_mut().zip(above).for_each(|(z, &f)| *z -= f * y);
            }
        }
    }
}

/// What solving said besides the solution.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Verdict {
    Regular,
    /// Singular to working precision, with the reciprocal condition estimate; the answer is the least squares one.
    Singular(f64),
}

/// `A \ B`: triangular and positive definite systems by substitution, other square ones by LU, everything else, and
/// square ones that are singular to working precision, by least squares of minimal norm.
pub fn left_divide<T: Scalar>(a: &Mat<T>, b: &Mat<T>, epsilon: f64) -> (Mat<T>, Verdict) {
    debug_assert_eq!(a.rows, b.rows);
    if a.rows == 0 || a.cols == 0 || b.cols == 0 {
        return (Mat::zeros(a.cols, b.cols), Verdict::Regular);
    }
    if !a.is_square() {
        return (least_squares(a, b, epsilon).0, Verdict::Regular);
    }
    let norm = a.norm1();
    let (rcond, solution) = if a.is_upper() || a.is_lower() {
        let is_upper = a.is_upper();
        let solve = |x: &Mat<T>| {
            let mut x = x.clone();
            if is_upper {
                upper(a, &mut x)
            } else {
                lower(a, &mut x, false)
            }
            x
        };
        let singular = (0..a.rows).any(|i| a[(i, i)] == T::default());
        let transposed = a.adjoint();
        let adjoint = |x: &Mat<T>| {
            let mut x = x.clone();
            if is_upper {
                lower(&transposed, &mut x, false)
            } else {
                upper(&transposed, &mut x)
            }
            x
        };
        if singular { (0.0, None) } else { (1.0 / norm / inverse_norm1(a.rows, solve, adjoint), Some(solve(b))) }
    } else {
        let lu = Lu::new(a);
        let rcond = lu.rcond(norm);
        (rcond, (!lu.is_singular()).then(|| lu.solve(b)))
    };
    match solution {
        Some(x) if rcond.is_nan() || rcond >= epsilon => (x, Verdict::Regular),
        Some(x) if !a.finite() => (x, Verdict::Singular(rcond)),
        _ if !a.finite() => {
            (Mat::new(a.cols, b.cols, vec![T::real(f64::NAN); a.cols * b.cols]), Verdict::Singular(rcond))
        }
        _ => (least_squares(a, b, epsilon).0, Verdict::Singular(rcond)),
    }
}

/// The solution of least residual and, among those, of least norm; and the rank that was found.
///
/// Tall matrices of full rank by Householder QR with column pivoting; everything else by singular values, of which
/// those below `epsilon` times the largest count as zero.
pub fn least_squares<T: Scalar>(a: &Mat<T>, b: &Mat<T>, epsilon: f64) -> (Mat<T>, usize) {
    if a.rows == 0 || a.cols == 0 {
        return (Mat::zeros(a.cols, b.cols), 0);
    }
    if !a.finite() {
        return (Mat::new(a.cols, b.cols, vec![T::real(f64::NAN); a.cols * b.cols]), 0);
    }
    if a.rows > a.cols {
        let qr = a.faer().col_piv_qr();
        let r = qr.thin_R();
        let largest = r[(0, 0)].modulus();
        let smallest = r[(a.cols - 1, a.cols - 1)].modulus();
        // Comfortably of full rank; in between, the singular values decide.
        if smallest > largest * 1e-12 {
            let mut rhs = b.clone();
            faer::linalg::solvers::SolveLstsqCore::solve_lstsq_in_place_with_conj(&qr, Conj::No, rhs.faer_mut());
            return (rhs.rows_of(0, a.cols), a.cols);
        }
    }
    let Ok(svd) = a.faer().thin_svd() else {
        return (Mat::new(a.cols, b.cols, vec![T::real(f64::NAN); a.cols * b.cols]), 0);
    };
    let (u, v) = (Mat::from_faer(svd.U()), Mat::from_faer(svd.V()));
    let s: Vec<f64> = (0..a.rows.min(a.cols)).map(|i| svd.S()[i].part_re()).collect();
    let cutoff = s.first().copied().unwrap_or(0.0) * epsilon;
    let rank = s.iter().filter(|&&x| x > cutoff).count();
    let mut projected = u.adjoint().times(b);
    for j in 0..b.cols {
        for (i, x) in projected.col_mut(j).iter_mut().enumerate() {
            *x = if i < rank { x.scaled(1.0 / s[i]) } else { T::default() };
        }
    }
    (v.times(&projected), rank)
}

/// The inverse (entries infinite where A is singular) and the reciprocal condition estimate.
pub fn inverse<T: Scalar>(a: &Mat<T>) -> (Mat<T>, f64) {
    let n = a.rows;
    let lu = Lu::new(a);
    let rcond = lu.rcond(a.norm1());
    if lu.is_singular() || rcond == 0.0 {
        return (Mat::new(n, n, vec![T::real(f64::INFINITY); n * n]), rcond);
    }
    if n > 64 && a.finite() {
        let f = a.faer().partial_piv_lu();
        return (Mat::from_faer(f.solve(faer::Mat::<T>::identity(n, n)).as_ref()), rcond);
    }
    (lu.solve(&Mat::identity(n)), rcond)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn square_systems_solve_and_singular_ones_say_so() {
        let a = Mat::new(2, 2, vec![1.0, 3.0, 2.0, 4.0]);
        let (x, verdict) = left_divide(&a, &Mat::column(vec![5.0, 6.0]), f64::EPSILON);
        assert_eq!(verdict, Verdict::Regular);
        assert!((x.a[0] + 4.0).abs() < 1e-12 && (x.a[1] - 4.5).abs() < 1e-12);
        let s = Mat::new(2, 2, vec![1.0, 2.0, 2.0, 4.0]);
        let (x, verdict) = left_divide(&s, &Mat::column(vec![1.0, 2.0]), f64::EPSILON);
        assert_eq!(verdict, Verdict::Singular(0.0));
        assert!((x.a[0] - 0.2).abs() < 1e-12 && (x.a[1] - 0.4).abs() < 1e-12);
    }

    #[test]
    fn wide_systems_get_the_shortest_solution() {
        let a = Mat::new(2, 3, vec![1.0, 4.0, 2.0, 5.0, 3.0, 6.0]);
        let (x, _) = left_divide(&a, &Mat::column(vec![1.0, 2.0]), f64::EPSILON);
        let expected = [-0.055_555_555_6, 0.111_111_111_1, 0.277_777_777_8];
        assert!(x.a.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-9));
    }

    #[test]
    fn determinants_carry_the_sign_of_the_permutation() {
        let n = 30;
        let a = Mat::from_fn(n, n, |i, j| if (i + 1) % n == j { 2.0 } else { 0.0 });
        assert_eq!(Lu::new(&a).determinant(), -(2f64.powi(30)));
    }
}

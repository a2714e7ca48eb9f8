//! Eigenvalues and eigenvectors of two matrices, A v = lambda B v, by faer's QZ iteration.

use super::Mat;
use crate::array::Complex64;
use faer::diag::Diag;
use faer::dyn_stack::{MemBuffer, MemStack, StackReq};
use faer::linalg::evd::ComputeEigenvectors;
use faer::linalg::gevd::{GeneralizedSchurParams, GevdParams, gevd_cplx, gevd_real, gevd_scratch};
use faer::linalg::temp_mat_scratch;
use faer::traits::ComplexField;
use faer::{Auto, Par, Spec};

/// Numerators and denominators of the eigenvalues, and the vectors (`left' * A = lambda * left' * B`) if they are wanted.
pub struct Eigen {
    pub alpha: Vec<Complex64>,
    pub beta: Vec<Complex64>,
    pub left: Option<Mat<Complex64>>,
    pub right: Option<Mat<Complex64>>,
}

/// How the iteration goes: always without blocks. With them faer 0.24 takes minutes for matrices of 100 rows.
pub fn iteration<T: ComplexField>() -> GeneralizedSchurParams {
    GeneralizedSchurParams { blocking_threshold: usize::MAX, ..<GeneralizedSchurParams as Auto<T>>::auto() }
}

fn params<T: ComplexField>() -> Spec<GevdParams, T> {
    Spec::new(GevdParams { schur: iteration::<T>(), ..<GevdParams as Auto<T>>::auto() })
}

/// Room for the iteration, and for the vectors, which faer 0.24 does not count.
fn scratch<T: ComplexField>(n: usize) -> MemBuffer {
    let yes = ComputeEigenvectors::Yes;
    let own = gevd_scratch::<T>(n, yes, yes, Par::Seq, params::<T>());
    MemBuffer::new(StackReq::all_of(&[own, temp_mat_scratch::<T>(n, 16)]))
}

/// Of real matrices; complex eigenvalues come in pairs. `None` where the iteration does not converge.
pub fn real(a: &Mat<f64>, b: &Mat<f64>, vectors: bool) -> Option<Eigen> {
    let n = a.rows;
    let (mut a, mut b) = (a.clone(), b.clone());
    let [mut left, mut right] = [(); 2].map(|()| vectors.then(|| Mat::<f64>::zeros(n, n)));
    let (mut re, mut im, mut beta) = (Diag::<f64>::zeros(n), Diag::<f64>::zeros(n), Diag::<f64>::zeros(n));
    gevd_real(
        a.faer_mut(),
        b.faer_mut(),
        re.as_mut(),
        im.as_mut(),
        beta.as_mut(),
        left.as_mut().map(Mat::faer_mut),
        right.as_mut().map(Mat::faer_mut),
        Par::Seq,
        MemStack::new(&mut scratch::<f64>(n)),
        params::<f64>(),
    )
    .ok()?;
    let mut alpha: Vec<Complex64> = (0..n).map(|i| Complex64::new(re[i], im[i])).collect();
    let mut beta: Vec<Complex64> = (0..n).map(|i| beta[i].into()).collect();
    // faer 0.24 scales the second of a pair by the wrong denominator.
    for j in 1..n {
        if alpha[j].im < 0.0 {
            (alpha[j], beta[j]) = (alpha[j - 1].conj(), beta[j - 1]);
        }
    }
    // Of a pair the columns are the real and the imaginary part of the first vector.
    let paired = |m: Mat<f64>| {
        Mat::from_fn(n, n, |i, j| match alpha[j].im {
            im if im > 0.0 && j + 1 < n => Complex64::new(m[(i, j)], m[(i, j + 1)]),
            im if im < 0.0 && j > 0 => Complex64::new(m[(i, j - 1)], -m[(i, j)]),
            _ => m[(i, j)].into(),
        })
    };
    // Its left vectors are the conjugates of LAPACK's.
    let (left, right) = (left.map(|m| paired(m).map(|z| z.conj())), right.map(paired));
    Some(Eigen { alpha, beta, left, right })
}

/// Of complex matrices. `None` where the iteration does not converge.
pub fn complex(a: &Mat<Complex64>, b: &Mat<Complex64>, vectors: bool) -> Option<Eigen> {
    let n = a.rows;
    let (mut a, mut b) = (a.clone(), b.clone());
    let [mut left, mut right] = [(); 2].map(|()| vectors.then(|| Mat::<Complex64>::zeros(n, n)));
    let (mut alpha, mut beta) = (Diag::<Complex64>::zeros(n), Diag::<Complex64>::zeros(n));
    gevd_cplx(
        a.faer_mut(),
        b.faer_mut(),
        alpha.as_mut(),
        beta.as_mut(),
        left.as_mut().map(Mat::faer_mut),
        right.as_mut().map(Mat::faer_mut),
        Par::Seq,
        MemStack::new(&mut scratch::<Complex64>(n)),
        params::<Complex64>(),
    )
    .ok()?;
    let list = |d: &Diag<Complex64>| (0..n).map(|i| d[i]).collect();
    Some(Eigen { alpha: list(&alpha), beta: list(&beta), left, right })
}

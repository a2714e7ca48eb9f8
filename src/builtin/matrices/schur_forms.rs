//! Hessenberg and Schur forms: of one matrix, and of two at once by the QZ iteration.

use super::factorizations::{matrix, square};
use crate::array::{Block, Complex64, Data, Shape};
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{one, several, split_options, usage};
use crate::builtin::math::{Mat, Scalar, pencil, qr as mqr, schur as mschur};
use crate::builtin::numeric::{IntoValue, Matrix, Wide};
use crate::diag::Result;
use crate::value::{Func, Value};
use crate::{each_matrix, fault};
use faer::dyn_stack::{MemBuffer, MemStack};
use faer::linalg::evd::ComputeEigenvectors;
use faer::linalg::gevd::gen_hessenberg::{
    GeneralizedHessenbergParams, generalized_hessenberg, generalized_hessenberg_scratch,
};
use faer::linalg::gevd::{qz_cplx, qz_real};
use faer::{Auto, Col, Par};
use smallvec::smallvec;

/// `[p, h] = hess (a)`.
fn hess(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let shape = args[0].shape();
    if shape.rank() != 2 || shape.rows() != shape.columns() {
        return Err(fault!("hess: A must be a square matrix"));
    }
    let (m, single) = matrix(host, "hess", &args[0])?;
    each_matrix!(m, m => {
        let (p, h) = mqr::hessenberg(&m);
        if call.nargout < 2 { one(h.into_value(single)) } else { several([p.into_value(single), h.into_value(single)]) }
    })
}

/// `[u, s] = schur (a, "real" | "complex" | order)`.
fn schur(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let (args, options) = split_options(args);
    let a = args.first().ok_or_else(|| usage("schur"))?;
    let shape = a.shape();
    if shape.rank() != 2 || shape.rows() != shape.columns() {
        return Err(fault!("schur: A must be a square matrix"));
    }
    let complex = options.iter().any(|o| o == "complex" || o == "comp");
    for o in &options {
        match o.as_str() {
            "real" | "complex" | "comp" => {}
            "a" | "d" | "u" => {}
            _ => return Err(fault!("schur: incorrect ordered schur argument '{o}'")),
        }
    }
    let (m, single) = matrix(host, "schur", a)?;
    let failed = || fault!("schur: the iteration did not converge");
    let (u, s) = match &m {
        Matrix::Real(m) => {
            let (q, t) =
                if m.is_upper() { (Mat::identity(m.rows), m.clone()) } else { mschur::real(m).ok_or_else(failed)? };
            if complex {
                let (q, t) = mschur::to_complex(&q, &t);
                (q.into_value(single), t.into_value(single))
            } else {
                (q.into_value(single), t.into_value(single))
            }
        }
        Matrix::Complex(m) => {
            let (q, t) = mschur::complex(m).ok_or_else(failed)?;
            (q.into_value(single), t.into_value(single))
        }
    };
    let forms = if let Some(order) = options.iter().find(|o| *o == "a" || *o == "d") {
        // Those of the left half plane first, or of the unit disk.
        let values = host.call(&Func::Named("ordeig".into()), std::slice::from_ref(&s), 1)?;
        let values = Wide::new(host, &values[0], "schur")?.complex();
        let is_first = |z: &Complex64| if order == "a" { z.re < 0.0 } else { z.norm() < 1.0 };
        let first = Data::Bool(values.iter().map(is_first).collect());
        let first = Value::block(Block::dense(Shape::matrix(values.len(), 1), first));
        host.call(&Func::Named("ordschur".into()), &[u, s, first], 2)?
    } else {
        smallvec![u, s]
    };
    if call.nargout < 2 { one(forms[1].clone()) } else { Ok(forms) }
}

/// `[u, t] = rsf2csf (ur, tr)`.
fn rsf2csf(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let (u, single) = square(host, "rsf2csf", &args[0])?;
    let (t, _) = square(host, "rsf2csf", &args[1])?;
    let (Matrix::Real(u), Matrix::Real(t)) = (u, t) else {
        return Err(fault!("rsf2csf: UR and TR must be real matrices"));
    };
    if u.rows != t.rows {
        return Err(fault!("rsf2csf: inconsistent matrix dimensions"));
    }
    let (u, t) = mschur::to_complex(&u, &t);
    several([u.into_value(single), t.into_value(single)])
}

const PAIRS: &str = include_str!("../library/pairs.arr");

/// The forms themselves are wanted, not the eigenvalues alone.
const ALL: ComputeEigenvectors = ComputeEigenvectors::Yes;

/// Two matrices, and what they were multiplied by: q * S * z' and q * T * z' are what they were.
struct Pair<T> {
    a: Mat<T>,
    b: Mat<T>,
    q: Mat<T>,
    z: Mat<T>,
}

impl<T: Scalar> Pair<T> {
    /// The first of a Hessenberg matrix, the second triangular.
    fn reduced(a: &Mat<T>, b: &Mat<T>) -> Pair<T> {
        let n = a.rows;
        let factored = mqr::Qr::new(b, false);
        let q = factored.q(n);
        let (a, b, z) = (q.adjoint().times(a), factored.r(n), Mat::identity(n));
        let mut pair = Pair { a, b, q, z };
        let params = <GeneralizedHessenbergParams as Auto<T>>::auto();
        let mut memory = MemBuffer::new(generalized_hessenberg_scratch::<T>(n, params));
        let Pair { a, b, q, z } = &mut pair;
        let stack = MemStack::new(&mut memory);
        generalized_hessenberg(
            a.faer_mut(),
            b.faer_mut(),
            Some(q.faer_mut()),
            Some(z.faer_mut()),
            Par::Seq,
            stack,
            params,
        );
        // What the reduction left below is no part of it.
        for j in 0..n {
            (j + 1..n).for_each(|i| pair.b[(i, j)] = T::default());
            (j + 2..n).for_each(|i| pair.a[(i, j)] = T::default());
        }
        pair
    }
}

fn real(mut pair: Pair<f64>) -> Pair<f64> {
    let n = pair.a.rows;
    let params = pencil::iteration::<f64>();
    let mut memory = MemBuffer::new(qz_real::hessenberg_to_qz_scratch::<f64>(n, Par::Seq, params));
    let [mut re, mut im, mut below] = [(); 3].map(|()| Col::<f64>::zeros(n));
    let Pair { a, b, q, z } = &mut pair;
    let (a, b, q, z, stack) =
        (a.faer_mut(), b.faer_mut(), Some(q.faer_mut()), Some(z.faer_mut()), MemStack::new(&mut memory));
    let (re, im, below) = (re.as_mut(), im.as_mut(), below.as_mut());
    qz_real::hessenberg_to_qz(a, b, q, z, re, im, below, ALL, Par::Seq, params, stack);
    pair
}

fn complex(mut pair: Pair<Complex64>) -> Pair<Complex64> {
    let n = pair.a.rows;
    let params = pencil::iteration::<Complex64>();
    let mut memory = MemBuffer::new(qz_cplx::hessenberg_to_qz_scratch::<Complex64>(n, Par::Seq, params));
    let [mut above, mut below] = [(); 2].map(|()| Col::<Complex64>::zeros(n));
    let Pair { a, b, q, z } = &mut pair;
    let (a, b, q, z, stack) =
        (a.faer_mut(), b.faer_mut(), Some(q.faer_mut()), Some(z.faer_mut()), MemStack::new(&mut memory));
    qz_cplx::hessenberg_to_qz(a, b, q, z, above.as_mut(), below.as_mut(), ALL, Par::Seq, params, stack);
    pair
}

/// `[aa, bb, q, z, v, w] = qz (a, b, opt)`: q * a * z = aa and q * b * z = bb.
fn qz(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let wanted = match args.get(2).map(Value::to_text) {
        None => None,
        Some(Some(text)) if text == "real" || text == "complex" => Some(text == "complex"),
        Some(_) => return Err(fault!("qz: OPT must be \"real\" or \"complex\"")),
    };
    let shape = args[0].shape();
    for (x, name) in args.iter().zip(["A", "B"]) {
        if x.shape().rank() != 2 || x.shape().rows() != x.shape().columns() {
            return Err(fault!("qz: argument {name} must be a square matrix"));
        }
    }
    if args[1].shape() != shape {
        return Err(fault!("qz: nonconformant matrices"));
    }
    let ((a, single), (b, other)) = (matrix(host, "qz", &args[0])?, matrix(host, "qz", &args[1])?);
    let single = single || other;
    let mut values = match (&a, &b, wanted) {
        (Matrix::Real(a), Matrix::Real(b), None | Some(false)) => shown(real(Pair::reduced(a, b)), single),
        _ => shown(complex(Pair::reduced(&a.complex(), &b.complex())), single),
    };
    if call.nargout > 4 {
        let vectors = host.call(&Func::Named("eig".into()), &args[..2], 3)?;
        values.extend([&vectors[0], &vectors[2]].map(Clone::clone));
    }
    Ok(values)
}

fn shown<T: Scalar>(pair: Pair<T>, single: bool) -> Values
where
    Mat<T>: IntoValue,
{
    let Pair { a, b, q, z } = pair;
    [a, b, q.adjoint(), z].map(|m| m.into_value(single)).into_iter().collect()
}

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "hess",
        (1, 1),
        2,
        hess,
        "H = hess (A), [P, H] = hess (A)\n\nHessenberg form: A = P * H * P'.\n\n    [P, H] = hess ([1 2; 3 4]); H\n",
    ),
    Builtin::new(
        "schur",
        (1, 2),
        2,
        schur,
        "S = schur (A), [U, S] = schur (A), schur (A, \"complex\")\n\nSchur form: A = U * S * U' with S (quasi-)triangular.\n\n    schur ([1 2; 0 3])\n",
    ),
    Builtin::new(
        "rsf2csf",
        (2, 2),
        2,
        rsf2csf,
        "[U, T] = rsf2csf (UR, TR)\n\nA real Schur form as a complex triangular one.\n\n    [U, T] = rsf2csf (eye (2), [1 2; 0 3]); T\n",
    ),
    Builtin::new(
        "qz",
        (2, 3),
        6,
        qz,
        "`[AA, BB, Q, Z, V, W] = qz (A, B)`, `qz (A, B, \"complex\")`\n\nThe generalized Schur form of two matrices: Q * A * Z = AA is (quasi-)triangular and Q * B * Z = BB triangular, Q and Z are unitary. V and W are generalized eigenvectors as of `eig (A, B)`.\n\n    [AA, BB, Q, Z] = qz ([1 2; 3 4], [2 1; 0 1]);\n    norm (Q * [1 2; 3 4] * Z - AA) < 1e-12\n    % ans = 1\n",
    ),
    Builtin::in_language(
        "ordqz",
        (5, 5),
        4,
        PAIRS,
        "`[AR, BR, QR, ZR] = ordqz (AA, BB, Q, Z, KEY)`\n\nA generalized Schur form of `qz` with the chosen eigenvalues first: those in the left (`\"lhp\"`) or right (`\"rhp\"`) half plane, inside (`\"udi\"`) or outside (`\"udo\"`) of the unit circle, or where a logical vector is true.\n\n    [AA, BB, Q, Z] = qz ([1 2; 3 -4], eye (2));\n    [AR, BR] = ordqz (AA, BB, Q, Z, \"lhp\");\n    AR(1,1) / BR(1,1) < 0\n    % ans = 1\n",
    ),
    Builtin::in_language(
        "ordschur",
        (3, 3),
        2,
        PAIRS,
        "`[UR, SR] = ordschur (U, S, SELECT)`\n\nA Schur form of `schur` with the eigenvalues first where the logical vector SELECT is true.\n\n    [U, S] = schur ([1 2; 0 3]);\n    [U, S] = ordschur (U, S, [false true]);\n    diag (S)'\n    % ans =\n    %\n    %    3   1\n",
    ),
    Builtin::in_language(
        "qzhess",
        (2, 2),
        4,
        PAIRS,
        "`[AA, BB, Q, Z] = qzhess (A, B)`\n\nQ * A * Z = AA is a Hessenberg matrix and Q * B * Z = BB triangular, Q and Z are orthogonal.\n\n    [AA, BB, Q, Z] = qzhess (magic (4), hilb (4));\n    norm (tril (BB, -1)) < 1e-12\n    % ans = 1\n",
    ),
    Builtin::in_language(
        "gsvd",
        (2, 3),
        5,
        PAIRS,
        "`S = gsvd (A, B)`, `[U, V, X, C, S] = gsvd (A, B)`, `gsvd (A, B, 0)`\n\nThe generalized singular value decomposition: A = U * C * X' and B = V * S * X' with C' * C + S' * S = I, U and V unitary. Alone: the generalized singular values, rising.\n\n    norm (gsvd ([3 0; 0 4], eye (2)) - [3; 4]) < 1e-12\n    % ans = 1\n",
    ),
];

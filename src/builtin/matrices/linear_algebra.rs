//! Figures and inverses of matrices: determinant, inverse, rank, trace, estimates.

use super::factorizations::{matrix, square};
use crate::array::{Block, Complex64, DType, Data, Shape};
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{one, several};
use crate::builtin::math::solve::{Lu, inverse};
use crate::builtin::math::svd::svd_of;
use crate::builtin::math::{Mat, Scalar};
use crate::builtin::numeric::{self, IntoValue, Matrix, Wide};
use crate::builtin::ops::{self, diagonal};
use crate::builtin::outofcore::tall::Tall;
use crate::diag::{Result, Span};
use crate::each_matrix;
use crate::fault;
use crate::kernel::ReduceKind;
use crate::value::Value;

fn no_text(x: &Value) -> Result<()> {
    if matches!(x, Value::Char(..)) { Err(fault!("invalid conversion from string to real matrix")) } else { Ok(()) }
}

/// `[d, rcond] = det (a)`.
fn det(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    no_text(&args[0])?;
    let (m, single) = square(host, "det", &args[0])?;
    each_matrix!(m, m => {
        if m.rows == 0 {
            return several([Value::Num(1.0), Value::Num(1.0)]);
        }
        let f = Lu::new(&m);
        let d = numeric::complex(Shape::scalar(), vec![f.determinant().complex()], single);
        several([d, Value::Num(f.rcond(m.norm1()))])
    })
}

/// `[x, rcond] = inv (a)`.
pub(in crate::builtin) fn inv(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let x = &args[0];
    no_text(x)?;
    let shape = x.shape();
    if shape.rank() == 2 && shape.is_empty() {
        return several([Value::empty(), Value::Num(f64::INFINITY)]);
    }
    if shape.rank() != 2 || shape.rows() != shape.columns() {
        return Err(fault!("inverse: A must be a square matrix"));
    }
    if let Value::Diag(d) = x {
        let n = d.rows;
        let values = Wide::of(&d.diagonal);
        let (z, single) = (values.complex(), values.single);
        let reciprocal: Vec<Complex64> =
            z.iter().map(|z| if z.im == 0.0 { Complex64::from(1.0 / z.re) } else { z.inv() }).collect();
        let block = ops::narrow(Block::dense(Shape::matrix(n, 1), Data::C64(reciprocal)));
        let block = if single { ops::elementwise::to_single(block) } else { block };
        let sizes: Vec<f64> = z.iter().map(|z| z.norm()).collect();
        let rcond = sizes.iter().copied().fold(f64::INFINITY, f64::min) / sizes.iter().copied().fold(0.0, f64::max);
        return several([diagonal::value(n, n, block), Value::Num(rcond)]);
    }
    let (m, single) = matrix(host, "inverse", x)?;
    let epsilon = if single { f32::EPSILON as f64 } else { f64::EPSILON };
    each_matrix!(m, m => {
        if m.rows == 0 {
            return several([Value::empty(), Value::Num(f64::INFINITY)]);
        }
        let (y, rcond) = if m.rows == 1 {
            let z = m.a[0];
            let rcond = match z.modulus() {
                size if size.is_nan() => f64::NAN,
                size if size == 0.0 || size.is_infinite() => 0.0,
                _ => 1.0,
            };
            (Mat::new(1, 1, vec![z.inverted()]), rcond)
        } else {
            inverse(&m)
        };
        if call.nargout < 2 {
            if rcond == 0.0 {
                host.warn("Octave:singular-matrix", "matrix singular to machine precision");
            } else if rcond < epsilon {
                let text = format!("matrix singular to machine precision, rcond = {}", ops::divide::short_g(rcond));
                host.warn("Octave:nearly-singular-matrix", &text);
            }
        }
        several([y.into_value(single), numeric::real(Shape::scalar(), vec![rcond], single)])
    })
}

/// `pinv (a, tol)`.
fn pinv(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    if let Some(tall) = Tall::of(host, &args[0], call.span)? {
        let tolerance = args.get(1).map(|t| crate::builtin::args::scalar("pinv", "TOL", t)).transpose()?;
        return one(tall.pinv(host, tolerance)?);
    }
    let (m, single) = matrix(host, "pinv", &args[0])?;
    if m_is_empty(&m) {
        let shape = args[0].shape();
        return one(numeric::real(Shape::matrix(shape.columns(), shape.rows()), Vec::new(), single));
    }
    let epsilon = if single { f32::EPSILON as f64 } else { f64::EPSILON };
    each_matrix!(m, m => {
        let (u, s, v) = svd_of(&m, false).ok_or_else(|| fault!("pinv: no convergence"))?;
        let tolerance = match args.get(1) {
            Some(t) => crate::builtin::args::scalar("pinv", "TOL", t)?,
            None => m.rows.max(m.cols) as f64 * s.first().copied().unwrap_or(0.0) * epsilon,
        };
        let mut scaled = v;
        for (j, s) in s.iter().enumerate() {
            let factor = if *s > tolerance { 1.0 / s } else { 0.0 };
            scaled.col_mut(j).iter_mut().for_each(|x| *x = x.scaled(factor));
        }
        one(scaled.times(&u.adjoint()).into_value(single))
    })
}

pub(in crate::builtin) fn m_is_empty(m: &Matrix) -> bool {
    each_matrix!(m, m => m.a.is_empty())
}

/// Singular values of a matrix argument, its precision and size.
pub(in crate::builtin) fn singular_values(host: &mut dyn Host, who: &str, x: &Value) -> Result<(Vec<f64>, f64, usize)> {
    if let Some(tall) = Tall::of(host, x, Span::default())? {
        let (shape, single) = (x.shape(), x.dtype().is_some_and(DType::is_single));
        let epsilon = if single { f32::EPSILON as f64 } else { f64::EPSILON };
        return Ok((tall.singular_values(host, who)?, epsilon, shape.rows().max(shape.columns())));
    }
    let (m, single) = matrix(host, who, x)?;
    let epsilon = if single { f32::EPSILON as f64 } else { f64::EPSILON };
    each_matrix!(m, m => {
        if !m.finite() {
            return Err(fault!("svd: cannot take SVD of matrix containing Inf or NaN values"));
        }
        let s = if m.a.is_empty() { Vec::new() } else { m.faer().singular_values().map_err(|_| fault!("svd: no convergence"))? };
        Ok((s, epsilon, m.rows.max(m.cols)))
    })
}

/// `rank (a, tol)`.
pub(in crate::builtin) fn rank(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let (s, epsilon, size) = singular_values(host, "rank", &args[0])?;
    let tolerance = match args.get(1) {
        Some(t) => crate::builtin::args::scalar("rank", "TOL", t)?,
        None => size as f64 * s.first().copied().unwrap_or(0.0) * epsilon,
    };
    one(s.into_iter().filter(|x| *x > tolerance).count())
}

/// `trace (a)`.
fn trace(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let shape = args[0].shape();
    if shape.rank() > 2 {
        return Err(fault!("trace: only valid on 2-D objects"));
    }
    if args[0].is_empty() {
        return one(0.0);
    }
    if shape.is_vector() {
        let x = Wide::new(host, &args[0], "trace")?;
        return one(numeric::complex(Shape::scalar(), x.complex()[..1].to_vec(), x.single));
    }
    if let Value::Lazy(node) = &args[0]
        && node.dtype().is_float()
        && let Some(diagonal) = ops::lazy_diagonal::diagonal(&node.0, 0, call.span)?
    {
        return one(ops::lazy::reduce(host, ReduceKind::Sum, &ops::lazy::value(diagonal), 1, call.span)?);
    }
    let (m, single) = matrix(host, "trace", &args[0])?;
    each_matrix!(m, m => {
        let sum: Complex64 = (0..m.rows.min(m.cols)).map(|i| m[(i, i)].complex()).sum();
        one(numeric::complex(Shape::scalar(), vec![sum], single))
    })
}

pub const TABLE: &[Builtin] = &[
    Builtin::new("det", (1, 1), 2, det, "det (A), [D, RCOND] = det (A)\n\nDeterminant.\n\n    det ([2 0; 0 3])\n"),
    Builtin::new(
        "inv",
        (1, 1),
        2,
        inv,
        "inv (A), [X, RCOND] = inv (A)\n\nInverse; A \\ B solves a system faster and more exactly.\n\n    inv ([2 0; 0 4])\n",
    ),
    Builtin::new("inverse", (1, 1), 2, inv, "inverse (A)\n\nAs inv.\n\n    inverse ([2 0; 0 4])\n"),
    Builtin::new(
        "pinv",
        (1, 2),
        1,
        pinv,
        "pinv (A), pinv (A, TOL)\n\nMoore and Penrose's pseudoinverse.\n\n    pinv ([1; 1])\n",
    ),
    Builtin::new(
        "rank",
        (1, 2),
        1,
        rank,
        "rank (A), rank (A, TOL)\n\nThe number of singular values above a tolerance.\n\n    rank ([1 2; 2 4])\n",
    ),
    Builtin::new("trace", (1, 1), 1, trace, "trace (A)\n\nThe sum of the diagonal.\n\n    trace ([1 2; 3 4])\n"),
];

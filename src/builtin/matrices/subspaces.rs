//! Vectors and the spaces they span: bases, angles, products, rotations.

use super::factorizations::{matrix, square};
use super::linear_algebra::m_is_empty;
use crate::array::{Complex64, DType, Shape};
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{Lanes, axis_number, one, several};
use crate::builtin::library::large::SOURCE as LARGE;
use crate::builtin::math::mat::norm2;
use crate::builtin::math::svd::svd_of;
use crate::builtin::math::{Mat, Scalar};
use crate::builtin::numeric::{self, IntoValue, Wide};
use crate::builtin::ops::{self};
use crate::builtin::outofcore::tall::Tall;
use crate::diag::Result;
use crate::each_matrix;
use crate::fault;
use crate::value::Value;

/// `null (a, tol)`, `orth (a, tol)`.
fn subspaces(host: &mut dyn Host, who: &'static str, args: &[Value], call: Call) -> Result<Values> {
    if args.get(1).and_then(Value::to_text).is_some_and(|t| t == "r") {
        return Err(fault!("{who}: option for rational not yet implemented"));
    }
    if let Some(tall) = Tall::of(host, &args[0], call.span)? {
        let tolerance = args.get(1).map(|t| crate::builtin::args::scalar(who, "TOL", t)).transpose()?;
        if let Some(basis) = tall.subspace(host, who, who == "orth", tolerance)? {
            return one(basis);
        }
    }
    let (m, single) = matrix(host, who, &args[0])?;
    if m_is_empty(&m) {
        return one(Value::empty());
    }
    let epsilon = if single { f32::EPSILON as f64 } else { f64::EPSILON };
    each_matrix!(m, m => {
        let (u, s, v) = svd_of(&m, true).ok_or_else(|| fault!("{who}: no convergence"))?;
        let tolerance = match args.get(1) {
            Some(t) => crate::builtin::args::scalar(who, "TOL", t)?,
            None => m.rows.max(m.cols) as f64 * s.first().copied().unwrap_or(0.0) * epsilon,
        };
        let rank = s.iter().filter(|x| **x > tolerance).count();
        if who == "orth" {
            return one(u.cols(0, rank).into_value(single));
        }
        let mut basis = v.cols(rank, m.cols);
        basis.a.iter_mut().for_each(|x| if x.modulus() < epsilon { *x = Default::default() });
        one(basis.into_value(single))
    })
}

/// `cross (x, y, dim)`.
fn cross(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let (mut x, mut y) = (args[0].clone(), args[1].clone());
    for v in [&x, &y] {
        if v.dtype().is_none_or(|d| d == DType::Char) {
            return Err(fault!("cross: X and Y must be numeric arrays"));
        }
    }
    if x.shape() != y.shape() && x.shape().is_vector() && y.shape().is_vector() && x.numel() == 3 && y.numel() == 3 {
        host.warn("", "cross: taking cross product of column by row");
        x = ops::lazy::reshape(host, &x, Shape::matrix(3, 1), call.span)?;
        y = ops::lazy::reshape(host, &y, Shape::matrix(3, 1), call.span)?;
    }
    let shape = x.shape();
    if shape != y.shape() {
        return Err(fault!("cross: X and Y must have the same dimensions"));
    }
    let axis = match args.get(2) {
        None => shape
            .iter()
            .position(|&d| d == 3)
            .ok_or_else(|| fault!("cross: must have at least one dimension with 3 elements"))?,
        Some(d) => {
            let axis = axis_number(d).ok_or_else(|| fault!("cross: DIM must be a positive scalar whole number"))?;
            if shape.extent(axis) != 3 {
                return Err(fault!("cross: dimension DIM must have 3 elements"));
            }
            axis
        }
    };
    let single = [&x, &y].iter().any(|v| v.dtype().is_some_and(DType::is_single));
    let (x, y) = (Wide::new(host, &x, "cross")?, Wide::new(host, &y, "cross")?);
    let lanes = Lanes::new(&shape, axis);
    let (a, b) = (x.complex(), y.complex());
    let mut out = vec![Complex64::ZERO; a.len()];
    for group in 0..lanes.after {
        for lane in 0..lanes.before {
            let at = |i: usize| lanes.at(group, lane, i % 3);
            for i in 0..3 {
                out[at(i)] = a[at(i + 1)] * b[at(i + 2)] - a[at(i + 2)] * b[at(i + 1)];
            }
        }
    }
    one(numeric::complex(shape, out, single))
}

/// `[r, k] = rref (a, tol)`.
fn rref(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    if args[0].shape().rank() > 2 {
        return Err(fault!("rref: A must be a 2-dimensional matrix"));
    }
    let (m, single) = matrix(host, "rref", &args[0])?;
    let epsilon = if single { f32::EPSILON as f64 } else { f64::EPSILON };
    each_matrix!(m, m => {
        let mut m = m;
        let tolerance = match args.get(1) {
            Some(t) => crate::builtin::args::scalar("rref", "TOL", t)?,
            None => epsilon * m.rows.max(m.cols) as f64 * m.norm_inf(),
        };
        let (mut row, mut used) = (0, Vec::new());
        for j in 0..m.cols {
            if row == m.rows {
                break;
            }
            let pivot = (row..m.rows).fold(row, |b, i| if m[(i, j)].modulus() > m[(b, j)].modulus() { i } else { b });
            if m[(pivot, j)].modulus() <= tolerance {
                (row..m.rows).for_each(|i| m[(i, j)] = Default::default());
                continue;
            }
            used.push((j + 1) as f64);
            for c in j..m.cols {
                let (x, y) = (m[(row, c)], m[(pivot, c)]);
                (m[(row, c)], m[(pivot, c)]) = (y, x);
            }
            let p = m[(row, j)];
            (j..m.cols).for_each(|c| m[(row, c)] /= p);
            for i in (0..m.rows).filter(|&i| i != row) {
                let f = m[(i, j)];
                for c in j..m.cols {
                    let x = m[(row, c)];
                    m[(i, c)] -= f * x;
                }
            }
            row += 1;
        }
        several([m.into_value(single), Value::row(used)])
    })
}

/// `[g, y] = planerot (x)`.
fn planerot(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    if !args[0].shape().is_vector() || args[0].numel() != 2 {
        return Err(fault!("planerot: X must be a 2-element vector"));
    }
    let x = Wide::new(host, &args[0], "planerot")?;
    let single = x.single;
    let v = x.complex();
    let length = norm2(&v);
    let g = Mat::new(2, 2, vec![v[0].conj() / length, -v[1] / length, v[1].conj() / length, v[0] / length]);
    let y = g.times(&Mat::column(v));
    several([g.into_value(single), y.into_value(single)])
}

/// `subspace (a, b)`: the largest angle between two column spaces.
fn subspace(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    for x in args {
        if x.shape().rank() > 2 {
            return Err(fault!("subspace: A and B must be vectors or 2-D arrays"));
        }
    }
    if args[0].shape().rows() != args[1].shape().rows() {
        return Err(fault!("subspace: column dimensions of A and B must match"));
    }
    if args[0].is_empty() || args[1].is_empty() {
        return one(Value::matrix(0, 1, Vec::new()));
    }
    let a = subspaces(host, "orth", &args[..1], call)?.remove(0);
    let b = subspaces(host, "orth", &args[1..2], call)?.remove(0);
    let (a, _) = matrix(host, "subspace", &a)?;
    let (b, _) = matrix(host, "subspace", &b)?;
    let (mut a, mut b) = (a.complex(), b.complex());
    if a.cols < b.cols {
        std::mem::swap(&mut a, &mut b);
    }
    let _ = call;
    // sin of the angle: what of b does not lie in a.
    let rest = b.minus(&a.times(&a.adjoint().times(&b)));
    let s = rest.faer().singular_values().map_err(|_| fault!("subspace: no convergence"))?;
    one(s.first().copied().unwrap_or(0.0).min(1.0).asin())
}

/// `krylov (a, v, k)`: an orthonormal basis of [v, a*v, ..., a^k*v] by Householder reflections.
fn krylov(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let (a, single) = square(host, "krylov", &args[0])?;
    let (v, _) = matrix(host, "krylov", &args[1])?;
    let k = crate::builtin::args::whole("krylov", "K", &args[2], 1)? as usize;
    let (a, v) = (a.complex(), v.complex());
    if v.rows != a.rows {
        return Err(fault!("krylov: A and V must have the same number of rows"));
    }
    if v.cols == 0 {
        return Err(fault!("krylov: V must have at least one column"));
    }
    let mut basis: Mat<Complex64> = Mat::zeros(a.rows, 0);
    let mut block = v;
    while basis.cols < (k).min(a.rows) {
        let mut all = basis.a.clone();
        all.extend_from_slice(&block.a);
        let joint = Mat::new(a.rows, basis.cols + block.cols, all);
        let f = crate::builtin::math::qr::Qr::new(&joint, false);
        let columns = joint.cols.min(a.rows);
        basis = f.q(columns);
        let from = columns.saturating_sub(block.cols);
        block = a.times(&basis.cols(from, columns));
    }
    let columns = basis.cols;
    several([basis.into_value(single), Value::empty(), Value::from(columns)])
}

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "null",
        (1, 2),
        1,
        |h, a, c| subspaces(h, "null", a, c),
        "null (A), null (A, TOL)\n\nAn orthonormal basis of the null space.\n\n    size (null ([1 1]))\n",
    ),
    Builtin::new(
        "orth",
        (1, 2),
        1,
        |h, a, c| subspaces(h, "orth", a, c),
        "orth (A), orth (A, TOL)\n\nAn orthonormal basis of the column space.\n\n    size (orth ([1 1; 1 1]))\n",
    ),
    Builtin::new(
        "cross",
        (2, 3),
        1,
        cross,
        "cross (X, Y), cross (X, Y, DIM)\n\nVector product in three dimensions.\n\n    cross ([1 0 0], [0 1 0])\n",
    )
    .out_of_core(LARGE),
    Builtin::new(
        "rref",
        (1, 2),
        2,
        rref,
        "[R, K] = rref (A), rref (A, TOL)\n\nReduced row echelon form, and its pivot columns.\n\n    rref ([1 2; 3 4])\n",
    ),
    Builtin::new(
        "planerot",
        (1, 1),
        2,
        planerot,
        "[G, Y] = planerot (X)\n\nThe rotation of a plane that makes the second component zero.\n\n    planerot ([3; 4])\n",
    ),
    Builtin::new(
        "subspace",
        (2, 2),
        1,
        subspace,
        "subspace (A, B)\n\nThe largest angle between two column spaces.\n\n    subspace ([1; 0], [0; 1])\n",
    ),
    Builtin::new(
        "krylov",
        (3, 5),
        3,
        krylov,
        "[U, H, NU] = krylov (A, V, K)\n\nAn orthonormal basis of the Krylov space of A and V.\n\n    size (krylov ([1 2; 3 4], [1; 1], 2))\n",
    ),
];

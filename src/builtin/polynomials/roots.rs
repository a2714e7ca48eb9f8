//! Roots of polynomials, and what is made of them: partial fractions and matrix polynomials.

use super::arithmetic::{product, quotient, trimmed};
use super::{ZERO, column, row, vector};
use crate::array::Complex64;
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{one, several, usage};
use crate::builtin::math::{Mat, eig};
use crate::builtin::numeric::{IntoValue, Wide};
use crate::diag::{Result, interrupt};
use crate::fault;
use crate::value::Value;

/// `roots (c)`: eigenvalues of the companion matrix.
fn roots(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let shape = args[0].shape();
    if !(shape.is_vector() || args[0].is_empty()) {
        return Err(usage("roots"));
    }
    let (c, single) = vector(host, "roots: C must be a vector", &args[0])?;
    if c.iter().any(|z| !z.re.is_finite() || !z.im.is_finite()) {
        return Err(fault!("roots: inputs must not contain Inf or NaN"));
    }
    let largest = c.iter().map(|z| z.norm()).fold(0.0, f64::max);
    if c.is_empty() || largest == 0.0 {
        return one(Value::empty());
    }
    let nonzero: Vec<usize> = (0..c.len()).filter(|&i| (c[i] / largest).norm() > 0.0).collect();
    let (first, last) = (nonzero[0], nonzero[nonzero.len() - 1]);
    let trailing = c.len() - 1 - last;
    let mut out = zeros_of(&c[first..=last]);
    out.extend(std::iter::repeat_n(ZERO, trailing));
    if out.is_empty() {
        return one(Value::empty());
    }
    one(column(out, single))
}

/// Roots of a polynomial whose first and last coefficients are not zero.
pub fn zeros_of(c: &[Complex64]) -> Vec<Complex64> {
    let n = c.len().saturating_sub(1);
    if n == 0 {
        return Vec::new();
    }
    if c.iter().all(|z| z.im == 0.0) {
        let companion = Mat::from_fn(n, n, |i, j| {
            if i == 0 {
                -c[j + 1].re / c[0].re
            } else if i == j + 1 {
                1.0
            } else {
                0.0
            }
        });
        return eig::real(&companion).0;
    }
    let companion = Mat::from_fn(n, n, |i, j| {
        if i == 0 {
            -c[j + 1] / c[0]
        } else if i == j + 1 {
            1.0.into()
        } else {
            ZERO
        }
    });
    eig::complex(&companion).0
}

/// Roots that lie close together, grouped: multiplicity so far of each, and the order of their groups.
fn multiplicities(p: &[Complex64], tolerance: f64, reorder: bool) -> (Vec<usize>, Vec<usize>) {
    let mut order: Vec<usize> = (0..p.len()).collect();
    if reorder {
        order.sort_by(|&a, &b| p[b].norm().total_cmp(&p[a].norm()));
    }
    let (mut m, mut n) = (Vec::new(), Vec::new());
    while let Some(&first) = order.first() {
        let base = p[first];
        let close = |i: usize| {
            let distance = (p[i] - base).norm();
            if base.norm() > 0.0 { distance / base.norm() < tolerance } else { distance < tolerance }
        };
        let (group, others): (Vec<usize>, Vec<usize>) = order.iter().partition(|&&i| close(i) || i == first);
        order = others;
        interrupt::poll();
        group.iter().enumerate().for_each(|(k, &i)| {
            m.push(k + 1);
            n.push(i);
        });
    }
    (m, n)
}

/// `[m, n] = mpoles (p, tol, reorder)`.
fn mpoles(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let (p, _) = vector(host, "mpoles: P must be a vector", &args[0])?;
    let tolerance = match args.get(1).filter(|t| !t.is_empty()) {
        None => 0.001,
        Some(t) => crate::builtin::args::scalar("mpoles", "TOL", t)?,
    };
    let reorder = args.get(2).filter(|r| !r.is_empty()).is_none_or(crate::builtin::args::flag);
    let (m, n) = multiplicities(&p, tolerance, reorder);
    several([
        Value::column(m.into_iter().map(|v| v as f64).collect()),
        Value::column(n.into_iter().map(|v| (v + 1) as f64).collect()),
    ])
}

/// `[r, p, k, e] = residue (b, a)`, `[b, a] = residue (r, p, k, e)`.
fn residue(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    if args.len() >= 3 {
        return from_residues(host, args);
    }
    let (b, s) = vector(host, "residue: B must be a vector", &args[0])?;
    let (a, t) = vector(host, "residue: A must be a vector", &args[1])?;
    let single = s || t;
    let (mut a, mut b) = (trimmed(&a), trimmed(&b));
    if a.is_empty() || b.is_empty() {
        return Err(fault!("residue: B and A must be non-empty vectors"));
    }
    let lead = a[0];
    a.iter_mut().for_each(|c| *c /= lead);
    b.iter_mut().for_each(|c| *c /= lead);
    if a.len() == 1 {
        return several([Value::empty(), Value::empty(), row(b, single), Value::empty()]);
    }
    let mut found = zeros_of_any(&a);
    let (mut m, order) = multiplicities(&found, 0.001, true);
    found = order.iter().map(|&i| found[i]).collect();
    // Poles of one group are made equal: their mean.
    let mut start = 0;
    while start < found.len() {
        let end = (start + 1..found.len()).find(|&i| m[i] == 1).unwrap_or(found.len());
        let mean = found[start..end].iter().sum::<Complex64>() / (end - start) as f64;
        found[start..end].iter_mut().for_each(|z| *z = mean);
        start = end;
    }
    let (k, rest) = if b.len() >= a.len() { quotient(&b, &a) } else { (Vec::new(), b.clone()) };
    let n = found.len();
    // The residues solve a linear system: coefficients of the partial fractions brought to the common denominator.
    let mut system: Mat<Complex64> = Mat::zeros(n, n);
    for j in 0..n {
        let mut others = vec![Complex64::from(1.0)];
        let mut left = m[j];
        for z in &found {
            // A root that is NaN is one, too.
            let same = *z == found[j] || z.is_nan() && found[j].is_nan();
            if same && left > 0 {
                left -= 1;
                continue;
            }
            others = product(&others, &[1.0.into(), -z]);
        }
        let offset = n - others.len();
        others.iter().enumerate().for_each(|(i, c)| system[(offset + i, j)] = *c);
    }
    let tail: Vec<Complex64> =
        (0..n).map(|i| if i + rest.len() >= n { rest[i + rest.len() - n] } else { ZERO }).collect();
    let (r, _) = crate::builtin::math::solve::left_divide(&system, &Mat::column(tail), f64::EPSILON);
    let k = if k.is_empty() { Value::empty() } else { row(k, single) };
    let e = Value::column(m.drain(..).map(|v| v as f64).collect());
    several([column(r.a, single), column(found, single), k, e])
}

/// Roots, zeros at the end of the coefficients included.
fn zeros_of_any(c: &[Complex64]) -> Vec<Complex64> {
    let last = c.iter().rposition(|z| *z != ZERO).unwrap_or(0);
    let mut out = zeros_of(&c[..=last]);
    out.extend(std::iter::repeat_n(ZERO, c.len() - 1 - last));
    out
}

fn from_residues(host: &mut dyn Host, args: &[Value]) -> Result<Values> {
    let (r, s) = vector(host, "residue: R must be a vector", &args[0])?;
    let (p, t) = vector(host, "residue: P must be a vector", &args[1])?;
    let (k, _) = vector(host, "residue: K must be a vector", &args[2])?;
    let e: Vec<usize> = match args.get(3) {
        Some(e) => crate::builtin::args::numbers("residue", e)?.into_iter().map(|v| v as usize).collect(),
        None => {
            let (m, order) = multiplicities(&p, 0.001, false);
            let mut e = vec![1; p.len()];
            order.iter().zip(&m).for_each(|(&i, &m)| e[i] = m);
            e
        }
    };
    if p.len() != r.len() || e.len() != r.len() {
        return Err(fault!("residue: R, P and E must have the same number of elements"));
    }
    let mut a = vec![Complex64::from(1.0)];
    p.iter().for_each(|z| a = product(&a, &[1.0.into(), -z]));
    let mut b = product(&k, &a);
    b = if b.is_empty() { vec![ZERO; a.len()] } else { b };
    for (j, &residue) in r.iter().enumerate() {
        let mut others = vec![residue];
        let mut left = e[j];
        for z in &p {
            if (z - p[j]).norm() <= 0.001 * p[j].norm().max(f64::MIN_POSITIVE) && left > 0 {
                left -= 1;
                continue;
            }
            others = product(&others, &[1.0.into(), -z]);
        }
        let offset = b.len() - others.len();
        others.iter().enumerate().for_each(|(i, c)| b[offset + i] += c);
    }
    several([row(trimmed(&b), s || t), row(trimmed(&a), s || t)])
}

/// `[z, v] = polyeig (c0, c1, ...)`: eigenvalues of a matrix polynomial by linearisation.
fn polyeig(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let shape = args[0].shape();
    let n = shape.rows();
    if shape.rank() != 2 || n != shape.columns() {
        return Err(fault!("polyeig: coefficients must be square matrices"));
    }
    let mut c = Vec::with_capacity(args.len());
    for x in args {
        if x.shape() != shape {
            return Err(fault!("polyeig: coefficients must have the same dimensions"));
        }
        let m = Wide::new(host, x, "polyeig")?.matrix().complex();
        if !m.finite() {
            return Err(fault!("polyeig: all coefficients must be finite"));
        }
        c.push(m);
    }
    let l = c.len() - 1;
    if l == 0 {
        return Err(usage("polyeig"));
    }
    let big = n * l;
    let identity = |i: usize, j: usize| if i == j { Complex64::from(1.0) } else { ZERO };
    let left = Mat::from_fn(big, big, |i, j| {
        let (bi, bj) = (i / n, j / n);
        if bi == 0 && bj == 0 {
            c[0][(i, j)]
        } else if bi == bj {
            identity(i % n, j % n)
        } else {
            ZERO
        }
    });
    let right = Mat::from_fn(big, big, |i, j| {
        let (bi, bj) = (i / n, j / n);
        if bi == 0 {
            -c[bj + 1][(i, j % n)]
        } else if bi == bj + 1 {
            identity(i % n, j % n)
        } else {
            ZERO
        }
    });
    let solved = crate::builtin::math::solve::Lu::new(&right).solve(&left);
    let (values, vectors) = eig::complex(&solved);
    if call.nargout < 2 {
        return one(column(values, false));
    }
    several([vectors.rows_of(0, n).into_value(false), column(values, false)])
}

pub const TABLE: &[Builtin] = &[
    Builtin::new("roots", (1, 1), 1, roots, "roots (C)\n\nThe roots of a polynomial.\n\n    roots ([1 -3 2])\n"),
    Builtin::new(
        "mpoles",
        (1, 3),
        2,
        mpoles,
        "[M, N] = mpoles (P, TOL, REORDER)\n\nMultiplicities of poles, and their order.\n\n    mpoles ([2 3 1 1 2])\n",
    ),
    Builtin::new(
        "residue",
        (2, 4),
        4,
        residue,
        "[R, P, K, E] = residue (B, A), [B, A] = residue (R, P, K, E)\n\nPartial fractions of B / A, and back.\n\n    residue ([1], [1 3 2])\n",
    ),
    Builtin::new(
        "polyeig",
        (2, usize::MAX),
        2,
        polyeig,
        "Z = polyeig (C0, C1, ...), [V, Z] = polyeig (...)\n\nEigenvalues of the matrix polynomial C0 + z*C1 + ...\n\n    polyeig (6, -5, 1)\n",
    ),
];

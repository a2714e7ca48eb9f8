//! Factorisations of a matrix that changed a little: a column more or less, a rank-one change, a shift of columns.
//!
//! The changed matrix is put together from the old factors and factored again: as exact as the cheaper rotations, and
//! the sizes people update by hand are small.

use crate::array::{Complex64, DType};
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{one, several};
use crate::builtin::math::cholesky;
use crate::builtin::math::{Mat, qr, solve};
use crate::builtin::numeric::{IntoValue, Wide};
use crate::diag::Result;
use crate::fault;
use crate::value::Value;

type Matrix = Mat<Complex64>;

/// A float matrix argument, and whether it is single.
fn matrix(host: &mut dyn Host, who: &str, what: &str, x: &Value) -> Result<(Matrix, bool)> {
    if x.dtype().is_none_or(|d| matches!(d, DType::Char | DType::Bool)) || x.shape().rank() > 2 {
        return Err(fault!("{who}: {what} must be a numeric matrix"));
    }
    let x = Wide::new(host, x, who)?;
    let single = x.single;
    Ok((x.matrix().complex(), single))
}

/// A position from 1 to `most`, as one from 0.
fn position(who: &str, name: &str, x: &Value, most: usize) -> Result<usize> {
    match x.to_f64() {
        Some(v) if x.is_scalar() && v == v.trunc() && v >= 1.0 && v <= most as f64 => Ok(v as usize - 1),
        _ => Err(fault!("{who}: index {name} out of range")),
    }
}

/// Q and R of a matrix with as many columns of Q as it may have: all (`full`), or as many as span it.
fn factored(a: &Matrix, full: bool, single: bool) -> Result<Values> {
    let f = qr::Qr::new(a, false);
    let k = if full { a.rows } else { a.rows.min(a.cols) };
    several([f.q(k).into_value(single), f.r(k).into_value(single)])
}

/// The factors given to an update, checked to belong together.
fn factors(host: &mut dyn Host, who: &str, args: &[Value]) -> Result<(Matrix, Matrix, bool)> {
    let (q, s) = matrix(host, who, "Q", &args[0])?;
    let (r, t) = matrix(host, who, "R", &args[1])?;
    if q.cols != r.rows {
        return Err(fault!("{who}: dimension mismatch"));
    }
    Ok((q, r, s || t))
}

/// `[q1, r1] = qrupdate (q, r, u, v)`: of `q * r + u * v'`.
fn qrupdate(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let (q, r, single) = factors(host, "qrupdate", args)?;
    let (u, _) = matrix(host, "qrupdate", "U", &args[2])?;
    let (v, _) = matrix(host, "qrupdate", "V", &args[3])?;
    if u.rows != q.rows || v.rows != r.cols || u.cols != v.cols {
        return Err(fault!("qrupdate: dimensions mismatch"));
    }
    factored(&q.times(&r).plus(&u.times(&v.adjoint())), q.is_square(), single)
}

/// Whether a change is to a column (`"col"`, the default) or to a row.
fn by_column(who: &str, x: Option<&Value>) -> Result<bool> {
    match x.map(|x| x.to_text()) {
        None => Ok(true),
        Some(Some(word)) if word == "col" => Ok(true),
        Some(Some(word)) if word == "row" => Ok(false),
        _ => Err(fault!("{who}: ORIENT must be \"col\" or \"row\"")),
    }
}

/// `[q1, r1] = qrinsert (q, r, j, x, orient)`.
fn qrinsert(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let (q, r, single) = factors(host, "qrinsert", args)?;
    let (x, _) = matrix(host, "qrinsert", "X", &args[3])?;
    let a = q.times(&r);
    if by_column("qrinsert", args.get(4))? {
        let j = position("qrinsert", "J", &args[2], a.cols + 1)?;
        if x.rows != a.rows || x.cols != 1 {
            return Err(fault!("qrinsert: dimension mismatch"));
        }
        let column = |i: usize, c: usize| if c == j { x[(i, 0)] } else { a[(i, c - usize::from(c > j))] };
        factored(&Mat::from_fn(a.rows, a.cols + 1, column), q.is_square(), single)
    } else {
        let j = position("qrinsert", "J", &args[2], a.rows + 1)?;
        if x.cols != a.cols || x.rows != 1 || !q.is_square() {
            return Err(fault!("qrinsert: dimension mismatch"));
        }
        let row = |i: usize, c: usize| if i == j { x[(0, c)] } else { a[(i - usize::from(i > j), c)] };
        factored(&Mat::from_fn(a.rows + 1, a.cols, row), true, single)
    }
}

/// `[q1, r1] = qrdelete (q, r, j, orient)`.
fn qrdelete(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let (q, r, single) = factors(host, "qrdelete", args)?;
    let a = q.times(&r);
    if by_column("qrdelete", args.get(3))? {
        let j = position("qrdelete", "J", &args[2], a.cols)?;
        let kept = Mat::from_fn(a.rows, a.cols - 1, |i, c| a[(i, c + usize::from(c >= j))]);
        factored(&kept, q.is_square(), single)
    } else {
        let j = position("qrdelete", "J", &args[2], a.rows)?;
        if !q.is_square() {
            return Err(fault!("qrdelete: dimension mismatch"));
        }
        factored(&Mat::from_fn(a.rows - 1, a.cols, |i, c| a[(i + usize::from(i >= j), c)]), true, single)
    }
}

/// Where the columns come from when column `i` moves to `j` and those between make room.
fn moved(n: usize, i: usize, j: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    let column = order.remove(i);
    order.insert(j, column);
    order
}

/// `[q1, r1] = qrshift (q, r, i, j)`.
fn qrshift(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let (q, r, single) = factors(host, "qrshift", args)?;
    let i = position("qrshift", "I", &args[2], r.cols)?;
    let j = position("qrshift", "J", &args[3], r.cols)?;
    let order = moved(r.cols, i, j);
    let a = q.times(&Mat::from_fn(r.rows, r.cols, |k, c| r[(k, order[c])]));
    factored(&a, q.is_square(), single)
}

/// The Cholesky factor of a changed matrix and 0, or the old factor and 1 where the change leaves no positive definite
/// matrix.
fn cholesky(who: &str, a: &Matrix, old: Matrix, single: bool, call: Call) -> Result<Values> {
    match cholesky::cholesky(a) {
        Ok(r) => several([r.into_value(single), Value::Num(0.0)]),
        Err(_) if call.nargout < 2 => Err(fault!("{who}: downdate violates positiveness")),
        Err(_) => several([old.into_value(single), Value::Num(1.0)]),
    }
}

/// The triangular factor given to an update.
fn triangle(host: &mut dyn Host, who: &str, x: &Value) -> Result<(Matrix, bool)> {
    let (r, single) = matrix(host, who, "R", x)?;
    if !r.is_square() {
        return Err(fault!("{who}: matrix R must be square"));
    }
    Ok((r, single))
}

/// `[r1, err] = cholupdate (r, x, op)`: of `r' * r + x * x'`, or minus it.
fn cholupdate(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let (r, single) = triangle(host, "cholupdate", &args[0])?;
    let (x, other) = matrix(host, "cholupdate", "X", &args[1])?;
    if x.rows != r.rows || x.cols != 1 {
        return Err(fault!("cholupdate: dimension mismatch between R and X"));
    }
    let down = match args.get(2).map(Value::to_text) {
        None => false,
        Some(Some(op)) if op == "+" => false,
        Some(Some(op)) if op == "-" => true,
        _ => return Err(fault!("cholupdate: OP must be \"+\", \"update\", \"-\", or \"downdate\"")),
    };
    let (a, change) = (r.adjoint().times(&r), x.times(&x.adjoint()));
    let a = if down { a.minus(&change) } else { a.plus(&change) };
    cholesky("cholupdate", &a, r, single || other, call)
}

/// `[r1, err] = cholinsert (r, j, x)`: row and column `j` become `x`.
fn cholinsert(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let (r, single) = triangle(host, "cholinsert", &args[0])?;
    let j = position("cholinsert", "J", &args[1], r.rows + 1)?;
    let (x, other) = matrix(host, "cholinsert", "X", &args[2])?;
    if x.a.len() != r.rows + 1 {
        return Err(fault!("cholinsert: dimension mismatch between R and X"));
    }
    if x.a[j].im != 0.0 {
        return if call.nargout < 2 {
            Err(fault!("cholinsert: diagonal element must be real"))
        } else {
            several([r.into_value(single), Value::Num(3.0)])
        };
    }
    let a = r.adjoint().times(&r);
    let grown = Mat::from_fn(r.rows + 1, r.rows + 1, |i, c| match (i == j, c == j) {
        (_, true) => x.a[i],
        (true, false) => x.a[c].conj(),
        (false, false) => a[(i - usize::from(i > j), c - usize::from(c > j))],
    });
    cholesky("cholinsert", &grown, r, single || other, call)
}

/// `choldelete (r, j)`: without row and column `j`.
fn choldelete(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let (r, single) = triangle(host, "choldelete", &args[0])?;
    let j = position("choldelete", "J", &args[1], r.rows)?;
    let a = r.adjoint().times(&r);
    let n = r.rows - 1;
    let kept = Mat::from_fn(n, n, |i, c| a[(i + usize::from(i >= j), c + usize::from(c >= j))]);
    cholesky("choldelete", &kept, r, single, call)
}

/// `cholshift (r, i, j)`: of `a(p,p)`, where `p` shifts the places from `i` to `j`.
fn cholshift(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let (r, single) = triangle(host, "cholshift", &args[0])?;
    let i = position("cholshift", "I", &args[1], r.cols)?;
    let j = position("cholshift", "J", &args[2], r.cols)?;
    let a = r.adjoint().times(&r);
    let order = moved(r.cols, i, j);
    let shifted = Mat::from_fn(r.rows, r.cols, |k, c| a[(order[k], order[c])]);
    cholesky("cholshift", &shifted, r, single, call)
}

/// The inverse of `r' * r`.
fn inverse(r: &Matrix, single: bool) -> Result<Values> {
    let mut half = Mat::identity(r.rows);
    solve::upper(r, &mut half);
    one(half.times(&half.adjoint()).into_value(single))
}

/// `cholinv (a)`: the inverse of a positive definite matrix.
fn cholinv(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let (a, single) = matrix(host, "cholinv", "A", &args[0])?;
    if !a.is_square() {
        return Err(fault!("cholinv: A must be a square matrix"));
    }
    let r = cholesky::cholesky(&a).map_err(|_| fault!("cholinv: A must be positive definite"))?;
    inverse(&r, single)
}

/// `chol2inv (r)`: the inverse of `r' * r`.
fn chol2inv(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let (r, single) = matrix(host, "chol2inv", "R", &args[0])?;
    if !r.is_square() {
        return Err(fault!("chol2inv: R must be a square matrix"));
    }
    inverse(&r, single)
}

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "qrupdate",
        (4, 4),
        2,
        qrupdate,
        "`[Q1, R1] = qrupdate (Q, R, U, V)`\n\nThe factors of Q*R + U*V'.\n\n    [q, r] = qr ([1 2; 3 4]);\n    [q, r] = qrupdate (q, r, [1; 0], [1; 1]);\n    norm (q * r - [2 3; 3 4]) < 1e-12\n    % ans = 1\n",
    ),
    Builtin::new(
        "qrinsert",
        (4, 5),
        2,
        qrinsert,
        "`[Q1, R1] = qrinsert (Q, R, J, X)`, `qrinsert (Q, R, J, X, \"row\")`\n\nThe factors of Q*R with X put in as column (or row) J.\n\n    [q, r] = qr ([1; 2]);\n    [q, r] = qrinsert (q, r, 2, [3; 4]);\n    norm (q * r - [1 3; 2 4]) < 1e-12\n    % ans = 1\n",
    ),
    Builtin::new(
        "qrdelete",
        (3, 4),
        2,
        qrdelete,
        "`[Q1, R1] = qrdelete (Q, R, J)`, `qrdelete (Q, R, J, \"row\")`\n\nThe factors of Q*R without column (or row) J.\n\n    [q, r] = qr ([1 3; 2 4]);\n    [q, r] = qrdelete (q, r, 2);\n    norm (q * r - [1; 2]) < 1e-12\n    % ans = 1\n",
    ),
    Builtin::new(
        "qrshift",
        (4, 4),
        2,
        qrshift,
        "`[Q1, R1] = qrshift (Q, R, I, J)`\n\nThe factors of Q*R with column I moved to place J.\n\n    [q, r] = qr ([1 3; 2 4]);\n    [q, r] = qrshift (q, r, 1, 2);\n    norm (q * r - [3 1; 4 2]) < 1e-12\n    % ans = 1\n",
    ),
    Builtin::new(
        "cholupdate",
        (2, 3),
        2,
        cholupdate,
        "`[R1, ERR] = cholupdate (R, X, OP)`\n\nThe Cholesky factor of R'*R + X*X', or with OP \"-\" of the difference; ERR is 1 where that is not positive definite.\n\n    cholupdate (2, 1.5)\n    % ans = 2.5000\n",
    ),
    Builtin::new(
        "cholinsert",
        (3, 3),
        2,
        cholinsert,
        "`[R1, ERR] = cholinsert (R, J, X)`\n\nThe Cholesky factor of R'*R with X put in as row and column J.\n\n    cholinsert (2, 2, [0; 9])\n    % ans =\n    %\n    %    2   0\n    %    0   3\n",
    ),
    Builtin::new(
        "choldelete",
        (2, 2),
        1,
        choldelete,
        "`choldelete (R, J)`\n\nThe Cholesky factor of R'*R without row and column J.\n\n    choldelete ([2 0; 0 3], 1)\n    % ans = 3\n",
    ),
    Builtin::new(
        "cholshift",
        (3, 3),
        1,
        cholshift,
        "`cholshift (R, I, J)`\n\nThe Cholesky factor of R'*R with row and column I moved to place J.\n\n    cholshift ([2 0; 0 3], 1, 2)\n    % ans =\n    %\n    %    3   0\n    %    0   2\n",
    ),
    Builtin::new(
        "cholinv",
        (1, 1),
        1,
        cholinv,
        "`cholinv (A)`\n\nThe inverse of a positive definite matrix by its Cholesky factor.\n\n    cholinv ([4 0; 0 2])\n    % ans =\n    %\n    %    0.2500        0\n    %         0   0.5000\n",
    ),
    Builtin::new(
        "chol2inv",
        (1, 1),
        1,
        chol2inv,
        "`chol2inv (R)`\n\nThe inverse of R'*R.\n\n    chol2inv (2)\n    % ans = 0.2500\n",
    ),
];

//! Questions about the size and shape of a value.

use crate::array::Shape;
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{one, usage};
use crate::diag::Result;
use crate::fault;
use crate::value::Value;
use smallvec::smallvec;

/// `size (x)`, `size (x, d1, d2, ...)`, `[m, n, ...] = size (x)`.
fn size(_: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let shape = args[0].shape();
    if args.len() > 1 {
        let mut wanted = Vec::new();
        for x in &args[1..] {
            for d in crate::builtin::args::numbers("size", x)? {
                if d < 1.0 || d != d.trunc() {
                    return Err(fault!("size: requested dimension DIM (= {d}) out of range"));
                }
                wanted.push(shape.extent(d as usize - 1) as f64);
            }
        }
        if call.nargout <= 1 {
            return one(Value::row(wanted));
        }
        if call.nargout > wanted.len() {
            return Err(fault!("size: nargout > number of requested dimensions"));
        }
        return Ok(wanted.into_iter().map(Value::Num).collect());
    }
    if call.nargout <= 1 {
        return one(Value::row(shape.iter().map(|&d| d as f64).collect()));
    }
    // The last result takes the product of all remaining extents.
    let n = call.nargout;
    Ok((0..n)
        .map(|axis| {
            let last = axis + 1 == n && shape.rank() > n;
            Value::from(if last { shape[axis..].iter().product() } else { shape.extent(axis) })
        })
        .collect())
}

fn extent(x: &Value, axis: usize) -> Result<Values> {
    one(x.shape().extent(axis))
}

/// `numel (x)`, `numel (x, idx, ...)`.
fn numel(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    if args.len() == 1 {
        return one(args[0].numel());
    }
    let shape = args[0].shape();
    let count = args.len() - 1;
    let mut n = 1;
    for (k, index) in args[1..].iter().enumerate() {
        let colon = index.to_text().is_some_and(|t| t == ":");
        let whole = if k + 1 == count {
            (k..shape.rank().max(k + 1)).map(|a| shape.extent(a)).product()
        } else {
            shape.extent(k)
        };
        n *= if colon { whole } else { index.numel() };
    }
    one(n)
}

fn length(shape: &Shape) -> usize {
    if shape.is_empty() { 0 } else { shape.iter().copied().max().unwrap_or(0) }
}

macro_rules! of_shape {
    ($name:literal, $f:expr, $help:literal, $example:literal) => {
        Builtin::new(
            $name,
            (1, 1),
            1,
            |_, args, _| {
                let f: fn(&Shape) -> bool = $f;
                one(f(&args[0].shape()))
            },
            concat!($name, " (X)\n\n", $help, "\n\n    ", $example, "\n"),
        )
    };
}

fn size_equal(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    one(args.windows(2).all(|w| w[0].shape() == w[1].shape()))
}

fn isnull(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    one(args[0].is_empty() && args[0].shape() == Shape::matrix(0, 0))
}

fn common_size(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    if args.len() < 2 {
        return Err(fault!("common_size: only makes sense if nargin >= 2"));
    }
    let shape = args.iter().map(Value::shape).find(|s| !s.is_scalar()).unwrap_or_else(Shape::scalar);
    let fits = args.iter().all(|x| x.is_scalar() || x.shape() == shape);
    let mut out: Values = smallvec![Value::Num(if fits { 0.0 } else { 1.0 })];
    for x in args.iter().take(call.nargout.saturating_sub(1)) {
        if fits && x.is_scalar() && !shape.is_scalar() {
            let from = vec![0; shape.len()];
            out.push(crate::builtin::ops::pick::pick(host, "common_size", x, shape.clone(), &from)?);
        } else {
            out.push(x.clone());
        }
    }
    Ok(out)
}

/// `isargument`-free checks are in the evaluator; this is `validsize`-like `isindex (ind, n)`.
fn isindex(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let limit = match args.get(1) {
        None => f64::INFINITY,
        Some(n) => n.to_f64().ok_or_else(|| usage("isindex"))?,
    };
    let logical = args[0].dtype() == Some(crate::array::DType::Bool);
    if logical {
        return one(args[0].numel() as f64 <= limit);
    }
    if args[0].dtype().is_none_or(|d| d.is_complex() || d == crate::array::DType::Char) {
        return one(false);
    }
    one(crate::builtin::args::numbers("isindex", &args[0])?
        .into_iter()
        .all(|v| v >= 1.0 && v == v.trunc() && v <= limit))
}

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "size",
        (1, usize::MAX),
        usize::MAX,
        size,
        "SZ = size (X), [M, N, ...] = size (X), size (X, DIM, ...)\n\nThe extents of an array.\n\n    size (ones (2, 3))\n",
    ),
    Builtin::new(
        "numel",
        (1, usize::MAX),
        1,
        numel,
        "numel (X), numel (X, IDX, ...)\n\nThe number of elements (that an index would give).\n\n    numel (ones (2, 3))\n",
    ),
    Builtin::new(
        "ndims",
        (1, 1),
        1,
        |_, a, _| one(a[0].shape().rank()),
        "ndims (X)\n\nThe number of dimensions, at least 2.\n\n    ndims (5)\n",
    ),
    Builtin::new(
        "rows",
        (1, 1),
        1,
        |_, a, _| extent(&a[0], 0),
        "rows (X)\n\nThe number of rows.\n\n    rows (ones (2, 3))\n",
    ),
    Builtin::new(
        "columns",
        (1, 1),
        1,
        |_, a, _| extent(&a[0], 1),
        "columns (X)\n\nThe number of columns.\n\n    columns (ones (2, 3))\n",
    ),
    Builtin::new(
        "length",
        (1, 1),
        1,
        |_, a, _| one(length(&a[0].shape())),
        "length (X)\n\nThe largest extent; 0 for an empty array.\n\n    length (ones (2, 3))\n",
    ),
    of_shape!("isempty", |s| s.is_empty(), "Whether some extent is 0.", "isempty ([])"),
    of_shape!("isscalar", |s| s.is_scalar(), "Whether X is 1x1.", "isscalar (5)"),
    of_shape!(
        "isvector",
        |s| s.is_vector() && !s.is_empty(),
        "Whether X is 1xN or Nx1 with N >= 1.",
        "isvector ([1 2])"
    ),
    of_shape!("isrow", |s| s.is_row(), "Whether X is 1xN.", "isrow ([1 2])"),
    of_shape!("iscolumn", |s| s.is_column(), "Whether X is Nx1.", "iscolumn ([1; 2])"),
    of_shape!("ismatrix", |s| s.rank() == 2, "Whether X has two dimensions.", "ismatrix (ones (2, 2))"),
    of_shape!("issquare", |s| s.rank() == 2 && s.rows() == s.columns(), "Whether X is NxN.", "issquare (ones (2))"),
    Builtin::new(
        "isnull",
        (1, 1),
        1,
        isnull,
        "isnull (X)\n\nWhether X is the 0x0 of a literal [].\n\n    isnull ([])\n",
    ),
    Builtin::new(
        "size_equal",
        (0, usize::MAX),
        1,
        size_equal,
        "size_equal (A, B, ...)\n\nWhether all arguments have one size.\n\n    size_equal ([1 2], [3 4])\n",
    ),
    Builtin::new(
        "common_size",
        (1, usize::MAX),
        usize::MAX,
        common_size,
        "[ERR, Y1, ...] = common_size (X1, ...)\n\nScalars stretched to the size of the others; ERR is 1 if sizes differ.\n\n    [err, a, b] = common_size ([1 2], 5)\n",
    ),
    Builtin::new(
        "isindex",
        (1, 2),
        1,
        isindex,
        "isindex (IND), isindex (IND, N)\n\nWhether IND is a valid index (of at most N).\n\n    isindex ([1 2])\n",
    ),
];

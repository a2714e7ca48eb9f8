//! Arrays built from copies of others: tiles, Kronecker products, blocks on a diagonal, grids.

use crate::array::{Block, Data, Shape, room};
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{numbers, one, usage};
use crate::builtin::large::index::repeated;
use crate::builtin::ops;
use crate::builtin::ops::pick::{PAD, pick, positions_by_axis};
use crate::diag::{Result, Span};
use crate::fault;
use crate::ir::{Node, Op};
use crate::kernel::Formula;
use crate::map_data;
use crate::syntax::ast::BinaryOp;
use crate::value::{Cell, Value, concat};
use std::sync::Arc;

/// `repmat (a, m, n, ...)`, `repmat (a, [m n ...])`.
pub fn repmat(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let x = &args[0];
    let count = |v: f64| if v.is_nan() { 0 } else { v.max(0.0) as usize };
    let mut times: Vec<usize> = Vec::new();
    for (k, t) in args[1..].iter().enumerate() {
        let numbers = numbers("repmat", t)?;
        match (args.len() - 1, &numbers[..]) {
            (1, []) => {}
            (1, [v]) => times.extend([count(*v), count(*v)]),
            (1, many) => times.extend(many.iter().step_by(t.shape().rows().min(many.len() - 1)).map(|&v| count(v))),
            (2, []) if k == 0 => {}
            (_, []) => times.push(1),
            (_, [v]) => times.push(count(*v)),
            (2, many) if k == 1 && times.is_empty() => times.extend(many.iter().map(|&v| count(v))),
            // Of a matrix among two counts the first row counts.
            (2, many) if k == 0 => times.extend(many.iter().step_by(t.shape().rows()).map(|&v| count(v))),
            (2, many) => times.extend(many.first().map(|&v| count(v))),
            _ => return Err(fault!("repmat: all input arguments must be scalar")),
        }
    }
    while times.len() < 2 {
        times.push(1);
    }
    let shape = x.shape();
    let rank = shape.rank().max(times.len());
    let dims: Vec<usize> =
        (0..rank).map(|a| shape.extent(a).saturating_mul(times.get(a).copied().unwrap_or(1))).collect();
    let out = Shape::new(&dims);
    room::countable(&out)?;
    let dtype = x.dtype();
    if let (Value::Lazy(_), Some(dtype), true) = (x, dtype, out.is_empty()) {
        return one(ops::lazy::formula(host, Formula::Fill { bits: 0, dtype }, out, call.span)?);
    }
    if let Some(dtype) = dtype
        && !out.is_empty()
        && (matches!(x, Value::Lazy(_)) || ops::lazy::waits(host, &[], &out, dtype))
    {
        return one(tiled(host, x, &times, call)?);
    }
    room::check(&out, size_of::<usize>())?;
    one(copies(host, x, &times, out)?)
}

/// The tiles of a value in memory.
fn copies(host: &mut dyn Host, x: &Value, times: &[usize], out: Shape) -> Result<Value> {
    let x = ops::lazy::gathered(host, x, "repmat")?;
    let shape = x.shape();
    let of_block = |b: &Block, out| Block::dense(out, map_data!(b.data(), v => tiles(v, &shape, times)));
    Ok(match &x {
        Value::Cell(c) => Value::Cell(Arc::new(Cell::new(out, tiles(&c.values, &shape, times)))),
        Value::Struct(s) => Value::Struct(Arc::new(s.remap(out, |column| tiles(column, &shape, times)))),
        Value::Func(_) | Value::Map(_) | Value::Object(_) => x.clone(),
        Value::Char(b, quote) => Value::Char(Arc::new(of_block(b, out)), *quote),
        other => Value::block(of_block(&*other.to_block()?, out)),
    })
}

/// Elements of an array repeated along each of its dimensions in turn; what lies before a dimension moves as a whole.
fn tiles<T: Clone>(x: &[T], shape: &Shape, times: &[usize]) -> Vec<T> {
    if x.is_empty() || times.contains(&0) {
        return Vec::new();
    }
    let mut tiled = x.to_vec();
    let mut inner = 1;
    for (axis, &n) in times.iter().enumerate() {
        inner *= shape.extent(axis);
        if n > 1 {
            let mut longer = Vec::with_capacity(tiled.len() * n);
            for part in tiled.chunks(inner) {
                match part {
                    [only] => longer.resize(longer.len() + n, only.clone()),
                    part => (0..n).for_each(|_| longer.extend_from_slice(part)),
                }
            }
            tiled = longer;
            inner *= n;
        }
    }
    tiled
}

/// Copies of a waiting array side by side are operands of one node up to so many.
const MOST_COPIES: usize = 1 << 10;

/// A large repmat: copies side by side, one dimension after the other. A scalar is a formula.
fn tiled(host: &mut dyn Host, x: &Value, times: &[usize], call: Call) -> Result<Value> {
    if let (Some(v), Some(dtype)) = (x.to_f64(), x.dtype().filter(|d| !d.is_complex())) {
        let formula = Formula::Fill { bits: v.to_bits(), dtype };
        return ops::lazy::formula(host, formula, Shape::new(times), call.span);
    }
    let mut result = ops::lazy::as_node(x, call.span)?;
    for (axis, &n) in times.iter().enumerate() {
        result = if result.meta.shape.extent(axis) == 1 {
            repeated(&result, axis, n, call.span)?
        } else {
            side_by_side(&result, axis, n, call.span)?
        };
    }
    Ok(ops::lazy::value(result))
}

/// So many copies along an axis, those of many copies made of those of few.
fn side_by_side(x: &Arc<Node>, axis: usize, n: usize, span: Span) -> Result<Arc<Node>> {
    if n == 1 {
        return Ok(x.clone());
    }
    if n > MOST_COPIES * MOST_COPIES / 4 {
        return Err(fault!("repmat: a large array is not repeated {n} times along a dimension"));
    }
    let parts = if n <= MOST_COPIES {
        vec![x.clone(); n]
    } else {
        let few = n.isqrt();
        let mut parts = vec![side_by_side(x, axis, few, span)?; n / few];
        parts.resize(parts.len() + n % few, x.clone());
        parts
    };
    Node::new(Op::Concat { axis: axis as u8 }, &parts, span)
}

/// `kron (a, b, ...)`.
fn kron(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let mut result = args[0].clone();
    for b in &args[1..] {
        let (s, t) = (result.shape(), b.shape());
        if s.rank() > 2 || t.rank() > 2 {
            return Err(fault!("kron: A and B must be 2-D matrices"));
        }
        if matches!((&result, b), (Value::Lazy(_), _) | (_, Value::Lazy(_))) {
            result = crate::builtin::large::shape::kron(host, &result, b, call)?;
            continue;
        }
        let out = Shape::matrix(s.rows().saturating_mul(t.rows()), s.columns().saturating_mul(t.columns()));
        if let (Value::Array(x), Value::Array(y)) = (&result, b)
            && let (Data::F64(x), Data::F64(y)) = (x.data(), y.data())
        {
            room::check(&out, size_of::<f64>())?;
            let mut product = Vec::with_capacity(out.len());
            for left in x.chunks(s.rows().max(1)) {
                for right in y.chunks(t.rows().max(1)) {
                    left.iter().for_each(|a| product.extend(right.iter().map(|b| a * b)));
                }
            }
            result = Value::block(Block::dense(out, Data::F64(product)));
            continue;
        }
        let left = positions_by_axis(&out, &s, |axis, c| Some(c / t.extent(axis)));
        let right = positions_by_axis(&out, &t, |axis, c| Some(c % t.extent(axis)));
        let a = pick(host, "kron", &result, out.clone(), &left)?;
        let b = pick(host, "kron", b, out, &right)?;
        result = ops::binary(host, BinaryOp::ElMul, &a, &b, call.span)?;
    }
    one(result)
}

/// `blkdiag (a, b, ...)`.
fn blkdiag(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    if let Some(dtype) = args[0].dtype()
        && args.iter().any(|x| matches!(x, Value::Lazy(_)))
        && args.iter().all(|x| x.dtype() == Some(dtype) && x.shape().rank() == 2 && !x.is_empty())
    {
        return one(crate::builtin::large::shape::along_diagonal(host, args, call)?);
    }
    let mut columns = Vec::new();
    let total: usize = args.iter().map(|x| x.shape().rows()).sum();
    let mut above = 0;
    for x in args {
        let shape = x.shape();
        if shape.rank() > 2 || x.dtype().is_none() {
            return Err(fault!("blkdiag: all arguments must be numeric matrices"));
        }
        let (rows, n) = (shape.rows(), shape.columns());
        room::check(&Shape::matrix(total, n), size_of::<usize>())?;
        let mut from = vec![PAD; total * n];
        for j in 0..n {
            for i in 0..rows {
                from[j * total + above + i] = j * rows + i;
            }
        }
        columns.push(pick(host, "blkdiag", x, Shape::matrix(total, n), &from)?);
        above += rows;
    }
    one(concat::hcat(&columns)?)
}

/// `meshgrid (x, y, z)`.
fn meshgrid(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let vectors: Vec<Value> = match args {
        [x] => vec![x.clone(); if call.nargout >= 3 { 3 } else { 2 }],
        [x, y] if call.nargout >= 3 => vec![x.clone(), y.clone(), y.clone()],
        many => many.to_vec(),
    };
    if vectors.iter().any(|v| !v.shape().is_vector()) {
        let names = if vectors.len() == 2 { "X and Y" } else { "X, Y, and Z" };
        return Err(fault!("meshgrid: {names} must be vectors"));
    }
    // Rows run along y, columns along x.
    let order = [1, 0, 2];
    grid(host, "meshgrid", &vectors, call, |k| order[k])
}

/// `ndgrid (x1, x2, ...)`.
fn ndgrid(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let vectors: Vec<Value> = match args {
        [x] => vec![x.clone(); call.nargout.max(2)],
        many if call.nargout > many.len() => {
            return Err(fault!("ndgrid: wrong number of input arguments"));
        }
        many => many.to_vec(),
    };
    if vectors.iter().any(|v| !v.shape().is_vector()) {
        return Err(fault!("ndgrid: arguments must be vectors"));
    }
    grid(host, "ndgrid", &vectors, call, |k| k)
}

fn grid(
    host: &mut dyn Host,
    who: &str,
    vectors: &[Value],
    call: Call,
    axis_of: impl Fn(usize) -> usize,
) -> Result<Values> {
    let mut dims = vec![1; vectors.len().max(2)];
    vectors.iter().enumerate().for_each(|(k, v)| dims[axis_of(k)] = v.numel());
    let out = Shape::new(&dims);
    let mut results = Values::new();
    for (k, v) in vectors.iter().enumerate().take(call.nargout.max(1)) {
        let axis = axis_of(k);
        if let Some(dtype) = v.dtype()
            && ops::lazy::waits(host, &[v], &out, dtype)
        {
            results.push(crate::builtin::large::shape::spread(host, v, axis, &out, call)?);
            continue;
        }
        let along = Shape::matrix(1, 1).with_extent(axis, v.numel());
        let from = positions_by_axis(&out, &along, |at, c| Some(if at == axis { c } else { 0 }));
        results.push(pick(host, who, v, out.clone(), &from)?);
    }
    Ok(results)
}

/// `repelem (x, r)`, `repelem (x, r1, r2, ...)`.
fn repelem(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let x = &args[0];
    let shape = x.shape();
    let mut counts: Vec<Vec<usize>> = Vec::new();
    for r in &args[1..] {
        let list = numbers("repelem", r)?;
        if list.iter().any(|&v| v < 0.0 || v != v.trunc()) {
            return Err(fault!("repelem: R must contain non-negative integers"));
        }
        counts.push(list.into_iter().map(|v| v as usize).collect());
    }
    if counts.is_empty() {
        return Err(usage("repelem"));
    }
    if counts.len() == 1 {
        if x.is_scalar() {
            let n = counts[0].first().copied().unwrap_or(0);
            if counts[0].len() != 1 {
                return Err(fault!("repelem: R must be a scalar"));
            }
            let out = Shape::matrix(1, n);
            room::check(&out, size_of::<usize>())?;
            return one(copies(host, x, &[1, n], out)?);
        }
        if !shape.is_vector() {
            let rank = shape.rank();
            return Err(fault!(
                "repelem: {rank}D Array requires {} or more input arguments, but only 2 given",
                rank + 1
            )
            .hint("give a number of repetitions for every dimension"));
        }
        let axis = shape.first_nonsingleton();
        let only = counts.remove(0);
        counts = vec![vec![1]; 2];
        counts[axis] = only;
    }
    let rank = shape.rank().max(counts.len());
    let mut sources: Vec<Vec<usize>> = Vec::new();
    for axis in 0..rank {
        let n = shape.extent(axis);
        let list = counts.get(axis).cloned().unwrap_or_else(|| vec![1]);
        let longest =
            list.iter().fold(0usize, |sum, r| sum.saturating_add(*r)).saturating_mul(n.max(1) / list.len().max(1));
        room::check(&Shape::matrix(longest, 1), size_of::<usize>())?;
        sources.push(match &list[..] {
            [r] => (0..n).flat_map(|i| std::iter::repeat_n(i, *r)).collect(),
            many if many.len() == n => many.iter().enumerate().flat_map(|(i, &r)| std::iter::repeat_n(i, r)).collect(),
            _ => {
                return Err(fault!("repelem: R{} must either be scalar or have the same number of elements as the vector to be replicated", axis + 1));
            }
        });
    }
    let out = Shape::new(&sources.iter().map(Vec::len).collect::<Vec<_>>());
    let from =
        positions_by_axis(&out, &shape, |axis, c| sources.get(axis).map_or(Some(c), |from| from.get(c).copied()));
    one(pick(host, "repelem", x, out, &from)?)
}

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "repmat",
        (2, usize::MAX),
        1,
        repmat,
        "repmat (A, N), repmat (A, M, N, ...), repmat (A, [M N ...])\n\nCopies of A side by side.\n\n    repmat ([1 2], 2, 2)\n",
    ),
    Builtin::new(
        "kron",
        (2, usize::MAX),
        1,
        kron,
        "kron (A, B, ...)\n\nKronecker product.\n\n    kron ([1 2], [1; 1])\n",
    ),
    Builtin::new(
        "blkdiag",
        (1, usize::MAX),
        1,
        blkdiag,
        "blkdiag (A, B, ...)\n\nMatrices along the diagonal of a matrix of zeros.\n\n    blkdiag (1, [2 3])\n",
    ),
    Builtin::new(
        "meshgrid",
        (1, 3),
        3,
        meshgrid,
        "[XX, YY, ZZ] = meshgrid (X, Y, Z)\n\nCoordinates of all points of a grid; rows run along Y.\n\n    [xx, yy] = meshgrid (1:2, 1:3)\n",
    ),
    Builtin::new(
        "ndgrid",
        (1, usize::MAX),
        usize::MAX,
        ndgrid,
        "[Y1, Y2, ...] = ndgrid (X1, X2, ...)\n\nCoordinates of all points of a grid; dimension K runs along XK.\n\n    [a, b] = ndgrid (1:2, 1:3)\n",
    ),
    Builtin::new(
        "repelem",
        (2, usize::MAX),
        1,
        repelem,
        "repelem (X, R), repelem (X, R1, R2, ...)\n\nEvery element repeated.\n\n    repelem ([1 2], 2)\n",
    ),
];

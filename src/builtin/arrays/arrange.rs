//! Elements moved about: flips, rotations, shifts, diagonals and triangles, and the way between subscripts and
//! linear indices.

use crate::array::{Block, DType, Data, Shape, room};
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{axis, axis_number, flag, numbers, one, usage, whole};
use crate::builtin::large;
use crate::builtin::large::index::assign::SMALL_SHARE;
use crate::builtin::ops::diagonal;
use crate::builtin::ops::pick::{PAD, pick, positions, positions_by_axis};
use crate::diag::Result;
use crate::value::Value;
use crate::{fault, map_data};

/// `x` with one axis reversed.
fn flipped(host: &mut dyn Host, who: &str, x: &Value, along: usize) -> Result<Value> {
    if let Value::Lazy(node) = x
        && along < node.shape().rank()
    {
        use crate::ir::op::{AxisSlice, Op};
        let axes = node
            .shape()
            .iter()
            .enumerate()
            .map(|(a, &n)| match (a == along, n.checked_sub(1)) {
                (true, Some(last)) => AxisSlice { start: last, step: -1, len: n },
                _ => AxisSlice::all(n),
            })
            .collect();
        let node = crate::ir::Node::new(Op::Slice { axes }, std::slice::from_ref(&node.0), node.0.span)?;
        return Ok(crate::builtin::ops::lazy::value(node));
    }
    let shape = x.shape();
    let n = shape.extent(along);
    let from = positions_by_axis(&shape, &shape, |axis, c| Some(if axis == along { n - 1 - c } else { c }));
    pick(host, who, x, shape, &from)
}

fn flip(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let along = match args.get(1) {
        Some(d) => axis_number(d).ok_or_else(|| fault!("flip: DIM must be a positive integer"))?,
        None => args[0].shape().first_nonsingleton(),
    };
    one(flipped(host, "flip", &args[0], along)?)
}

/// `rot90 (a, k)`.
fn rot90(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let k = match args.get(1) {
        None => 1,
        Some(k) => match k.to_f64() {
            Some(v) if v == v.trunc() && k.is_scalar() && !k.dtype().is_some_and(DType::is_complex) => v as i64,
            _ => return Err(fault!("rot90: K must be a single real integer")),
        },
    };
    one(rotated(host, "rot90", &args[0], k, (0, 1), call)?)
}

/// Rotated counter-clockwise by quarter turns in the plane of two axes.
fn rotated(host: &mut dyn Host, who: &str, x: &Value, turns: i64, (p, q): (usize, usize), call: Call) -> Result<Value> {
    let shape = x.shape();
    if matches!(x, Value::Lazy(_)) && p.max(q) < shape.rank() {
        return large::shape::rotated(host, x, turns, (p, q), call);
    }
    let (m, n) = (shape.extent(p), shape.extent(q));
    let turns = turns.rem_euclid(4);
    let out = if turns % 2 == 1 { shape.with_extent(p, n).with_extent(q, m) } else { shape.clone() };
    let from = positions(&out, &shape, |at| {
        let (i, j) = (at.get(p).copied().unwrap_or(0), at.get(q).copied().unwrap_or(0));
        let (i, j) = match turns {
            0 => (i, j),
            1 => (j, n - 1 - i),
            2 => (m - 1 - i, n - 1 - j),
            _ => (m - 1 - j, i),
        };
        for (axis, c) in [(p, i), (q, j)] {
            if let Some(slot) = at.get_mut(axis) {
                *slot = c;
            }
        }
        true
    });
    pick(host, who, x, out, &from)
}

fn rotdim(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let turns = match args.get(1).filter(|x| !x.is_empty()) {
        None => 1,
        Some(n) => match n.to_f64() {
            Some(v) if n.is_scalar() && v == v.trunc() => v as i64,
            _ => return Err(fault!("rotdim: N must be a scalar integer")),
        },
    };
    let shape = args[0].shape();
    let plane = match args.get(2) {
        None => {
            let mut axes = (0..shape.rank()).filter(|&a| shape[a] != 1);
            match (axes.next(), axes.next()) {
                (Some(p), Some(q)) => (p, q),
                _ => (0, 1),
            }
        }
        Some(plane) => match numbers("rotdim", plane)?[..] {
            [p, q] if p >= 1.0 && q >= 1.0 && p != q && p == p.trunc() && q == q.trunc() => {
                (p as usize - 1, q as usize - 1)
            }
            _ => return Err(fault!("rotdim: PLANE must be a 2 element integer vector defining a valid PLANE")),
        },
    };
    one(rotated(host, "rotdim", &args[0], turns, plane, call)?)
}

/// `circshift (x, n, dim)`.
fn circshift(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let x = &args[0];
    if x.is_empty() {
        return one(x.clone());
    }
    let shape = x.shape();
    let by = numbers("circshift", &args[1])?;
    if by.iter().any(|v| *v != v.trunc()) {
        return Err(fault!("circshift: N must be a vector, no longer than the number of dimensions in X"));
    }
    if args.len() > 2 && by.len() != 1 {
        return Err(fault!("circshift: N must be a scalar when DIM is also specified"));
    }
    let shifts: Vec<(usize, i64)> = match args.get(2) {
        Some(d) => vec![(axis("circshift", d)?, by.first().copied().unwrap_or(0.0) as i64)],
        None if by.len() == 1 => vec![(shape.first_nonsingleton(), by[0] as i64)],
        None if by.len() > shape.rank() => {
            return Err(fault!("circshift: N must be a vector, no longer than the number of dimensions in X"));
        }
        None => by.iter().enumerate().map(|(a, &v)| (a, v as i64)).collect(),
    };
    if matches!(x, Value::Lazy(_)) {
        let mut result = x.clone();
        for &(along, by) in shifts.iter().filter(|s| s.0 < shape.rank()) {
            result = large::shape::shifted(host, &result, along, by, call)?;
        }
        return one(result);
    }
    if let Value::Array(block) = x {
        room::ensure_shape(&shape, block.dtype().size());
        let mut made: Option<Data> = None;
        for &(along, by) in shifts.iter().filter(|s| s.0 < shape.rank()) {
            let inner: usize = shape.iter().take(along).product();
            let extent = shape.extent(along);
            let split = inner * (extent - by.rem_euclid(extent as i64) as usize);
            made = Some(map_data!(made.as_ref().unwrap_or(block.data()), v => turned(v, inner * extent, split)));
        }
        return one(made.map_or_else(|| x.clone(), |data| Value::block(Block::dense(shape, data))));
    }
    let from = positions_by_axis(&shape, &shape, |axis, c| {
        let by = shifts.iter().filter(|shift| shift.0 == axis).map(|shift| shift.1 as i128);
        Some((c as i128 - by.sum::<i128>()).rem_euclid(shape.extent(axis) as i128) as usize)
    });
    one(pick(host, "circshift", x, shape, &from)?)
}

/// Each run of elements with the part from `split` on before the part up to it.
fn turned<T: Copy>(v: &[T], run: usize, split: usize) -> Vec<T> {
    let mut out = Vec::with_capacity(v.len());
    for run in v.chunks_exact(run) {
        out.extend_from_slice(&run[split..]);
        out.extend_from_slice(&run[..split]);
    }
    out
}

/// `shift (x, b, dim)`: as circshift along one dimension.
fn shift(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    if args[0].is_empty() {
        return Err(fault!("shift: X must not be empty"));
    }
    if !args[1].is_scalar() || args[1].to_f64().is_none_or(|v| v != v.trunc()) {
        return Err(fault!("shift: B must be an integer"));
    }
    if let Some(dim) = args.get(2)
        && axis("shift", dim)? >= args[0].shape().rank()
    {
        return Err(fault!("shift: DIM must be an integer and a valid dimension"));
    }
    circshift(host, args, call)
}

/// `diag (v, k)`, `diag (v, m, n)`, `diag (m, k)`.
fn diag(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let x = &args[0];
    let shape = x.shape();
    if shape.rank() > 2 {
        return Err(fault!("diag: requires vector or matrix"));
    }
    if let [_, m, n] = args {
        if !shape.is_vector() {
            return Err(fault!("diag: V must be a vector"));
        }
        let (m, n) = (whole("diag", "M", m, 0)? as usize, whole("diag", "N", n, 0)? as usize);
        let k = m.min(n);
        room::check(&Shape::matrix(k, 1), size_of::<usize>())?;
        if let (Some(d), true) = (x.dtype(), matches!(x, Value::Num(_) | Value::Array(_) | Value::Range(_)))
            && d.is_float()
        {
            let column = crate::builtin::ops::pick::pick_block(
                &*x.to_block()?,
                Shape::matrix(k, 1),
                &(0..k).collect::<Vec<_>>(),
            );
            return one(diagonal::value(m, n, column));
        }
        let out = Shape::matrix(m, n);
        let from = positions(&out, &Shape::matrix(k, 1), |at| {
            let on = at[0] == at[1] && at[0] < shape.len();
            at[1] = 0;
            on
        });
        return one(pick(host, "diag", x, out, &from)?);
    }
    let k = match args.get(1) {
        None => 0,
        Some(k) => match k.to_f64() {
            Some(v) if k.is_scalar() && v == v.trunc() => v as i64,
            _ => return Err(fault!("diag: invalid argument K: must be an integer")),
        },
    };
    if shape.is_vector() && !(shape.is_empty() && shape.rows() == 0 && shape.columns() == 0) {
        let n = shape.len();
        if let Value::Lazy(lazy) = x {
            if k == 0 && lazy.dtype().is_float() && lazy.bytes() <= u128::from(host.arrays().budget() / SMALL_SHARE) {
                let dense = host.gather(x)?;
                return one(diagonal::value(n, n, dense.to_block()?.as_ref().clone().with_shape(Shape::matrix(n, 1))));
            }
            return one(large::shape::with_diagonal(host, x, k, call.span)?);
        }
        if k == 0 && x.dtype().is_some_and(DType::is_float) {
            let column = x.to_block()?.as_ref().clone().with_shape(Shape::matrix(n, 1));
            return one(diagonal::value(n, n, column));
        }
        let size = n.saturating_add(k.unsigned_abs() as usize);
        let out = Shape::matrix(size, size);
        room::check(&out, size_of::<usize>())?;
        let (down, right) = (k.saturating_neg().max(0) as usize, k.max(0) as usize);
        let mut from = vec![PAD; out.len()];
        (0..n).for_each(|i| from[(i + right) * size + i + down] = i);
        return one(pick(host, "diag", x, out, &from)?);
    }
    if let Value::Lazy(node) = x
        && node.dtype().is_float()
        && let Some(column) = crate::builtin::ops::lazy_diagonal::diagonal(&node.0, k, call.span)?
    {
        return one(crate::builtin::ops::lazy::value(column));
    }
    if let (Value::Diag(d), 0) = (x, k) {
        return one(d.diagonal.clone());
    }
    let (rows, columns) = (shape.rows(), shape.columns());
    let (down, right) = (k.saturating_neg().max(0) as usize, k.max(0) as usize);
    let n = rows.saturating_sub(down).min(columns.saturating_sub(right));
    if matches!(x, Value::Lazy(_)) && n > 0 {
        return one(large::shape::diagonal(host, x, (down, right), n, call)?);
    }
    let from: Vec<usize> = (0..n).map(|i| (i + right) * rows + i + down).collect();
    one(pick(host, "diag", x, Shape::matrix(n, 1), &from)?)
}

/// `tril (a, k, pack)` and `triu`.
fn triangle(host: &mut dyn Host, args: &[Value], lower: bool, call: Call) -> Result<Values> {
    let who = if lower { "tril" } else { "triu" };
    let (args, options) = crate::builtin::args::split_options(args);
    let x = args.first().ok_or_else(|| usage(who))?;
    let shape = x.shape();
    if shape.rank() != 2 {
        return Err(fault!("{who}: need a 2-D matrix"));
    }
    let k = match args.get(1) {
        None => 0,
        Some(k) => k.to_f64().ok_or_else(|| usage(who))? as i64,
    };
    if matches!(x, Value::Lazy(_)) && options.is_empty() {
        return one(large::shape::triangle(host, x, k, lower, call)?);
    }
    let keep = |i: usize, j: usize| {
        let offset = j as i64 - i as i64;
        if lower { offset <= k } else { offset >= k }
    };
    let rows = shape.rows();
    let all = (0..shape.columns()).flat_map(|j| (0..rows).map(move |i| (i, j)));
    if options.iter().any(|o| o == "pack") {
        room::check(&shape, size_of::<usize>())?;
        let from: Vec<usize> = all.filter(|&(i, j)| keep(i, j)).map(|(i, j)| j * rows + i).collect();
        return one(pick(host, who, x, Shape::matrix(from.len(), 1), &from)?);
    }
    if let (Some(_), false) = (x.dtype(), matches!(x, Value::Char(..))) {
        let block = x.to_block()?;
        let data = map_data!(block.data(), v => {
            let mut v = v.clone();
            for (j, column) in v.chunks_mut(rows.max(1)).enumerate() {
                // Rows up to the diagonal belong to the upper part, those from it on to the lower.
                let diagonal = (j as i64).saturating_sub(k);
                let gone = if lower { 0..diagonal } else { diagonal.saturating_add(1)..rows as i64 };
                let row = |i: i64| i.clamp(0, rows as i64) as usize;
                column[row(gone.start)..row(gone.end).max(row(gone.start))].fill(Default::default());
            }
            v
        });
        return one(Value::block(Block::dense(shape, data)));
    }
    let from: Vec<usize> = all.map(|(i, j)| if keep(i, j) { j * rows + i } else { PAD }).collect();
    one(pick(host, who, x, shape, &from)?)
}

fn vech(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let shape = args[0].shape();
    if shape.rank() != 2 || shape.rows() != shape.columns() {
        return Err(fault!("vech: X must be square"));
    }
    let n = shape.rows();
    room::check(&shape, size_of::<usize>())?;
    let from: Vec<usize> = (0..n).flat_map(|j| (j..n).map(move |i| j * n + i)).collect();
    one(pick(host, "vech", &args[0], Shape::matrix(from.len(), 1), &from)?)
}

/// `full (x)`: ranges and diagonal matrices filled in.
fn full(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    one(match &args[0] {
        x @ (Value::Range(_) | Value::Diag(_)) => Value::shared(x.to_block()?),
        other => other.clone(),
    })
}

fn size_vector(who: &str, x: &Value) -> Result<Shape> {
    let dims = numbers(who, x)?;
    if dims.len() < 2 || dims.iter().any(|&d| d < 0.0 || d != d.trunc()) {
        return Err(fault!("{who}: DIMS must contain integers"));
    }
    let shape = Shape::new(&dims.iter().map(|&d| d as usize).collect::<Vec<_>>());
    // Linear indices must be whole numbers that a double holds.
    if shape.checked_len().is_none_or(|len| len as u64 > 1 << 53) {
        return Err(fault!("{who}: dimensions too large"));
    }
    Ok(shape)
}

/// `sub2ind (dims, i, j, ...)`.
fn sub2ind(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let dims = size_vector("sub2ind", &args[0])?;
    let subs = &args[1..];
    let shape = subs[0].shape();
    room::check(&shape, size_of::<usize>())?;
    let mut out = vec![0usize; shape.len()];
    let mut stride = 1;
    for (k, sub) in subs.iter().enumerate() {
        if sub.shape() != shape {
            return Err(fault!("sub2ind: all subscripts must be of the same size"));
        }
        let extent = if k + 1 == subs.len() {
            (k..dims.rank().max(k + 1)).map(|a| dims.extent(a)).product()
        } else {
            dims.extent(k)
        };
        for (slot, v) in out.iter_mut().zip(numbers("sub2ind", sub)?) {
            if v != v.trunc() {
                return Err(fault!("sub2ind: subscripts must be either integers 1 to (2^63)-1 or logicals")
                    .id("Octave:bad-index"));
            }
            if v < 1.0 {
                return Err(fault!(
                    "index ({}): out of bound; value {v} out of bound {extent}",
                    place(k, subs.len(), v)
                )
                .id("Octave:index-out-of-bounds"));
            }
            if v > extent as f64 {
                return Err(fault!("sub2ind: index out of range").id("Octave:index-out-of-bounds"));
            }
            *slot += (v as usize - 1) * stride;
        }
        stride *= extent;
    }
    one(Block::dense(shape, Data::F64(out.into_iter().map(|i| (i + 1) as f64).collect())))
}

/// `_,3,_`: where in a list of subscripts a bad one stands.
fn place(at: usize, count: usize, v: f64) -> String {
    (0..count).map(|i| if i == at { format!("{v}") } else { "_".to_owned() }).collect::<Vec<_>>().join(",")
}

/// `[i, j, ...] = ind2sub (dims, ind)`.
fn ind2sub(_: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let dims = size_vector("ind2sub", &args[0])?;
    let shape = args[1].shape();
    let indices = numbers("ind2sub", &args[1])?;
    let total = dims.len();
    for &v in &indices {
        if v != v.trunc() || v < 1.0 {
            return Err(fault!("ind2sub: invalid index {v}").id("Octave:index-out-of-bounds"));
        }
        if v > total as f64 {
            return Err(fault!("ind2sub: index out of range").id("Octave:index-out-of-bounds"));
        }
    }
    let n = call.nargout.max(1);
    let mut outs: Vec<Vec<f64>> = vec![Vec::with_capacity(indices.len()); n];
    for v in indices {
        let mut rest = v as usize - 1;
        for (k, out) in outs.iter_mut().enumerate() {
            if k + 1 == n {
                out.push((rest + 1) as f64);
            } else {
                let extent = dims.extent(k);
                out.push((rest % extent + 1) as f64);
                rest /= extent;
            }
        }
    }
    Ok(outs.into_iter().map(|v| Value::block(Block::dense(shape.clone(), Data::F64(v)))).collect())
}

/// `nnz (x)`.
fn nnz(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    if args[0].dtype().is_none_or(|d| d == DType::Char) && !matches!(args[0], Value::Char(..)) {
        return Err(crate::builtin::numeric::wrong_type("nnz", &args[0]));
    }
    if let Value::Lazy(node) = &args[0] {
        let axes = (1u32 << node.shape().rank()) - 1;
        return one(crate::builtin::ops::lazy::reduce(
            host,
            crate::kernel::ReduceKind::Nnz,
            &args[0],
            axes,
            call.span,
        )?);
    }
    one(crate::builtin::args::truths(&*args[0].to_block()?).into_iter().filter(|&t| t).count())
}

/// `merge (mask, a, b)` and `ifelse`.
fn merge(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    if args[0].dtype() != Some(DType::Bool) {
        return Err(fault!("merge: first argument MASK must be logical"));
    }
    if args[0].is_scalar() {
        return one(if flag(&host.gather(&args[0])?) { args[1].clone() } else { args[2].clone() });
    }
    let shape = args[0].shape();
    for x in &args[1..3] {
        if !x.is_scalar() && x.shape() != shape {
            return Err(fault!("merge: MASK, TVAL, and FVAL dimensions must match"));
        }
    }
    let operands = [&args[0], &args[1], &args[2]];
    one(crate::builtin::ops::lazy::elementwise(
        host,
        crate::array::ScalarFn::Select,
        &operands,
        crate::builtin::ops::elementwise::Who::Function("merge"),
        call.span,
    )?)
}

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "flip",
        (1, 2),
        1,
        flip,
        "flip (X), flip (X, DIM)\n\nX reversed along a dimension.\n\n    flip ([1 2 3])\n",
    ),
    Builtin::new(
        "fliplr",
        (1, 1),
        1,
        |h, a, _| one(flipped(h, "fliplr", &a[0], 1)?),
        "fliplr (X)\n\nColumns in reverse order.\n\n    fliplr ([1 2; 3 4])\n",
    ),
    Builtin::new(
        "flipud",
        (1, 1),
        1,
        |h, a, _| one(flipped(h, "flipud", &a[0], 0)?),
        "flipud (X)\n\nRows in reverse order.\n\n    flipud ([1 2; 3 4])\n",
    ),
    Builtin::new(
        "rot90",
        (1, 2),
        1,
        rot90,
        "rot90 (A), rot90 (A, K)\n\nA turned counter-clockwise by K quarter turns.\n\n    rot90 ([1 2; 3 4])\n",
    ),
    Builtin::new(
        "rotdim",
        (1, 3),
        1,
        rotdim,
        "rotdim (X, N, PLANE)\n\nX turned by N quarter turns in the plane of two dimensions.\n\n    rotdim ([1 2; 3 4], 2)\n",
    ),
    Builtin::new(
        "circshift",
        (2, 3),
        1,
        circshift,
        "circshift (X, N), circshift (X, N, DIM)\n\nElements moved on by N places; what falls off returns at the other end.\n\n    circshift ([1 2 3], 1)\n",
    ),
    Builtin::new(
        "shift",
        (2, 3),
        1,
        shift,
        "shift (X, B), shift (X, B, DIM)\n\nAs circshift, along one dimension.\n\n    shift ([1 2 3], 1)\n",
    ),
    Builtin::new(
        "diag",
        (1, 3),
        1,
        diag,
        "diag (V), diag (V, K), diag (V, M, N), diag (M, K)\n\nA matrix with V on its (K-th) diagonal, or that diagonal of a matrix.\n\n    diag ([1 2])\n",
    ),
    Builtin::new(
        "tril",
        (1, 3),
        1,
        |h, a, c| triangle(h, a, true, c),
        "tril (A), tril (A, K), tril (A, K, \"pack\")\n\nThe part of A on and below the K-th diagonal.\n\n    tril ([1 2; 3 4])\n",
    ),
    Builtin::new(
        "triu",
        (1, 3),
        1,
        |h, a, c| triangle(h, a, false, c),
        "triu (A), triu (A, K), triu (A, K, \"pack\")\n\nThe part of A on and above the K-th diagonal.\n\n    triu ([1 2; 3 4])\n",
    ),
    Builtin::new(
        "vech",
        (1, 1),
        1,
        vech,
        "vech (X)\n\nThe lower triangle of a square matrix as a column.\n\n    vech ([1 2; 2 3])\n",
    ),
    Builtin::new(
        "full",
        (1, 1),
        1,
        full,
        "full (X)\n\nRanges and diagonal matrices as full matrices.\n\n    full (eye (2))\n",
    ),
    Builtin::new(
        "sub2ind",
        (2, usize::MAX),
        1,
        sub2ind,
        "sub2ind (DIMS, I, J, ...)\n\nLinear indices of subscripts.\n\n    sub2ind ([3 3], 2, 3)\n",
    )
    .by_elements(1),
    Builtin::new(
        "ind2sub",
        (2, 2),
        usize::MAX,
        ind2sub,
        "[I, J, ...] = ind2sub (DIMS, IND)\n\nSubscripts of linear indices.\n\n    [i, j] = ind2sub ([3 3], 8)\n",
    )
    .by_elements(1),
    Builtin::new("nnz", (1, 1), 1, nnz, "nnz (X)\n\nThe number of elements that are not zero.\n\n    nnz ([1 0 2])\n"),
    Builtin::new(
        "merge",
        (3, 3),
        1,
        merge,
        "merge (MASK, TVAL, FVAL)\n\nElements of TVAL where MASK is true, of FVAL where it is false.\n\n    merge ([true false], [1 2], [3 4])\n",
    ),
    Builtin::new("ifelse", (3, 3), 1, merge, "ifelse (MASK, TVAL, FVAL)\n\nAs merge.\n\n    ifelse (true, 1, 2)\n"),
];

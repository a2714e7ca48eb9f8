//! The same elements under another shape, in another order of dimensions, or side by side.

use crate::array::{DType, Shape, room};
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{axis, axis_number, one, several, usage, whole};
use crate::builtin::ops::lazy;
use crate::builtin::ops::pick::{pick, positions, positions_by_axis};
use crate::diag::Result;
use crate::fault;
use crate::value::concat::{self, Form};
use crate::value::{Cell, Struct, Value};
use std::sync::Arc;

/// Any value under another shape of the same number of elements.
pub fn reshaped(host: &mut dyn Host, x: &Value, shape: Shape, call: Call) -> Result<Value> {
    Ok(match x {
        Value::Cell(c) => Value::Cell(Arc::new(Cell::new(shape, c.values.clone()))),
        Value::Struct(s) => {
            let same: Struct = s.remap(shape, <[Value]>::to_vec);
            Value::Struct(Arc::new(same))
        }
        Value::Func(_) | Value::Map(_) | Value::Object(_) => x.clone(),
        other => lazy::reshape(host, other, shape, call.span)?,
    })
}

fn reshape(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let x = &args[0];
    let count = x.shape().checked_len().unwrap_or(usize::MAX);
    let mut dims = Vec::new();
    let mut open = None;
    if let [size] = &args[1..] {
        if size.numel() < 2 {
            return Err(fault!("reshape: SIZE must have 2 or more dimensions"));
        }
        for d in crate::builtin::args::numbers("reshape", size)? {
            if d < 0.0 {
                return Err(fault!("reshape: SIZE must be non-negative"));
            }
            dims.push(d as usize);
        }
    } else {
        for (k, d) in args[1..].iter().enumerate() {
            if d.is_empty() {
                if open.replace(k).is_some() {
                    return Err(fault!("reshape: only a single dimension can be unknown"));
                }
                dims.push(1);
            } else {
                match d.to_f64() {
                    Some(v) if v >= 0.0 => dims.push(v as usize),
                    Some(_) => return Err(fault!("reshape: SIZE must be non-negative")),
                    None => return Err(usage("reshape")),
                }
            }
        }
    }
    if let Some(k) = open {
        let known: usize = dims.iter().product();
        if known == 0 || !count.is_multiple_of(known) {
            return Err(fault!("reshape: SIZE is not divisible by the product of known dimensions (= {known})"));
        }
        dims[k] = count / known;
    }
    let shape = Shape::new(&dims);
    if shape.checked_len() != Some(count) {
        let wanted: Vec<String> = dims.iter().map(usize::to_string).collect();
        return Err(fault!("reshape: can't reshape {} array to {} array", x.shape(), wanted.join("x")));
    }
    one(reshaped(host, x, shape, call)?)
}

/// Any value with its dimensions in another order (from 0).
pub fn permuted(host: &mut dyn Host, x: &Value, perm: &[usize], call: Call) -> Result<Value> {
    let shape = x.shape();
    if perm.iter().enumerate().all(|(i, &p)| i == p) {
        return Ok(x.clone());
    }
    let out = Shape::new(&perm.iter().map(|&p| shape.extent(p)).collect::<Vec<_>>());
    if x.dtype().is_some() && !matches!(x, Value::Char(..)) && perm.len() <= 8 {
        return lazy::permute(host, x, perm, call.span);
    }
    let from = positions(&out, &shape.clone(), |at| {
        let old: Vec<usize> = at.to_vec();
        // Axes beyond the rank of both have one layer.
        for (i, &p) in perm.iter().enumerate().filter(|(_, p)| **p < old.len()) {
            at[p] = old.get(i).copied().unwrap_or(0);
        }
        true
    });
    pick(host, "permute", x, out, &from)
}

fn permutation(who: &str, x: &Value, perm: &Value) -> Result<Vec<usize>> {
    let numbers = crate::builtin::args::numbers(who, perm)?;
    let n = numbers.len();
    let mut seen = vec![false; n];
    let rank = x.shape().rank();
    let fault = || fault!("{who}: PERM is not a valid permutation vector");
    if n < rank {
        return Err(fault());
    }
    let mut out = Vec::with_capacity(n);
    for v in numbers {
        if v < 1.0 || v > n as f64 || v != v.trunc() || std::mem::replace(&mut seen[v as usize - 1], true) {
            return Err(fault());
        }
        out.push(v as usize - 1);
    }
    Ok(out)
}

fn permute(host: &mut dyn Host, args: &[Value], call: Call, inverse: bool) -> Result<Values> {
    let perm = permutation(if inverse { "ipermute" } else { "permute" }, &args[0], &args[1])?;
    let perm = if inverse {
        let mut back = vec![0; perm.len()];
        perm.iter().enumerate().for_each(|(i, &p)| back[p] = i);
        back
    } else {
        perm
    };
    one(permuted(host, &args[0], &perm, call)?)
}

/// Values side by side along an axis; lazy ones by a node.
pub fn joined(host: &mut dyn Host, along: usize, values: &[Value], form: Form, call: Call) -> Result<Value> {
    if !values.iter().any(|x| matches!(x, Value::Lazy(_))) {
        return concat::cat(along, values);
    }
    if let Some(odd) = values.iter().find(|x| x.dtype().is_none()) {
        return Err(fault!("concatenation operator not implemented for a lazy array by '{}'", odd.type_name()));
    }
    let settled;
    let mut values = values;
    if values.iter().any(|x| x.dtype().is_some_and(|t| t.is_integer() || t == DType::Char)) {
        let all = values.iter().map(|x| lazy::settled(host, x, call.span));
        settled = all.collect::<Result<Vec<Value>>>()?;
        values = &settled;
    }
    let dtype = concat::common_type(values)?;
    let shapes: Vec<Shape> = values.iter().map(Value::shape).collect();
    concat::total_shape(shapes.iter(), along, form)?;
    // What waits has elements; what has none leaves no trace beside it.
    let mut cast = Vec::with_capacity(values.len());
    for x in values.iter().filter(|x| !x.is_empty()) {
        cast.push(lazy::cast(host, x, dtype, call.span)?);
    }
    match &cast[..] {
        [only] => Ok(only.clone()),
        _ => lazy::concat(host, &cast, along, call.span),
    }
}

fn cat(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let along = axis("cat", &args[0])?;
    one(joined(host, along, &args[1..], Form::Function, call)?)
}

fn squeeze(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let shape = args[0].shape();
    if shape.rank() <= 2 {
        return one(args[0].clone());
    }
    let dims: Vec<usize> = shape.iter().copied().filter(|&d| d != 1).collect();
    let shape = match dims[..] {
        [] => Shape::scalar(),
        [n] => Shape::matrix(n, 1),
        _ => Shape::new(&dims),
    };
    one(reshaped(host, &args[0], shape, call)?)
}

fn vec(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let n = args[0].numel();
    let along = match args.get(1) {
        None => 0,
        Some(d) => axis_number(d).ok_or_else(|| fault!("vec: DIM must be greater than zero"))?,
    };
    let mut dims = vec![1; along + 1];
    dims[along] = n;
    one(reshaped(host, &args[0], Shape::new(&dims), call)?)
}

/// `[y, ns] = shiftdim (x, n)`.
fn shiftdim(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let shape = args[0].shape();
    let rank = shape.rank();
    let leading = shape.iter().position(|&d| d != 1).unwrap_or(0) as i64;
    let n = match args.get(1) {
        None => leading,
        Some(n) => whole("shiftdim", "N", n, i64::MIN)?,
    };
    let y = if n > 0 {
        let n = n as usize % rank;
        let perm: Vec<usize> = (0..rank).map(|i| (i + n) % rank).collect();
        permuted(host, &args[0], &perm, call)?
    } else if n < 0 {
        let leading = n.unsigned_abs() as usize;
        if leading > Shape::MAX_RANK {
            return Err(fault!("shiftdim: an array has at most {} dimensions", Shape::MAX_RANK));
        }
        let mut dims = vec![1; leading];
        dims.extend(shape.iter().copied());
        reshaped(host, &args[0], Shape::new(&dims), call)?
    } else {
        args[0].clone()
    };
    several([y, Value::Num(n as f64)])
}

/// `postpad (x, l, c, dim)` and `prepad`.
fn pad(host: &mut dyn Host, args: &[Value], call: Call, before: bool) -> Result<Values> {
    let who = if before { "prepad" } else { "postpad" };
    let x = &args[0];
    let fill = args.get(2).filter(|c| !c.is_empty()).cloned().unwrap_or(Value::Num(0.0));
    if !fill.is_scalar() {
        return Err(fault!("{who}: third argument must be empty or a scalar"));
    }
    let along = match args.get(3) {
        Some(d) => axis_number(d).ok_or_else(|| fault!("{who}: DIM must be an integer and a valid dimension"))?,
        None => x.shape().first_nonsingleton(),
    };
    let length = match args[1].to_f64() {
        Some(v) if args[1].is_scalar() && v >= 0.0 => v as usize,
        _ => return Err(fault!("{who}: L must be a non-negative scalar")),
    };
    let shape = x.shape();
    let have = shape.extent(along);
    if have >= length {
        let skip = if before { have - length } else { 0 };
        let out = shape.with_extent(along, length);
        let from = positions_by_axis(&out, &shape, |axis, c| Some(if axis == along { c + skip } else { c }));
        return one(pick(host, who, x, out, &from)?);
    }
    let padding = shape.with_extent(along, length - have);
    room::check(&padding, size_of::<usize>())?;
    let padding = pick(host, who, &fill, padding.clone(), &vec![0; padding.len()])?;
    let parts = if before { [padding, x.clone()] } else { [x.clone(), padding] };
    one(joined(host, along, &parts, Form::Function, call)?)
}

fn horizontally(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    one(joined(host, 1, args, Form::Literal, call)?)
}

fn vertically(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    one(joined(host, 0, args, Form::Literal, call)?)
}

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "reshape",
        (2, usize::MAX),
        1,
        reshape,
        "reshape (X, M, N, ...), reshape (X, [M N ...]), reshape (X, ..., [], ...)\n\nThe same elements, column by column, in another shape; [] stands for what is left.\n\n    reshape (1:6, 2, 3)\n",
    ),
    Builtin::new(
        "permute",
        (2, 2),
        1,
        |h, a, c| permute(h, a, c, false),
        "permute (X, PERM)\n\nDimension I of the result is dimension PERM(I) of X.\n\n    size (permute (ones (2, 3, 4), [3 1 2]))\n",
    ),
    Builtin::new(
        "ipermute",
        (2, 2),
        1,
        |h, a, c| permute(h, a, c, true),
        "ipermute (X, PERM)\n\nUndoes permute (X, PERM).\n\n    size (ipermute (ones (4, 2, 3), [3 1 2]))\n",
    ),
    Builtin::new(
        "cat",
        (1, usize::MAX),
        1,
        cat,
        "cat (DIM, A, B, ...)\n\nArrays side by side along a dimension.\n\n    cat (1, [1 2], [3 4])\n",
    ),
    Builtin::new(
        "horzcat",
        (0, usize::MAX),
        1,
        horizontally,
        "horzcat (A, B, ...)\n\nArrays side by side, as [A, B, ...].\n\n    horzcat ([1 2], 3)\n",
    ),
    Builtin::new(
        "vertcat",
        (0, usize::MAX),
        1,
        vertically,
        "vertcat (A, B, ...)\n\nArrays one below the other, as [A; B; ...].\n\n    vertcat ([1 2], [3 4])\n",
    ),
    Builtin::new(
        "squeeze",
        (1, 1),
        1,
        squeeze,
        "squeeze (X)\n\nX without its dimensions of extent 1.\n\n    size (squeeze (ones (2, 1, 3)))\n",
    ),
    Builtin::new(
        "vec",
        (1, 2),
        1,
        vec,
        "vec (X), vec (X, DIM)\n\nAll elements as one column (along DIM).\n\n    vec ([1 2; 3 4])\n",
    ),
    Builtin::new(
        "shiftdim",
        (1, 2),
        2,
        shiftdim,
        "[Y, NS] = shiftdim (X, N)\n\nDimensions shifted left by N, or leading dimensions of extent 1 taken off.\n\n    size (shiftdim (ones (1, 1, 3)))\n",
    ),
    Builtin::new(
        "postpad",
        (2, 4),
        1,
        |h, a, c| pad(h, a, c, false),
        "postpad (X, L), postpad (X, L, C, DIM)\n\nX lengthened with C (0) at the end, or cut, to L elements along DIM.\n\n    postpad ([1 2], 4)\n",
    ),
    Builtin::new(
        "prepad",
        (2, 4),
        1,
        |h, a, c| pad(h, a, c, true),
        "prepad (X, L), prepad (X, L, C, DIM)\n\nX lengthened with C (0) at the front, or cut, to L elements along DIM.\n\n    prepad ([1 2], 4)\n",
    ),
];

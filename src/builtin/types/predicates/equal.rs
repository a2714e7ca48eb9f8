//! Equality of values of any kind: `isequal`, `isequaln`.

use crate::array::{Block, Data, ScalarFn};
use crate::builtin::ops::elementwise::Who;
use crate::builtin::ops::lazy;
use crate::builtin::{Builtin, Call, Host, Values};
use crate::diag::{Result, Span};
use crate::fault;
use crate::kernel::ReduceKind;
use crate::value::{Func, Map, Value};
use smallvec::smallvec;
use std::sync::Arc;

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "isequal",
        (2, usize::MAX),
        1,
        |h, a, c| all_equal(h, a, c, false),
        "isequal (X1, X2, ...)\n\nWhether all values are equal in size and elements, whatever their classes.\n\n    isequal ([1 2], int8 ([1 2]))    % 1\n",
    ),
    Builtin::new(
        "isequaln",
        (2, usize::MAX),
        1,
        |h, a, c| all_equal(h, a, c, true),
        "isequaln (X1, X2, ...)\n\nAs `isequal`, with NaN equal to NaN.\n\n    isequaln (NaN, NaN)    % 1\n",
    ),
];

fn all_equal(host: &mut dyn Host, args: &[Value], call: Call, nan: bool) -> Result<Values> {
    let mut same = true;
    for pair in args.windows(2) {
        same = same && equal(host, &pair[0], &pair[1], nan, call.span)?;
    }
    Ok(smallvec![Value::Bool(same)])
}

/// Whether two values are equal; `nan` makes NaN equal to itself. Arrays of which one is lazy are compared in one scan.
fn equal(host: &mut dyn Host, x: &Value, y: &Value, nan: bool, span: Span) -> Result<bool> {
    Ok(match (x, y) {
        (Value::Num(a), Value::Num(b)) => a == b || nan && a.is_nan() && b.is_nan(),
        (Value::Cell(a), Value::Cell(b)) => {
            a.shape() == b.shape() && all(a.values.iter().zip(&b.values), |v, w| equal(host, v, w, nan, span))?
        }
        (Value::Struct(a), Value::Struct(b)) => {
            a.shape() == b.shape()
                && a.names().len() == b.names().len()
                && all(a.iter().map(|(name, column)| (column, b.field(name))), |column, other| match other {
                    Some(other) => all(column.iter().zip(other), |v, w| equal(host, v, w, nan, span)),
                    None => Ok(false),
                })?
        }
        (Value::Func(a), Value::Func(b)) => match (&**a, &**b) {
            (Func::Named(a), Func::Named(b)) => a == b,
            (Func::Anonymous(a), Func::Anonymous(b)) => Arc::ptr_eq(&a.code, &b.code),
            _ => false,
        },
        (Value::Object(a), Value::Object(b)) => a.is(b),
        (Value::Map(a), Value::Map(b)) => {
            let (a, b, _inside) = (a.0.borrow(), b.0.borrow(), Map::go_inside()?);
            a.entries.len() == b.entries.len()
                && all(a.entries.iter().zip(&b.entries), |(k, v), (l, w)| Ok(k == l && equal(host, v, w, nan, span)?))?
        }
        _ if x.dtype().is_none() || y.dtype().is_none() || x.shape() != y.shape() => false,
        (Value::Lazy(_), _) | (_, Value::Lazy(_)) => equal_lazy(host, x, y, nan, span)?,
        _ => equal_blocks(&*x.to_block()?, &*y.to_block()?, nan),
    })
}

/// Whether a comparison holds for all pairs; stops at the first that differs.
fn all<A, B>(pairs: impl Iterator<Item = (A, B)>, mut same: impl FnMut(A, B) -> Result<bool>) -> Result<bool> {
    for (a, b) in pairs {
        if !same(a, b)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Arrays of one shape, element by element, reduced to one truth value.
fn equal_lazy(host: &mut dyn Host, x: &Value, y: &Value, nan: bool, span: Span) -> Result<bool> {
    let mut apply = |f: ScalarFn, args: &[&Value]| lazy::elementwise(host, f, args, Who::Function("isequal"), span);
    let mut same = apply(ScalarFn::Eq, &[x, y])?;
    if nan {
        let missing = [apply(ScalarFn::IsNan, &[x])?, apply(ScalarFn::IsNan, &[y])?];
        let both = apply(ScalarFn::And, &[&missing[0], &missing[1]])?;
        same = apply(ScalarFn::Or, &[&same, &both])?;
    }
    let axes = u32::MAX >> (32 - same.shape().rank());
    let all = lazy::reduce(host, ReduceKind::All, &same, axes, span)?;
    host.gather(&all)?.to_f64().map(|truth| truth != 0.0).ok_or_else(|| fault!("internal error: no truth value"))
}

fn equal_blocks(a: &Block, b: &Block, nan: bool) -> bool {
    match (a.data(), b.data()) {
        (Data::I64(v), Data::I64(w)) => v == w,
        (Data::U64(v), Data::U64(w)) => v == w,
        (Data::Char(v), Data::Char(w)) => v == w,
        (v, w) => (0..v.len()).all(|i| {
            let (p, q) = (v.get_c64(i), w.get_c64(i));
            let same = |x: f64, y: f64| x == y || nan && x.is_nan() && y.is_nan();
            same(p.re, q.re) && same(p.im, q.im)
        }),
    }
}

//! Equality of values of any kind: `isequal`, `isequaln`.

use crate::array::{Block, Data};
use crate::builtin::{Builtin, Call, Host, Values};
use crate::diag::Result;
use crate::value::{Func, Value};
use smallvec::smallvec;

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

fn all_equal(host: &mut dyn Host, args: &[Value], _: Call, nan: bool) -> Result<Values> {
    let values = args.iter().map(|v| host.gather(v)).collect::<Result<Vec<Value>>>()?;
    Ok(smallvec![Value::Bool(values.windows(2).all(|pair| equal(&pair[0], &pair[1], nan)))])
}

/// Whether two values are equal; `nan` makes NaN equal to itself. Lazy arrays are equal to nothing.
pub fn equal(x: &Value, y: &Value, nan: bool) -> bool {
    match (x, y) {
        (Value::Num(a), Value::Num(b)) => a == b || nan && a.is_nan() && b.is_nan(),
        (Value::Cell(a), Value::Cell(b)) => {
            a.shape() == b.shape() && a.values.iter().zip(&b.values).all(|(v, w)| equal(v, w, nan))
        }
        (Value::Struct(a), Value::Struct(b)) => {
            a.shape() == b.shape()
                && a.names().len() == b.names().len()
                && a.iter().all(|(name, column)| {
                    b.field(name).is_some_and(|other| column.iter().zip(other).all(|(v, w)| equal(v, w, nan)))
                })
        }
        (Value::Func(a), Value::Func(b)) => match (&**a, &**b) {
            (Func::Named(a), Func::Named(b)) => a == b,
            (Func::Anonymous(a), Func::Anonymous(b)) => {
                std::sync::Arc::ptr_eq(&a.code, &b.code) || a.code.text == b.code.text
            }
            _ => false,
        },
        (Value::Map(a), Value::Map(b)) => {
            let (a, b) = (a.0.borrow(), b.0.borrow());
            a.entries.len() == b.entries.len()
                && a.entries.iter().zip(&b.entries).all(|((k, v), (l, w))| k == l && equal(v, w, nan))
        }
        _ => match (x.dtype(), y.dtype()) {
            (Some(_), Some(_)) if x.shape() == y.shape() => match (x.to_block(), y.to_block()) {
                (Ok(a), Ok(b)) => equal_blocks(&a, &b, nan),
                _ => false,
            },
            _ => false,
        },
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn across_classes() {
        assert!(equal(&Value::text("a"), &Value::Num(97.0), false));
        assert!(equal(&Value::row(vec![1.0, 2.0]), &Value::block(Block::row(vec![1i8, 2])), false));
        assert!(!equal(&Value::row(vec![1.0]), &Value::row(vec![1.0, 2.0]), false));
        assert!(!equal(&Value::Num(f64::NAN), &Value::Num(f64::NAN), false));
        assert!(equal(&Value::row(vec![f64::NAN, 1.0]), &Value::row(vec![f64::NAN, 1.0]), true));
        let (a, b) = (Block::row(vec![i64::MAX]), Block::row(vec![i64::MAX - 1]));
        assert!(!equal(&Value::block(a), &Value::block(b), false));
    }
}

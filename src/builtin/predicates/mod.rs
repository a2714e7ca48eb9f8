//! Questions about the kind and the shape of a value, and equality of values of any kind.

pub mod checks;
pub mod equal;
pub mod functions;

use super::{Builtin, Call, Host, Values};
use crate::array::{Block, DType, Data, Shape};
use crate::bail;
use crate::diag::Result;
use crate::value::Value;
use smallvec::smallvec;

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "class",
        (1, 1),
        1,
        |_, a, _| Ok(smallvec![Value::text(a[0].class())]),
        "class (X)\n\nThe name of the class of a value.\n\n    class (int8 (1))    % int8\n",
    ),
    Builtin::new(
        "isa",
        (2, 2),
        1,
        isa,
        "isa (X, CLASS)\n\nWhether X is of a class; \"numeric\", \"float\" and \"integer\" stand for groups of classes.\n\n    isa (int8 (1), \"integer\")    % 1\n",
    ),
    Builtin::new(
        "isnumeric",
        (1, 1),
        1,
        |_, a, _| types(a, is_numeric),
        "isnumeric (X)\n\nWhether X is an array of numbers (not of characters or truth values).\n\n    isnumeric (\"a\")    % 0\n",
    ),
    Builtin::new(
        "isreal",
        (1, 1),
        1,
        |_, a, _| types(a, |t| !t.is_complex()),
        "isreal (X)\n\nWhether X is an array without imaginary part.\n\n    isreal (1i)    % 0\n",
    ),
    Builtin::new(
        "iscomplex",
        (1, 1),
        1,
        |_, a, _| types(a, DType::is_complex),
        "iscomplex (X)\n\nWhether X is a complex array.\n\n    iscomplex (1i)    % 1\n",
    ),
    Builtin::new(
        "ischar",
        (1, 1),
        1,
        |_, a, _| types(a, |t| t == DType::Char),
        "ischar (X)\n\nWhether X is text.\n\n    ischar (\"a\")    % 1\n",
    ),
    Builtin::new(
        "islogical",
        (1, 1),
        1,
        |_, a, _| types(a, |t| t == DType::Bool),
        "islogical (X)\n\nWhether X is an array of truth values.\n\n    islogical (1 > 0)    % 1\n",
    ),
    Builtin::new(
        "isbool",
        (1, 1),
        1,
        |_, a, _| types(a, |t| t == DType::Bool),
        "isbool (X)\n\nThe same as `islogical`.\n\n    isbool (true)    % 1\n",
    ),
    Builtin::new(
        "isfloat",
        (1, 1),
        1,
        |_, a, _| types(a, DType::is_float),
        "isfloat (X)\n\nWhether X is double or single.\n\n    isfloat (single (1))    % 1\n",
    ),
    Builtin::new(
        "isinteger",
        (1, 1),
        1,
        |_, a, _| types(a, DType::is_integer),
        "isinteger (X)\n\nWhether X is of an integer class.\n\n    isinteger (1)    % 0\n",
    ),
    Builtin::new(
        "is_function_handle",
        (1, 1),
        1,
        |_, a, _| truth(matches!(a[0], Value::Func(_))),
        "is_function_handle (X)\n\nWhether X is a function handle.\n\n    is_function_handle (@sin)    % 1\n",
    ),
    Builtin::new(
        "isobject",
        (1, 1),
        1,
        |_, a, _| truth(matches!(a[0], Value::Map(_))),
        "isobject (X)\n\nWhether X is an object, such as a map.\n\n    isobject (1)    % 0\n",
    ),
    Builtin::new(
        "isempty",
        (1, 1),
        1,
        |_, a, _| truth(a[0].is_empty()),
        "isempty (X)\n\nWhether X has no elements.\n\n    isempty ([])    % 1\n",
    ),
    Builtin::new(
        "isscalar",
        (1, 1),
        1,
        |_, a, _| shapes(a, Shape::is_scalar),
        "isscalar (X)\n\nWhether X is 1x1.\n\n    isscalar ([1 2])    % 0\n",
    ),
    Builtin::new(
        "isvector",
        (1, 1),
        1,
        |_, a, _| shapes(a, |s| s.is_vector() && !s.is_empty()),
        "isvector (X)\n\nWhether X is 1xN or Nx1, with N at least 1.\n\n    isvector ([1 2])    % 1\n",
    ),
    Builtin::new(
        "isrow",
        (1, 1),
        1,
        |_, a, _| shapes(a, Shape::is_row),
        "isrow (X)\n\nWhether X is 1xN.\n\n    isrow ([1 2])    % 1\n",
    ),
    Builtin::new(
        "iscolumn",
        (1, 1),
        1,
        |_, a, _| shapes(a, Shape::is_column),
        "iscolumn (X)\n\nWhether X is Nx1.\n\n    iscolumn ([1; 2])    % 1\n",
    ),
    Builtin::new(
        "ismatrix",
        (1, 1),
        1,
        |_, a, _| shapes(a, |s| s.rank() == 2),
        "ismatrix (X)\n\nWhether X has two dimensions.\n\n    ismatrix (zeros (2, 2, 2))    % 0\n",
    ),
    Builtin::new(
        "issquare",
        (1, 1),
        1,
        |_, a, _| shapes(a, |s| s.rank() == 2 && s.rows() == s.columns()),
        "issquare (X)\n\nWhether X has as many rows as columns.\n\n    issquare (eye (2))    % 1\n",
    ),
    Builtin::new(
        "sizeof",
        (1, 1),
        1,
        |_, a, _| Ok(smallvec![Value::Num(bytes(&a[0]) as f64)]),
        "sizeof (X)\n\nThe bytes of a value's elements.\n\n    sizeof ([1 2 3])    % 24\n",
    ),
    Builtin::new(
        "merge",
        (3, 3),
        1,
        merge,
        "merge (MASK, TVAL, FVAL)\n\nTVAL where the mask is true and FVAL elsewhere; a scalar mask chooses one of the two as it is.\n\n    merge ([true false], [1 2], [3 4])    % 1 4\n",
    ),
    Builtin::new(
        "ifelse",
        (3, 3),
        1,
        merge,
        "ifelse (MASK, TVAL, FVAL)\n\nThe same as `merge`.\n\n    ifelse (true, 1, 2)    % 1\n",
    ),
];

fn truth(x: bool) -> Result<Values> {
    Ok(smallvec![Value::Bool(x)])
}

fn types(args: &[Value], f: fn(DType) -> bool) -> Result<Values> {
    truth(args[0].dtype().is_some_and(f))
}

fn shapes(args: &[Value], f: fn(&Shape) -> bool) -> Result<Values> {
    truth(f(&args[0].shape()))
}

fn is_numeric(dtype: DType) -> bool {
    !matches!(dtype, DType::Bool | DType::Char)
}

fn isa(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let x = &args[0];
    let is = |class: &Value| -> Result<bool> {
        let Some(class) = class.to_text() else { bail!("isa: CLASSNAME must be a string or cell array of strings") };
        let dtype = x.dtype();
        Ok(match class.as_str() {
            "numeric" => dtype.is_some_and(is_numeric),
            "float" => dtype.is_some_and(DType::is_float),
            "integer" => dtype.is_some_and(DType::is_integer),
            "handle" => matches!(x, Value::Map(_)),
            other => x.class() == other,
        })
    };
    match &args[1] {
        Value::Cell(cell) => {
            let found = cell.values.iter().map(is).collect::<Result<Vec<bool>>>()?;
            Ok(smallvec![Value::block(Block::dense(cell.shape().clone(), Data::Bool(found)))])
        }
        class => truth(is(class)?),
    }
}

/// Bytes of a value's elements; those of containers are added up.
pub fn bytes(value: &Value) -> u128 {
    match value {
        Value::Num(_) => 8,
        Value::Bool(_) => 1,
        Value::Array(block) | Value::Char(block, _) => block.bytes() as u128,
        Value::Range(_) => 24,
        Value::Diag(diagonal) => diagonal.diagonal.bytes() as u128,
        Value::Cell(cell) => cell.values.iter().map(bytes).sum(),
        Value::Struct(records) => records.iter().flat_map(|(_, column)| column).map(bytes).sum(),
        Value::Map(map) => map.0.borrow().entries.values().map(bytes).sum(),
        Value::Func(_) => 0,
        Value::Lazy(lazy) => lazy.bytes(),
    }
}

fn merge(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let mask = host.gather(&args[0])?;
    if mask.dtype() != Some(DType::Bool) {
        bail!("merge: first argument MASK must be logical");
    }
    if mask.is_scalar() {
        let chosen = if mask.to_f64() == Some(1.0) { &args[1] } else { &args[2] };
        return Ok(smallvec![chosen.clone()]);
    }
    let (yes, no) = (host.gather(&args[1])?, host.gather(&args[2])?);
    let shape = mask.shape();
    let fits = |v: &Value| v.is_scalar() || v.shape() == shape;
    if !fits(&yes) || !fits(&no) {
        bail!("merge: MASK, TVAL, and FVAL dimensions must match");
    }
    // One array of both, so that the usual rules of concatenation find the type.
    let (yes, no) = (spread(&yes, &shape)?, spread(&no, &shape)?);
    let both = crate::value::concat::cat(0, &[yes, no])?;
    let mask = mask.to_block()?;
    let n = shape.len();
    let at = (0..n).map(|i| (if mask.data().get_f64(i) != 0.0 { i } else { n + i }) as f64 + 1.0).collect();
    let at = Value::block(Block::dense(shape, Data::F64(at)));
    Ok(smallvec![crate::value::index::index(&both, &[crate::value::index::Index::Value(at)])?])
}

/// A value of this shape, or a scalar repeated, as a column.
fn spread(value: &Value, shape: &Shape) -> Result<Value> {
    let at: Vec<f64> = (0..shape.len()).map(|i| if value.is_scalar() { 1.0 } else { i as f64 + 1.0 }).collect();
    let column = crate::value::index::index(value, &[crate::value::index::Index::Value(Value::column(at))])?;
    crate::value::index::index(&column, &[crate::value::index::Index::All])
}

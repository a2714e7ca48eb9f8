//! Questions about the kind of a value.

pub mod checks;
pub mod equal;

use crate::array::{Block, DType, Data};
use crate::builtin::{Builtin, Call, Host, Values};
use crate::diag::Result;
use crate::value::{Quote, Value};
use crate::{bail, fault};
use smallvec::smallvec;

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "class",
        (1, 1),
        1,
        |_, a, _| Ok(smallvec![Value::text(a[0].class())]),
        "class (X)\n\nThe name of the class of a value.\n\n    class (int8 (1))    % int8\n",
    )
    .minds_complex(),
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
    )
    .minds_complex(),
    Builtin::new(
        "iscomplex",
        (1, 1),
        1,
        |_, a, _| types(a, DType::is_complex),
        "iscomplex (X)\n\nWhether X is a complex array.\n\n    iscomplex (1i)    % 1\n",
    )
    .minds_complex(),
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
        "isobject",
        (1, 1),
        1,
        |_, a, _| truth(matches!(a[0], Value::Map(_) | Value::Object(_))),
        "isobject (X)\n\nWhether X is an object, such as a map.\n\n    isobject (1)    % 0\n",
    ),
    Builtin::new(
        "is_sq_string",
        (1, 1),
        1,
        |_, a, _| truth(matches!(a[0], Value::Char(_, Quote::Single))),
        "is_sq_string (X)\n\nWhether X is text in single quotes, or made of such.\n\n    is_sq_string ('a')    % 1\n",
    ),
    Builtin::new(
        "is_dq_string",
        (1, 1),
        1,
        |_, a, _| truth(matches!(a[0], Value::Char(_, Quote::Double))),
        "is_dq_string (X)\n\nWhether X is text in double quotes, or made of such.\n\n    is_dq_string (\"a\")    % 1\n",
    ),
    Builtin::new(
        "isstr",
        (1, 1),
        1,
        |_, a, _| truth(matches!(a[0], Value::Char(..))),
        "isstr (X)\n\nAs ischar.\n\n    isstr (\"a\")    % 1\n",
    ),
    Builtin::new(
        "typeinfo",
        (1, 1),
        1,
        |_, a, _| Ok(smallvec![Value::text(&type_of(&a[0]))]),
        "typeinfo (X)\n\nHow a value is kept: a finer class.\n\n    typeinfo (1:3)    % double_range\n",
    ),
    Builtin::new(
        "ismethod",
        (2, 2),
        1,
        ismethod,
        "ismethod (X, NAME)\n\nWhether an object has a method of this name.\n\n    ismethod (inputParser (), \"parse\")    % 1\n",
    ),
    Builtin::new(
        "isprop",
        (2, 2),
        1,
        isprop,
        "isprop (X, NAME)\n\nWhether an object has a property of this name.\n\n    isprop (inputParser (), \"Results\")    % 1\n",
    ),
    Builtin::new(
        "sizeof",
        (1, 1),
        1,
        |_, a, _| Ok(smallvec![Value::Num(bytes(&a[0]) as f64)]),
        "sizeof (X)\n\nThe bytes of a value's elements.\n\n    sizeof ([1 2 3])    % 24\n",
    ),
];

/// What `typeinfo` calls a value.
fn type_of(x: &Value) -> std::borrow::Cow<'static, str> {
    match x {
        Value::Char(_, Quote::Single) => "sq_string".into(),
        Value::Range(_) => "double_range".into(),
        other => other.type_name(),
    }
}

fn ismethod(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let Some(name) = args[1].to_text() else { bail!("ismethod: second argument must be a method name") };
    match &args[0] {
        Value::Object(object) => truth(object.has_method(&name)),
        Value::Map(_) => truth(matches!(name.as_str(), "keys" | "values" | "isKey" | "remove" | "length" | "numel")),
        Value::Char(..) => truth(false),
        _ => Err(fault!("ismethod: first argument must be object or class name")),
    }
}

fn isprop(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let Some(name) = args[1].to_text() else { bail!("isprop: PROPNAME must be a string") };
    match &args[0] {
        Value::Object(object) => truth(object.get(&name).is_some()),
        Value::Map(_) => truth(matches!(name.as_str(), "Count" | "KeyType" | "ValueType")),
        _ => truth(false),
    }
}

fn truth(x: bool) -> Result<Values> {
    Ok(smallvec![Value::Bool(x)])
}

fn types(args: &[Value], f: fn(DType) -> bool) -> Result<Values> {
    truth(args[0].dtype().is_some_and(f))
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
            "handle" => matches!(x, Value::Map(_) | Value::Object(_)),
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
        // Handles, whatever they lead to.
        Value::Map(_) | Value::Func(_) | Value::Object(_) => 0,
        Value::Lazy(lazy) => lazy.bytes(),
    }
}

//! Structs: made, their fields listed, added, removed, ordered.

pub mod chain;

use crate::array::{Block, Data, Shape};
use crate::builtin::text::{cell_column, strings};
use crate::builtin::{Builtin, Call, Host, Values};
use crate::diag::{Fault, Result};
use crate::value::{Struct, Value};
use crate::{bail, fault};
use smallvec::smallvec;
use std::sync::Arc;

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "struct",
        (0, usize::MAX),
        1,
        struct_,
        "struct (), struct (FIELD1, VALUE1, FIELD2, VALUE2, ...)\n\nA struct with these fields. Cell arrays give one element each to a struct array of their size; put a cell array that\nis to be a value into another: `{{1, 2}}`.\n\n    struct (\"a\", 1).a             % 1\n    size (struct (\"a\", {1, 2}))    % 1 2\n",
    ),
    Builtin::new(
        "isstruct",
        (1, 1),
        1,
        |_, a, _| Ok(smallvec![Value::Bool(matches!(a[0], Value::Struct(_)))]),
        "isstruct (X)\n\nWhether X is a struct or struct array.\n\n    isstruct (struct ())    % 1\n",
    ),
    Builtin::new(
        "fieldnames",
        (1, 1),
        1,
        fieldnames,
        "fieldnames (S)\n\nThe names of the fields, as a column of strings.\n\n    fieldnames (struct (\"a\", 1)){1}    % a\n",
    ),
    Builtin::new(
        "numfields",
        (1, 1),
        1,
        numfields,
        "numfields (S)\n\nThe number of fields.\n\n    numfields (struct (\"a\", 1))    % 1\n",
    ),
    Builtin::new(
        "isfield",
        (2, 2),
        1,
        isfield,
        "isfield (X, NAME), isfield (X, CELLSTR)\n\nWhether X is a struct with that field; one answer a name for a cell array.\n\n    isfield (struct (\"a\", 1), {\"a\", \"b\"})    % 1 0\n",
    ),
    Builtin::new(
        "rmfield",
        (2, 2),
        1,
        rmfield,
        "rmfield (S, FIELD), rmfield (S, CELLSTR)\n\nThe struct without those fields.\n\n    numfields (rmfield (struct (\"a\", 1), \"a\"))    % 0\n",
    ),
    Builtin::new(
        "orderfields",
        (1, 2),
        2,
        orderfields,
        "[T, P] = orderfields (S), orderfields (S1, S2), orderfields (S, CELLSTR), orderfields (S, P)\n\nThe struct with its fields in alphabetical order, in the order of another struct or of a list, or permuted; P is the\npermutation.\n\n    fieldnames (orderfields (struct (\"b\", 1, \"a\", 2))){1}    % a\n",
    ),
];

fn struct_(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    match args {
        [] => return Ok(smallvec![Value::Struct(Arc::new(Struct::scalar()))]),
        [Value::Struct(_)] => return Ok(smallvec![args[0].clone()]),
        [empty @ Value::Array(_)]
            if empty.shape().is_empty() && empty.shape().rank() == 2 && empty.shape().rows() == 0 =>
        {
            return Ok(smallvec![Value::Struct(Arc::new(Struct::new(Shape::matrix(0, 0))))]);
        }
        _ => {}
    }
    let wrong = || fault!("struct: additional arguments must occur as \"field\", VALUE pairs");
    if args.len() % 2 == 1 || args.iter().step_by(2).any(|name| name.to_text().is_none()) {
        return Err(wrong());
    }
    // The first cell array that is not 1x1 sets the size; 1x1 ones give their element to all.
    let mut size: Option<(usize, &Shape)> = None;
    for (i, value) in args.iter().enumerate().skip(1).step_by(2) {
        if let Value::Cell(cell) = value
            && !cell.shape().is_scalar()
        {
            match size {
                None => size = Some((i, cell.shape())),
                Some((first, shape)) if shape != cell.shape() => {
                    bail!("struct: dimensions of parameter {} do not match those of parameter {}", first + 1, i + 1)
                }
                Some(_) => {}
            }
        }
    }
    let shape = size.map_or_else(Shape::scalar, |(_, shape)| shape.clone());
    let mut records = Struct::new(shape.clone());
    for pair in args.chunks(2) {
        let name: Arc<str> = pair[0].to_text().unwrap_or_default().into();
        let column = match &pair[1] {
            Value::Cell(cell) if cell.shape().is_scalar() => vec![cell.values[0].clone(); shape.len()],
            Value::Cell(cell) => cell.values.clone(),
            other => vec![other.clone(); shape.len()],
        };
        records.set_column(&name, column);
    }
    Ok(smallvec![Value::Struct(Arc::new(records))])
}

fn fieldnames(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let names = match &args[0] {
        Value::Struct(records) => records.names().iter().map(|name| Value::text(name)).collect(),
        Value::Map(_) => ["Count", "KeyType", "ValueType"].into_iter().map(Value::text).collect(),
        Value::Object(object) => object.0.properties().iter().map(|(name, _)| Value::text(name)).collect(),
        _ => bail!("fieldnames: Invalid input argument"),
    };
    Ok(smallvec![cell_column(names)])
}

fn numfields(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    match &args[0] {
        Value::Struct(records) => Ok(smallvec![Value::from(records.names().len())]),
        _ => bail!("numfields: argument must be a struct"),
    }
}

fn isfield(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let Value::Struct(records) = &args[0] else { return Ok(smallvec![Value::Bool(false)]) };
    let has = |v: &Value| v.to_text().is_some_and(|name| records.position(&name).is_some());
    Ok(smallvec![match &args[1] {
        Value::Cell(cell) => {
            let found = cell.values.iter().map(has).collect();
            Value::block(Block::dense(cell.shape().clone(), Data::Bool(found)))
        }
        name => Value::Bool(has(name)),
    }])
}

fn rmfield(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let Value::Struct(records) = &args[0] else { bail!("rmfield: first argument must be a struct") };
    let Some(names) = strings(&args[1]) else {
        bail!("rmfield: second argument must be a cellstr or character string");
    };
    let mut records = (**records).clone();
    for name in names {
        let name = String::from_utf8_lossy(&name);
        if records.remove(&name).is_none() {
            bail!("rmfield: structure does not contain field {name}");
        }
    }
    Ok(smallvec![Value::Struct(Arc::new(records))])
}

fn orderfields(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let Value::Struct(records) = &args[0] else { bail!("orderfields: S1 must be a struct") };
    let names = records.names();
    let positions = |wanted: Vec<String>, wrong: Fault| -> Result<Vec<usize>> {
        let found: Option<Vec<usize>> = wanted.iter().map(|name| records.position(name)).collect();
        match found {
            Some(found) if found.len() == names.len() && (0..names.len()).all(|k| found.contains(&k)) => Ok(found),
            _ => Err(wrong),
        }
    };
    let order: Vec<usize> = match args.get(1) {
        None => {
            let mut order: Vec<usize> = (0..names.len()).collect();
            order.sort_by(|&a, &b| names[a].cmp(&names[b]));
            order
        }
        Some(Value::Struct(other)) => positions(
            other.names().iter().map(|name| name.to_string()).collect(),
            fault!("orderfields: structs S1 and S2 do not have the same fields"),
        )?,
        Some(list @ Value::Cell(_)) => positions(
            strings(list).unwrap_or_default().iter().map(|name| String::from_utf8_lossy(name).into_owned()).collect(),
            fault!("orderfields: CELLSTR list does not match structure fields"),
        )?,
        Some(numbers) => {
            let block = numbers.to_block()?;
            let order: Vec<usize> =
                (0..block.len()).map(|i| (block.data().get_f64(i) as usize).wrapping_sub(1)).collect();
            if order.len() != names.len() || !(0..names.len()).all(|k| order.contains(&k)) {
                bail!("orderfields: invalid permutation vector P");
            }
            order
        }
    };
    let mut ordered = Struct::new(records.shape().clone());
    for &k in &order {
        ordered.set_column(&names[k], records.field(&names[k]).unwrap_or(&[]).to_vec());
    }
    let permutation = Value::column(order.iter().map(|&k| k as f64 + 1.0).collect());
    Ok(smallvec![Value::Struct(Arc::new(ordered)), permutation])
}

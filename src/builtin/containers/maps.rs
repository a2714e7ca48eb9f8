//! `containers.Map`: keys in order, each with a value. The handle is shared: what one copy changes, all see.

use crate::array::{Block, DType, Data, Shape, room};
use crate::builtin::text::cell_row;
use crate::builtin::{Builtin, Call, Host, Values};
use crate::diag::{Fault, Result};
use crate::value::convert::{is_true, to_dtype};
use crate::value::map::Key;
use crate::value::{Map, Value};
use crate::{bail, fault};
use smallvec::smallvec;

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "containers.Map",
        (0, usize::MAX),
        1,
        new,
        "containers.Map (), containers.Map (KEYS, VALS), containers.Map (\"KeyType\", KT, \"ValueType\", VT)\n\nA map from keys (strings, or numbers) to values. `m(key)` reads and writes, `m.Count` counts, and copies share the\nsame map.\n\n    m = containers.Map ({\"a\", \"b\"}, {1, 2});\n    m(\"b\")    % 2\n",
    ),
    Builtin::new(
        "keys",
        (1, 1),
        1,
        keys,
        "keys (M)\n\nThe keys of a map in order, as a row of a cell array.\n\n    keys (containers.Map (\"a\", 1)){1}    % a\n",
    ),
    Builtin::new(
        "values",
        (1, 2),
        1,
        values,
        "values (M), values (M, KEYS)\n\nThe values of a map in the order of its keys, or those of the given keys.\n\n    values (containers.Map (\"a\", 1)){1}    % 1\n",
    ),
    Builtin::new(
        "isKey",
        (2, 2),
        1,
        is_key,
        "isKey (M, KEY), isKey (M, KEYS)\n\nWhether a map has a key; one answer a key for a cell array.\n\n    isKey (containers.Map (\"a\", 1), {\"a\", \"b\"})    % 1 0\n",
    ),
    Builtin::new(
        "remove",
        (2, 2),
        1,
        remove,
        "remove (M, KEY), remove (M, KEYS)\n\nTakes keys out of a map; one that is not there is no error.\n\n    m = containers.Map (\"a\", 1);\n    remove (m, \"a\").Count    % 0\n",
    ),
];

fn wrong_key() -> Fault {
    fault!("containers.Map: specified key type does not match the type of this container")
}

/// A value as a key of this map.
///
/// # Errors
/// Text for a map of numbers, and the other way round.
fn key_of(key_type: &str, value: &Value) -> Result<Key> {
    if key_type == "char" {
        return match value {
            Value::Char(..) => value.to_text().map(Key::Text).ok_or_else(wrong_key),
            _ => Err(wrong_key()),
        };
    }
    match value {
        Value::Char(..) | Value::Cell(_) | Value::Struct(_) | Value::Func(_) | Value::Map(_) | Value::Object(_) => {
            Err(wrong_key())
        }
        number if number.is_scalar() => {
            let x = number.to_f64().ok_or_else(wrong_key)?;
            let held = match DType::from_class(key_type) {
                Some(dtype) if dtype != DType::F64 => to_dtype(&Block::scalar(x), dtype).data().get_f64(0),
                _ => x,
            };
            // One zero: -0 and 0 are the same key.
            Ok(Key::Num(held + 0.0))
        }
        _ => Err(wrong_key()),
    }
}

/// A key as the value that `keys` gives: text, or a number as a double.
fn key_value(key: &Key) -> Value {
    match key {
        Key::Text(text) => Value::text(text),
        Key::Num(x) => Value::Num(*x),
    }
}

fn shown(key: &Key) -> String {
    match key {
        Key::Text(text) => text.clone(),
        Key::Num(x) => {
            let mut text = String::new();
            crate::value::decimal::general(&mut text, *x, 5, false);
            text
        }
    }
}

/// `m(key)`.
///
/// # Errors
/// A key of the wrong kind, or one that is not there.
pub fn map_get(map: &Map, key: &Value) -> Result<Value> {
    let body = map.0.borrow();
    let key = key_of(&body.key_type, key)?;
    match body.entries.get(&key) {
        Some(value) => Ok(value.clone()),
        None => Err(fault!("containers.Map: specified key <{}> does not exist", shown(&key))),
    }
}

/// `m(key) = value`.
///
/// # Errors
/// A key or a value of the wrong kind.
pub fn map_set(map: &Map, key: &Value, value: Value) -> Result<()> {
    // The value may be the map itself: nothing is asked of it while the entries are changed.
    let (key, value_type) = {
        let body = map.0.borrow();
        (key_of(&body.key_type, key)?, body.value_type.clone())
    };
    let wrong = || fault!("containers.Map: specified value type does not match the type of this container");
    let value = match value_type.as_str() {
        "any" => value,
        "char" => match value {
            Value::Char(..) if value.shape().rows() <= 1 => value,
            _ => return Err(wrong()),
        },
        numeric => {
            let number = value.is_scalar() && value.dtype().is_some_and(|t| t != DType::Char);
            let dtype = DType::from_class(numeric).unwrap_or(DType::F64);
            match value {
                _ if !number => return Err(wrong()),
                Value::Num(_) if dtype == DType::F64 => value,
                other => Value::block(to_dtype(&*other.to_block()?, dtype)),
            }
        }
    };
    let replaced = map.0.borrow_mut().entries.insert(key, value);
    // What ends with it may look at the map.
    drop(replaced);
    Ok(())
}

/// `m.name`: a property of a map.
///
/// # Errors
/// A property nobody has.
pub fn map_property(map: &Map, name: &str) -> Result<Value> {
    let body = map.0.borrow();
    Ok(match name {
        "Count" => Value::block(Block::scalar(body.entries.len() as u64)),
        "KeyType" => Value::text(&body.key_type),
        "ValueType" => Value::text(&body.value_type),
        _ => bail!("containers.Map: unknown property '{name}'"),
    })
}

const KEY_TYPES: [&str; 11] =
    ["char", "double", "single", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64"];

fn elements(value: &Value) -> Result<Vec<Value>> {
    room::check(&Shape::matrix(1, value.numel()), size_of::<Value>())?;
    (0..value.numel()).map(|at| super::cells::element_of(value, at)).collect()
}

/// The type that numeric keys or values of several classes have together.
fn common_class<'a>(mut classes: impl Iterator<Item = &'a str>) -> &'a str {
    let Some(first) = classes.next() else { return "any" };
    if classes.all(|class| class == first) { first } else { "double" }
}

fn new(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let word = |v: &Value| v.to_text().map(|t| t.to_lowercase()).unwrap_or_default();
    let option = |v: &Value| matches!(word(v).as_str(), "keytype" | "valuetype" | "uniformvalues");
    let typed = matches!(args.first().map(word).as_deref(), Some("keytype" | "valuetype" | "uniformvalues"));
    if args.is_empty() || typed && args.len().is_multiple_of(2) && args.iter().step_by(2).all(option) {
        let (mut key_type, mut value_type) = ("char".to_owned(), "any".to_owned());
        for pair in args.chunks(2) {
            let given = pair[1].to_text();
            match (word(&pair[0]).as_str(), given) {
                ("keytype", Some(kind)) if KEY_TYPES.contains(&kind.as_str()) => key_type = kind,
                ("keytype", _) => bail!("containers.Map: unsupported KeyType"),
                ("valuetype", Some(kind)) if kind == "any" || DType::from_class(&kind).is_some() => value_type = kind,
                ("valuetype", _) => bail!("containers.Map: unsupported ValueType"),
                _ => {
                    is_true(&pair[1])?;
                }
            }
        }
        return Ok(smallvec![Value::Map(Map::new(&key_type, &value_type))]);
    }
    let keys: Vec<Value> = match &args[0] {
        Value::Cell(cell) => cell.values.clone(),
        text @ Value::Char(..) => vec![text.clone()],
        Value::Struct(_) | Value::Func(_) | Value::Map(_) | Value::Object(_) => {
            bail!("containers.Map: the keys must be strings or numbers")
        }
        numbers => elements(numbers)?,
    };
    let vals: Vec<Value> = match args.get(1) {
        None => vec![Value::empty(); keys.len()],
        Some(Value::Cell(cell))
            if matches!(args[0], Value::Cell(_)) || cell.values.len() == keys.len() && keys.len() != 1 =>
        {
            cell.values.clone()
        }
        Some(Value::Cell(cell)) if keys.len() == 1 && cell.values.len() == 1 => cell.values.clone(),
        Some(one) if keys.len() == 1 && !matches!(one, Value::Cell(_)) => vec![one.clone()],
        Some(Value::Cell(cell)) => cell.values.clone(),
        Some(text @ Value::Char(..)) => vec![text.clone()],
        Some(many) => elements(many)?,
    };
    let mut uniform = true;
    if let Some(rest) = args.get(2..) {
        for pair in rest.chunks(2) {
            match pair {
                [name, flag] if word(name) == "uniformvalues" => uniform = is_true(flag)?,
                _ => bail!("containers.Map: missing option UniformValues"),
            }
        }
    }
    if keys.len() != vals.len() {
        bail!("containers.Map: the number of keys and values must match");
    }
    if keys.is_empty() {
        bail!("containers.Map: empty keys are not allowed");
    }
    let texts = keys.iter().filter(|k| matches!(k, Value::Char(..))).count();
    let key_type = if texts == keys.len() {
        "char"
    } else if texts > 0 {
        bail!("containers.Map: when using multiple key types, all types must be numeric");
    } else {
        common_class(keys.iter().map(|k| if k.class() == "logical" { "double" } else { k.class() }))
    };
    let numeric = |v: &Value| v.is_scalar() && v.dtype().is_some_and(|t| t != DType::Char && !t.is_complex());
    let value_type = if !uniform {
        "any"
    } else if vals.iter().all(|v| matches!(v, Value::Char(..)) && v.shape().rows() <= 1) {
        "char"
    } else if vals.iter().all(numeric) {
        common_class(vals.iter().map(Value::class))
    } else {
        "any"
    };
    let map = Map::new(key_type, value_type);
    for (key, value) in keys.iter().zip(vals) {
        map_set(&map, key, value)?;
    }
    Ok(smallvec![Value::Map(map)])
}

fn map_argument<'a>(who: &str, value: &'a Value) -> Result<&'a Map> {
    match value {
        Value::Map(map) => Ok(map),
        other => {
            Err(fault!("'{who}' undefined for arguments of type '{}'", other.class()).id("Octave:undefined-function"))
        }
    }
}

fn keys(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let map = map_argument("keys", &args[0])?;
    Ok(smallvec![cell_row(map.0.borrow().entries.keys().map(key_value).collect())])
}

fn values(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let map = map_argument("values", &args[0])?;
    let body = map.0.borrow();
    let Some(wanted) = args.get(1) else { return Ok(smallvec![cell_row(body.entries.values().cloned().collect())]) };
    let Value::Cell(wanted) = wanted else { bail!("containers.Map: input argument 'KeySet' must be a cell") };
    let mut found = Vec::with_capacity(wanted.values.len());
    for key in &wanted.values {
        let key = key_of(&body.key_type, key)?;
        match body.entries.get(&key) {
            Some(value) => found.push(value.clone()),
            None => bail!("containers.Map: key <{}> does not exist", shown(&key)),
        }
    }
    Ok(smallvec![cell_row(found)])
}

fn is_key(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let map = map_argument("isKey", &args[0])?;
    let body = map.0.borrow();
    let has = |v: &Value| key_of(&body.key_type, v).is_ok_and(|key| body.entries.contains_key(&key));
    Ok(smallvec![match &args[1] {
        Value::Cell(cell) => {
            let found = cell.values.iter().map(has).collect();
            Value::block(Block::dense(cell.shape().clone(), Data::Bool(found)))
        }
        key => Value::Bool(has(key)),
    }])
}

fn remove(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let map = map_argument("remove", &args[0])?;
    let mut body = map.0.borrow_mut();
    let wanted = match &args[1] {
        Value::Cell(cell) => cell.values.clone(),
        key => vec![key.clone()],
    };
    for key in &wanted {
        let key = key_of(&body.key_type, key)?;
        body.entries.remove(&key);
    }
    drop(body);
    Ok(smallvec![args[0].clone()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_one_kind() {
        let map = Map::new("char", "any");
        map_set(&map, &Value::text("b"), Value::Num(2.0)).unwrap();
        map_set(&map, &Value::text("a"), Value::Num(1.0)).unwrap();
        assert_eq!(map_get(&map, &Value::text("b")).unwrap().to_f64(), Some(2.0));
        assert!(map_set(&map, &Value::Num(1.0), Value::Num(1.0)).is_err());
        let message = map_get(&map, &Value::text("z")).unwrap_err().message;
        assert_eq!(message, "containers.Map: specified key <z> does not exist");
        let first = map.0.borrow().entries.keys().next().cloned();
        assert_eq!(first, Some(Key::Text("a".to_owned())));
    }

    #[test]
    fn values_have_the_declared_type() {
        let map = Map::new("double", "single");
        map_set(&map, &Value::Num(1.0), Value::Num(0.1)).unwrap();
        assert_eq!(map_get(&map, &Value::Num(1.0)).unwrap().class(), "single");
        assert!(map_set(&map, &Value::Num(1.0), Value::text("x")).is_err());
    }
}

//! Indexing `containers.Map`.

use crate::diag::Result;
use crate::value::map::Key;
use crate::value::{Map, Value, decimal};
use crate::{bail, fault};

/// The key an index names, of the map's kind of keys.
pub fn key(map: &Map, args: &[Value]) -> Result<Key> {
    let [arg, ..] = args else { bail!("containers.Map: no key specified") };
    let text_keys = map.0.borrow().key_type == "char";
    match (arg, text_keys) {
        (Value::Char(..), true) => Ok(Key::Text(arg.to_text().unwrap_or_default())),
        (Value::Char(..), false) | (_, true) => {
            Err(fault!("containers.Map: specified key type does not match the type of this container"))
        }
        _ => match arg.to_f64() {
            Some(x) if arg.is_scalar() => Ok(Key::Num(x)),
            _ => bail!("containers.Map: specified key type does not match the type of this container"),
        },
    }
}

/// `map(key)`.
pub fn get(map: &Map, args: &[Value]) -> Result<Value> {
    let key = key(map, args)?;
    match map.0.borrow().entries.get(&key) {
        Some(value) => Ok(value.clone()),
        None => Err(fault!("containers.Map: specified key <{}> does not exist", shown(&key))
            .hint("isKey (m, key) tells whether a map has a key")),
    }
}

fn shown(key: &Key) -> String {
    let mut text = String::new();
    match key {
        Key::Text(key) => text.push_str(key),
        Key::Num(x) => decimal::general(&mut text, *x, 5, false),
    }
    text
}

/// `map(key) = value`.
pub fn set(map: &Map, args: &[Value], value: Value) -> Result<()> {
    let key = key(map, args)?;
    map.0.borrow_mut().entries.insert(key, value);
    Ok(())
}

/// `map.Count` and its kin.
pub fn property(map: &Map, name: &str) -> Option<Value> {
    let body = map.0.borrow();
    Some(match name {
        "Count" => Value::Num(body.entries.len() as f64),
        "KeyType" => Value::text(&body.key_type),
        "ValueType" => Value::text(&body.value_type),
        _ => return None,
    })
}

/// `map.keys ()` calls `keys (map)`.
pub fn is_method(name: &str) -> bool {
    matches!(name, "keys" | "values" | "isKey" | "remove" | "length" | "numel" | "isobject")
}

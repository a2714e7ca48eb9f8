//! Indexing `containers.Map`.

use crate::diag::Result;
use crate::value::map::Key;
use crate::value::{Map, Value};
use crate::{bail, fault};

/// The key an index names, of the map's kind of keys.
pub fn key(map: &Map, args: &[Value]) -> Result<Key> {
    let [arg] = args else { bail!("only '()' indexing with exactly one key is supported by containers.Map") };
    let text_keys = map.0.borrow().key_type == "char";
    match (arg, text_keys) {
        (Value::Char(..), true) => Ok(Key::Text(arg.to_text().unwrap_or_default())),
        (Value::Char(..), false) | (_, true) => {
            Err(fault!("specified key type does not match the type of this container"))
        }
        _ => match arg.to_f64() {
            Some(x) if arg.is_scalar() => Ok(Key::Num(x)),
            _ => bail!("only '()' indexing with exactly one key is supported by containers.Map"),
        },
    }
}

/// `map(key)`.
pub fn get(map: &Map, args: &[Value]) -> Result<Value> {
    let key = key(map, args)?;
    match map.0.borrow().entries.get(&key) {
        Some(value) => Ok(value.clone()),
        None => {
            let shown = match &key {
                Key::Text(text) => text.clone(),
                Key::Num(x) => x.to_string(),
            };
            Err(fault!("the given key is not present in the container")
                .id("Octave:index-out-of-bounds")
                .hint(format!("there is no key {shown}; isKey (m, {shown}) would tell")))
        }
    }
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

//! Indexing `containers.Map`.

use crate::builtin::containers::maps::{map_get, map_property, map_set};
use crate::diag::Result;
use crate::fault;
use crate::value::{Map, Value};

fn only_key(args: &[Value]) -> Result<&Value> {
    match args {
        [key] => Ok(key),
        _ => Err(fault!("containers.Map: specified key type does not match the type of this container")),
    }
}

/// `map(key)`.
pub fn get(map: &Map, args: &[Value]) -> Result<Value> {
    map_get(map, only_key(args)?).map_err(|fault| fault.hint("isKey (m, key) tells whether a map has a key"))
}

/// `map(key) = value`.
pub fn set(map: &Map, args: &[Value], value: Value) -> Result<()> {
    map_set(map, only_key(args)?, value)
}

/// `map.Count` and its kin.
pub fn property(map: &Map, name: &str) -> Option<Value> {
    map_property(map, name).ok()
}

/// `map.keys ()` calls `keys (map)`.
pub fn is_method(name: &str) -> bool {
    matches!(name, "keys" | "values" | "isKey" | "remove" | "length" | "numel" | "isobject")
}

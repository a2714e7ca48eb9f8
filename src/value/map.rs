//! `containers.Map`: a handle to keys in order and their values.

use super::Value;
use crate::bail;
use crate::diag::Result;
use std::cell::{Cell, RefCell};
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::rc::Rc;

/// A key: text, or a number ordered as Octave sorts numbers.
#[derive(Debug, Clone, PartialEq)]
pub enum Key {
    Text(String),
    Num(f64),
}

impl Eq for Key {}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Key) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Key {
    fn cmp(&self, other: &Key) -> Ordering {
        match (self, other) {
            (Key::Text(a), Key::Text(b)) => a.cmp(b),
            (Key::Num(a), Key::Num(b)) => a.total_cmp(b),
            (Key::Num(_), Key::Text(_)) => Ordering::Less,
            (Key::Text(_), Key::Num(_)) => Ordering::Greater,
        }
    }
}

/// What the handle points to.
#[derive(Debug, Clone)]
pub struct MapBody {
    /// `char`, `double`, `int32`, ...
    pub key_type: String,
    /// `any`, `char`, `double`, ...
    pub value_type: String,
    pub entries: BTreeMap<Key, Value>,
}

/// The handle; clones share the body.
#[derive(Debug, Clone)]
pub struct Map(pub Rc<RefCell<MapBody>>);

/// Maps may hold each other, so what walks through values could go round for ever: it takes one of these for each map.
pub struct Inside(());

/// More maps inside each other are taken for a circle.
const MOST_INSIDE: usize = 1000;

thread_local! {
    static DEPTH: Cell<usize> = const { Cell::new(0) };
}

impl Drop for Inside {
    fn drop(&mut self) {
        DEPTH.set(DEPTH.get() - 1);
    }
}

impl Map {
    /// Before a walk goes into the values of a map.
    ///
    /// # Errors
    /// Maps that hold themselves.
    pub fn go_inside() -> Result<Inside> {
        if DEPTH.get() >= MOST_INSIDE {
            bail!("max_recursion_depth exceeded: maps inside each other without end");
        }
        DEPTH.set(DEPTH.get() + 1);
        Ok(Inside(()))
    }

    pub fn new(key_type: &str, value_type: &str) -> Map {
        Map(Rc::new(RefCell::new(MapBody {
            key_type: key_type.to_owned(),
            value_type: value_type.to_owned(),
            entries: BTreeMap::new(),
        })))
    }

    /// A new map with the entries of both, those of `other` winning.
    ///
    /// # Errors
    /// Text keys beside numbers.
    pub fn join(&self, other: &Map) -> Result<Map> {
        let (left, right) = (self.0.borrow(), other.0.borrow());
        if (left.key_type == "char") != (right.key_type == "char") {
            bail!("containers.Map: when concatenating maps, all keys must be numeric or all keys must be strings");
        }
        let value_type = if left.value_type == right.value_type { &left.value_type } else { "any" };
        let joined = Map::new(&left.key_type, value_type);
        let both = left.entries.iter().chain(&right.entries);
        joined.0.borrow_mut().entries.extend(both.map(|(key, value)| (key.clone(), value.clone())));
        Ok(joined)
    }

    pub fn len(&self) -> usize {
        self.0.borrow().entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

//! Structs and struct arrays.

use super::Value;
use crate::array::Shape;
use std::sync::Arc;

/// An n-d array of records that have the same fields, in order of creation. Every column has `shape.len()` values.
#[derive(Debug, Clone)]
pub struct Struct {
    shape: Shape,
    names: Vec<Arc<str>>,
    columns: Vec<Vec<Value>>,
}

impl Default for Struct {
    fn default() -> Struct {
        Struct::scalar()
    }
}

impl Struct {
    /// A 1x1 struct without fields.
    pub fn scalar() -> Struct {
        Struct::new(Shape::scalar())
    }

    /// A struct array without fields.
    pub fn new(shape: Shape) -> Struct {
        Struct { shape, names: Vec::new(), columns: Vec::new() }
    }

    pub fn shape(&self) -> &Shape {
        &self.shape
    }

    pub fn len(&self) -> usize {
        self.shape.len()
    }

    pub fn is_empty(&self) -> bool {
        self.shape.is_empty()
    }

    /// Field names in order.
    pub fn names(&self) -> &[Arc<str>] {
        &self.names
    }

    pub fn position(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|n| &**n == name)
    }

    /// The values of a field, one for each element.
    pub fn field(&self, name: &str) -> Option<&[Value]> {
        self.position(name).map(|at| self.columns[at].as_slice())
    }

    /// As [`Struct::field`], to be changed.
    pub fn field_mut(&mut self, name: &str) -> Option<&mut Vec<Value>> {
        self.position(name).map(|at| &mut self.columns[at])
    }

    /// The values of a field, which is added (all `[](0x0)`) where it is missing.
    pub fn field_or_insert(&mut self, name: &Arc<str>) -> &mut Vec<Value> {
        let at = self.position(name).unwrap_or_else(|| {
            self.names.push(name.clone());
            self.columns.push(vec![Value::empty(); self.shape.len()]);
            self.names.len() - 1
        });
        &mut self.columns[at]
    }

    /// A field of a 1x1 struct.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.field(name).and_then(|column| column.first())
    }

    /// Sets a field of a 1x1 struct.
    pub fn set(&mut self, name: impl Into<Arc<str>>, value: Value) {
        let name = name.into();
        let column = self.field_or_insert(&name);
        if let Some(slot) = column.first_mut() {
            *slot = value;
        }
    }

    /// Replaces or adds a whole column; it must have one value for each element.
    pub fn set_column(&mut self, name: &Arc<str>, values: Vec<Value>) {
        assert_eq!(values.len(), self.shape.len(), "a field has one value for each element");
        *self.field_or_insert(name) = values;
    }

    pub fn remove(&mut self, name: &str) -> Option<Vec<Value>> {
        let at = self.position(name)?;
        self.names.remove(at);
        Some(self.columns.remove(at))
    }

    /// Pairs of name and column, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&Arc<str>, &[Value])> {
        self.names.iter().zip(self.columns.iter().map(Vec::as_slice))
    }

    /// One element as a 1x1 struct.
    pub fn element(&self, at: usize) -> Struct {
        Struct {
            shape: Shape::scalar(),
            names: self.names.clone(),
            columns: self.columns.iter().map(|column| vec![column[at].clone()]).collect(),
        }
    }

    /// New columns of a new size under the same names: `make` is given each old column.
    pub fn remap(&self, shape: Shape, mut make: impl FnMut(&[Value]) -> Vec<Value>) -> Struct {
        let columns: Vec<Vec<Value>> = self.columns.iter().map(|column| make(column)).collect();
        assert!(columns.iter().all(|c| c.len() == shape.len()));
        Struct { shape, names: self.names.clone(), columns }
    }

    /// As [`Struct::remap`], giving the old columns away.
    pub fn into_remap(self, shape: Shape, make: impl FnMut(Vec<Value>) -> Vec<Value>) -> Struct {
        let columns: Vec<Vec<Value>> = self.columns.into_iter().map(make).collect();
        assert!(columns.iter().all(|c| c.len() == shape.len()));
        Struct { shape, names: self.names, columns }
    }
}

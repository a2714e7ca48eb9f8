//! Cell arrays.

use super::Value;
use crate::array::Shape;

/// An n-d array of values, column-major. `values.len() == shape.len()` always.
#[derive(Debug, Clone)]
pub struct Cell {
    shape: Shape,
    pub values: Vec<Value>,
}

impl Cell {
    pub fn new(shape: Shape, values: Vec<Value>) -> Cell {
        assert_eq!(shape.len(), values.len(), "a cell array's values must fill its shape");
        Cell { shape, values }
    }

    /// All elements `[](0x0)`, as `cell (m, n)` makes them.
    pub fn empty(shape: Shape) -> Cell {
        let values = vec![Value::empty(); shape.len()];
        Cell { shape, values }
    }

    pub fn row(values: Vec<Value>) -> Cell {
        Cell { shape: Shape::matrix(1, values.len()), values }
    }

    pub fn column(values: Vec<Value>) -> Cell {
        Cell { shape: Shape::matrix(values.len(), 1), values }
    }

    pub fn shape(&self) -> &Shape {
        &self.shape
    }

    /// The same values under another shape of equal size.
    pub fn with_shape(self, shape: Shape) -> Cell {
        Cell::new(shape, self.values)
    }
}

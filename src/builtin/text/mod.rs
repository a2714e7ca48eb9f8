//! Reading text arguments and making text results: bytes of a row, rows of a matrix, elements of a cell array.
//!
//! Text is bytes here, as in the language; nothing assumes that they are valid UTF-8.

pub mod number_bases;
pub mod number_text;
pub mod output;
pub(crate) mod parse_number;
pub mod regexp;
pub mod strings;

use crate::array::{Block, Data, Shape, room};
use crate::diag::{Result, interrupt};
use crate::value::convert::char_matrix;
use crate::value::{Cell, Quote, Value};
use std::sync::Arc;

/// The bytes of a character row (or of an empty character array).
pub fn bytes(value: &Value) -> Option<&[u8]> {
    match value {
        Value::Char(block, _) if block.is_empty() || block.shape().is_row() => match block.data() {
            Data::Char(v) => Some(v),
            _ => None,
        },
        _ => None,
    }
}

/// All bytes of a character array of any shape, column-major.
pub fn all_bytes(value: &Value) -> Option<&[u8]> {
    match value {
        Value::Char(block, _) => match block.data() {
            Data::Char(v) => Some(v),
            _ => None,
        },
        _ => None,
    }
}

/// A row of text; nothing is 0x0.
pub fn row(text: impl Into<Vec<u8>>) -> Value {
    let text = text.into();
    shaped(Shape::matrix(usize::from(!text.is_empty()), text.len()), text)
}

/// A row of text; nothing is 1x0.
pub fn row_or_1x0(text: impl Into<Vec<u8>>) -> Value {
    let text = text.into();
    shaped(Shape::matrix(1, text.len()), text)
}

/// Characters in a shape.
pub fn shaped(shape: Shape, text: Vec<u8>) -> Value {
    Value::Char(Arc::new(Block::dense(shape, Data::Char(text))), Quote::Single)
}

/// Rows of text as a matrix, padded with blanks.
pub fn matrix(rows: &[impl AsRef<[u8]>]) -> Value {
    room::ensure(rows.len(), rows.iter().map(|row| row.as_ref().len()).max().unwrap_or(0), 1);
    Value::Char(Arc::new(char_matrix(rows)), Quote::Single)
}

/// The rows of a character matrix.
pub fn rows(value: &Value) -> Option<Vec<Vec<u8>>> {
    let Value::Char(block, _) = value else { return None };
    let data = all_bytes(value)?;
    let shape = block.shape();
    if shape.rank() != 2 {
        return None;
    }
    let (m, n) = (shape.rows(), shape.columns());
    Some((0..m).map(|i| (0..n).map(|j| data[i + j * m]).collect()).collect())
}

/// One string a row of a character array, or one an element of a cell array of strings. `''` is one empty string.
pub fn strings(value: &Value) -> Option<Vec<Vec<u8>>> {
    match value {
        Value::Char(block, _) if block.is_empty() => Some(vec![Vec::new()]),
        Value::Char(..) => rows(value),
        Value::Cell(cell) => {
            ensure_copies(cell);
            cell.values.iter().map(|v| bytes(v).map(<[u8]>::to_vec)).collect()
        }
        _ => None,
    }
}

/// Unwinds if memory does not hold all texts of a cell array, which may be one text many times.
pub fn ensure_copies(cell: &Cell) {
    let texts = cell.values.iter().map(|v| if let Value::Char(block, _) = v { block.len() } else { 0 });
    room::ensure(1, texts.fold(0, usize::saturating_add), 1);
}

/// Unwinds if a text that becomes longer by so many bytes is more than memory holds, twice while it moves.
pub fn ensure_longer(text: &Vec<u8>, more: usize) {
    if text.len() + more > text.capacity() {
        room::ensure(2, text.len() + more, 1);
    }
}

/// Adds to a text under the terms of [`ensure_longer`].
pub fn extend(text: &mut Vec<u8>, more: &[u8]) {
    ensure_longer(text, more.len());
    text.extend_from_slice(more);
}

/// Whether every element of a cell array is text.
pub fn is_cellstr(value: &Value) -> bool {
    matches!(value, Value::Cell(cell) if cell.values.iter().all(|v| matches!(v, Value::Char(..))))
}

/// Applies a function to a value, or to every element of a cell array.
pub fn over_cells(value: &Value, f: &mut dyn FnMut(&Value) -> Result<Value>) -> Result<Value> {
    match value {
        Value::Cell(cell) => {
            let values = cell.values.iter().map(|value| {
                interrupt::poll();
                room::left().and_then(|()| f(value))
            });
            let values = values.collect::<Result<Vec<Value>>>()?;
            Ok(Value::Cell(Arc::new(Cell::new(cell.shape().clone(), values))))
        }
        other => f(other),
    }
}

/// A row of a cell array.
pub fn cell_row(values: Vec<Value>) -> Value {
    Value::Cell(Arc::new(Cell::row(values)))
}

/// A column of a cell array.
pub fn cell_column(values: Vec<Value>) -> Value {
    Value::Cell(Arc::new(Cell::column(values)))
}

/// Text for a message.
pub fn lossy(text: &[u8]) -> String {
    String::from_utf8_lossy(text).into_owned()
}

/// Blank, tab, newline, vertical tab, form feed, carriage return.
pub fn is_space(c: u8) -> bool {
    matches!(c, b' ' | 9..=13)
}

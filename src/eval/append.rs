//! `x = [x, more]` and `x = [x; more]`: what is added goes to the end of a vector that the variable alone holds,
//! instead of all of it being copied.

use super::code::{Append, Node};
use super::frame::Slot;
use super::interp::Interp;
use crate::array::{Data, Shape};
use crate::builtin::Values;
use crate::diag::Result;
use crate::value::{Cell, Value};
use std::sync::Arc;

impl Interp {
    /// Runs an assignment of this form.
    pub(super) fn append(&mut self, append: &Append) -> Result<()> {
        let Append { slot, vertical, matrix } = append;
        let Node::Matrix(rows) = &matrix.node else { return Ok(()) };
        if self.variable(*slot).is_none() {
            let value = self.eval(matrix)?;
            self.set(*slot, value);
            return Ok(());
        }
        let mut values = Values::new();
        let mut single = true;
        for expr in rows.iter().flatten().skip(1) {
            let before = values.len();
            self.push_list(expr, &mut values)?;
            single &= values.len() == before + 1;
        }
        if let Slot::Set(base) = &mut self.frame.slots[*slot as usize]
            && (single || !*vertical)
            && values.iter().all(|value| fits(base, value, *vertical))
            && extend(base, &values, *vertical)
        {
            return Ok(());
        }
        let Some(base) = self.variable(*slot).cloned() else { return Ok(()) };
        let rows = if !*vertical {
            vec![std::iter::once(base).chain(values).collect()]
        } else if single {
            std::iter::once(base).chain(values).map(|value| vec![value]).collect()
        } else {
            let value = self.eval(matrix)?;
            self.set(*slot, value);
            return Ok(());
        };
        let value = self.joined(rows, matrix.span)?;
        self.set(*slot, value);
        Ok(())
    }
}

/// Whether a value can be added to the end of a vector by copying its elements: same class, same direction.
fn fits(base: &Value, value: &Value, vertical: bool) -> bool {
    let along = |shape: &Shape| if vertical { shape.is_column() } else { shape.is_row() };
    match (base, value) {
        (Value::Char(b, quote), Value::Char(v, other)) => {
            along(b.shape()) && !b.is_empty() && along(v.shape()) && quote == other
        }
        (Value::Array(b), Value::Num(_)) => along(b.shape()) && b.slice::<f64>().is_some_and(|v| v.len() > 1),
        (Value::Array(b), Value::Array(v)) => {
            along(b.shape())
                && along(v.shape())
                && b.slice::<f64>().is_some_and(|b| b.len() > 1)
                && v.slice::<f64>().is_some()
        }
        (Value::Cell(b), Value::Cell(v)) => along(b.shape()) && along(v.shape()) && !b.values.is_empty(),
        _ => false,
    }
}

/// Adds values that fit; false when somebody else holds the vector too.
fn extend(base: &mut Value, values: &[Value], vertical: bool) -> bool {
    match base {
        Value::Char(block, _) | Value::Array(block) => {
            let Some(own) = Arc::get_mut(block) else { return false };
            let more = values.iter().map(|value| match value {
                Value::Array(more) | Value::Char(more, _) => more.len(),
                _ => 1,
            });
            let len = own.len() + more.sum::<usize>();
            own.edit(line(len, vertical), |data| {
                for value in values {
                    match (&mut *data, value) {
                        (Data::F64(all), Value::Num(x)) => all.push(*x),
                        (Data::F64(all), Value::Array(more)) => {
                            all.extend_from_slice(more.slice::<f64>().unwrap_or(&[]));
                        }
                        (Data::Char(all), Value::Char(more, _)) => {
                            if let Data::Char(more) = more.data() {
                                all.extend_from_slice(more);
                            }
                        }
                        _ => {}
                    }
                }
            });
            true
        }
        Value::Cell(cell) => {
            let Some(own) = Arc::get_mut(cell) else { return false };
            let mut all = std::mem::take(&mut own.values);
            for value in values {
                if let Value::Cell(more) = value {
                    all.extend(more.values.iter().cloned());
                }
            }
            *own = Cell::new(line(all.len(), vertical), all);
            true
        }
        _ => false,
    }
}

fn line(len: usize, vertical: bool) -> Shape {
    if vertical { Shape::matrix(len, 1) } else { Shape::matrix(1, len) }
}

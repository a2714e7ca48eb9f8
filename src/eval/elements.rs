//! Single elements written in place: into a matrix of doubles or truth values, into a cell, or one beyond the end of a
//! vector that the variable alone holds. What does not fit goes the general way (see `assign`).

use super::code::{Link, LinkKind, SetPart};
use super::expr::offset2;
use super::frame::Slot;
use super::interp::Interp;
use crate::array::{Block, Data, Shape};
use crate::value::{Cell, Value};
use std::sync::Arc;

impl Interp {
    /// `x(i) = v` and `x(i, j) = v` where all of it are real scalars and the place is there or comes next; gives `v`.
    pub(super) fn store_number(&mut self, set: &SetPart) -> Option<f64> {
        let [Link { kind: LinkKind::Paren(args), .. }] = &set.part.links[..] else { return None };
        let x = self.number(&set.value)?;
        let stored = match &args.list[..] {
            [i] => {
                let i = self.number(i)?;
                let Slot::Set(base) = &mut self.frame.slots[set.part.slot as usize] else { return None };
                store_number(base, i, x)
            }
            [i, j] => {
                let (i, j) = (self.number(i)?, self.number(j)?);
                let Slot::Set(base) = &mut self.frame.slots[set.part.slot as usize] else { return None };
                store_number2(base, i, j, x)
            }
            _ => false,
        };
        stored.then_some(x)
    }

    /// `c{i} = value` where the place exists, or comes next in a row that the variable alone holds.
    pub(super) fn store_in_cell(&mut self, slot: u32, index: &Value, value: &Value) -> bool {
        let (Slot::Set(Value::Cell(cell)), Value::Num(i)) = (&mut self.frame.slots[slot as usize], index) else {
            return false;
        };
        let at = *i as usize;
        if at == 0 || at as f64 != *i {
            return false;
        }
        if at <= cell.values.len() {
            Arc::make_mut(cell).values[at - 1] = value.clone();
            return true;
        }
        if at != cell.values.len() + 1 || !cell.shape().is_row() {
            return false;
        }
        let Some(own) = Arc::get_mut(cell) else { return false };
        let mut values = std::mem::take(&mut own.values);
        values.push(value.clone());
        *own = Cell::row(values);
        true
    }

    /// A real scalar into an array of its type, or one beyond the end of a vector: in place. False where the general
    /// path must go.
    #[inline]
    pub(super) fn store_scalar(&mut self, slot: u32, indices: &[Value], value: &Value) -> bool {
        let Slot::Set(base) = &mut self.frame.slots[slot as usize] else { return false };
        match (indices, value) {
            ([Value::Num(i)], Value::Num(x)) => store_number(base, *i, *x),
            ([Value::Num(i), Value::Num(j)], Value::Num(x)) => store_number2(base, *i, *j, *x),
            ([Value::Num(i)], Value::Bool(x)) => {
                let at = *i as usize;
                if at > 0
                    && at as f64 == *i
                    && let Value::Array(block) = base
                    && let Data::Bool(v) = block.data()
                    && at <= v.len()
                    && let Data::Bool(v) = Arc::make_mut(block).data_mut()
                {
                    v[at - 1] = *x;
                    return true;
                }
                false
            }
            _ => false,
        }
    }
}

fn store_number(base: &mut Value, i: f64, x: f64) -> bool {
    let at = i as usize;
    if at == 0 || at as f64 != i {
        return false;
    }
    match base {
        Value::Array(block) => {
            let Data::F64(v) = block.data() else { return false };
            let len = v.len();
            if at <= len {
                if let Data::F64(v) = Arc::make_mut(block).data_mut() {
                    v[at - 1] = x;
                }
                return true;
            }
            if at != len + 1 {
                return false;
            }
            match block.shape()[..] {
                [0, 0] => *base = Value::Num(x),
                [1, columns] if columns > 1 => push(Arc::make_mut(block), x, false),
                [rows, 1] if rows > 1 => push(Arc::make_mut(block), x, true),
                _ => return false,
            }
            true
        }
        Value::Num(y) if at == 1 => {
            *y = x;
            true
        }
        Value::Num(y) if at == 2 => {
            let mut elements = Vec::with_capacity(8);
            elements.extend([*y, x]);
            *base = Value::row(elements);
            true
        }
        _ => false,
    }
}

fn store_number2(base: &mut Value, i: f64, j: f64, x: f64) -> bool {
    if let Value::Array(block) = base
        && let Data::F64(_) = block.data()
        && let Some(at) = offset2(block.shape(), i, j)
        && let Data::F64(v) = Arc::make_mut(block).data_mut()
    {
        v[at] = x;
        return true;
    }
    false
}

/// One more element at the end of a vector of doubles; amortised by the vector's spare room.
fn push(block: &mut Block, x: f64, column: bool) {
    let whole = std::mem::replace(block, Block::dense(Shape::matrix(0, 0), Data::F64(Vec::new())));
    let mut data = whole.into_data();
    if let Data::F64(v) = &mut data {
        v.push(x);
    }
    let len = data.len();
    *block = Block::dense(if column { Shape::matrix(len, 1) } else { Shape::matrix(1, len) }, data);
}

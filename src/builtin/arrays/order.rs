//! How elements compare when they are sorted, looked up or collected into sets: numbers with NaN last, complex numbers
//! by length and angle, text by bytes.

use crate::array::{Block, Data};
use crate::diag::Result;
use crate::fault;
use crate::value::{Cell, Value};
use std::cmp::Ordering;

pub use crate::kernel::lanes::order::{Sortable, sorted_positions};

/// Things that can be compared by position: elements of an array, rows of a matrix, strings of a cell array.
pub enum Items<'a> {
    Elements(&'a Block),
    Rows(&'a Block),
    Texts(Vec<&'a [u8]>),
}

impl<'a> Items<'a> {
    /// The strings of a cell array.
    pub fn texts(who: &str, cell: &'a Cell) -> Result<Items<'a>> {
        let mut texts = Vec::with_capacity(cell.values.len());
        for value in &cell.values {
            match value {
                Value::Char(b, _) => match b.data() {
                    Data::Char(v) => texts.push(v.as_slice()),
                    _ => texts.push(&[]),
                },
                other if other.is_empty() => texts.push(&[]),
                _ => return Err(fault!("{who}: only cell arrays of character strings may be sorted")),
            }
        }
        Ok(Items::Texts(texts))
    }

    pub fn len(&self) -> usize {
        match self {
            Items::Elements(b) => b.len(),
            Items::Rows(b) => b.shape().rows(),
            Items::Texts(t) => t.len(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How two items compare.
    pub fn compare(&self, a: usize, b: usize) -> Ordering {
        match self {
            Items::Elements(block) => crate::each_data!(block.data(), v => v[a].order(&v[b])),
            Items::Rows(block) => {
                let (rows, columns) = (block.shape().rows(), block.shape().columns());
                (0..columns)
                    .map(|j| crate::each_data!(block.data(), v => v[j * rows + a].order(&v[j * rows + b])))
                    .find(|o| o.is_ne())
                    .unwrap_or(Ordering::Equal)
            }
            Items::Texts(t) => t[a].cmp(t[b]),
        }
    }

    /// Whether an item is NaN (or holds one), and so equals nothing, itself included.
    pub fn missing(&self, a: usize) -> bool {
        match self {
            Items::Elements(block) => crate::each_data!(block.data(), v => v[a].missing()),
            Items::Rows(block) => {
                let (rows, columns) = (block.shape().rows(), block.shape().columns());
                (0..columns).any(|j| crate::each_data!(block.data(), v => v[j * rows + a].missing()))
            }
            Items::Texts(_) => false,
        }
    }

    /// Positions in ascending order; equal items keep theirs.
    pub fn sorted(&self) -> Vec<usize> {
        if let Items::Elements(block) = self
            && let Data::F64(v) = block.data()
        {
            return sorted_positions(v, false);
        }
        let mut positions: Vec<usize> = (0..self.len()).collect();
        positions.sort_by(|&a, &b| self.compare(a, b));
        positions
    }

    /// The rank of every item: equal items share one, ranks ascend from 0 without gaps. Every NaN has its own.
    pub fn ranks(&self) -> (Vec<usize>, usize) {
        let order = self.sorted();
        let mut ranks = vec![0; order.len()];
        let mut next = 0;
        for (k, &at) in order.iter().enumerate() {
            if k > 0 && (self.compare(order[k - 1], at).is_ne() || self.missing(at)) {
                next += 1;
            }
            ranks[at] = next;
        }
        let count = if order.is_empty() { 0 } else { next + 1 };
        (ranks, count)
    }
}

/// Where each of some numbers stands in a table, from 1; the last place where there are several, 0 where there is none.
pub fn places_in(table: &[f64], x: &[f64]) -> Vec<usize> {
    let mut sorted: Vec<(f64, usize)> = table.iter().copied().zip(1..).filter(|entry| !entry.0.is_nan()).collect();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    // Zeros of both signs are one number; their places may stand in any order then.
    let zeros = sorted.partition_point(|entry| entry.0 < 0.0)..sorted.partition_point(|entry| entry.0 <= 0.0);
    sorted[zeros].sort_by_key(|entry| entry.1);
    let place = |x: &f64| match sorted.partition_point(|entry| entry.0 <= *x).checked_sub(1).map(|at| sorted[at]) {
        Some((found, place)) if found == *x => place,
        _ => 0,
    };
    x.iter().map(place).collect()
}

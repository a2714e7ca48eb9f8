//! What an external sort moves about: records of one or more elements (an element of an array, a row of a matrix), each
//! with its place, and how they are ordered.

use super::keys::{Key, Keyed};
use crate::array::{Block, Data, Element, Order, Region, Shape};
use crate::diag::Result;
use crate::fault;
use crate::store::Scratch;
use smallvec::SmallVec;
use std::cmp::Ordering;
use std::ops::Range;

/// Elements turned into bytes at a time.
const SLAB: usize = 1 << 16;

/// The key of a record: that of each element it is ordered by, in turn.
pub type RecordKey<K> = SmallVec<[K; 1]>;

/// How records are ordered, and what goes along.
#[derive(Debug, Clone)]
pub struct Rules {
    /// Elements of a record.
    pub width: usize,
    /// The elements that decide, in turn, and whether they descend.
    pub by: Vec<(usize, bool)>,
    /// Whether places go along: records are then ordered by value and after that by place, as a stable sort does.
    /// Without, values alone decide, down to their bits.
    pub places: bool,
}

impl Rules {
    /// Single elements.
    pub fn elements(descending: bool, places: bool) -> Rules {
        Rules { width: 1, by: vec![(0, descending)], places }
    }

    fn key_of<T: Keyed>(&self, x: T, descending: bool) -> T::Key {
        let key = if self.places { x.key() } else { x.exact() };
        if descending { key.reversed() } else { key }
    }

    /// The key of a record of one element.
    fn single<T: Keyed>(&self, x: T) -> T::Key {
        self.key_of(x, self.by[0].1)
    }

    pub fn key<T: Keyed>(&self, record: &[T]) -> RecordKey<T::Key> {
        self.by.iter().map(|&(at, descending)| self.key_of(record[at], descending)).collect()
    }

    /// How two records of places compare by value.
    fn compare<T: Keyed>(&self, a: &[T], b: &[T]) -> Ordering {
        let mut each = self.by.iter().map(|&(at, down)| self.key_of(a[at], down).cmp(&self.key_of(b[at], down)));
        each.find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
    }

    /// Bytes of memory a record takes.
    pub fn bytes<T>(&self) -> u64 {
        (match (self.width, self.places) {
            (1, false) => size_of::<T>(),
            (1, true) => size_of::<(T, u64)>(),
            (width, _) => width * size_of::<T>() + size_of::<u64>(),
        }) as u64
    }

    /// Bytes of memory that putting a record in its place takes besides.
    pub fn moving<T>(&self) -> u64 {
        if self.width == 1 { 0 } else { self.bytes::<T>() + 2 * size_of::<usize>() as u64 }
    }
}

/// Records one after the other.
pub enum Records<T> {
    /// Elements alone.
    Elements(Vec<T>),
    /// Elements with their places.
    Placed(Vec<(T, u64)>),
    /// Rows of a matrix with their places.
    Rows { width: usize, values: Vec<T>, places: Vec<u64> },
}

impl<T: Keyed> Records<T> {
    pub fn with_capacity(records: usize, rules: &Rules) -> Records<T> {
        match (rules.width, rules.places) {
            (1, false) => Records::Elements(Vec::with_capacity(records)),
            (1, true) => Records::Placed(Vec::with_capacity(records)),
            (width, _) => Records::Rows {
                width,
                values: Vec::with_capacity(records * width),
                places: Vec::with_capacity(records),
            },
        }
    }

    /// The records of a part of an array: its elements, or rows that are whole.
    pub fn of(whole: &Shape, region: &Region, block: &Block, rules: &Rules) -> Result<Records<T>> {
        let elements = elements_of::<T>(block.data())?;
        Ok(match (rules.width, rules.places) {
            (1, false) => Records::Elements(elements.iter().map(|x| x.settled()).collect()),
            (1, true) => Records::Placed(elements.iter().copied().zip(Places::new(whole, region, block)).collect()),
            (width, _) => {
                let rows = region.len[0];
                let values = match block.order() {
                    Order::C => elements.to_vec(),
                    Order::F => (0..rows).flat_map(|i| (0..width).map(move |j| elements[j * rows + i])).collect(),
                };
                Records::Rows { width, values, places: (region.start[0] as u64..region.end(0) as u64).collect() }
            }
        })
    }

    /// More records behind these; `places` are of none that go without.
    pub fn push(&mut self, more: Vec<T>, more_places: Vec<u64>) {
        match self {
            Records::Elements(values) => values.extend(more),
            Records::Placed(pairs) => pairs.extend(more.into_iter().zip(more_places)),
            Records::Rows { values, places, .. } => {
                values.extend(more);
                places.extend(more_places);
            }
        }
    }

    pub fn len(&self) -> usize {
        match self {
            Records::Elements(values) => values.len(),
            Records::Placed(pairs) => pairs.len(),
            Records::Rows { places, .. } => places.len(),
        }
    }

    pub fn record(&self, at: usize) -> &[T] {
        match self {
            Records::Elements(values) => std::slice::from_ref(&values[at]),
            Records::Placed(pairs) => std::slice::from_ref(&pairs[at].0),
            Records::Rows { width, values, .. } => &values[at * width..(at + 1) * width],
        }
    }

    /// The place of a record, 0 if it goes without.
    pub fn place(&self, at: usize) -> u64 {
        match self {
            Records::Elements(_) => 0,
            Records::Placed(pairs) => pairs[at].1,
            Records::Rows { places, .. } => places[at],
        }
    }

    /// Puts the records in order.
    pub fn sort(&mut self, rules: &Rules) {
        match self {
            Records::Elements(values) => values.sort_unstable_by_key(|&x| rules.single(x)),
            Records::Placed(pairs) => pairs.sort_unstable_by_key(|&(x, place)| (rules.single(x), place)),
            Records::Rows { .. } => self.merge(rules),
        }
    }

    /// Puts records in order that are sorted runs end to end: this sort finds the runs in what it is given and merges
    /// them.
    pub fn merge(&mut self, rules: &Rules) {
        match self {
            Records::Elements(values) => values.sort_by_key(|&x| rules.single(x)),
            Records::Placed(pairs) => pairs.sort_by_key(|&(x, place)| (rules.single(x), place)),
            Records::Rows { width, values, places } => {
                let record = |at: usize| &values[at * *width..(at + 1) * *width];
                let mut order: Vec<usize> = (0..places.len()).collect();
                order.sort_by(|&a, &b| rules.compare(record(a), record(b)).then_with(|| places[a].cmp(&places[b])));
                let moved = order.iter().flat_map(|&at| record(at).iter().copied()).collect();
                *places = order.iter().map(|&at| places[at]).collect();
                *values = moved;
            }
        }
    }

    /// Some elements of every record, as the columns of a matrix.
    pub fn columns(&self, columns: Range<usize>) -> Vec<T> {
        match self {
            Records::Elements(values) => values.clone(),
            Records::Placed(pairs) => pairs.iter().map(|pair| pair.0).collect(),
            Records::Rows { width, values, .. } => {
                columns.flat_map(|j| values.iter().skip(j).step_by(*width).copied()).collect()
            }
        }
    }

    /// Places from 1, as the language counts them.
    pub fn places(&self) -> Vec<f64> {
        (0..self.len()).map(|at| (self.place(at) + 1) as f64).collect()
    }

    /// Whether each record differs from the one before it; the first one does.
    pub fn starts(&self) -> Vec<bool> {
        (0..self.len()).map(|at| at == 0 || differ(self.record(at - 1), self.record(at))).collect()
    }

    /// Writes the values of all records from an offset on, then their places from another.
    pub fn write(&self, file: &Scratch, values_at: u64, places_at: u64) -> Result<()> {
        match self {
            Records::Elements(values) => append(file, values_at, values.iter().copied()),
            Records::Placed(pairs) => {
                append(file, values_at, pairs.iter().map(|pair| pair.0))?;
                append(file, places_at, pairs.iter().map(|pair| pair.1))
            }
            Records::Rows { values, places, .. } => {
                append(file, values_at, values.iter().copied())?;
                append(file, places_at, places.iter().copied())
            }
        }
    }
}

/// Whether a record differs from the one before it in order; one in which something is missing always does.
pub fn differ<T: Keyed>(before: &[T], record: &[T]) -> bool {
    before.iter().zip(record).any(|(a, b)| b.missing() || a.key() != b.key())
}

/// The elements of a block as what they are sorted as; text sorts as bytes.
pub fn elements_of<T: Keyed>(data: &Data) -> Result<&[T]> {
    if let Data::Char(bytes) = data
        && let Some(same) = (bytes as &dyn std::any::Any).downcast_ref::<Vec<T>>()
    {
        return Ok(same);
    }
    T::slice(data).ok_or_else(|| fault!("internal error: a run of another type"))
}

/// Writes elements from an offset on, a slab at a time.
fn append<U: Element>(file: &Scratch, mut offset: u64, values: impl Iterator<Item = U>) -> Result<()> {
    let mut values = values.peekable();
    while values.peek().is_some() {
        let slab = U::wrap(values.by_ref().take(SLAB).collect());
        file.write(slab.bytes(), offset)?;
        offset += slab.bytes().len() as u64;
    }
    Ok(())
}

/// Bytes that writing records takes.
pub fn slab_bytes<T>(records: u64, rules: &Rules) -> u64 {
    (records * rules.width as u64).min(SLAB as u64) * size_of::<T>().max(size_of::<u64>()) as u64
}

/// Column-major positions, in the whole array, of the elements of a block in the sequence it holds them.
struct Places {
    /// Extent and step of each axis, fastest in memory first.
    axes: Vec<(usize, u64)>,
    at: Vec<usize>,
    next: u64,
    left: usize,
}

impl Places {
    fn new(whole: &Shape, region: &Region, block: &Block) -> Places {
        let mut step = 1u64;
        let mut axes = Vec::with_capacity(region.rank());
        let mut next = 0;
        for axis in 0..region.rank() {
            axes.push((region.len[axis], step));
            next += region.start[axis] as u64 * step;
            step *= whole.extent(axis) as u64;
        }
        if block.order() == Order::C {
            axes.reverse();
        }
        Places { at: vec![0; axes.len()], axes, next, left: region.size() }
    }
}

impl Iterator for Places {
    type Item = u64;

    fn next(&mut self) -> Option<u64> {
        self.left = self.left.checked_sub(1)?;
        let place = self.next;
        for (at, &(extent, step)) in self.at.iter_mut().zip(&self.axes) {
            *at += 1;
            self.next += step;
            if *at < extent {
                break;
            }
            self.next -= step * extent as u64;
            *at = 0;
        }
        Some(place)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for Places {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_column_major_in_either_order() {
        let region = Region::new(&[1, 2], &[2, 2]);
        let whole = Shape::matrix(4, 5);
        let block = Block::dense(region.shape(), Data::F64(vec![0.0; 4]));
        assert_eq!(Places::new(&whole, &region, &block).collect::<Vec<_>>(), [9, 10, 13, 14]);
        let block = Block::new(region.shape(), Order::C, Data::F64(vec![0.0; 4]));
        assert_eq!(Places::new(&whole, &region, &block).collect::<Vec<_>>(), [9, 13, 10, 14]);
    }

    #[test]
    fn rows_are_ordered_by_what_decides_and_then_by_place() {
        let rules = Rules { width: 2, by: vec![(1, true)], places: true };
        let block = Block::dense(Shape::matrix(3, 2), Data::F64(vec![1.0, 2.0, 3.0, 7.0, f64::NAN, 7.0]));
        let region = Region::new(&[4, 0], &[3, 2]);
        let mut records = Records::<f64>::of(&Shape::matrix(9, 2), &region, &block, &rules).unwrap();
        records.sort(&rules);
        assert_eq!(records.places(), [6.0, 5.0, 7.0]);
        assert_eq!(records.columns(0..1), [2.0, 1.0, 3.0]);
        assert_eq!(records.starts(), [true, true, true]);
    }
}

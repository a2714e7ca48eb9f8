//! Ranges that are kept as ranges.

use crate::array::Block;

/// `start : step : limit`, with its number of elements settled when it was made.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    pub start: f64,
    pub step: f64,
    /// The last element.
    pub last: f64,
    /// The limit as written, which the last element need not reach; how wide a range is shown follows from it.
    pub limit: f64,
    len: usize,
}

/// Most elements a range may have (Octave's index type would allow more; no memory does).
const MOST: f64 = 9e15;

impl Range {
    /// The range Octave makes of `start:step:limit`: the number of elements allows for three units of rounding.
    /// A NaN makes one NaN, and so does an infinite start or an infinite step without a finite end; a zero step or a
    /// wrong direction makes an empty range.
    pub fn new(start: f64, step: f64, limit: f64) -> Range {
        if start.is_nan() || step.is_nan() || limit.is_nan() {
            return Range { start: f64::NAN, step, last: f64::NAN, limit, len: 1 };
        }
        if step == 0.0 || (limit < start && step > 0.0) || (limit > start && step < 0.0) {
            return Range { start, step, last: start, limit, len: 0 };
        }
        if step.is_infinite() || start == limit {
            let only = if start.is_infinite() || limit.is_infinite() { f64::NAN } else { start };
            return Range { start: only, step, last: only, limit, len: 1 };
        }
        if start.is_infinite() || limit.is_infinite() {
            return Range { start, step, last: limit, limit, len: usize::MAX };
        }
        let tolerance = 3.0 * f64::EPSILON;
        let steps = ((limit - start) / step * (1.0 + tolerance)).floor().max(0.0);
        let mut len = if steps >= MOST { MOST as usize } else { steps as usize + 1 };
        // The tolerance may have let in one element too many.
        let beyond = |n: usize| {
            let x = start + (n - 1) as f64 * step;
            let slack = tolerance * start.abs().max(limit.abs());
            if step > 0.0 { x > limit + slack } else { x < limit - slack }
        };
        while len > 1 && beyond(len) {
            len -= 1;
        }
        let end = start + (len - 1) as f64 * step;
        let reached = if step > 0.0 { end >= limit } else { end <= limit };
        let last = if reached { limit } else { end };
        Range { start, step, last: if len == 1 { start } else { last }, limit, len }
    }

    /// A range of `len` elements by count.
    pub fn with_len(start: f64, step: f64, len: usize) -> Range {
        let last = start + len.saturating_sub(1) as f64 * step;
        Range { start, step, last, limit: last, len }
    }

    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no last element; only a loop can use such a range.
    pub fn is_endless(&self) -> bool {
        self.len == usize::MAX
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Element at an index from 0.
    pub fn get(&self, at: usize) -> f64 {
        if at == 0 {
            self.start
        } else if at + 1 == self.len {
            self.last
        } else {
            self.start + at as f64 * self.step
        }
    }

    /// Whether 0 is among the elements, found without walking them.
    pub fn has_zero(&self) -> bool {
        let nearest = (-self.start / self.step).round().max(0.0) as usize;
        let around = [nearest.saturating_sub(1), nearest, nearest.saturating_add(1), self.len.saturating_sub(1)];
        around.into_iter().any(|at| at < self.len && self.get(at) == 0.0)
    }

    pub fn iter(&self) -> impl Iterator<Item = f64> + '_ {
        (0..self.len).map(|at| self.get(at))
    }

    /// All elements as a row.
    pub fn full(&self) -> Block {
        Block::row(self.iter().collect::<Vec<f64>>())
    }
}

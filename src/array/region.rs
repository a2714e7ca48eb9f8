//! Boxes of an index space.

use super::Shape;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;
use std::fmt;

/// A box: where it starts along each axis, and how far it goes. Both lists have the rank of the array.
#[derive(PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Region {
    pub start: SmallVec<[usize; 4]>,
    pub len: SmallVec<[usize; 4]>,
}

/// One number for each axis.
pub fn per_axis(rank: usize, mut of: impl FnMut(usize) -> usize) -> SmallVec<[usize; 4]> {
    let mut few = [0; 4];
    match few.get_mut(..rank) {
        Some(axes) => {
            axes.iter_mut().enumerate().for_each(|(axis, number)| *number = of(axis));
            SmallVec::from_buf_and_len(few, rank)
        }
        None => (0..rank).map(of).collect(),
    }
}

// Plans copy regions by the million; copying the lists whole is several times as fast as element by element.
impl Clone for Region {
    fn clone(&self) -> Region {
        Region::new(&self.start, &self.len)
    }
}

impl Region {
    pub fn new(start: &[usize], len: &[usize]) -> Region {
        debug_assert_eq!(start.len(), len.len());
        Region { start: SmallVec::from_slice(start), len: SmallVec::from_slice(len) }
    }

    /// The whole of an array.
    pub fn whole(shape: &Shape) -> Region {
        Region { start: SmallVec::from_elem(0, shape.rank()), len: SmallVec::from_slice(shape) }
    }

    pub fn rank(&self) -> usize {
        self.start.len()
    }

    pub fn end(&self, axis: usize) -> usize {
        self.start[axis] + self.len[axis]
    }

    /// Number of elements.
    pub fn size(&self) -> usize {
        self.len.iter().product()
    }

    pub fn is_empty(&self) -> bool {
        self.len.contains(&0)
    }

    /// The shape of a block that holds this region.
    pub fn shape(&self) -> Shape {
        Shape::new(&self.len)
    }

    /// The common part, or `None`.
    pub fn intersect(&self, other: &Region) -> Option<Region> {
        let mut out = self.clone();
        for axis in 0..self.rank() {
            let start = self.start[axis].max(other.start[axis]);
            let end = self.end(axis).min(other.end(axis));
            if start >= end {
                return None;
            }
            out.start[axis] = start;
            out.len[axis] = end - start;
        }
        Some(out)
    }

    pub fn contains(&self, other: &Region) -> bool {
        (0..self.rank()).all(|a| self.start[a] <= other.start[a] && other.end(a) <= self.end(a))
    }

    /// The same region, seen from a corner of an enclosing box.
    pub fn relative_to(&self, origin: &[usize]) -> Region {
        let mut out = self.clone();
        for (start, &o) in out.start.iter_mut().zip(origin) {
            *start -= o;
        }
        out
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[")?;
        for axis in 0..self.rank() {
            if axis > 0 {
                f.write_str(", ")?;
            }
            write!(f, "{}:{}", self.start[axis], self.end(axis))?;
        }
        f.write_str("]")
    }
}

impl fmt::Debug for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

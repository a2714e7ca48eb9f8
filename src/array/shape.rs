//! Shapes: at least two extents, no trailing ones beyond the second, as Octave counts them.

use serde::{Deserialize, Serialize};
use smallvec::SmallVec;
use std::fmt;
use std::ops::Deref;

/// The extents of an array. Column-major order is the meaning of linear indices.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Shape(SmallVec<[usize; 4]>);

impl Shape {
    pub const MAX_RANK: usize = 32;

    /// Any list of extents, brought to canonical form.
    pub fn new(extents: &[usize]) -> Shape {
        let mut dims: SmallVec<[usize; 4]> = SmallVec::from_slice(extents);
        while dims.len() < 2 {
            dims.push(1);
        }
        while dims.len() > 2 && dims.last() == Some(&1) {
            dims.pop();
        }
        Shape(dims)
    }

    pub fn matrix(rows: usize, columns: usize) -> Shape {
        Shape(SmallVec::from_slice(&[rows, columns]))
    }

    pub fn scalar() -> Shape {
        Shape::matrix(1, 1)
    }

    pub fn rank(&self) -> usize {
        self.0.len()
    }

    /// The extent along an axis (from 0); 1 beyond the rank.
    pub fn extent(&self, axis: usize) -> usize {
        self.0.get(axis).copied().unwrap_or(1)
    }

    pub fn rows(&self) -> usize {
        self.0[0]
    }

    pub fn columns(&self) -> usize {
        self.0[1]
    }

    /// Number of elements, saturating.
    pub fn len(&self) -> usize {
        self.0.iter().fold(1usize, |n, &d| n.saturating_mul(d))
    }

    /// Number of elements, or `None` when it exceeds the address space.
    pub fn checked_len(&self) -> Option<usize> {
        if self.0.contains(&0) {
            return Some(0);
        }
        self.0.iter().try_fold(1usize, |n, &d| n.checked_mul(d)).filter(|&n| n <= isize::MAX as usize)
    }

    pub fn is_empty(&self) -> bool {
        self.0.contains(&0)
    }

    pub fn is_scalar(&self) -> bool {
        self.0.as_slice() == [1, 1]
    }

    /// 1xN or Nx1 (scalars count).
    pub fn is_vector(&self) -> bool {
        self.rank() == 2 && (self.0[0] == 1 || self.0[1] == 1)
    }

    pub fn is_row(&self) -> bool {
        self.rank() == 2 && self.0[0] == 1
    }

    pub fn is_column(&self) -> bool {
        self.rank() == 2 && self.0[1] == 1
    }

    /// The first axis whose extent is not 1, as Octave's reductions choose it; 0 if there is none.
    pub fn first_nonsingleton(&self) -> usize {
        self.0.iter().position(|&d| d != 1).unwrap_or(0)
    }

    /// Bits of the axes of extent 1. Reducing one of them changes nothing, and a kernel that is told so need not keep
    /// it apart.
    pub fn singletons(&self) -> u32 {
        (0..self.rank()).filter(|&a| self.0[a] == 1).fold(0, |bits, a| bits | 1 << a)
    }

    /// The shape with one extent replaced (axes beyond the rank are added).
    pub fn with_extent(&self, axis: usize, extent: usize) -> Shape {
        // Extents beyond the rank are 1 already, however far the axis lies.
        if axis >= self.rank() && extent == 1 {
            return self.clone();
        }
        let mut dims = self.0.clone();
        while dims.len() <= axis {
            dims.push(1);
        }
        dims[axis] = extent;
        Shape::new(&dims)
    }

    /// The shape both broadcast to: equal extents, or one of them 1. `None` if they do not fit.
    pub fn broadcast(&self, other: &Shape) -> Option<Shape> {
        let rank = self.rank().max(other.rank());
        let mut dims: SmallVec<[usize; 4]> = SmallVec::with_capacity(rank);
        for axis in 0..rank {
            dims.push(match (self.extent(axis), other.extent(axis)) {
                (a, b) if a == b => a,
                (1, b) => b,
                (a, 1) => a,
                _ => return None,
            });
        }
        Some(Shape::new(&dims))
    }

    /// Extents padded with ones to a rank.
    pub fn padded(&self, rank: usize) -> SmallVec<[usize; 4]> {
        let mut dims = self.0.clone();
        while dims.len() < rank {
            dims.push(1);
        }
        dims
    }
}

impl Deref for Shape {
    type Target = [usize];
    fn deref(&self) -> &[usize] {
        &self.0
    }
}

impl From<&[usize]> for Shape {
    fn from(extents: &[usize]) -> Shape {
        Shape::new(extents)
    }
}

/// `3x4x5`, as messages name shapes.
impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (axis, extent) in self.0.iter().enumerate() {
            if axis > 0 {
                f.write_str("x")?;
            }
            write!(f, "{extent}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::Shape;

    #[test]
    fn extents_beyond_the_rank() {
        let shape = Shape::matrix(2, 3);
        assert_eq!(shape.with_extent(usize::MAX, 1), shape);
        assert_eq!(shape.with_extent(2, 4), Shape::new(&[2, 3, 4]));
        assert_eq!(shape.with_extent(0, 1), Shape::matrix(1, 3));
    }
}

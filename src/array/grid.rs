//! How an array is cut into chunks: a regular grid whose last chunk along an axis may be short.

use super::{DType, Region, Shape, per_axis};
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

/// Canonical chunks aim at this many bytes: large enough that a task costs milliseconds, small enough that a few
/// dozen fit into any budget worth the name.
pub const CHUNK_BYTES: usize = 8 << 20;

/// A regular grid over a shape. Chunk extents are at least 1; an empty array has a grid of no chunks.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Grid {
    pub shape: Shape,
    /// Extent of a full chunk along each axis; same rank as `shape`.
    pub chunk: SmallVec<[usize; 4]>,
}

impl Grid {
    /// A grid with these chunk extents, clipped to the shape and at least 1; axes not named get the whole extent.
    pub fn new(shape: Shape, chunk: &[usize]) -> Grid {
        let chunk = (0..shape.rank())
            .map(|axis| chunk.get(axis).copied().unwrap_or(usize::MAX).min(shape.extent(axis)).max(1))
            .collect();
        Grid { shape, chunk }
    }

    /// One chunk that holds everything.
    pub fn single(shape: Shape) -> Grid {
        Grid::new(shape, &[])
    }

    pub fn rank(&self) -> usize {
        self.chunk.len()
    }

    /// Number of chunks along an axis.
    pub fn count(&self, axis: usize) -> usize {
        let (extent, chunk) = (self.shape.extent(axis), self.chunk[axis]);
        // Planners ask for every task, mostly about axes of one chunk or chunks of one: no division for those.
        match chunk {
            _ if extent <= chunk => usize::from(extent > 0),
            1 => extent,
            _ => extent.div_ceil(chunk),
        }
    }

    /// The chunk along an axis that holds an index.
    fn at(&self, axis: usize, index: usize) -> usize {
        let chunk = self.chunk[axis];
        match chunk {
            _ if index < chunk => 0,
            1 => index,
            _ => index / chunk,
        }
    }

    /// Number of chunks along every axis.
    pub fn counts(&self) -> SmallVec<[usize; 4]> {
        per_axis(self.rank(), |axis| self.count(axis))
    }

    /// Number of chunks, as far as it can be counted.
    pub fn len(&self) -> usize {
        (0..self.rank()).fold(1usize, |n, axis| n.saturating_mul(self.count(axis)))
    }

    pub fn is_empty(&self) -> bool {
        self.shape.is_empty()
    }

    /// The part of the array that the chunk at these coordinates holds.
    pub fn region(&self, coords: &[usize]) -> Region {
        let start = per_axis(self.rank(), |a| coords[a] * self.chunk[a]);
        let len = per_axis(self.rank(), |a| self.chunk[a].min(self.shape.extent(a).saturating_sub(start[a])));
        Region { start, len }
    }

    /// Coordinates of the chunk with this number; the last axis moves fastest.
    pub fn coords(&self, mut number: usize) -> SmallVec<[usize; 4]> {
        let mut coords = SmallVec::from_elem(0, self.rank());
        for axis in (0..self.rank()).rev() {
            let n = self.count(axis);
            coords[axis] = number % n;
            number /= n;
        }
        coords
    }

    /// Number of the chunk at these coordinates; the last axis moves fastest.
    pub fn number(&self, coords: &[usize]) -> usize {
        coords.iter().enumerate().fold(0, |n, (axis, &c)| n * self.count(axis) + c)
    }

    /// Number of the chunk that is exactly this region, if there is one.
    pub fn chunk_at(&self, region: &Region) -> Option<usize> {
        let mut number = 0;
        for axis in 0..self.rank() {
            let (start, chunk) = (region.start[axis], self.chunk[axis]);
            let whole = chunk.min(self.shape.extent(axis).saturating_sub(start));
            let at = self.at(axis, start);
            if at * chunk != start || region.len[axis] != whole || whole == 0 {
                return None;
            }
            number = number * self.count(axis) + at;
        }
        Some(number)
    }

    /// Calls `visit` with the numbers of all chunks that share an element with a region, the last axis moving fastest.
    /// A region inside one chunk costs no allocation.
    pub fn each_touching(&self, region: &Region, mut visit: impl FnMut(usize)) {
        if region.is_empty() || self.is_empty() {
            return;
        }
        let mut number = 0;
        for axis in 0..self.rank() {
            let first = self.at(axis, region.start[axis]);
            if region.end(axis) > (first + 1) * self.chunk[axis] {
                return self.touching(region).iter().for_each(|coords| visit(self.number(coords)));
            }
            number = number * self.count(axis) + first;
        }
        visit(number);
    }

    /// Coordinates of all chunks that share an element with a region, the last axis moving fastest.
    pub fn touching(&self, region: &Region) -> Vec<SmallVec<[usize; 4]>> {
        if region.is_empty() || self.is_empty() {
            return Vec::new();
        }
        let first: SmallVec<[usize; 4]> = (0..self.rank()).map(|a| region.start[a] / self.chunk[a]).collect();
        let last: SmallVec<[usize; 4]> = (0..self.rank()).map(|a| (region.end(a) - 1) / self.chunk[a]).collect();
        let mut out = Vec::new();
        let mut at = first.clone();
        loop {
            out.push(at.clone());
            let mut axis = self.rank();
            loop {
                if axis == 0 {
                    return out;
                }
                axis -= 1;
                if at[axis] < last[axis] {
                    at[axis] += 1;
                    break;
                }
                at[axis] = first[axis];
            }
        }
    }
}

/// Canonical chunks for an array that comes without: whole rows' worth of near-square pieces of about [`CHUNK_BYTES`].
pub fn default_chunks(shape: &Shape, dtype: DType) -> SmallVec<[usize; 4]> {
    let mut chunk: SmallVec<[usize; 4]> = SmallVec::from_slice(shape);
    chunk.iter_mut().for_each(|c| *c = (*c).max(1));
    let target = (CHUNK_BYTES / dtype.size()).max(1);
    loop {
        let size = chunk.iter().fold(1usize, |n, &c| n.saturating_mul(c));
        if size <= target {
            return chunk;
        }
        // Cut the longest axis: halves would leave ragged ends, so aim at what is missing or at 1024.
        let Some(axis) = (0..chunk.len()).max_by_key(|&a| chunk[a]) else { return chunk };
        let rest = size / chunk[axis];
        let wanted = (target / rest.max(1)).max(1);
        chunk[axis] = if wanted >= 1024 || chunk[axis] <= 1024 { wanted.min(chunk[axis] - 1).max(1) } else { 1024 };
    }
}

/// Chunks of at most `most` elements (one at least), each of them consecutive in column-major sequence: leading axes
/// whole, one cut, the others in single layers.
pub fn contiguous_chunks(shape: &Shape, most: usize) -> SmallVec<[usize; 4]> {
    let mut room = most.max(1);
    shape
        .iter()
        .map(|&extent| {
            let chunk = extent.clamp(1, room);
            room = if chunk < extent { 1 } else { (room / chunk).max(1) };
            chunk
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_of_regions() {
        let grid = Grid::new(Shape::matrix(10, 7), &[4, 3]);
        let touched = |start: [usize; 2], len: [usize; 2]| {
            let (region, mut found) = (Region::new(&start, &len), Vec::new());
            grid.each_touching(&region, |number| found.push(number));
            let coords: Vec<usize> = grid.touching(&region).iter().map(|c| grid.number(c)).collect();
            assert_eq!(found, coords);
            (found, grid.chunk_at(&region))
        };
        assert_eq!(touched([4, 3], [4, 3]), (vec![4], Some(4)));
        assert_eq!(touched([8, 6], [2, 1]), (vec![8], Some(8)), "the short last chunk");
        assert_eq!(touched([8, 6], [1, 1]), (vec![8], None), "a part of a chunk");
        assert_eq!(touched([3, 0], [2, 4]), (vec![0, 1, 3, 4], None));
        assert_eq!(touched([0, 0], [0, 3]), (vec![], None));
    }
}

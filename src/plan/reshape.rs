//! The same elements under another shape, block by block.
//!
//! A piece of the result that is consecutive in column-major sequence is a handful of boxes of the input, end to end.
//! So a region that is one such run and is read once is expanded where it is used; for others the result is realised in
//! blocks of one run each. A reshape that only adds or drops dimensions of extent 1 moves nothing at all.

use super::builder::{Builder, Reg};
use super::planner::Planner;
use crate::array::grid::contiguous_chunks;
use crate::array::{Grid, Region, Shape};
use crate::diag::Result;
use crate::ir::{Meta, NodeId};
use crate::kernel::Kernel;

/// Blocks of consecutive elements, as large as canonical chunks, halved `shrink` times.
pub fn grid(meta: &Meta, shrink: u32) -> Grid {
    let size = meta.chunks.iter().fold(1usize, |n, &c| n.saturating_mul(c));
    Grid::new(meta.shape.clone(), &contiguous_chunks(&meta.shape, (size >> shrink).max(1)))
}

/// Whether two shapes differ only in dimensions of extent 1.
pub fn keeps_axes(a: &Shape, b: &Shape) -> bool {
    let solid = |s: &Shape| s.iter().copied().filter(|&d| d != 1).collect::<Vec<_>>();
    a.len() == b.len() && solid(a) == solid(b)
}

/// Whether a region of the result is one run, so that it can be computed where it is used.
pub fn is_run(shape: &Shape, region: &Region) -> bool {
    runs(shape, region).len() == 1
}

/// Appends what computes a region of a reshape of `input`.
pub fn expand(
    planner: &mut Planner,
    b: &mut Builder,
    input: NodeId,
    shape: &Shape,
    region: &Region,
    depth: usize,
) -> Result<Reg> {
    let from = planner.graph.node(input).meta.shape.clone();
    if keeps_axes(&from, shape) {
        let part = same_part(&from, shape, region);
        let reg = planner.expand(b, input, &part, depth)?;
        return Ok(flat(b, reg, &part, region.shape()));
    }
    let parts: Vec<Region> =
        runs(shape, region).into_iter().flat_map(|(start, len)| boxes(&from, start, start + len)).collect();
    if let [part] = &parts[..] {
        let reg = planner.expand(b, input, part, depth)?;
        return Ok(flat(b, reg, part, region.shape()));
    }
    let mut pieces = Vec::with_capacity(parts.len());
    for part in &parts {
        let reg = planner.expand(b, input, part, depth)?;
        pieces.push(flat(b, reg, part, Shape::matrix(part.size(), 1)));
    }
    let whole = b.step(Kernel::Concat { axis: 0 }, &pieces);
    let column = Region::new(&[0, 0], &[region.size(), 1]);
    Ok(flat(b, whole, &column, region.shape()))
}

/// What holds a region, under another shape.
fn flat(b: &mut Builder, reg: Reg, held: &Region, shape: Shape) -> Reg {
    if held.shape() == shape { reg } else { b.step(Kernel::Reshape { shape }, &[reg]) }
}

/// The region of the input where only dimensions of extent 1 differ.
fn same_part(from: &Shape, to: &Shape, region: &Region) -> Region {
    let mut part = Region::whole(from);
    let mut solid = (0..to.rank()).filter(|&a| to.extent(a) != 1);
    for axis in (0..from.rank()).filter(|&a| from.extent(a) != 1) {
        if let Some(at) = solid.next() {
            part.start[axis] = region.start[at];
            part.len[axis] = region.len[at];
        }
    }
    part
}

/// The runs of consecutive elements that make up a region, as first position and length, in sequence.
fn runs(shape: &Shape, region: &Region) -> Vec<(usize, usize)> {
    if region.is_empty() {
        return vec![(0, 0)];
    }
    // A run reaches over the leading axes taken whole and along the first that is not.
    let broken = (0..region.rank()).find(|&a| region.len[a] != shape.extent(a)).unwrap_or(region.rank() - 1);
    let strides: Vec<usize> = (0..region.rank()).map(|a| (0..a).map(|d| shape.extent(d)).product()).collect();
    let len = strides[broken] * region.len[broken];
    let outer: Vec<usize> = (broken + 1..region.rank()).collect();
    let count: usize = outer.iter().map(|&a| region.len[a]).product();
    (0..count)
        .map(|number| {
            let mut rest = number;
            let mut start = region.start[broken] * strides[broken];
            for &axis in &outer {
                start += (region.start[axis] + rest % region.len[axis]) * strides[axis];
                rest /= region.len[axis];
            }
            (start, len)
        })
        .collect()
}

/// The boxes of an array that hold its elements from `start` to `end` in column-major sequence, in that sequence, each
/// of them a run: at most two for each axis but the first, and one.
fn boxes(shape: &Shape, start: usize, end: usize) -> Vec<Region> {
    let mut out = Vec::new();
    let mut under = Region::whole(shape);
    if start < end {
        cut(shape, shape.rank() - 1, start, end, &mut under, &mut out);
    } else {
        under.len.iter_mut().for_each(|l| *l = 0);
        out.push(under);
    }
    out
}

/// Boxes of the part from `start` to `end` of what the layers `under` fixes above `axis` hold.
fn cut(shape: &Shape, axis: usize, start: usize, end: usize, under: &mut Region, out: &mut Vec<Region>) {
    let stride: usize = (0..axis).map(|a| shape.extent(a)).product();
    let mut put = |under: &mut Region, at: usize, len: usize, inner: Option<(usize, usize)>| {
        (under.start[axis], under.len[axis]) = (at, len);
        match inner {
            Some((start, end)) => cut(shape, axis - 1, start, end, under, out),
            None => {
                let mut whole = under.clone();
                (0..axis).for_each(|a| (whole.start[a], whole.len[a]) = (0, shape.extent(a)));
                out.push(whole);
            }
        }
    };
    let (mut first, last) = (start / stride, end / stride);
    if first == last {
        return put(under, first, 1, Some((start % stride, end % stride)));
    }
    if !start.is_multiple_of(stride) {
        put(under, first, 1, Some((start % stride, stride)));
        first += 1;
    }
    if first < last {
        put(under, first, last - first, None);
    }
    if !end.is_multiple_of(stride) {
        put(under, last, 1, Some((0, end % stride)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_hold_a_range_in_sequence() {
        let shape = Shape::new(&[3, 4, 2]);
        for start in 0..24 {
            for end in start + 1..=24 {
                let mut seen = Vec::new();
                let parts = boxes(&shape, start, end);
                assert!(parts.len() <= 5);
                for part in parts {
                    for k in part.start[2]..part.end(2) {
                        for j in part.start[1]..part.end(1) {
                            seen.extend((part.start[0]..part.end(0)).map(|i| i + 3 * j + 12 * k));
                        }
                    }
                }
                assert_eq!(seen, (start..end).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn a_region_is_runs() {
        let shape = Shape::new(&[3, 4, 2]);
        assert_eq!(runs(&shape, &Region::new(&[0, 1, 0], &[3, 2, 1])), [(3, 6)]);
        assert_eq!(runs(&shape, &Region::new(&[1, 1, 0], &[2, 2, 1])), [(4, 2), (7, 2)]);
        assert_eq!(runs(&shape, &Region::new(&[0, 0, 0], &[3, 4, 2])), [(0, 24)]);
        assert_eq!(runs(&shape, &Region::new(&[0, 3, 0], &[3, 1, 2])), [(9, 3), (21, 3)]);
    }
}

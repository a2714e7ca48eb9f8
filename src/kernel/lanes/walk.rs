//! How lanes lie in memory, and the way through them.

use crate::array::{Block, Order, Shape};

/// Lanes that lie side by side are copied out several at a time, up to about this many elements.
const TILE_ELEMENTS: usize = 1 << 15;

/// More at a time gain nothing: their elements lie in one line of the cache.
const MOST_ABREAST: usize = 16;

/// How the elements lie around an axis: `before` elements apart, `n` of them in a lane, `after` groups of lanes.
#[derive(Debug, Clone, Copy)]
pub struct Lanes {
    pub before: usize,
    pub n: usize,
    pub after: usize,
}

impl Lanes {
    pub fn new(shape: &Shape, axis: usize) -> Lanes {
        // Beyond the rank all extents are 1, however far the axis lies.
        let before = (0..axis.min(shape.rank())).map(|a| shape.extent(a)).product();
        let after = (axis.saturating_add(1)..shape.rank()).map(|a| shape.extent(a)).product();
        Lanes { before, n: shape.extent(axis), after }
    }

    /// The lanes of a block as it lies.
    pub fn of(block: &Block, axis: usize) -> Lanes {
        let lanes = Lanes::new(block.shape(), axis);
        match block.order() {
            Order::F => lanes,
            Order::C => Lanes { before: lanes.after, after: lanes.before, ..lanes },
        }
    }

    /// Linear position of an element of a lane of the group.
    pub fn at(&self, group: usize, lane: usize, i: usize) -> usize {
        (group * self.n + i) * self.before + lane
    }

    /// How many lanes are copied out at a time.
    pub fn abreast(&self) -> usize {
        (TILE_ELEMENTS / self.n.max(1)).clamp(1, MOST_ABREAST).min(self.before.max(1))
    }

    /// Makes every lane of `n` elements into one of `extent` elements.
    pub fn map<T: Copy, R: Clone + Default>(&self, x: &[T], extent: usize, f: impl FnMut(&[T], &mut [R])) -> Vec<R> {
        let mut out = vec![R::default(); self.before * extent * self.after];
        self.map_into(x, &mut out, extent, f);
        out
    }

    /// As [`Lanes::map`], into memory that is there; lane after lane in the sequence they lie in.
    pub fn map_into<T: Copy, R: Clone + Default>(
        &self,
        x: &[T],
        out: &mut [R],
        extent: usize,
        mut f: impl FnMut(&[T], &mut [R]),
    ) {
        if self.before == 1 {
            for group in 0..self.after {
                f(&x[group * self.n..(group + 1) * self.n], &mut out[group * extent..(group + 1) * extent]);
            }
            return;
        }
        let most = self.abreast();
        let mut lines: Vec<T> = Vec::with_capacity(self.n * most);
        let mut made = vec![R::default(); extent * most];
        for group in 0..self.after {
            for first in (0..self.before).step_by(most) {
                let abreast = most.min(self.before - first);
                lines.clear();
                if let Some(&any) = x.get(self.at(group, first, 0)).filter(|_| self.n > 0) {
                    lines.resize(self.n * abreast, any);
                }
                for i in 0..self.n {
                    let from = self.at(group, first, i);
                    x[from..from + abreast].iter().enumerate().for_each(|(l, &v)| lines[l * self.n + i] = v);
                }
                for l in 0..abreast {
                    f(&lines[l * self.n..(l + 1) * self.n], &mut made[l * extent..(l + 1) * extent]);
                }
                for i in 0..extent {
                    let to = (group * extent + i) * self.before + first;
                    let row = out[to..to + abreast].iter_mut().enumerate();
                    row.for_each(|(l, y)| *y = made[l * extent + i].clone());
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_lane_comes_once_and_whole() {
        let shape = Shape::new(&[5, 3, 2]);
        let x: Vec<usize> = (0..30).collect();
        for (axis, stride) in [1, 5, 15].into_iter().enumerate() {
            let reversed = Lanes::new(&shape, axis).map(&x, shape[axis], |lane, out: &mut [usize]| {
                assert!(lane.windows(2).all(|w| w[1] == w[0] + stride));
                out.iter_mut().zip(lane.iter().rev()).for_each(|(y, &v)| *y = v);
            });
            let at = |i: usize| i / stride % shape[axis];
            assert!(
                reversed.iter().enumerate().all(|(i, &v)| v == i - at(i) * stride + (shape[axis] - 1 - at(i)) * stride)
            );
        }
    }
}

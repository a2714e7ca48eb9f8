//! Functions of what surrounds an element: convolutions, and figures of a window that moves along an axis. A block of the
//! result needs the same block of the argument and a rim around it, so an array can be cut anywhere.

use super::elements::reordered;
use super::lanes::{Ends, Figure, Lanes, sample, widen};
use super::{Context, Price};
use crate::array::{Block, Complex64, DType, Data, Order, Region, Shape};
use crate::diag::Result;
use crate::fault;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;
use std::convert::Infallible;
use std::ops::{AddAssign, Mul};
use std::sync::Arc;

/// Rows of a column that are summed together, so that they stay in the first-level cache from tap to tap.
const STRIP: usize = 1 << 10;

/// A function of the surroundings of elements: element `i` of the result belongs to place `i + offset` of the argument.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Window {
    pub kind: WindowKind,
    pub offset: SmallVec<[i64; 4]>,
    /// The shape of the result.
    pub shape: Shape,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum WindowKind {
    /// The sum of `taps(j) * x(place - j)` over all `j`, in column-major sequence; beyond its ends x is zero. Taps as real
    /// and imaginary bits.
    Convolve { taps: Arc<Vec<[u64; 2]>>, extents: SmallVec<[usize; 4]> },
    /// A figure of `before` elements along an axis, the element itself, and `after` elements.
    Moving { figure: Figure, axis: u8, before: usize, after: usize, ends: Ends },
}

impl Window {
    /// The type of the result for elements of a type; `None` where it is not defined for it.
    pub fn result_type(&self, x: DType) -> Option<DType> {
        match &self.kind {
            WindowKind::Convolve { taps, .. } => {
                let complex = x.is_complex() || taps.iter().any(|z| f64::from_bits(z[1]) != 0.0);
                Some(match (complex, x.is_single()) {
                    (false, false) => DType::F64,
                    (false, true) => DType::F32,
                    (true, false) => DType::C64,
                    (true, true) => DType::C32,
                })
            }
            WindowKind::Moving { .. } if x.is_complex() => None,
            WindowKind::Moving { .. } => Some(if x.is_single() { DType::F32 } else { DType::F64 }),
        }
    }

    /// How many elements before and after a place along an axis matter.
    fn reach(&self, axis: usize) -> (usize, usize) {
        match &self.kind {
            WindowKind::Convolve { extents, .. } => (extents.get(axis).map_or(0, |&n| n.saturating_sub(1)), 0),
            WindowKind::Moving { axis: own, before, after, .. } if *own as usize == axis => (*before, *after),
            WindowKind::Moving { .. } => (0, 0),
        }
    }

    fn offset(&self, axis: usize) -> i64 {
        self.offset.get(axis).copied().unwrap_or(0)
    }

    /// The part of an argument of this shape that a region of the result needs.
    pub fn part(&self, region: &Region, x: &Shape) -> Region {
        let mut part = Region::whole(x);
        for axis in 0..x.rank() {
            let (before, after) = self.reach(axis);
            let (start, len) = if axis < region.rank() { (region.start[axis], region.len[axis]) } else { (0, 1) };
            let first = start as i64 + self.offset(axis);
            let end = (first + (len + after) as i64).clamp(0, x.extent(axis) as i64) as usize;
            part.start[axis] = (first - before as i64).clamp(0, end as i64) as usize;
            part.len[axis] = end - part.start[axis];
        }
        part
    }

    /// The function that makes a region of the result of the part it needs.
    pub fn within(&self, region: &Region, part: &Region) -> Window {
        let rank = region.rank().max(part.rank());
        let start = |r: &Region, axis: usize| r.start.get(axis).map_or(0, |&s| s as i64);
        let offset = (0..rank).map(|a| self.offset(a) + start(region, a) - start(part, a)).collect();
        Window { kind: self.kind.clone(), offset, shape: region.shape() }
    }

    /// What it costs. Its scratch: the argument in order and in double precision, sums in double precision; or lanes.
    pub fn price(&self, shape: &Shape, dtype: DType) -> Result<Price> {
        let to = self.result_type(dtype).ok_or_else(|| fault!("{:?} is not defined for complex numbers", self.kind))?;
        let (scratch, work) = match &self.kind {
            WindowKind::Convolve { taps, .. } => {
                let wide = if to.is_complex() { 16 } else { 8 };
                let widened = if dtype.size() == wide { 0 } else { wide };
                let sums = if to.is_single() { wide } else { 0 };
                (shape.len() * (dtype.size() + widened) + self.shape.len() * sums, 2 * taps.len())
            }
            WindowKind::Moving { axis, before, after, .. } => {
                let (n, extent) = (shape.extent(*axis as usize), self.shape.extent(*axis as usize));
                // A lane and its result as doubles, as many copied out as go abreast; windows of ends and of medians.
                let lanes = shape.len() / n.max(1);
                let abreast = if lanes > 1 { Lanes { before: lanes, n, after: 1 }.abreast() } else { 0 };
                let window = before + after + 1;
                ((n + extent) * (8 + 16 * abreast) + 48 * window, 2 * window)
            }
        };
        let flops = (self.shape.len() * work) as u64;
        Ok(Price { shape: self.shape.clone(), dtype: to, scratch: scratch as u64, flops })
    }

    /// The function of a block.
    pub fn run(&self, x: &Block, cx: &Context) -> Result<Block> {
        let dtype =
            self.result_type(x.dtype()).ok_or_else(|| fault!("{:?} is not defined for complex numbers", self.kind))?;
        let mut out = cx.pool.take(dtype, self.shape.len());
        match &self.kind {
            WindowKind::Moving { figure, axis, before, after, ends } => {
                let axis = *axis as usize;
                let (extent, offset) = (self.shape.extent(axis), self.offset(axis));
                widen::real(&Lanes::of(x, axis), extent, x.data(), &mut out, |lane, out| {
                    let of = |x: &[f64]| Ok::<_, Infallible>(figure.of(x));
                    let Ok(()) = sample::moving(lane, offset, (*before, *after), *ends, of, out);
                });
                Ok(Block::new(self.shape.clone(), x.order(), out))
            }
            WindowKind::Convolve { taps, extents } => {
                let ordered;
                let x = if x.order() == Order::F || x.is_order_free() {
                    x
                } else {
                    ordered = reordered(x, Order::F, cx.pool);
                    &ordered
                };
                let (box_, n) = (Convolution { window: self, extents, x: x.shape() }, x.len());
                let re = |z: &[u64; 2]| f64::from_bits(z[0]);
                let complex = |z: &[u64; 2]| Complex64::new(f64::from_bits(z[0]), f64::from_bits(z[1]));
                let data = x.data();
                match &mut out {
                    Data::F64(out) => {
                        let taps: Vec<f64> = taps.iter().map(re).collect();
                        match data {
                            Data::F64(x) => box_.sum(x, &taps, out),
                            x => box_.sum(&(0..n).map(|i| x.get_f64(i)).collect::<Vec<_>>(), &taps, out),
                        }
                    }
                    Data::C64(out) => {
                        let taps: Vec<Complex64> = taps.iter().map(complex).collect();
                        match data {
                            Data::C64(x) => box_.sum(x, &taps, out),
                            x => box_.sum(&(0..n).map(|i| x.get_c64(i)).collect::<Vec<_>>(), &taps, out),
                        }
                    }
                    Data::F32(out) => {
                        let wide: Vec<f64> = (0..n).map(|i| data.get_f64(i)).collect();
                        let mut sums = vec![0.0; out.len()];
                        box_.sum(&wide, &taps.iter().map(re).collect::<Vec<_>>(), &mut sums);
                        out.iter_mut().zip(sums).for_each(|(y, v)| *y = v as f32);
                    }
                    Data::C32(out) => {
                        let wide: Vec<Complex64> = (0..n).map(|i| data.get_c64(i)).collect();
                        let mut sums = vec![Complex64::ZERO; out.len()];
                        box_.sum(&wide, &taps.iter().map(complex).collect::<Vec<_>>(), &mut sums);
                        let single = |z: Complex64| crate::array::Complex32::new(z.re as f32, z.im as f32);
                        out.iter_mut().zip(sums).for_each(|(y, v)| *y = single(v));
                    }
                    other => return Err(fault!("a convolution is not of {:?}", other.dtype())),
                }
                Ok(Block::new(self.shape.clone(), Order::F, out))
            }
        }
    }
}

/// A convolution of column-major elements.
struct Convolution<'a> {
    window: &'a Window,
    extents: &'a [usize],
    x: &'a Shape,
}

impl Convolution<'_> {
    /// Every element the sum over the taps in their sequence; those that are zero and what lies beyond the ends are left
    /// out.
    fn sum<T>(&self, x: &[T], taps: &[T], out: &mut [T])
    where
        T: Copy + Default + PartialEq + AddAssign + Mul<Output = T>,
    {
        let shape = &self.window.shape;
        let (height, rows) = (self.extents.first().copied().unwrap_or(1).max(1), shape.rows());
        let (n, offset) = (self.x.extent(0) as i64, self.window.offset(0));
        let rank = shape.rank().max(self.x.rank()).max(self.extents.len());
        for (number, column) in out.chunks_mut(rows.max(1)).enumerate() {
            // Where the column lies: its place in the argument along every further axis.
            let mut rest = number;
            let places: SmallVec<[i64; 4]> = (1..rank)
                .map(|axis| {
                    let at = rest % shape.extent(axis);
                    rest /= shape.extent(axis);
                    at as i64 + self.window.offset(axis)
                })
                .collect();
            for (strip, part) in column.chunks_mut(STRIP).enumerate() {
                part.fill(T::default());
                for (group, taps) in taps.chunks(height).enumerate() {
                    let Some(source) = self.column(&places, group) else { continue };
                    let source = &x[source * n as usize..(source + 1) * n as usize];
                    for (i, &tap) in taps.iter().enumerate().filter(|(_, tap)| **tap != T::default()) {
                        // Row r takes row r + shift of the source, where there is one.
                        let shift = (strip * STRIP) as i64 + offset - i as i64;
                        let from = (-shift).clamp(0, part.len() as i64) as usize;
                        let to = (n - shift).clamp(from as i64, part.len() as i64) as usize;
                        let start = (from as i64 + shift) as usize;
                        let source = source[start.min(n as usize)..].iter();
                        part[from..to].iter_mut().zip(source).for_each(|(y, &v)| *y += v * tap);
                    }
                }
            }
        }
    }

    /// The number of the argument's column that a group of taps meets, if there is one.
    fn column(&self, places: &[i64], group: usize) -> Option<usize> {
        let (mut rest, mut number, mut step) = (group, 0, 1);
        for (axis, place) in (1..).zip(places) {
            let taps = self.extents.get(axis).copied().unwrap_or(1).max(1);
            let at = place - (rest % taps) as i64;
            rest /= taps;
            let extent = self.x.extent(axis);
            number += usize::try_from(at).ok().filter(|&at| at < extent)? * step;
            step *= extent;
        }
        Some(number)
    }
}

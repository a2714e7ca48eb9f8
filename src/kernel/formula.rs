//! Arrays that are formulas: any part of them can be made at any time, and twice the same.

use super::elements::strides_of;
use super::philox::Stream;
use super::random::{self, Distribution};
use crate::array::{Block, Complex32, Complex64, DType, Data, Order, Pool, Region, Shape};
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

/// An array whose elements follow from their position. `bits` are those of a double.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Formula {
    /// All elements equal.
    Fill { bits: u64, dtype: DType },
    /// `start + step * i` where i counts elements in column-major sequence; element `len-1` is exactly `last`.
    Linear { start: u64, step: u64, last: u64 },
    /// Ones on the main diagonal.
    Eye { dtype: DType },
    /// Uniform on (0, 1): Philox 4x32-10 keyed by seed and call, counted by the element's column-major position.
    Rand { seed: u64, call: u64, dtype: DType },
    /// Standard normal, from the same generator.
    Randn { seed: u64, call: u64, dtype: DType },
    /// Uniform integers `low..=high` (as doubles' bits).
    Randi { seed: u64, call: u64, low: u64, high: u64, dtype: DType },
}

impl Formula {
    pub fn dtype(&self) -> DType {
        match self {
            Formula::Fill { dtype, .. }
            | Formula::Eye { dtype }
            | Formula::Rand { dtype, .. }
            | Formula::Randn { dtype, .. }
            | Formula::Randi { dtype, .. } => *dtype,
            Formula::Linear { .. } => DType::F64,
        }
    }
}

impl Formula {
    /// The part of the array in a region, `shape_of_whole` being the array's. Any part comes out the same whatever
    /// region it is asked with.
    pub fn block(&self, shape_of_whole: &Shape, region: &Region, order: Order, pool: &Pool) -> Block {
        let shape = region.shape();
        let len = shape.len();
        let dtype = self.dtype();
        let mut data = pool.take(dtype, len);
        match self {
            Formula::Fill { bits, .. } => fill(&mut data, f64::from_bits(*bits)),
            Formula::Eye { .. } => {
                fill(&mut data, 0.0);
                let strides = strides_of(&shape, order).strides;
                let first = region.start[0].max(region.start[1]);
                let end = region.end(0).min(region.end(1));
                for d in first..end {
                    let (i, j) = (d - region.start[0], d - region.start[1]);
                    set(&mut data, i * strides[0] as usize + j * strides[1] as usize, 1.0);
                }
            }
            Formula::Linear { start, step, last } => {
                let (start, step, last) = (f64::from_bits(*start), f64::from_bits(*step), f64::from_bits(*last));
                let end = shape_of_whole.len() as u64 - u64::from(len > 0);
                runs(shape_of_whole, region, order, |at, position, stride, n| {
                    if let Data::F64(v) = &mut data {
                        let run = &mut v[at..at + n];
                        for (chunk, part) in run.chunks_mut(1 << 20).enumerate() {
                            // Positions are below 2^53, so their doubles are exact.
                            let (first, apart) = ((position + ((chunk as u64) << 20) * stride) as f64, stride as f64);
                            let positions = part.iter_mut().zip(0i32..);
                            positions.for_each(|(x, k)| *x = start + (first + k as f64 * apart) * step);
                        }
                        if let (Some(x), true) = (run.last_mut(), position + (n as u64 - 1) * stride == end) {
                            *x = last;
                        }
                    }
                });
            }
            Formula::Rand { seed, call, .. } => {
                draw(Stream::new(*seed, *call), Distribution::Uniform, shape_of_whole, region, order, &mut data);
            }
            Formula::Randn { seed, call, .. } => {
                draw(Stream::new(*seed, *call), Distribution::Normal, shape_of_whole, region, order, &mut data);
            }
            Formula::Randi { seed, call, low, high, .. } => {
                let whole = Distribution::Whole { low: f64::from_bits(*low), high: f64::from_bits(*high) };
                draw(Stream::new(*seed, *call), whole, shape_of_whole, region, order, &mut data);
            }
        }
        Block::new(shape, order, data)
    }
}

/// Fills a block with random numbers that belong to the positions of its elements.
fn draw(stream: Stream, kind: Distribution, whole: &Shape, region: &Region, order: Order, data: &mut Data) {
    let most = region.size().min(random::TILE);
    let mut bits = vec![0; most];
    let mut numbers = if matches!(data, Data::F64(_)) { Vec::new() } else { vec![0.0; most] };
    runs(whole, region, order, |at, position, stride, n| {
        for k in (0..n).step_by(random::TILE) {
            let m = random::TILE.min(n - k);
            let (bits, at) = (&mut bits[..m], at + k);
            stream.fill(position + k as u64 * stride, stride, bits);
            match &mut *data {
                Data::F64(v) => kind.fill(bits, &mut v[at..at + m]),
                Data::F32(v) => {
                    let numbers = &mut numbers[..m];
                    kind.fill(bits, numbers);
                    let close = if kind == Distribution::Uniform { random::single } else { |x| x as f32 };
                    v[at..at + m].iter_mut().zip(numbers).for_each(|(t, x)| *t = close(*x));
                }
                other => {
                    let numbers = &mut numbers[..m];
                    kind.fill(bits, numbers);
                    numbers.iter().enumerate().for_each(|(i, &x)| set(other, at + i, x));
                }
            }
        }
    });
}

/// Visits the runs of a block that are contiguous in memory: where the run starts in the block, the column-major
/// position of its first element in the whole array, how far positions are apart, and how long it is.
fn runs(whole: &Shape, region: &Region, order: Order, mut visit: impl FnMut(usize, u64, u64, usize)) {
    if region.is_empty() {
        return;
    }
    let rank = region.rank();
    let mut distance: SmallVec<[u64; 4]> = SmallVec::from_elem(1, rank);
    for axis in 1..rank {
        distance[axis] = distance[axis - 1] * whole.extent(axis - 1) as u64;
    }
    let memory: SmallVec<[usize; 4]> = match order {
        Order::F => (0..rank).collect(),
        Order::C => (0..rank).rev().collect(),
    };
    let fast = memory[0];
    let (mut n, mut first) = (region.len[fast], 1);
    // Whole columns follow each other in a column-major block as in the array.
    while order == Order::F && first < rank && region.len[first - 1] == whole.extent(first - 1) {
        n *= region.len[first];
        first += 1;
    }
    let mut position: u64 = (0..rank).map(|a| region.start[a] as u64 * distance[a]).sum();
    let mut index: SmallVec<[usize; 4]> = SmallVec::from_elem(0, rank);
    let mut at = 0;
    loop {
        visit(at, position, distance[fast], n);
        at += n;
        let mut k = first;
        loop {
            let Some(&axis) = memory.get(k) else { return };
            index[axis] += 1;
            position += distance[axis];
            if index[axis] < region.len[axis] {
                break;
            }
            position -= distance[axis] * region.len[axis] as u64;
            index[axis] = 0;
            k += 1;
        }
    }
}

fn fill(data: &mut Data, x: f64) {
    match data {
        Data::F64(v) => v.fill(x),
        Data::F32(v) => v.fill(x as f32),
        Data::I8(v) => v.fill(x as i8),
        Data::I16(v) => v.fill(x as i16),
        Data::I32(v) => v.fill(x as i32),
        Data::I64(v) => v.fill(x as i64),
        Data::U8(v) | Data::Char(v) => v.fill(x as u8),
        Data::U16(v) => v.fill(x as u16),
        Data::U32(v) => v.fill(x as u32),
        Data::U64(v) => v.fill(x as u64),
        Data::Bool(v) => v.fill(x != 0.0),
        Data::C64(v) => v.fill(Complex64::new(x, 0.0)),
        Data::C32(v) => v.fill(Complex32::new(x as f32, 0.0)),
    }
}

fn set(data: &mut Data, at: usize, x: f64) {
    match data {
        Data::F64(v) => v[at] = x,
        Data::F32(v) => v[at] = x as f32,
        Data::I8(v) => v[at] = x as i8,
        Data::I16(v) => v[at] = x as i16,
        Data::I32(v) => v[at] = x as i32,
        Data::I64(v) => v[at] = x as i64,
        Data::U8(v) | Data::Char(v) => v[at] = x as u8,
        Data::U16(v) => v[at] = x as u16,
        Data::U32(v) => v[at] = x as u32,
        Data::U64(v) => v[at] = x as u64,
        Data::Bool(v) => v[at] = x != 0.0,
        Data::C64(v) => v[at] = Complex64::new(x, 0.0),
        Data::C32(v) => v[at] = Complex32::new(x as f32, 0.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_part_is_a_part_of_the_whole() {
        let bits = f64::to_bits;
        let whole = Shape::new(&[7, 5, 3]);
        let formulas = [
            Formula::Fill { bits: bits(3.0), dtype: DType::I16 },
            Formula::Linear { start: bits(0.1), step: bits(0.1), last: bits(10.5) },
            Formula::Eye { dtype: DType::F32 },
            Formula::Rand { seed: 42, call: 1, dtype: DType::F64 },
            Formula::Randn { seed: 42, call: 1, dtype: DType::F32 },
            Formula::Randi { seed: 42, call: 1, low: bits(-3.0), high: bits(3.0), dtype: DType::I8 },
        ];
        let pool = Pool::new();
        for f in formulas {
            let shape = if matches!(f, Formula::Eye { .. }) { Shape::matrix(7, 15) } else { whole.clone() };
            let all = f.block(&shape, &Region::whole(&shape), Order::F, &pool);
            let region =
                if shape.rank() == 3 { Region::new(&[2, 1, 1], &[4, 3, 2]) } else { Region::new(&[2, 1], &[4, 6]) };
            for order in [Order::F, Order::C] {
                let part = f.block(&shape, &region, order, &pool);
                let strides = part.strides();
                for n in 0..region.size() {
                    let (mut rest, mut at, mut from, mut step) = (n, 0, 0, 1);
                    for axis in 0..region.rank() {
                        let k = rest % region.len[axis];
                        rest /= region.len[axis];
                        at += k * strides[axis];
                        from += (k + region.start[axis]) * step;
                        step *= shape.extent(axis);
                    }
                    assert_eq!(part.data().get_f64(at), all.data().get_f64(from), "{f:?} {order:?} {n}");
                }
            }
        }
    }

    #[test]
    fn ranges_end_exactly() {
        let f = Formula::Linear { start: 0f64.to_bits(), step: 0.1f64.to_bits(), last: 1f64.to_bits() };
        let shape = Shape::matrix(1, 11);
        let b = f.block(&shape, &Region::new(&[0, 8], &[1, 3]), Order::F, &Pool::new());
        assert_eq!(b.slice::<f64>().expect("double"), [0.8, 0.9, 1.0]);
    }
}

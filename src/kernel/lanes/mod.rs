//! Functions of whole lanes: sorts, order statistics, transforms. Each lane along an axis becomes a
//! lane of known length, whatever the others hold, so that an array can be cut between lanes at will.
//!
//! `api` names the functions; `walk` finds the lanes of a block; the other files hold a family each. This file gives
//! the names their meaning.

pub mod api;
pub mod fourier;
pub mod order;
mod phase;
pub mod sample;
pub mod table;
mod walk;
pub mod widen;

use order::{Sortable, sorted_positions};

pub use api::{Ends, LaneKind};
pub use sample::Figure;
pub use walk::Lanes;

use super::{Context, Price};
use crate::array::{Block, DType, Data, Element, Shape};
use crate::diag::Result;
use crate::{each_data, fault};

/// The shape and type of the result.
fn outcome(kind: &LaneKind, axis: usize, shape: &Shape, dtype: DType) -> Result<(Shape, DType)> {
    let to = kind.result_type(dtype).ok_or_else(|| fault!("{kind:?} is not defined for complex numbers"))?;
    Ok((shape.with_extent(axis, kind.extent(shape.extent(axis))), to))
}

/// What the function costs on a block. Its scratch: the lanes copied out at a time, and a few copies of one lane.
pub fn price(kind: &LaneKind, axis: usize, shape: &Shape, dtype: DType) -> Result<Price> {
    let (out, to) = outcome(kind, axis, shape, dtype)?;
    let (n, extent) = (shape.extent(axis), out.extent(axis));
    let lanes = shape.len() / n.max(1);
    if kind.is_elementwise() {
        // Elements and results as doubles, and the table.
        let scratch = (16 * shape.len() + 48 * kind.entries()) as u64;
        return Ok(Price { flops: kind.flops(shape.len()), shape: out, dtype: to, scratch });
    }
    let abreast = Lanes { before: lanes, n, after: 1 }.abreast();
    let scratch = (n + extent) * (16 * abreast + 48);
    Ok(Price { flops: lanes as u64 * kind.flops(n), shape: out, dtype: to, scratch: scratch as u64 })
}

/// The function of every lane along an axis, in the order of the block.
pub fn run(kind: &LaneKind, axis: usize, arg: &Block, cx: &Context) -> Result<Block> {
    let (shape, dtype) = outcome(kind, axis, arg.shape(), arg.dtype())?;
    let (lanes, extent) = if kind.is_elementwise() {
        (Lanes { before: 1, n: arg.len(), after: 1 }, arg.len())
    } else {
        (Lanes::of(arg, axis), shape.extent(axis))
    };
    if let LaneKind::Nth { places } = kind
        && places.iter().any(|&k| k >= arg.shape().extent(axis) as u64)
    {
        return Err(fault!("nth_element: n must be valid index"));
    }
    let mut out = cx.pool.take(dtype, shape.len());
    match kind {
        LaneKind::Sort { .. }
        | LaneKind::Nth { .. }
        | LaneKind::Best { .. }
        | LaneKind::SortIndex { .. }
        | LaneKind::RunningIndex { .. } => {
            each_data!(arg.data(), v => ordered(kind, &lanes, extent, v, &mut out));
        }
        LaneKind::Fourier { points, inverse } => {
            let mut transform = fourier::Transform::new(*points, *inverse);
            widen::complex(&lanes, extent, arg.data(), &mut out, |lane, out| transform.lane(lane, out));
        }
        other => widen::real(&lanes, extent, arg.data(), &mut out, |lane, out| of_reals(other, lane, out)),
    }
    Ok(Block::new(shape, arg.order(), out))
}

/// The functions that compare elements of any type. Characters and bytes are both held as bytes.
fn ordered<T: Sortable + Element>(kind: &LaneKind, lanes: &Lanes, extent: usize, from: &[T], to: &mut Data) {
    match (kind, to) {
        (LaneKind::SortIndex { descending }, Data::F64(to)) => lanes.map_into(from, to, extent, |lane, out| {
            let order = sorted_positions(lane, *descending);
            out.iter_mut().zip(order).for_each(|(y, at)| *y = (at + 1) as f64);
        }),
        (LaneKind::RunningIndex { greatest }, Data::F64(to)) => {
            lanes.map_into(from, to, extent, |lane, out| order::running_places(lane, *greatest, out));
        }
        (LaneKind::Best { greatest, places: true, .. }, Data::F64(to)) => {
            lanes.map_into(from, to, extent, |lane, out| {
                let best = order::best(lane, extent, *greatest);
                out.iter_mut().zip(best).for_each(|(y, at)| *y = (at + 1) as f64);
            });
        }
        (kind, to) => {
            let Some(to) = (match to {
                Data::Char(bytes) => (bytes as &mut dyn std::any::Any).downcast_mut::<Vec<T>>(),
                other => T::vec_mut(other),
            }) else {
                return;
            };
            lanes.map_into(from, to, extent, |lane, out| match kind {
                LaneKind::Nth { places } => order::nth(lane, places, out),
                LaneKind::Sort { descending } => order::sort(lane, *descending, out),
                LaneKind::Best { greatest, .. } => {
                    let best = order::best(lane, extent, *greatest);
                    out.iter_mut().zip(best).for_each(|(y, at)| *y = lane[at]);
                }
                _ => {}
            });
        }
    }
}

/// The functions that are made of real numbers in double precision.
fn of_reals(kind: &LaneKind, lane: &[f64], out: &mut [f64]) {
    match kind {
        LaneKind::Figure(figure) => out[0] = figure.of(lane),
        LaneKind::Quantile { shares, method } => sample::quantiles(lane, shares, *method as u32, out),
        LaneKind::Ranks(ties) => out.copy_from_slice(&sample::ranks(lane, *ties)),
        LaneKind::Statistics => sample::statistics(lane, out),
        LaneKind::Center => sample::center(lane, out),
        LaneKind::Standardise { population } => sample::standardise(lane, *population, out),
        LaneKind::Unwrap { tolerance } => phase::unwrap(lane, f64::from_bits(*tolerance), out),
        LaneKind::Steps(steps) => steps.apply(lane, out),
        LaneKind::Interpolate(points) => points.apply(lane, out),
        LaneKind::Tally { .. } => table::tally(lane, out),
        _ => {}
    }
}

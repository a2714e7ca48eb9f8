//! Functions of whole lanes by name: what each makes of a lane, how long its result is and of which type.

use super::sample::{Figure, Ties};
use super::table::{Interpolation, Steps};
use crate::array::DType;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A function of the lanes of an array along one axis, each lane by itself. Real parameters are the bits of doubles, so
/// that functions compare and hash.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LaneKind {
    /// In order, equal elements in their sequence; NaN last when ascending, first when descending.
    Sort { descending: bool },
    /// Where each element of the sorted lane was, from 1.
    SortIndex { descending: bool },
    /// Where the greatest (least) element so far is, from 1; NaN is passed over.
    RunningIndex { greatest: bool },
    /// The greatest (least) elements of the lane, the first of equal ones before the others and NaN last, or where they
    /// are, from 1.
    Best { greatest: bool, count: usize, places: bool },
    /// The elements at these places (from 0) of the ascending lane.
    Nth { places: Arc<Vec<u64>> },
    /// One number.
    Figure(Figure),
    /// Quantiles at these shares by one of the nine methods, NaN left out.
    Quantile { shares: Arc<Vec<u64>>, method: u8 },
    /// Places in ascending order from 1.
    Ranks(Ties),
    /// Least, quartiles, greatest, mean, deviation, skewness, kurtosis.
    Statistics,
    /// Less the mean.
    Center,
    /// Less the mean, over the deviation (where that is not 0).
    Standardise { population: bool },
    /// The discrete Fourier transform, the lane cut or padded with zeros to this many points.
    Fourier { points: usize, inverse: bool },
    /// Angles with multiples of 2 pi added where they jump by more than the tolerance.
    Unwrap { tolerance: u64 },
    /// A step function of each element.
    Steps(Arc<Steps>),
    /// Each element interpolated between points.
    Interpolate(Arc<Interpolation>),
    /// How many elements are 1, 2, ... up to a number of bins.
    Tally { bins: usize },
}

/// What a window finds beyond the ends of a lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Ends {
    /// Nothing: the window is shorter there.
    Shrink,
    /// This number (its bits); where it is NaN the result is NaN.
    Fill(u64),
    /// The other end.
    Periodic,
    /// The last element again.
    Same,
}

impl LaneKind {
    /// Elements of the result of a lane of `n`.
    pub fn extent(&self, n: usize) -> usize {
        match self {
            LaneKind::Figure(_) => 1,
            LaneKind::Nth { places } => places.len(),
            LaneKind::Quantile { shares, .. } => shares.len(),
            LaneKind::Statistics => 9,
            LaneKind::Fourier { points, .. } => *points,
            LaneKind::Tally { bins } => *bins,
            LaneKind::Best { count, .. } => *count,
            _ => n,
        }
    }

    /// Whether each element goes by itself. The axis then lies behind the last, so that arrays can be cut anywhere.
    pub fn is_elementwise(&self) -> bool {
        matches!(self, LaneKind::Steps(_) | LaneKind::Interpolate(_))
    }

    /// Entries of the table, if there is one.
    pub fn entries(&self) -> usize {
        match self {
            LaneKind::Steps(steps) => steps.len(),
            LaneKind::Interpolate(points) => points.len(),
            _ => 0,
        }
    }

    /// The type of the result for elements of a type; `None` where the function is not defined for it.
    pub fn result_type(&self, x: DType) -> Option<DType> {
        let float = if x.is_single() { DType::F32 } else { DType::F64 };
        match self {
            LaneKind::Sort { .. } | LaneKind::Nth { .. } | LaneKind::Best { places: false, .. } => Some(x),
            LaneKind::SortIndex { .. } | LaneKind::RunningIndex { .. } | LaneKind::Best { places: true, .. } => {
                Some(DType::F64)
            }
            LaneKind::Fourier { .. } => Some(if x.is_single() { DType::C32 } else { DType::C64 }),
            _ if x.is_complex() => None,
            LaneKind::Figure(Figure::Repeats) | LaneKind::Steps(_) | LaneKind::Tally { .. } => Some(DType::F64),
            _ => Some(float),
        }
    }

    /// About how many operations a lane of `n` takes.
    pub fn flops(&self, n: usize) -> u64 {
        let (n, log) = (n as u64, n.max(2).ilog2() as u64);
        match self {
            LaneKind::Center | LaneKind::Unwrap { .. } | LaneKind::RunningIndex { .. } => 2 * n,
            LaneKind::Fourier { points, .. } => 5 * *points as u64 * log,
            LaneKind::Tally { .. } => n,
            table if table.is_elementwise() => n * (2 + table.entries().max(2).ilog2() as u64),
            _ => 2 * n * log,
        }
    }
}

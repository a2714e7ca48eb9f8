//! Arrays folded along dimensions: sums and extremes, running results, statistics, groups.

pub mod accumulate;
pub(crate) mod cumulative;
pub(crate) mod folds;
pub mod reductions;
pub(crate) mod rescale;
pub mod samples;
pub mod statistics;

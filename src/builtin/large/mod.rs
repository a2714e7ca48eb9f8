//! Functions of arrays that wait to be computed, and of those that memory does not hold: what the other families call
//! when an argument is one. The algorithms that run on their blocks stand in [`outofcore`](super::outofcore).

pub(crate) mod accumulate;
pub(crate) mod elements;
pub(crate) mod fourier;
pub(crate) mod groups;
pub mod index;
pub(crate) mod lanes;
pub(crate) mod linear;
pub(crate) mod mask;
pub(crate) mod pick;
pub mod pieces;
pub(crate) mod sets;
pub(crate) mod shape;
pub mod words;

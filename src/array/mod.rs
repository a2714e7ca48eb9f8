//! What an array is: element type, shape, how it is cut into chunks, and a piece of one in memory.
//! Knows nothing of files, graphs, names or the language.

pub mod allocator;
pub mod amount;
pub mod arch;
pub mod block;
pub mod dtype;
pub mod grid;
pub mod memory;
mod pages;
pub mod pool;
pub mod region;
pub mod room;
pub mod scalar_fn;
pub mod shape;
pub mod strided;

pub use block::{Block, Data, Element, Order};
pub use dtype::DType;
pub use grid::Grid;
pub use pool::Pool;
pub use region::{Region, per_axis};
pub use scalar_fn::ScalarFn;
pub use shape::Shape;

pub use num_complex::{Complex32, Complex64};

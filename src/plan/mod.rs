//! From nodes to tasks: for every output block, which input blocks, what it costs, and in which order.
//! Pure: reads no file, runs no kernel.

pub mod links;
pub mod price;
pub mod task;

pub use links::Links;
pub use price::{Profile, serial_profile};
pub use task::{ArrayId, ArrayInfo, ArrayKind, Input, Output, Task, TaskGraph};

//! From nodes to tasks: for every output block, which input blocks, what it costs, and in which order.
//! Pure: reads no file, runs no kernel.

pub mod task;

pub use task::{ArrayId, ArrayInfo, ArrayKind, Input, Output, Task, TaskGraph};

//! From nodes to tasks: for every output block, which input blocks, what it costs, and in which order.
//! Pure: reads no file, runs no kernel.
//!
//! `planner` decides which nodes get blocks and emits tasks on demand; `expand` turns a region of a node into the
//! program that computes it; `reduce`, `dot` and `scan` know how accumulating nodes are cut, `lanes` how whole lanes
//! are, `gather` what indices need, `reshape` where consecutive elements lie; `tile` how far blocks reach;
//! `links` who reads which block; `programs` what tasks run, `price` what the whole costs in memory; `proof` keeps what follows from a graph beside it.

mod builder;
mod dot;
mod expand;
mod gather;
mod lanes;
pub mod links;
mod planner;
pub mod price;
pub mod print;
mod programs;
mod proof;
mod reduce;
mod reshape;
mod scan;
pub mod staging;
pub mod task;
mod tile;

pub use links::Links;
pub use planner::{Limits, SourceTable, Target, plan};
pub use price::Profile;
pub use proof::Plan;
pub use task::{ArrayId, ArrayInfo, ArrayKind, Input, Output, Task, TaskGraph};
pub use tile::halved;

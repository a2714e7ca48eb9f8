//! Runs task graphs: serially (the reference) or on a pool of threads, inside a memory budget. Knows no language.

pub mod api;
mod job;
mod ledger;
mod pool;
mod ready;
mod regions;
mod sched;
mod serial;
mod spill;
mod work;

pub use api::{Bindings, Config, Engine, Observer, Progress, Report};
pub use pool::Parallel;
pub use serial::Serial;
pub use spill::refusal;

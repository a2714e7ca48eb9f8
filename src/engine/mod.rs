//! Runs task graphs: serially (the reference) or on a pool of threads, inside a memory budget. Knows no language.

pub mod api;

pub use api::{Bindings, Config, Engine, Observer, Report};

//! Arrays at rest: formats on disk and blocks in memory. Knows no graph and no language.
//!
//! To add a format: a file, a `mod` line and a line in [`FORMATS`].

pub mod api;

pub use api::{ArrayMeta, Format, Sink, Source, WriteOptions};

/// The formats on disk, by extension.
pub const FORMATS: &[&dyn Format] = &[];

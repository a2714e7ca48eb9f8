//! The allocator of the program. Small blocks are mimalloc's; large ones are mapped one by one, so that what is freed is
//! gone from the resident size: a memory budget is kept by the process, not by its books alone.
//!
//! Programs make and drop an array at every step, and a fresh mapping faults every page, which costs several times the
//! arithmetic on it. So some freed mappings wait for their next use: at most [`keep`] bytes of them, and those
//! that nobody took for a while go when the next one is freed.
#![allow(unsafe_code)]

#[cfg(target_os = "linux")]
pub use mapped::{Allocator, in_use, keep};
/// Elsewhere mimalloc has all blocks.
#[cfg(not(target_os = "linux"))]
pub use mimalloc::MiMalloc as Allocator;

#[cfg(not(target_os = "linux"))]
pub fn keep(_bytes: usize) {}

#[cfg(not(target_os = "linux"))]
pub fn in_use() -> usize {
    0
}

#[cfg(target_os = "linux")]
mod mapped {
    use mimalloc::MiMalloc;
    use std::alloc::{GlobalAlloc, Layout};
    use std::ptr::{self, NonNull};
    use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
    use std::sync::{Mutex, MutexGuard, PoisonError};
    use std::time::{Duration, Instant};

    /// Blocks of this size and more are mapped.
    const LARGE: usize = 128 << 10;
    /// The least a page can be.
    const PAGE: usize = 4096;
    /// How long a freed mapping waits for its next use.
    const PATIENCE: Duration = Duration::from_millis(100);
    /// Most freed mappings that wait.
    const PLACES: usize = 256;

    /// See the module above.
    pub struct Allocator;

    static SMALL: MiMalloc = MiMalloc;

    // SAFETY: whether a block is mapped, and how long its mapping is, follows from its layout alone, so every block goes back
    // where it came from. Mappings are page-aligned, and no larger alignment is taken on.
    unsafe impl GlobalAlloc for Allocator {
        unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
            if is_large(layout.size(), layout.align()) { map(layout.size()).0 } else { unsafe { SMALL.alloc(layout) } }
        }

        unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
            if !is_large(layout.size(), layout.align()) {
                return unsafe { SMALL.alloc_zeroed(layout) };
            }
            let (block, fresh) = map(layout.size());
            if !fresh {
                unsafe { block.write_bytes(0, layout.size()) };
            }
            block
        }

        unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
            if is_large(layout.size(), layout.align()) {
                unsafe { free(block, layout.size()) }
            } else {
                unsafe { SMALL.dealloc(block, layout) }
            }
        }

        unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
            match (is_large(layout.size(), layout.align()), is_large(size, layout.align())) {
                (true, true) => unsafe { remap(block, layout.size(), size) },
                (false, false) => unsafe { SMALL.realloc(block, layout, size) },
                _ => unsafe {
                    let moved = self.alloc(Layout::from_size_align_unchecked(size, layout.align()));
                    if !moved.is_null() {
                        moved.copy_from_nonoverlapping(block, layout.size().min(size));
                        self.dealloc(block, layout);
                    }
                    moved
                },
            }
        }
    }

    static KEPT_BYTES: AtomicUsize = AtomicUsize::new(24 << 20);
    static KEPT: Mutex<Kept> = Mutex::new(Kept { mappings: [None; PLACES], bytes: 0 });

    static IN_USE: AtomicUsize = AtomicUsize::new(0);

    /// Bytes of the large blocks that are alive; 0 where this is not the allocator of the program.
    pub fn in_use() -> usize {
        IN_USE.load(Relaxed)
    }

    /// From now on freed mappings of so many bytes together may wait for their next use.
    pub fn keep(bytes: usize) {
        KEPT_BYTES.store(bytes, Relaxed);
    }

    fn is_large(size: usize, align: usize) -> bool {
        size >= LARGE && align <= PAGE
    }

    /// The length of the mapping for a block: steps of an eighth of a power of two, so that blocks of about the same size
    /// take each other's place.
    fn length(size: usize) -> usize {
        let step = (1usize << size.ilog2()) / 8;
        size.checked_next_multiple_of(step).unwrap_or(size)
    }

    #[derive(Clone, Copy)]
    struct Mapping {
        start: NonNull<u8>,
        length: usize,
        freed: Instant,
    }

    // SAFETY: a freed mapping belongs to whoever takes it out of the table.
    unsafe impl Send for Mapping {}

    /// Freed mappings, the oldest first; the table has no gaps.
    struct Kept {
        mappings: [Option<Mapping>; PLACES],
        bytes: usize,
    }

    impl Kept {
        fn take(&mut self, at: usize) -> Option<Mapping> {
            let taken = self.mappings[at].take()?;
            self.mappings[at..].rotate_left(1);
            self.bytes -= taken.length;
            Some(taken)
        }
    }

    fn kept() -> MutexGuard<'static, Kept> {
        KEPT.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A block, or null; and whether it holds nothing but zeros.
    fn map(size: usize) -> (*mut u8, bool) {
        let length = length(size);
        let mut table = kept();
        let found = table.mappings.iter().rposition(|m| m.is_some_and(|m| m.length == length));
        let found = found.and_then(|at| table.take(at));
        drop(table);
        if let Some(mapping) = found {
            IN_USE.fetch_add(length, Relaxed);
            return (mapping.start.as_ptr(), false);
        }
        let (access, kind) = (libc::PROT_READ | libc::PROT_WRITE, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS);
        // SAFETY: a new mapping touches no other.
        let start = unsafe { libc::mmap(ptr::null_mut(), length, access, kind, -1, 0) };
        if start == libc::MAP_FAILED {
            return (ptr::null_mut(), true);
        }
        IN_USE.fetch_add(length, Relaxed);
        (start.cast(), true)
    }

    /// Takes a block back.
    ///
    /// # Safety
    ///
    /// The block came from [`map`] or [`remap`] with this size and is used no more.
    unsafe fn free(block: *mut u8, size: usize) {
        let (length, most, freed) = (length(size), KEPT_BYTES.load(Relaxed), Instant::now());
        IN_USE.fetch_sub(length, Relaxed);
        let stays = NonNull::new(block).filter(|_| length <= most);
        let mut gone = [None; PLACES];
        let mut leaving = gone.iter_mut();
        let mut table = kept();
        while let Some(oldest) = table.mappings[0] {
            let crowded = stays.is_some() && (table.bytes + length > most || table.mappings[PLACES - 1].is_some());
            if !crowded && freed.duration_since(oldest.freed) < PATIENCE {
                break;
            }
            let Some(place) = leaving.next() else { break };
            *place = table.take(0);
        }
        let free = table.mappings.iter().position(Option::is_none);
        if let (Some(start), Some(at)) = (stays, free) {
            table.mappings[at] = Some(Mapping { start, length, freed });
            table.bytes += length;
        } else {
            // SAFETY: as the caller says.
            unsafe { libc::munmap(block.cast(), length) };
        }
        drop(table);
        for mapping in gone.into_iter().flatten() {
            // SAFETY: it was in the table, so nobody uses it.
            unsafe { libc::munmap(mapping.start.as_ptr().cast(), mapping.length) };
        }
    }

    /// A block in a new size, perhaps elsewhere; null, and the block untouched, if there is no room.
    ///
    /// # Safety
    ///
    /// The block came from [`map`] or [`remap`] with the old size.
    unsafe fn remap(block: *mut u8, old: usize, new: usize) -> *mut u8 {
        let (from, to) = (length(old), length(new));
        if from == to {
            return block;
        }
        // SAFETY: as the caller says.
        let moved = unsafe { libc::mremap(block.cast(), from, to, libc::MREMAP_MAYMOVE) };
        if moved == libc::MAP_FAILED {
            return ptr::null_mut();
        }
        IN_USE.fetch_add(to, Relaxed);
        IN_USE.fetch_sub(from, Relaxed);
        moved.cast()
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use std::alloc::{GlobalAlloc, Layout};

    fn layout(size: usize) -> Layout {
        Layout::from_size_align(size, 8).unwrap()
    }

    /// Blocks of all sizes about the border keep what is in them when they grow and shrink, and come zeroed if asked.
    #[test]
    fn blocks_are_what_a_vector_expects() {
        let sizes = [10, 1 << 16, (1 << 17) - 1, 1 << 17, (1 << 17) + 1, 3 << 17, (5 << 20) + 77, 9 << 20];
        for from in sizes {
            for to in sizes {
                // SAFETY: every block is used within its size and freed once, with its last layout.
                unsafe {
                    let block = Allocator.alloc_zeroed(layout(from));
                    let bytes = std::slice::from_raw_parts_mut(block, from);
                    assert!(bytes.iter().all(|&b| b == 0));
                    bytes.iter_mut().enumerate().for_each(|(i, b)| *b = (i % 251) as u8);
                    let moved = Allocator.realloc(block, layout(from), to);
                    let bytes = std::slice::from_raw_parts_mut(moved, to);
                    assert!(bytes.iter().take(from).enumerate().all(|(i, &b)| b == (i % 251) as u8));
                    bytes.fill(0xff);
                    Allocator.dealloc(moved, layout(to));
                }
            }
        }
    }

    #[test]
    fn threads_share_what_was_freed() {
        std::thread::scope(|scope| {
            for thread in 0..4usize {
                scope.spawn(move || {
                    for k in 0..200 {
                        let size = (1 << 17) + (k * 7919 * (thread + 1)) % (6 << 20);
                        // SAFETY: as above.
                        unsafe {
                            let block = Allocator.alloc(layout(size));
                            block.write(thread as u8);
                            block.add(size - 1).write(thread as u8);
                            std::thread::yield_now();
                            assert_eq!((block.read(), block.add(size - 1).read()), (thread as u8, thread as u8));
                            Allocator.dealloc(block, layout(size));
                        }
                    }
                });
            }
        });
    }

    #[test]
    fn what_cannot_be_mapped_is_null() {
        // SAFETY: nothing is made.
        assert!(unsafe { Allocator.alloc(layout(1 << 60)) }.is_null());
    }
}

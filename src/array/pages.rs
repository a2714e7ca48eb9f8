//! What the system is told about large buffers. The one place here that talks to the C library.
//!
//! A page fault costs about 2 us per 4 KiB page, which for a fresh 8 MB buffer is more than most arithmetic on it. Huge
//! pages make that ten times less. And the allocator is told to give large buffers back to the system when they are
//! freed, so that the resident size of the process follows what is in use.
#![allow(unsafe_code)]

/// Buffers of at least this many bytes are mapped on their own.
const MAPPED: usize = 4 << 20;
/// Freed memory that the allocator may keep: enough that a loop over arrays of moderate size does not fault its pages
/// anew at every turn, little beside any budget.
const KEPT: usize = 16 << 20;
/// The usual size of a huge page.
const HUGE: usize = 2 << 20;

/// Asks for huge pages under a fresh buffer. Advice only: contents and validity of the memory are untouched.
#[cfg(target_os = "linux")]
pub fn advise_huge(buffer: &[u8]) {
    if buffer.len() < 2 * HUGE {
        return;
    }
    let start = (buffer.as_ptr() as usize).next_multiple_of(HUGE);
    let end = (buffer.as_ptr() as usize + buffer.len()) & !(HUGE - 1);
    if start < end {
        // SAFETY: the range lies inside a live allocation, and MADV_HUGEPAGE changes neither contents nor protection.
        unsafe { libc::madvise(start as *mut libc::c_void, end - start, libc::MADV_HUGEPAGE) };
    }
}

#[cfg(not(target_os = "linux"))]
pub fn advise_huge(_buffer: &[u8]) {}

/// Makes the allocator map every large buffer on its own, once for the process. (glibc raises its threshold with each
/// large buffer that is freed, and then keeps such memory for itself.)
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub fn settle_allocator() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        // SAFETY: mallopt takes its own lock; it changes where later allocations are placed, never existing ones.
        unsafe {
            libc::mallopt(libc::M_MMAP_THRESHOLD, MAPPED as libc::c_int);
            libc::mallopt(libc::M_TRIM_THRESHOLD, KEPT as libc::c_int);
        }
    });
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub fn settle_allocator() {
    let _ = (MAPPED, KEPT);
}

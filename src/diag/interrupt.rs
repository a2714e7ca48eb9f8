//! Ctrl-C in the middle of an algorithm that has no way to return an error and no host to ask: it unwinds to the nearest
//! call of a builtin, as [`OutOfMemory`](crate::array::room::OutOfMemory) does.

use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

thread_local! {
    static FLAG: RefCell<Option<Arc<AtomicBool>>> = const { RefCell::new(None) };
}

/// What [`poll`] throws; the call of a builtin turns it into the interrupt fault.
pub struct Interrupted;

/// Sets the flag that [`poll`] looks at on this thread: the one that whoever catches Ctrl-C sets.
pub fn watch(flag: Arc<AtomicBool>) {
    FLAG.with(|own| *own.borrow_mut() = Some(flag));
}

/// Whether Ctrl-C was pressed and not answered yet, for code that can return [`Diagnostic::interrupted`](super::Diagnostic).
pub fn is_pending() -> bool {
    FLAG.with(|flag| flag.borrow().as_ref().is_some_and(|flag| flag.load(Ordering::Relaxed)))
}

/// Unwinds if Ctrl-C was pressed. Called once for every few thousand operations; on threads that watch no flag it does
/// nothing.
pub fn poll() {
    if is_pending() {
        std::panic::resume_unwind(Box::new(Interrupted));
    }
}

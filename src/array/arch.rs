//! The machine's vector unit, found at run time.
//!
//! A call costs a few nanoseconds, so loops belong inside the operation. What is inlined into it may use fused
//! multiply-add; results do not depend on the unit found, for the fused operation is exact wherever it is asked for
//! by name and never formed otherwise.

use pulp::{Arch, NullaryFnOnce};
use std::sync::LazyLock;

static ARCH: LazyLock<Arch> = LazyLock::new(Arch::new);

/// Runs an operation whose `call` is inlined into code for the widest vectors at hand.
#[inline]
pub fn dispatch<Op: NullaryFnOnce>(op: Op) -> Op::Output {
    ARCH.dispatch(op)
}

//! Whether an array could be in memory at all, asked before it is made: an allocation that fails ends the process,
//! and no script may do that.

use super::{Shape, allocator, memory};
use crate::diag::{Fault, Result};
use crate::fault;

/// Smaller arrays are made without asking.
const SURE: usize = 1 << 28;

/// An error when the system would not give memory for an array of this shape, `size` bytes an element: more than the
/// machine has, or more than it grants. The memory is asked for and given back untouched, which costs a microsecond,
/// and only for large arrays.
pub fn check(shape: &Shape, size: usize) -> Result<()> {
    let bytes = shape.checked_len().and_then(|n| n.checked_mul(size)).filter(|&b| b <= isize::MAX as usize);
    // Being granted is not enough: address space is given freely, and the process killed when it is used.
    let room = memory::usable().saturating_sub(allocator::in_use() as u64);
    let granted = |b: usize| b as u64 <= room && Vec::<u8>::new().try_reserve_exact(b).is_ok();
    let fits = bytes.is_some_and(|b| b <= SURE || granted(b));
    if fits {
        return Ok(());
    }
    Err(too_large().hint(format!("{shape} elements of {size} bytes do not fit into memory")))
}

/// An error when the large blocks that are alive take all memory that the process may use: many arrays, each of which had
/// room, can do that together. Costs next to nothing.
pub fn left() -> Result<()> {
    if allocator::in_use() as u64 <= memory::usable() { Ok(()) } else { Err(spent()) }
}

/// As [`left`], with small blocks, and as the system counts. Costs some microseconds.
pub fn left_of_all() -> Result<()> {
    if memory::resident() <= memory::usable() { Ok(()) } else { Err(spent()) }
}

#[cold]
fn spent() -> Fault {
    too_large().hint(format!("the arrays of the program take all {} MB it may use", memory::usable() / 1_000_000))
}

/// An error when the elements of an array of this shape cannot be counted, wherever it may lie.
pub fn countable(shape: &Shape) -> Result<()> {
    let extents = shape.iter().all(|&extent| extent <= isize::MAX as usize);
    if extents && shape.checked_len().is_some() { Ok(()) } else { Err(too_large()) }
}

/// Bytes that a function may take for each lane of its argument, empty ones too.
const LANE: usize = 64;

/// An error when an empty array has more lanes than any array that is not empty could have: what visits them, or makes
/// an element of each, would not end.
pub fn lanes(shape: &Shape) -> Result<()> {
    if !shape.contains(&0) {
        return Ok(());
    }
    let lanes = shape.iter().filter(|&&extent| extent > 0).try_fold(1usize, |n, &extent| n.checked_mul(extent));
    lanes.map_or_else(|| Err(too_large()), |lanes| check(&Shape::matrix(1, lanes), LANE))
}

fn too_large() -> Fault {
    fault!("out of memory or dimension too large for Octave's index type").id("Octave:bad-alloc")
}

/// What [`ensure`] throws; the call of a builtin turns it into the error of [`check`].
pub struct OutOfMemory(pub Fault);

/// As [`check`], for code in the middle of an algorithm that has no way to return an error: it unwinds to the nearest
/// call of a builtin instead.
pub fn ensure(rows: usize, columns: usize, size: usize) {
    ensure_shape(&Shape::matrix(rows, columns), size);
}

/// As [`ensure`], for any shape.
pub fn ensure_shape(shape: &Shape, size: usize) {
    if let Err(fault) = check(shape, size) {
        std::panic::resume_unwind(Box::new(OutOfMemory(fault)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absurd_arrays_are_refused() {
        assert!(check(&Shape::matrix(1000, 1000), 8).is_ok());
        assert!(check(&Shape::matrix(1 << 40, 1 << 40), 8).is_err());
        assert!(check(&Shape::matrix(1, 1 << 58), 8).is_err());
        assert!(check(&Shape::matrix(1, 1 << 50), 8).is_err());
        assert!(check(&Shape::matrix(1, 10_000_000_000_000), 1).is_err());
        assert!(check(&Shape::matrix(0, usize::MAX), 8).is_ok());
        assert!(lanes(&Shape::matrix(0, usize::MAX)).is_err());
        assert!(lanes(&Shape::new(&[1 << 40, 0, 1 << 40])).is_err());
        assert!(lanes(&Shape::matrix(0, 1000)).is_ok());
    }
}

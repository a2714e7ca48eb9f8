//! The program: see `arr::cli`.

/// Programs make and drop an array at every step. This allocator hands the memory of the last one to the next before it
/// goes back to the system; asking the system anew faults every page, which costs several times the arithmetic on it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How long freed memory waits for its next use, in milliseconds. Long enough for the next statement of a loop; short
/// enough that the resident size of the process follows what is in use, as a memory budget asks.
const PURGE_DELAY: std::ffi::c_long = 25;

fn main() {
    settle_allocator();
    std::process::exit(arr::cli::main());
}

#[allow(unsafe_code)]
fn settle_allocator() {
    // By their numbers in mimalloc 3, whose bindings have no names for them.
    const ARENA_EAGER_COMMIT: libmimalloc_sys::mi_option_t = 4;
    const PURGE: libmimalloc_sys::mi_option_t = 15;
    // SAFETY: no other thread runs yet. The environment's own wishes (MIMALLOC_PURGE_DELAY, ...) come first.
    unsafe {
        // Address space becomes memory piece by piece as it is used: whole arenas at once are resident long before.
        libmimalloc_sys::mi_option_set_default(ARENA_EAGER_COMMIT, 0);
        libmimalloc_sys::mi_option_set_default(PURGE, PURGE_DELAY);
    }
}

//! The program: see `arr::cli`.

#[global_allocator]
static ALLOCATOR: arr::array::allocator::Allocator = arr::array::allocator::Allocator;

/// How long freed memory waits for its next use, in milliseconds. Long enough for the next statement of a loop; short
/// enough that the resident size of the process follows what is in use, as a memory budget asks.
const PURGE_DELAY: std::ffi::c_long = 25;

fn main() {
    std::process::exit(arr::cli::main());
}

/// Called by the loader: the allocator reserves its first arena before `main` is reached.
#[allow(unsafe_code)]
#[used]
#[cfg_attr(target_os = "macos", unsafe(link_section = "__DATA,__mod_init_func"))]
#[cfg_attr(not(target_os = "macos"), unsafe(link_section = ".init_array"))]
static SETTLE: extern "C" fn() = settle_allocator;

#[allow(unsafe_code)]
extern "C" fn settle_allocator() {
    // By their numbers in mimalloc, whose bindings have no names for them.
    const ARENA_EAGER_COMMIT: libmimalloc_sys::mi_option_t = 4;
    const PURGE: libmimalloc_sys::mi_option_t = 15;
    // SAFETY: no other thread runs yet. The environment's own wishes (MIMALLOC_PURGE_DELAY, ...) come first.
    unsafe {
        // Address space becomes memory piece by piece as it is used: whole arenas at once are resident long before.
        libmimalloc_sys::mi_option_set_default(ARENA_EAGER_COMMIT, 0);
        libmimalloc_sys::mi_option_set_default(PURGE, PURGE_DELAY);
    }
}

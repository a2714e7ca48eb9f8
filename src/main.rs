//! The program: see `arr::cli`.

/// Programs make and drop an array at every step. This allocator hands the memory of the last one to the next for a few
/// milliseconds before it goes back to the system; asking the system anew faults every page, which costs several times
/// the arithmetic on it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    std::process::exit(arr::cli::main());
}

//! The program: see `arr::cli`.

fn main() {
    std::process::exit(arr::cli::main());
}

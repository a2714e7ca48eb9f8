//! `arr info`: what is in an array on disk.

use crate::store;
use std::path::PathBuf;

/// Prints shape, type, chunks, codec and bytes of each array.
pub fn info(paths: &[PathBuf]) -> i32 {
    if paths.is_empty() {
        return super::usage("info takes the paths of arrays");
    }
    let mut code = 0;
    for path in paths {
        match store::info(path) {
            Ok(info) => print!("{info}"),
            Err(fault) => {
                eprintln!("error: {}", fault.message);
                if let Some(hint) = &fault.hint {
                    eprintln!("  hint: {hint}");
                }
                code = 1;
            }
        }
    }
    code
}

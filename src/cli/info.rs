//! `arr info`: what is in an array on disk.

use crate::plan::print::bytes;
use crate::store;
use std::path::PathBuf;

/// Prints shape, type, chunks, codec and bytes of each array.
pub fn info(paths: &[PathBuf]) -> i32 {
    if paths.is_empty() {
        return super::usage("info takes the paths of arrays");
    }
    let mut code = 0;
    for path in paths {
        match store::open(path) {
            Ok(source) => {
                let meta = source.meta();
                let chunks: Vec<String> = meta.grid.chunk.iter().map(|c| c.to_string()).collect();
                let counts: Vec<String> = meta.grid.counts().iter().map(|c| c.to_string()).collect();
                let all = meta.shape.len() as u64 * meta.dtype.size() as u64;
                println!("{}", path.display());
                println!("  shape   {}", meta.shape);
                let complex = if meta.dtype.is_complex() { "complex " } else { "" };
                println!("  type    {complex}{}", meta.dtype.class());
                println!("  bytes   {} ({all})", bytes(all));
                println!("  format  {}", meta.description);
                println!("  chunks  {}, a grid of {}", chunks.join("x"), counts.join("x"));
                if let (Some(stored), Some(written)) = (meta.stored_bytes, meta.stored_chunks) {
                    println!("  stored  {} in {written} of {} chunks", bytes(stored), meta.grid.len());
                }
            }
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

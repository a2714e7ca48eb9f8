//! `arr convert FROM TO`: a copy in another format, cut or coded another way, block by block.

use super::args::Options;
use super::progress::Silent;
use super::run::config;
use crate::builtin::Arrays;
use crate::diag::render::render;
use crate::diag::{Sources, say};
use crate::engine::Parallel;
use crate::force::LargeArrays;
use crate::store::WriteOptions;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Copies an array; exit code 1 when it cannot.
pub fn convert(options: &Options, from: &Path, to: &Path, chunk: Option<&str>, codec: Option<String>) -> i32 {
    let chunk = match chunk.map(extents) {
        Some(Err(message)) => return super::usage(&message),
        Some(Ok(chunk)) => Some(chunk),
        None => None,
    };
    let stop = Arc::new(AtomicBool::new(false));
    let mut arrays = LargeArrays::new(config(options), Box::new(Parallel::default()), Arc::new(Silent), stop);
    arrays.resume = options.resume;
    let write = WriteOptions { chunk, codec, ..WriteOptions::default() };
    let result = arrays
        .open(&from.to_string_lossy())
        .and_then(|node| arrays.save(&[(to.to_string_lossy().into_owned(), node, write)]));
    match result {
        Ok(()) => 0,
        Err(fault) => {
            say::err(render(&fault, &Sources::default(), super::color()));
            1
        }
    }
}

fn extents(text: &str) -> Result<Vec<usize>, String> {
    text.split(['x', ','])
        .map(|part| match part.trim().parse::<usize>() {
            Ok(n) if n > 0 => Ok(n),
            _ => Err(format!("--chunk takes extents as in 1000x1000, not {text:?}")),
        })
        .collect()
}

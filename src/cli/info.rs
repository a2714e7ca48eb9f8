//! `arr info`: what is in an array on disk.

use crate::diag::render::render;
use crate::diag::{Sources, say};
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
            Ok(info) => say::out(info),
            Err(fault) => {
                say::err(render(&fault, &Sources::default(), super::color()));
                code = 1;
            }
        }
    }
    code
}

//! Zarr, versions 2 and 3, in a directory. Metadata and codecs are those of the `zarrs` crate; chunks are read and
//! written by our own path (`source`, `sink`), which copies less and never leaves half an array behind.

mod coding;
mod create;
mod layout;
mod shard;
mod sink;
mod source;

use super::api::{Format, Sink, Source, WriteOptions};
use super::root::Root;
use super::{io_text, list};
use crate::array::{DType, Shape};
use crate::diag::Result;
use crate::{bail, fault};
use layout::Layout;
use serde_json::Value;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Bytes of metadata that are read at most.
const MAX_METADATA: u64 = 64 << 20;

/// The format.
pub struct Zarr;

/// What a directory holds, by its metadata files.
enum Found {
    Array { file: PathBuf },
    Group,
    Nothing,
}

fn look(path: &Path) -> Found {
    let v3 = path.join("zarr.json");
    if v3.is_file() {
        let json: Option<Value> = fs::read(&v3).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        return match json.as_ref().and_then(|j| j["node_type"].as_str()) {
            Some("group") => Found::Group,
            _ => Found::Array { file: v3 },
        };
    }
    let v2 = path.join(".zarray");
    if v2.is_file() {
        return Found::Array { file: v2 };
    }
    if path.join(".zgroup").is_file() { Found::Group } else { Found::Nothing }
}

impl Format for Zarr {
    fn name(&self) -> &'static str {
        "zarr"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["zarr"]
    }

    fn recognises(&self, path: &Path) -> bool {
        path.is_dir()
    }

    fn open(&self, path: &Path) -> Result<Arc<dyn Source>> {
        let name = path.display().to_string();
        let unreadable = |e: std::io::Error| fault!("{name}: cannot be read: {}", io_text(&e));
        if !path.is_dir() {
            bail!("{name}: a file, where a Zarr array would be a directory");
        }
        let root = Root::open(path).map_err(unreadable)?;
        let file = match look(path) {
            Found::Array { file } => file,
            found => return Err(no_array(path, &found)),
        };
        let mut bytes = Vec::new();
        fs::File::open(&file)
            .and_then(|f| f.take(MAX_METADATA).read_to_end(&mut bytes))
            .map_err(|e| fault!("{name}: cannot be read: {} ({})", io_text(&e), file.display()))?;
        let json = serde_json::from_slice(&bytes)
            .map_err(|e| fault!("{name}: its metadata is damaged: {e} ({})", file.display()))?;
        let layout = Layout::parse(&name, json)?;
        Ok(Arc::new(source::ZarrSource::new(name, root, layout)?))
    }

    fn create(&self, path: &Path, shape: &Shape, dtype: DType, options: &WriteOptions) -> Result<Arc<dyn Sink>> {
        let (metadata, grid) = create::metadata(&path.display().to_string(), shape, dtype, options)?;
        Ok(Arc::new(sink::ZarrSink::new(path, metadata, grid, dtype, options)?))
    }
}

/// The fault for a directory that is no array: says what it is, and names the arrays below it.
fn no_array(path: &Path, found: &Found) -> crate::diag::Fault {
    let name = path.display();
    let mut arrays = Vec::new();
    arrays_below(path, 3, &mut arrays);
    let what = match found {
        Found::Group => "a Zarr group, not an array".to_string(),
        _ => {
            let mut entries: Vec<String> = fs::read_dir(path)
                .map(|dir| dir.flatten().map(|e| e.file_name().to_string_lossy().into_owned()).collect())
                .unwrap_or_default();
            entries.sort();
            match entries.len() {
                0 => "an empty directory, not an array".to_string(),
                _ => format!("a directory that is no array; it holds {}", list(&entries)),
            }
        }
    };
    let fault = fault!("{name}: {what}");
    match arrays.len() {
        0 => fault.hint("a Zarr array is a directory with a zarr.json or .zarray file"),
        _ => fault.hint(format!("load one of the arrays in it: {}", list(&arrays))),
    }
}

/// Arrays below a directory, down to a depth.
fn arrays_below(path: &Path, depth: usize, out: &mut Vec<String>) {
    const ENOUGH: usize = 20;
    let mut entries: Vec<PathBuf> =
        fs::read_dir(path).map(|dir| dir.flatten().map(|e| e.path()).collect()).unwrap_or_default();
    entries.sort();
    for entry in entries.into_iter().filter(|e| e.is_dir()) {
        if out.len() >= ENOUGH {
            return;
        }
        match look(&entry) {
            Found::Array { .. } => out.push(entry.display().to_string()),
            _ if depth > 1 => arrays_below(&entry, depth - 1, out),
            _ => {}
        }
    }
}

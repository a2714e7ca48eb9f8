//! Arrays at rest: formats on disk. Knows no graph and no language.
//!
//! To add a format: a file, a `mod` line and a line in [`FORMATS`].

pub mod api;
pub(crate) mod bytes;
pub mod digest;
mod exchange;

mod info;
mod journal;
mod npy;
mod numpy;
mod root;
mod runs;
pub mod scratch;
mod slabs;
mod staging;
mod strided;

mod zarr;

pub use api::{ArrayMeta, Format, Sink, Source, Stored, WriteOptions};
pub use info::{Info, info};
pub use scratch::{Scratch, ScratchArray};

use crate::array::{DType, Shape};
use crate::diag::Result;
use crate::fault;
use staging::Staging;
use std::fs::File;
use std::hash::Hash;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::sync::Arc;

/// The formats on disk, by extension. The first is the one of paths without an extension.
pub const FORMATS: &[&dyn Format] = &[&zarr::Zarr, &npy::Npy];

/// Opens the array at a path, in the format its extension tells, or else the one that recognises it.
pub fn open(path: &Path) -> Result<Arc<dyn Source>> {
    if let Err(e) = path.symlink_metadata() {
        return Err(match e.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => missing(path),
            _ => fault!("{}: cannot be read: {}", path.display(), io_text(&e)),
        });
    }
    let format = by_extension(path).or_else(|| FORMATS.iter().find(|f| f.recognises(path)).copied());
    match format {
        Some(format) => format.open(path),
        None => Err(unknown(path)),
    }
}

/// Writes a file that is no array: it has its name only when it is complete and on disk, and until then whatever had it
/// keeps it.
pub fn replace_file(path: &Path, write: impl FnOnce(&mut File) -> io::Result<()>) -> Result<()> {
    let staging = Staging::file(path)?;
    let mut file = staging.handle()?;
    write(&mut file).map_err(|e| fault!("{}: cannot be written: {}", path.display(), io_text(&e)))?;
    staging.publish()
}

/// Starts a new array that will appear at a path, in the format its extension tells.
pub fn create(path: &Path, shape: &Shape, dtype: DType, options: &WriteOptions) -> Result<Arc<dyn Sink>> {
    let format = match path.extension() {
        None => FORMATS.first().copied(),
        Some(_) => by_extension(path),
    };
    format.ok_or_else(|| unknown(path))?.create(path, shape, dtype, options)
}

fn by_extension(path: &Path) -> Option<&'static dyn Format> {
    let extension = path.extension()?.to_str()?.to_ascii_lowercase();
    FORMATS.iter().find(|f| f.extensions().contains(&extension.as_str())).copied()
}

fn unknown(path: &Path) -> crate::diag::Fault {
    let known: Vec<String> =
        FORMATS.iter().map(|f| format!("{} (.{})", f.name(), f.extensions().join(", ."))).collect();
    fault!("{}: not in a format that arr knows", path.display()).hint(format!("formats: {}", list(&known)))
}

/// Takes into a digest what tells the state of the files of an array: where they are, how long, and when changed.
pub fn digest_files(path: &Path, digest: &mut digest::Digest) -> io::Result<()> {
    let mut pending = vec![path.canonicalize()?];
    while let Some(path) = pending.pop() {
        let about = path.symlink_metadata()?;
        path.hash(digest);
        if about.is_dir() {
            let mut below: Vec<_> =
                std::fs::read_dir(&path)?.map(|entry| entry.map(|e| e.path())).collect::<io::Result<_>>()?;
            below.sort();
            pending.extend(below);
        } else {
            (about.len(), about.mtime(), about.mtime_nsec(), about.ino()).hash(digest);
        }
    }
    Ok(())
}

/// The fault for a path where nothing is; names what has a similar name.
fn missing(path: &Path) -> crate::diag::Fault {
    let fault = fault!("{}: no such file or directory", path.display());
    let wanted = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let parent = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Ok(entries) = std::fs::read_dir(parent) else { return fault };
    let near = |name: &String| {
        let lower = name.to_lowercase();
        !name.starts_with('.')
            && (edits(&lower, &wanted) <= 1 + wanted.len() / 4 || lower.starts_with(&format!("{wanted}.")))
    };
    let mut names: Vec<String> =
        entries.flatten().map(|e| e.file_name().to_string_lossy().into_owned()).filter(near).collect();
    names.sort_by_key(|name| edits(&name.to_lowercase(), &wanted));
    names.truncate(3);
    match names.len() {
        0 => fault,
        _ => fault.hint(format!("did you mean {}?", names.join(" or "))),
    }
}

/// Insertions, deletions and replacements between two words (Levenshtein).
fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replaced = corner + usize::from(x != *y);
            corner = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(corner + 1);
        }
    }
    row[b.len()]
}

/// `a, b, c and 5 more`.
fn list(names: &[String]) -> String {
    const SHOWN: usize = 8;
    let shown = names.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(SHOWN) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

/// What the system says, in its words: without its numbers.
pub fn system_text(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_owned()
}

/// What the system says, to stand inside a sentence.
pub fn io_text(error: &io::Error) -> String {
    let text = system_text(error);
    if error.raw_os_error().is_some() { text.to_lowercase() } else { text }
}

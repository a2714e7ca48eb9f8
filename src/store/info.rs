//! What is in an array on disk, for people.

use super::api::Stored;
use super::open;
use crate::array::{DType, Grid, Shape, amount};
use crate::diag::Result;
use std::fmt;
use std::path::Path;

/// What [`info`] finds.
#[derive(Debug, Clone, PartialEq)]
pub struct Info {
    pub name: String,
    pub shape: Shape,
    pub dtype: DType,
    pub grid: Grid,
    /// Format, codec, order and chunks in words.
    pub description: String,
    /// Bytes of all elements in memory; `None` if no machine could count them.
    pub bytes: Option<u64>,
    pub stored: Stored,
}

/// Looks at an array without reading an element. Takes as long as it takes to find all its chunks.
pub fn info(path: &Path) -> Result<Info> {
    let source = open(path)?;
    let meta = source.meta();
    Ok(Info {
        name: source.name().to_string(),
        shape: meta.shape.clone(),
        dtype: meta.dtype,
        grid: meta.grid.clone(),
        description: meta.description.clone(),
        bytes: meta.shape.checked_len().and_then(|n| n.checked_mul(meta.dtype.size())).map(|n| n as u64),
        stored: source.stored()?,
    })
}

impl fmt::Display for Info {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = if self.dtype.is_complex() { "complex " } else { "" };
        writeln!(f, "{}: {} {kind}{}", self.name, self.shape, self.dtype.class())?;
        writeln!(f, "  format   {}", self.description)?;
        let counts: Vec<String> = self.grid.counts().iter().map(usize::to_string).collect();
        let chunk = Shape::new(&self.grid.chunk);
        writeln!(
            f,
            "  chunks   {chunk}, {} = {} of them, {} written",
            counts.join("x"),
            self.grid.len(),
            self.stored.chunks
        )?;
        let logical = self.bytes.unwrap_or(u64::MAX);
        write!(f, "  bytes    {} in memory, {} on disk", amount::bytes(logical), amount::bytes(self.stored.bytes))?;
        let complete = self.stored.chunks == self.grid.len() as u64;
        if complete && self.stored.bytes < logical {
            write!(f, " ({:.1} times smaller)", logical as f64 / self.stored.bytes as f64)?;
        }
        writeln!(f)
    }
}

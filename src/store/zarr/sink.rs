//! Writing a Zarr array: chunk files grow in a temporary directory, the metadata comes last.

use super::create::check_replaceable;
use super::layout::{Layout, bytes_of};
use crate::array::{Block, DType, Grid, Region};
use crate::diag::Result;
use crate::store::api::Sink;
use crate::store::io_text;
use crate::store::slabs::{Piece, SLAB};
use crate::store::staging::Staging;
use crate::{bail, fault};
use serde_json::Value;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// A Zarr array being written.
pub struct ZarrSink {
    path: PathBuf,
    staging: Staging,
    metadata: Value,
    layout: Layout,
    dtype: DType,
    grid: Grid,
    written: AtomicU64,
}

impl ZarrSink {
    pub fn new(path: &Path, metadata: Value, grid: Grid, dtype: DType) -> Result<ZarrSink> {
        check_replaceable(path)?;
        let name = path.display().to_string();
        let layout = Layout::parse(&name, metadata.clone())?;
        let staging = Staging::directory(path)?;
        Ok(ZarrSink { path: path.to_path_buf(), staging, metadata, layout, dtype, grid, written: AtomicU64::new(0) })
    }

    fn write_chunk(&self, coords: &[usize], piece: &Piece) -> Result<()> {
        let layout = &self.layout;
        let disk_coords = layout.on_disk(coords, 0);
        let key = layout.chunk_key(&disk_coords);
        let file = self.staging.path().join(&key);
        let wrong = |what: &dyn std::fmt::Display| {
            fault!("{}: chunk {disk_coords:?} cannot be written: {what} ({})", self.staging.name(), file.display())
        };
        let io_wrong = |e: io::Error| wrong(&io_text(&e));
        let (order, unit) = (layout.write_order(), layout.file_extents());
        let fits = piece.len[..] == unit[..];
        let in_place = if fits { piece.contiguous(order) } else { None };
        let mut out = create_file(&file).map_err(io_wrong)?;
        if layout.writes_raw() {
            match in_place {
                Some(bytes) => out.write_all(bytes).map_err(io_wrong)?,
                None => piece.each_slab(order, &unit, false, |_, _, slab| out.write_all(slab).map_err(io_wrong))?,
            }
            self.written.fetch_add(layout.unit_bytes as u64, Ordering::Relaxed);
            return Ok(());
        }
        let mut encode = |plain: &[u8]| -> Result<()> {
            let encoded = layout.encode(plain).map_err(|e| wrong(&e))?;
            self.written.fetch_add(encoded.len() as u64, Ordering::Relaxed);
            out.write_all(&encoded).map_err(io_wrong)
        };
        match in_place {
            Some(bytes) => encode(bytes),
            None => piece.each_slab(order, &unit, true, |_, _, chunk| encode(chunk)),
        }
    }
}

/// A new file, with the directories above it.
fn create_file(path: &Path) -> io::Result<File> {
    match File::create(path) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => {
            path.parent().map_or(Ok(()), fs::create_dir_all)?;
            File::create(path)
        }
        other => other,
    }
}

impl Sink for ZarrSink {
    fn grid(&self) -> &Grid {
        &self.grid
    }

    fn dtype(&self) -> DType {
        self.dtype
    }

    fn write(&self, region: &Region, block: &Block) -> Result<()> {
        let name = self.staging.name();
        if self.staging.is_published() {
            bail!("{name}: is complete already");
        }
        if block.dtype() != self.dtype || *block.shape() != region.shape() {
            bail!("{name}: a {} block of {} cannot fill {region}", block.shape(), block.dtype().class());
        }
        for coords in self.grid.touching(region) {
            let chunk = self.grid.region(&coords);
            if !region.contains(&chunk) {
                bail!("{name}: {region} ends inside the chunk {chunk}");
            }
            self.write_chunk(&coords, &Piece::new(block, &region.start, &chunk))?;
        }
        Ok(())
    }

    fn publish(&self) -> Result<()> {
        if self.staging.is_published() {
            return Ok(());
        }
        check_replaceable(&self.path)?;
        let file = self.staging.path().join(if self.layout.version == 2 { ".zarray" } else { "zarr.json" });
        let text = format!("{:#}\n", self.metadata);
        fs::write(&file, text)
            .map_err(|e| fault!("{}: cannot be written: {} ({})", self.staging.name(), io_text(&e), file.display()))?;
        self.staging.publish()
    }

    fn written(&self) -> u64 {
        self.written.load(Ordering::Relaxed)
    }

    fn write_scratch(&self) -> u64 {
        let file = bytes_of(&self.layout.file_extents(), self.dtype, usize::MAX).unwrap_or(usize::MAX) as u64;
        // A slab, or the chunk in its order and its encoded form.
        let slab = file.min(SLAB as u64);
        if self.layout.writes_raw() { slab } else { file.saturating_mul(2).saturating_add(slab) }
    }
}

//! Writing a Zarr array: chunk files grow in a temporary directory, the metadata comes last. Each chunk that is
//! complete is noted in a journal, so that a killed save can be gone on with.

use super::create::check_replaceable;
use super::layout::{Layout, bytes_of};
use crate::array::{Block, DType, Grid, Region};
use crate::diag::{Fault, Result};
use crate::store::api::{Sink, WriteOptions};
use crate::store::digest::Digest;
use crate::store::io_text;
use crate::store::journal::{self, ChunkFile, Finished, Journal};
use crate::store::slabs::{Piece, SLAB};
use crate::store::staging::{Staging, make_directory};
use crate::{bail, fault};
use serde_json::Value;
use std::collections::HashMap;
use std::fs::{self, File};
use std::hash::Hasher;
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
    /// Kept where the save has an identity.
    journal: Option<Journal>,
    /// Chunks that an earlier save has finished, by key.
    finished: HashMap<String, Finished>,
}

impl ZarrSink {
    pub fn new(path: &Path, metadata: Value, grid: Grid, dtype: DType, options: &WriteOptions) -> Result<ZarrSink> {
        check_replaceable(path)?;
        let name = path.display().to_string();
        let layout = Layout::parse(&name, metadata.clone())?;
        // Other metadata is another array, whatever it is made from.
        let identity = options.identity.map(|identity| {
            let mut digest = Digest::default();
            digest.write_u64(identity);
            digest.write(metadata.to_string().as_bytes());
            digest.finish()
        });
        let (staging, found) = match identity {
            Some(identity) if options.resume => {
                Staging::resumed(path, make_directory, |temp| Journal::go_on(temp, identity))?
            }
            _ => (Staging::directory(path)?, None),
        };
        let begun = journal::begun(found, identity, |identity| Journal::start(staging.path(), identity));
        let (journal, finished) = begun.map_err(|e| fault!("{name}: cannot be written: {}", io_text(&e)))?;
        let (path, written) = (path.to_path_buf(), AtomicU64::new(0));
        Ok(ZarrSink { path, staging, metadata, layout, dtype, grid, written, journal, finished })
    }

    /// The key of a chunk.
    fn key(&self, coords: &[usize]) -> String {
        self.layout.chunk_key(&self.layout.on_disk(coords, 0))
    }

    fn write_chunk(&self, coords: &[usize], piece: &Piece) -> Result<()> {
        let layout = &self.layout;
        let disk_coords = layout.on_disk(coords, 0);
        let key = self.key(coords);
        let file = self.staging.path().join(&key);
        let wrong = |what: &dyn std::fmt::Display| {
            fault!("{}: chunk {disk_coords:?} cannot be written: {what} ({})", self.staging.name(), file.display())
        };
        let io_wrong = |e: io::Error| wrong(&io_text(&e));
        let (order, unit) = (layout.write_order(), layout.file_extents());
        let fits = piece.len[..] == unit[..];
        let in_place = if fits { piece.contiguous(order) } else { None };
        let mut out = ChunkFile::new(create_file(&file).map_err(io_wrong)?, self.journal.as_ref());
        if layout.writes_raw() {
            match in_place {
                Some(bytes) => out.write_all(bytes).map_err(io_wrong)?,
                None => piece.each_slab(order, &unit, false, |_, _, slab| out.write_all(slab).map_err(io_wrong))?,
            }
        } else {
            self.encode_chunk(piece, in_place, &unit, &mut out, &wrong)?;
        }
        self.written.fetch_add(out.bytes(), Ordering::Relaxed);
        match &self.journal {
            Some(journal) => journal.note(&key, out.finished()).map_err(io_wrong),
            None => Ok(()),
        }
    }

    /// Writes a chunk through its codecs.
    fn encode_chunk(
        &self,
        piece: &Piece,
        in_place: Option<&[u8]>,
        unit: &[usize],
        out: &mut ChunkFile,
        wrong: &dyn Fn(&dyn std::fmt::Display) -> Fault,
    ) -> Result<()> {
        let mut encode = |plain: &[u8]| -> Result<()> {
            let encoded = self.layout.encode(plain).map_err(|e| wrong(&e))?;
            out.write_all(&encoded).map_err(|e| wrong(&io_text(&e)))
        };
        match in_place {
            Some(bytes) => encode(bytes),
            None => piece.each_slab(self.layout.write_order(), unit, true, |_, _, chunk| encode(chunk)),
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

    fn finished(&self, region: &Region) -> bool {
        !self.finished.is_empty()
            && self.grid.touching(region).iter().all(|coords| self.finished.contains_key(&self.key(coords)))
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

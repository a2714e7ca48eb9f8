//! Writing an `.npy` file: it has its full length from the start, and chunks go to their places in any order. Each that
//! is complete is noted in a journal behind the elements, so that a killed save can be gone on with; the journal is cut
//! off when all are on disk.

use crate::array::{Block, DType, Grid, Order, Region};
use crate::diag::{Fault, Result};
use crate::store::api::{Sink, WriteOptions};
use crate::store::digest::Digest;
use crate::store::io_text;
use crate::store::journal::{self, Finished, Journal, Seen};
use crate::store::runs::{Runs, Within};
use crate::store::slabs::{Piece, SLAB};
use crate::store::staging::{Staging, make_file};
use crate::{bail, fault};
use std::collections::HashMap;
use std::fs::File;
use std::hash::Hasher;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

pub struct NpySink {
    staging: Staging,
    file: File,
    elements: Elements,
    /// Bytes of the header and all elements.
    size: u64,
    written: AtomicU64,
    /// Kept where the save has an identity.
    journal: Option<Journal>,
    /// Chunks that an earlier save has finished, by key.
    finished: HashMap<String, Finished>,
}

/// How the elements lie in the file.
struct Elements {
    /// Byte at which they begin.
    start: u64,
    dtype: DType,
    order: Order,
    grid: Grid,
}

impl Elements {
    fn write(&self, file: &File, part: &Region, bytes: &[u8]) -> io::Result<()> {
        let zero = vec![0; part.rank()];
        let from = Within { extent: &part.len, start: &zero };
        let runs = Runs::new(self.order, &part.len, from, Within { extent: &self.grid.shape, start: &part.start });
        runs.write(file, self.start, self.dtype.size(), bytes)
    }

    fn slowest(&self, region: &Region) -> usize {
        if self.order == Order::C { 0 } else { region.rank() - 1 }
    }

    /// What the chunk of this key is in a file: read a slab at a time, as it was written.
    fn chunk(&self, file: &File, key: &str) -> io::Result<Finished> {
        let coords: Option<Vec<usize>> = key.split('/').map(|n| n.parse().ok()).collect();
        let within = |coords: &Vec<usize>| {
            coords.len() == self.grid.shape.rank()
                && coords
                    .iter()
                    .enumerate()
                    .all(|(axis, &at)| at * self.grid.chunk[axis] < self.grid.shape.extent(axis))
        };
        let coords = coords.filter(within).ok_or(io::ErrorKind::InvalidData)?;
        let chunk = self.grid.region(&coords);
        let slow = self.slowest(&chunk);
        let slice = chunk.size() / chunk.len[slow].max(1) * self.dtype.size();
        let thick = (SLAB / slice.max(1)).max(1);
        let mut seen = Seen::default();
        for first in (0..chunk.len[slow]).step_by(thick) {
            let mut part = chunk.clone();
            (part.start[slow], part.len[slow]) = (chunk.start[slow] + first, thick.min(chunk.len[slow] - first));
            let mut bytes = vec![0; part.size() * self.dtype.size()];
            let runs = super::runs_of(self.order, &self.grid.shape, &part);
            runs.read(file, self.start, self.dtype.size(), &mut bytes)?;
            seen.add(&bytes);
        }
        Ok(seen.finished())
    }
}

fn key(coords: &[usize]) -> String {
    let numbers: Vec<String> = coords.iter().map(usize::to_string).collect();
    numbers.join("/")
}

impl NpySink {
    /// A file of `size` bytes that begins with `head`.
    pub fn new(
        path: &Path,
        head: &[u8],
        size: u64,
        dtype: DType,
        order: Order,
        grid: Grid,
        options: &WriteOptions,
    ) -> Result<NpySink> {
        // Another header or other chunks make another array, whatever it is made from.
        let identity = options.identity.map(|identity| {
            let mut digest = Digest::default();
            digest.write_u64(identity);
            digest.write(head);
            grid.chunk.iter().for_each(|&extent| digest.write_u64(extent as u64));
            digest.finish()
        });
        let elements = Elements { start: head.len() as u64, dtype, order, grid };
        let (staging, found) = match identity {
            Some(identity) if options.resume => Staging::resumed(path, make_file, |temp| {
                let file = File::open(temp)?;
                Journal::go_on_behind(temp, size, identity, |key| elements.chunk(&file, key))
            })?,
            _ => (Staging::file(path)?, None),
        };
        let file = staging.handle()?;
        let wrong = |e: io::Error| fault!("{}: cannot be written: {}", path.display(), io_text(&e));
        if found.is_none() {
            file.write_all_at(head, 0).and_then(|()| file.set_len(size)).map_err(wrong)?;
        }
        let begun = journal::begun(found, identity, |identity| Journal::behind(staging.path(), identity));
        let (journal, finished) = begun.map_err(wrong)?;
        Ok(NpySink { staging, file, elements, size, written: AtomicU64::new(0), journal, finished })
    }

    fn wrong(&self, region: &Region, e: &io::Error) -> Fault {
        fault!("{}: {region} cannot be written: {}", self.staging.name(), io_text(e))
    }

    /// Writes a chunk, and notes it.
    fn write_chunk(&self, coords: &[usize], chunk: &Region, piece: &Piece) -> Result<()> {
        let Elements { dtype, order, .. } = self.elements;
        let mut seen = self.journal.as_ref().map(|_| Seen::default());
        let mut place = |part: &Region, bytes: &[u8]| {
            if let Some(seen) = &mut seen {
                seen.add(bytes);
            }
            self.elements.write(&self.file, part, bytes).map_err(|e| self.wrong(part, &e))
        };
        match piece.contiguous(order) {
            Some(bytes) => place(chunk, bytes)?,
            None => {
                let slow = self.elements.slowest(chunk);
                piece.each_slab(order, &chunk.len, false, |first, count, slab| {
                    let mut part = chunk.clone();
                    (part.start[slow], part.len[slow]) = (chunk.start[slow] + first, count);
                    place(&part, slab)
                })?;
            }
        }
        self.written.fetch_add((chunk.size() * dtype.size()) as u64, Ordering::Relaxed);
        match (&self.journal, seen) {
            (Some(journal), Some(seen)) => {
                journal.note(&key(coords), seen.finished()).map_err(|e| self.wrong(chunk, &e))
            }
            _ => Ok(()),
        }
    }
}

impl Sink for NpySink {
    fn grid(&self) -> &Grid {
        &self.elements.grid
    }

    fn dtype(&self) -> DType {
        self.elements.dtype
    }

    fn write(&self, region: &Region, block: &Block) -> Result<()> {
        let name = self.staging.name();
        if self.staging.is_published() {
            bail!("{name}: is complete already");
        }
        if block.dtype() != self.dtype() || *block.shape() != region.shape() {
            bail!("{name}: a {} block of {} cannot fill {region}", block.shape(), block.dtype().class());
        }
        for coords in self.grid().touching(region) {
            let chunk = self.grid().region(&coords);
            if !region.contains(&chunk) {
                bail!("{name}: {region} ends inside the chunk {chunk}");
            }
            self.write_chunk(&coords, &chunk, &Piece::new(block, &region.start, &chunk))?;
        }
        Ok(())
    }

    fn finished(&self, region: &Region) -> bool {
        !self.finished.is_empty()
            && self.grid().touching(region).iter().all(|coords| self.finished.contains_key(&key(coords)))
    }

    fn publish(&self) -> Result<()> {
        if self.staging.is_published() {
            return Ok(());
        }
        // The journal goes last: a save that is killed while it waits for the disk can be gone on with.
        let cut = self.file.sync_all().and_then(|()| self.file.set_len(self.size));
        cut.map_err(|e| fault!("{}: cannot be written: {}", self.staging.name(), io_text(&e)))?;
        self.staging.publish()
    }

    fn written(&self) -> u64 {
        self.written.load(Ordering::Relaxed)
    }

    fn write_scratch(&self) -> u64 {
        SLAB as u64
    }
}

//! Temporary files: what an algorithm of several runs, or a plan that does not fit, puts aside.
//!
//! A scratch file has no name once it is open: it vanishes with its last user, however the process ends, Ctrl-C, a
//! crash and a power cut included, so nothing is left to tidy at the next start. Knows no graph and no engine.

use super::api::{ArrayMeta, Sink, Source};
use super::runs::{Runs, Within};
use super::slabs::{Piece, SLAB};
use super::{bytes, io_text};
use crate::array::{Block, DType, Data, Grid, Order, Pool, Region, Shape};
use crate::diag::Result;
use crate::fault;
use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// A temporary file without a name.
#[derive(Debug)]
pub struct Scratch {
    file: File,
    directory: PathBuf,
    /// Bytes given out so far.
    end: AtomicU64,
    written: AtomicU64,
}

impl Scratch {
    /// A new empty file in a directory.
    pub fn new(directory: &Path) -> Result<Scratch> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let name = format!(".arr-scratch-{}-{}", std::process::id(), COUNT.fetch_add(1, Relaxed));
        let path = directory.join(name);
        let open = OpenOptions::new().read(true).write(true).create_new(true).open(&path);
        let file = open.and_then(|file| std::fs::remove_file(&path).map(|()| file)).map_err(|error| {
            fault!("cannot make a temporary file in {}: {}", directory.display(), io_text(&error))
                .hint("name another directory by --temp-dir, or give a larger --memory")
        })?;
        Ok(Scratch { file, directory: directory.to_path_buf(), end: AtomicU64::new(0), written: AtomicU64::new(0) })
    }

    /// Room for so many bytes; gives the offset of the first.
    pub fn reserve(&self, bytes: u64) -> u64 {
        self.end.fetch_add(bytes, Relaxed)
    }

    /// Bytes written so far.
    pub fn written(&self) -> u64 {
        self.written.load(Relaxed)
    }

    /// Writes bytes from an offset on. A full directory is the fault to expect.
    pub fn write(&self, bytes: &[u8], offset: u64) -> Result<()> {
        self.written.fetch_add(bytes.len() as u64, Relaxed);
        self.file.write_all_at(bytes, offset).map_err(|error| self.unwritable(&error))
    }

    /// Reads bytes from an offset on.
    pub fn read(&self, bytes: &mut [u8], offset: u64) -> Result<()> {
        self.file.read_exact_at(bytes, offset).map_err(|error| self.unreadable(&error))
    }

    /// Reads elements from a byte offset on.
    pub fn read_data(&self, pool: &Pool, dtype: DType, len: usize, offset: u64) -> Result<Data> {
        bytes::read_into(pool, dtype, len, |bytes| self.read(bytes, offset))
    }

    fn unwritable(&self, error: &io::Error) -> crate::diag::Fault {
        fault!("cannot write a temporary file in {}: {}", self.directory.display(), io_text(error))
            .hint("give a directory with room by --temp-dir, or a larger --memory")
    }

    fn unreadable(&self, error: &io::Error) -> crate::diag::Fault {
        fault!("cannot read back a temporary file in {}: {}", self.directory.display(), io_text(error))
    }
}

/// An array in a scratch file: raw chunks one after the other, each in one order. It can be written and read at once;
/// what was not written yet must not be read.
pub struct ScratchArray {
    name: String,
    file: Arc<Scratch>,
    /// Byte at which the first chunk begins.
    start: u64,
    meta: ArrayMeta,
    written: AtomicU64,
}

impl ScratchArray {
    /// Makes room for an array. `name` is what messages and plans call it.
    pub fn new(
        file: Arc<Scratch>,
        name: &str,
        shape: &Shape,
        dtype: DType,
        chunk: &[usize],
        order: Order,
    ) -> ScratchArray {
        let grid = Grid::new(shape.clone(), chunk);
        let width = dtype.size() as u64;
        let start = file.reserve(grid.len() as u64 * chunk_len(&grid) * width);
        let meta = ArrayMeta {
            shape: shape.clone(),
            dtype,
            grid,
            order,
            partial_reads: true,
            description: "temporary, raw".to_owned(),
        };
        ScratchArray { name: name.to_owned(), file, start, meta, written: AtomicU64::new(0) }
    }

    fn width(&self) -> usize {
        self.meta.dtype.size()
    }

    /// Calls with every chunk that a region touches: the chunk's place, its offset in the file, and the common part.
    fn each_chunk(&self, region: &Region, mut visit: impl FnMut(&Region, u64, &Region) -> Result<()>) -> Result<()> {
        let grid = &self.meta.grid;
        for coords in grid.touching(region) {
            let place = grid.region(&coords);
            let offset = self.start + grid.number(&coords) as u64 * chunk_len(grid) * self.width() as u64;
            if let Some(common) = place.intersect(region) {
                visit(&place, offset, &common)?;
            }
        }
        Ok(())
    }

    /// Where a part of a chunk lies in its file, beside where it lies in a box that starts at `origin`.
    fn runs(&self, place: &Region, common: &Region, region: &Region) -> Runs {
        let (at, to) = (common.relative_to(&place.start), common.relative_to(&region.start));
        let (file, memory) =
            (Within { extent: &place.len, start: &at.start }, Within { extent: &region.len, start: &to.start });
        Runs::new(self.meta.order, &common.len, file, memory)
    }
}

/// Elements of a whole chunk.
fn chunk_len(grid: &Grid) -> u64 {
    grid.chunk.iter().map(|&c| c as u64).product()
}

impl Source for ScratchArray {
    fn meta(&self) -> &ArrayMeta {
        &self.meta
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn read(&self, region: &Region, pool: &Pool) -> Result<Block> {
        let data = bytes::read_into(pool, self.meta.dtype, region.size(), |out| {
            self.each_chunk(region, |place, offset, common| {
                let read = self.runs(place, common, region).read(&self.file.file, offset, self.width(), out);
                read.map_err(|error| self.file.unreadable(&error))
            })
        })?;
        Ok(Block::new(region.shape(), self.meta.order, data))
    }

    fn read_bytes(&self, region: &Region) -> u64 {
        let mut bytes = 0;
        let _ = self.each_chunk(region, |place, _, common| {
            bytes += self.runs(place, common, region).bytes_moved(self.width());
            Ok(())
        });
        bytes
    }

    fn read_scratch(&self, region: &Region) -> u64 {
        let mut most = 0;
        let _ = self.each_chunk(region, |place, _, common| {
            most = most.max(self.runs(place, common, region).scratch(self.width()) as u64);
            Ok(())
        });
        most
    }
}

impl Sink for ScratchArray {
    fn grid(&self) -> &Grid {
        &self.meta.grid
    }

    fn dtype(&self) -> DType {
        self.meta.dtype
    }

    fn write(&self, region: &Region, block: &Block) -> Result<()> {
        let (order, width) = (self.meta.order, self.width());
        self.each_chunk(region, |place, offset, common| {
            let piece = Piece::new(block, &region.start, common);
            let put = |part: &Region, bytes: &[u8]| {
                let zero = vec![0; part.rank()];
                let at = part.relative_to(&place.start);
                Runs::new(
                    order,
                    &part.len,
                    Within { extent: &part.len, start: &zero },
                    Within { extent: &place.len, start: &at.start },
                )
                .write(&self.file.file, offset, width, bytes)
                .map_err(|error| self.file.unwritable(&error))
            };
            match piece.contiguous(order) {
                Some(bytes) => put(common, bytes),
                None => {
                    let slow = if order == Order::C { 0 } else { common.rank() - 1 };
                    piece.each_slab(order, &common.len, false, |first, count, slab| {
                        let mut part = common.clone();
                        (part.start[slow], part.len[slow]) = (common.start[slow] + first, count);
                        put(&part, slab)
                    })
                }
            }
        })?;
        let bytes = (region.size() * width) as u64;
        self.file.written.fetch_add(bytes, Relaxed);
        self.written.fetch_add(bytes, Relaxed);
        Ok(())
    }

    fn publish(&self) -> Result<()> {
        Ok(())
    }

    fn written(&self) -> u64 {
        self.written.load(Relaxed)
    }

    fn write_scratch(&self) -> u64 {
        SLAB as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_by_chunks_is_read_by_any_region_and_leaves_no_name_behind() {
        let directory = tempfile::tempdir().unwrap();
        let file = Arc::new(Scratch::new(directory.path()).unwrap());
        assert_eq!(std::fs::read_dir(directory.path()).unwrap().count(), 0);
        let shape = Shape::matrix(7, 5);
        let value = |i: usize, j: usize| (10 * i + j) as f64;
        for order in [Order::F, Order::C] {
            let array = ScratchArray::new(file.clone(), "t", &shape, DType::F64, &[3, 2], order);
            // Two chunks at once, column-major; the rest chunk by chunk.
            for (rows, columns) in [((0, 6), (0, 2)), ((6, 1), (0, 2)), ((0, 7), (2, 3))] {
                let region = Region::new(&[rows.0, columns.0], &[rows.1, columns.1]);
                let data = (0..columns.1).flat_map(|j| (0..rows.1).map(move |i| value(rows.0 + i, columns.0 + j)));
                array.write(&region, &Block::dense(region.shape(), Data::F64(data.collect()))).unwrap();
            }
            let region = Region::new(&[1, 1], &[6, 3]);
            let block = array.read(&region, &Pool::new()).unwrap();
            let strides = block.strides();
            for (i, j) in (0..6).flat_map(|i| (0..3).map(move |j| (i, j))) {
                assert_eq!(block.data().get_f64(i * strides[0] + j * strides[1]), value(i + 1, j + 1));
            }
            assert_eq!(array.written(), 35 * 8);
        }
    }

    #[test]
    fn a_directory_that_is_not_there_is_named() {
        let fault = Scratch::new(Path::new("/no/such/directory")).unwrap_err();
        assert!(fault.message.contains("/no/such/directory"), "{}", fault.message);
    }
}

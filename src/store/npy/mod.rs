//! NumPy's `.npy` files: a header, then all elements in one order. Any part can be read or written alone.

mod header;
mod sink;

use super::api::{ArrayMeta, Format, Sink, Source, Stored, WriteOptions};
use super::runs::{Runs, Within};
use super::{bytes, io_text, numpy};
use crate::array::grid::CHUNK_BYTES;
use crate::array::{Block, DType, Grid, Order, Pool, Region, Shape};
use crate::diag::Result;
use crate::{bail, fault};
use header::Header;
use sink::NpySink;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The format.
pub struct Npy;

/// An `.npy` file open for reading. The open file stays readable when another takes its name.
struct NpySource {
    name: String,
    path: PathBuf,
    file: File,
    /// Byte at which the elements begin.
    start: u64,
    swapped: bool,
    meta: ArrayMeta,
}

impl Format for Npy {
    fn name(&self) -> &'static str {
        "npy"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["npy"]
    }

    fn recognises(&self, path: &Path) -> bool {
        let mut magic = [0; 6];
        path.is_file() && File::open(path).and_then(|mut f| f.read_exact(&mut magic)).is_ok() && &magic == header::MAGIC
    }

    fn open(&self, path: &Path) -> Result<Arc<dyn Source>> {
        let name = path.display().to_string();
        let wrong = |e: io::Error| fault!("{name}: cannot be read: {}", io_text(&e));
        if path.is_dir() {
            bail!("{name}: a directory, where an .npy array would be a file");
        }
        let file = File::open(path).map_err(wrong)?;
        let size = file.metadata().map_err(wrong)?.len();
        let mut first = Vec::new();
        (&file).take(header::MAX_HEADER as u64 + 12).read_to_end(&mut first).map_err(wrong)?;
        let damaged = |what: String| fault!("{name}: not a sound .npy file: {what}");
        let place = Header::place(&first).map_err(damaged)?;
        let dictionary = first.get(place.clone()).ok_or_else(|| damaged("its header is cut off".to_string()))?;
        let header = Header::parse(dictionary).map_err(damaged)?;
        let (dtype, big_endian) =
            numpy::parse(&header.descr).ok_or_else(|| numpy::foreign_type(&name, &header.descr))?;
        if header.shape.len() > Shape::MAX_RANK {
            bail!("{name}: has {} dimensions; at most {} can be handled", header.shape.len(), Shape::MAX_RANK);
        }
        let (start, shape) = (place.end as u64, Shape::new(&header.shape));
        let wanted = shape.checked_len().and_then(|n| n.checked_mul(dtype.size()));
        match wanted {
            Some(wanted) if wanted as u64 <= size - start => {}
            _ => {
                return Err(damaged(format!(
                    "its header promises {shape} elements, but {} bytes follow",
                    size - start
                )));
            }
        }
        let grid = Grid::new(shape.clone(), &slow_chunks(&shape, dtype, header.order));
        let meta = ArrayMeta {
            grid,
            shape,
            dtype,
            order: header.order,
            partial_reads: true,
            description: format!(
                "npy, raw{}{}",
                if big_endian { ", big-endian" } else { "" },
                if header.order == Order::F { ", column-major" } else { "" },
            ),
        };
        let path = path.canonicalize().map_err(wrong)?;
        Ok(Arc::new(NpySource { name, path, file, start, swapped: big_endian, meta }))
    }

    /// Column-major unless asked otherwise, as dense values are.
    fn create(&self, path: &Path, shape: &Shape, dtype: DType, options: &WriteOptions) -> Result<Arc<dyn Sink>> {
        let name = path.display().to_string();
        let plain = options.codec.as_deref().is_none_or(|codec| codec == "raw");
        if !plain || options.version.is_some() || options.shard.is_some() {
            return Err(fault!("{name}: .npy files have no codec, no shards and no version")
                .hint("save to a .zarr array for these"));
        }
        if path.exists() && !path.metadata().is_ok_and(|m| m.is_file() && (m.len() == 0 || self.recognises(path))) {
            return Err(fault!("{name}: something that is no .npy file is there already")
                .hint("only an array is ever replaced; remove it first, or choose another name"));
        }
        let order = options.order.unwrap_or(Order::F);
        let chunk = options.chunk.clone().unwrap_or_else(|| slow_chunks(shape, dtype, order));
        if chunk.contains(&0) {
            bail!("{name}: cannot be written in chunks of extent zero");
        }
        let head = Header { descr: numpy::little_endian(dtype), order, shape: shape.to_vec() }.bytes();
        let size =
            shape.checked_len().and_then(|n| n.checked_mul(dtype.size())).and_then(|n| n.checked_add(head.len()));
        let size = size.ok_or_else(|| fault!("{name}: a {shape} array is larger than any file"))?;
        let grid = Grid::new(shape.clone(), &chunk);
        Ok(Arc::new(NpySink::new(path, &head, size as u64, dtype, order, grid, options)?))
    }
}

/// Chunks of about [`CHUNK_BYTES`] that are contiguous in the file: cut along the slowest axis, and along the next ones
/// only where a single slice is too large.
fn slow_chunks(shape: &Shape, dtype: DType, order: Order) -> Vec<usize> {
    let mut chunk: Vec<usize> = shape.iter().map(|&e| e.max(1)).collect();
    let target = CHUNK_BYTES / dtype.size();
    for depth in 0..chunk.len() {
        let axis = if order == Order::C { depth } else { chunk.len() - 1 - depth };
        let size = chunk.iter().fold(1usize, |n, &c| n.saturating_mul(c));
        if size > target {
            chunk[axis] = (target / (size / chunk[axis])).max(1);
        }
    }
    chunk
}

/// The way from the file of an array to a region of it on its own.
fn runs_of(order: Order, shape: &Shape, region: &Region) -> Runs {
    let zero = vec![0; region.rank()];
    let file = Within { extent: shape, start: &region.start };
    Runs::new(order, &region.len, file, Within { extent: &region.len, start: &zero })
}

impl NpySource {
    fn runs(&self, region: &Region) -> Runs {
        runs_of(self.meta.order, &self.meta.shape, region)
    }
}

impl Source for NpySource {
    fn meta(&self) -> &ArrayMeta {
        &self.meta
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn read(&self, region: &Region, pool: &Pool) -> Result<Block> {
        let dtype = self.meta.dtype;
        let data = bytes::read_into(pool, dtype, region.size(), |out| {
            self.runs(region).read(&self.file, self.start, dtype.size(), out).map_err(|e| {
                fault!("{}: {region} cannot be read: {} ({})", self.name, io_text(&e), self.path.display())
            })?;
            if self.swapped {
                bytes::swap(out, dtype);
            }
            Ok(())
        })?;
        Ok(Block::new(region.shape(), self.meta.order, data))
    }

    fn read_bytes(&self, region: &Region) -> u64 {
        self.runs(region).bytes_moved(self.meta.dtype.size())
    }

    fn read_scratch(&self, region: &Region) -> u64 {
        self.runs(region).scratch(self.meta.dtype.size()) as u64
    }

    fn path(&self) -> Option<&Path> {
        Some(&self.path)
    }

    fn stored(&self) -> Result<Stored> {
        // Checked on opening: the file holds every element.
        let bytes = self.meta.shape.len() * self.meta.dtype.size();
        Ok(Stored { bytes: bytes as u64, chunks: self.meta.grid.len() as u64 })
    }
}

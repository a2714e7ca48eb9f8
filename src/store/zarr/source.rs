//! Reading a Zarr array by regions.
//!
//! Raw chunks are read from the file straight into the block, only the runs that are asked for; compressed ones are
//! read whole and decoded, into the block itself where the codec and the region allow it.

use super::coding::Coding;
use super::layout::{Dims, Layout};
use super::shard::Index;
use crate::array::{Block, Grid, Pool, Region, Shape};
use crate::diag::{Fault, Result};
use crate::fault;
use crate::store::api::{ArrayMeta, Source, Stored};
use crate::store::bytes;
use crate::store::io_text;
use crate::store::root::{Opened, Root};
use crate::store::runs::{Runs, Within};
use rustc_hash::FxHashMap;
use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::{Arc, Mutex};

/// Most bytes of shard indices that are kept.
const INDEX_CACHE: usize = 8 << 20;
/// Compressed chunks looked at when the array is opened, to know about how large they are.
const SAMPLES: usize = 16;

/// A Zarr array open for reading.
pub struct ZarrSource {
    name: String,
    path: std::path::PathBuf,
    root: Arc<Root>,
    layout: Layout,
    meta: ArrayMeta,
    /// About how many bytes a unit takes on disk.
    typical_unit: u64,
    indices: Mutex<FxHashMap<Dims, Option<Arc<Index>>>>,
}

/// The bytes of one unit.
struct Place {
    file: File,
    key: String,
    at: u64,
    len: u64,
}

/// The part of a region that one unit holds, in elements on disk.
struct Part {
    coords: Dims,
    runs: Runs,
    /// Whether the part is the whole unit, and one run of the result.
    whole: bool,
}

impl ZarrSource {
    pub fn new(name: String, root: Arc<Root>, layout: Layout) -> Result<ZarrSource> {
        let shape = Shape::new(&layout.shape);
        let meta = ArrayMeta {
            grid: Grid::new(shape.clone(), &layout.unit),
            shape,
            dtype: layout.dtype,
            order: layout.coding.order(),
            partial_reads: layout.coding.is_raw(),
            description: layout.describe(),
        };
        let typical_unit = layout.unit_bytes as u64;
        let path = root.path();
        let mut source = ZarrSource { name, path, root, layout, meta, typical_unit, indices: Mutex::default() };
        if !source.layout.coding.is_raw() {
            source.typical_unit = source.sample();
        }
        Ok(source)
    }

    /// The mean size of some units on disk.
    fn sample(&self) -> u64 {
        let total = self.meta.grid.len();
        let numbers = (0..SAMPLES.min(total)).map(|k| k * total / SAMPLES.min(total));
        let sizes =
            numbers.filter_map(|n| self.locate(&self.on_disk(&self.meta.grid.coords(n))).ok().flatten()).map(|p| p.len);
        let (sum, count) = sizes.fold((0, 0), |(sum, count), len| (sum + len, count + 1));
        sum.checked_div(count).unwrap_or(0)
    }

    fn on_disk(&self, coords: &[usize]) -> Dims {
        self.layout.on_disk(coords, 0)
    }

    /// A fault in one chunk, with its name and file.
    fn fault(&self, coords: &[usize], key: &str, what: impl std::fmt::Display) -> Fault {
        let file = self.root.path().join(key);
        fault!("{}: chunk {coords:?} cannot be read: {what} ({})", self.name, file.display())
    }

    fn parts(&self, region: &Region) -> impl Iterator<Item = Part> {
        let layout = &self.layout;
        let (extent, zero) = (layout.on_disk(&region.len, 1), layout.on_disk(&[], 0));
        self.meta.grid.touching(region).into_iter().filter_map(move |coords| {
            let chunk = self.meta.grid.region(&coords);
            let part = region.intersect(&chunk)?;
            let len = layout.on_disk(&part.len, 1);
            let src = layout.on_disk(&part.relative_to(&chunk.start).start, 0);
            let dst = layout.on_disk(&part.relative_to(&region.start).start, 0);
            debug_assert_eq!(zero.len(), dst.len());
            let inside = Within { extent: &layout.unit, start: &src };
            let runs = Runs::new(layout.coding.order(), &len, inside, Within { extent: &extent, start: &dst });
            let whole = len == layout.unit && runs.single().is_some();
            Some(Part { coords: self.on_disk(&coords), runs, whole })
        })
    }

    /// Opens the file that holds a unit; `None` if the unit was never written.
    fn locate(&self, coords: &[usize]) -> Result<Option<Place>> {
        let (number, file_coords) = match &self.layout.sharding {
            Some(sharding) => sharding.locate(coords),
            None => (0, Dims::from_slice(coords)),
        };
        let key = self.layout.chunk_key(&file_coords);
        let wrong = |what: &dyn std::fmt::Display| self.fault(coords, &key, what);
        if self.known_index(&file_coords).is_some_and(|index| index.is_none()) {
            return Ok(None);
        }
        let file = match self.root.open_file(&key).map_err(|e| wrong(&io_text(&e)))? {
            Opened::File(file) => file,
            Opened::Missing if self.layout.sharding.is_some() => {
                self.keep_index(file_coords, None);
                return Ok(None);
            }
            Opened::Missing => return Ok(None),
            Opened::Replaced => {
                return Err(fault!("{}: another array was put in its place while it was being read", self.name)
                    .hint("load it again"));
            }
        };
        let (at, len) = match &self.layout.sharding {
            None => (0, file.metadata().map_err(|e| wrong(&io_text(&e)))?.len()),
            Some(sharding) => {
                let index = match self.known_index(&file_coords).flatten() {
                    Some(index) => index,
                    None => {
                        let read = sharding.read_index(&file).map_err(|e| wrong(&io_text(&e)))?;
                        let index = Arc::new(read.map_err(|e| wrong(&e))?);
                        self.keep_index(file_coords, Some(index.clone()));
                        index
                    }
                };
                match index.chunk(number) {
                    Some(place) => place,
                    None => return Ok(None),
                }
            }
        };
        Ok(Some(Place { file, key, at, len }))
    }

    fn known_index(&self, shard: &[usize]) -> Option<Option<Arc<Index>>> {
        self.layout.sharding.as_ref()?;
        self.indices.lock().unwrap_or_else(|e| e.into_inner()).get(shard).cloned()
    }

    fn keep_index(&self, shard: Dims, index: Option<Arc<Index>>) {
        let Some(sharding) = &self.layout.sharding else { return };
        let mut indices = self.indices.lock().unwrap_or_else(|e| e.into_inner());
        if indices.len() * (sharding.index_bytes() + 64) > INDEX_CACHE {
            indices.clear();
        }
        indices.insert(shard, index);
    }

    fn read_part(&self, part: &Part, out: &mut [u8], pool: &Pool) -> Result<()> {
        let Part { coords, runs, whole } = part;
        let Some(place) = self.locate(coords)? else {
            runs.fill(&self.layout.fill, out);
            return Ok(());
        };
        let wrong = |what: &dyn std::fmt::Display| self.fault(coords, &place.key, what);
        let width = self.layout.dtype.size();
        let size = self.layout.unit_bytes;
        if self.layout.coding.is_raw() {
            if place.len != size as u64 {
                return Err(wrong(&format!("it has {} bytes instead of {size}", place.len)));
            }
            return runs.read(&place.file, place.at, width, out).map_err(|e| wrong(&io_text(&e)));
        }
        // A compressor never adds much: a file far beyond the chunk's own size is not what it claims to be.
        if place.len > 2 * size as u64 + (1 << 20) {
            return Err(wrong(&format!("its {} bytes cannot be a compressed form of {size}", place.len)));
        }
        let mut encoded = bytes::scratch(pool, place.len as usize);
        place.file.read_exact_at(&mut encoded, place.at).map_err(|e| wrong(&io_text(&e)))?;
        match (whole, runs.single()) {
            (true, Some((_, at, len))) => {
                let target = &mut out[at * width..(at + len) * width];
                self.layout.coding.decode(&encoded, target).map_err(|e| wrong(&e))?;
            }
            _ => {
                let mut decoded = bytes::scratch(pool, size);
                self.layout.coding.decode(&encoded, &mut decoded).map_err(|e| wrong(&e))?;
                runs.copy(&decoded, width, out);
                bytes::give_back(pool, decoded);
            }
        }
        bytes::give_back(pool, encoded);
        Ok(())
    }
}

impl Source for ZarrSource {
    fn meta(&self) -> &ArrayMeta {
        &self.meta
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn read(&self, region: &Region, pool: &Pool) -> Result<Block> {
        let data = bytes::read_into(pool, self.layout.dtype, region.size(), |out| {
            self.parts(region).try_for_each(|part| self.read_part(&part, out, pool))?;
            if self.layout.coding.swapped() {
                bytes::swap(out, self.layout.dtype);
            }
            Ok(())
        })?;
        Ok(Block::new(region.shape(), self.meta.order, data))
    }

    /// For compressed chunks an estimate, from the mean size of some.
    fn read_bytes(&self, region: &Region) -> u64 {
        match self.layout.coding.is_raw() {
            true => self.parts(region).map(|p| p.runs.bytes_moved(self.layout.dtype.size())).sum(),
            false => self.meta.grid.touching(region).len() as u64 * self.typical_unit,
        }
    }

    fn read_scratch(&self, region: &Region) -> u64 {
        let unit = self.layout.unit_bytes as u64;
        let one = |part: Part| match &self.layout.coding {
            coding if coding.is_raw() => part.runs.scratch(self.layout.dtype.size()) as u64,
            // The encoded bytes, and the decoded ones where they cannot be put in place at once.
            coding if part.whole && coding.decodes_in_place() => unit,
            Coding::Plain { .. } if part.whole => 2 * unit,
            _ => 3 * unit,
        };
        let index = self.layout.sharding.as_ref().map_or(0, |s| 2 * s.index_bytes() as u64);
        index + self.parts(region).map(one).max().unwrap_or(0)
    }

    fn path(&self) -> Option<&Path> {
        Some(&self.path)
    }

    fn stored(&self) -> Result<Stored> {
        let grid = Grid::new(self.meta.shape.clone(), &self.layout.file_extents());
        let mut stored = Stored::default();
        for number in 0..grid.len() {
            let coords = self.on_disk(&grid.coords(number));
            let key = self.layout.chunk_key(&coords);
            let wrong = |e: std::io::Error| self.fault(&coords, &key, io_text(&e));
            let Opened::File(file) = self.root.open_file(&key).map_err(wrong)? else { continue };
            stored.bytes += file.metadata().map_err(wrong)?.len();
            stored.chunks += match &self.layout.sharding {
                None => 1,
                Some(sharding) => {
                    let index = sharding.read_index(&file).map_err(wrong)?;
                    index.map_err(|e| self.fault(&coords, &key, e))?.written() as u64
                }
            };
        }
        Ok(stored)
    }
}

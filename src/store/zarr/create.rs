//! The metadata of arrays we write, and what a new array may replace.

use crate::array::grid::{CHUNK_BYTES, default_chunks};
use crate::array::{DType, Grid, Order, Shape};
use crate::diag::Result;
use crate::store::api::WriteOptions;
use crate::store::numpy;
use crate::{bail, fault};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// Chunks inside a shard are so many times smaller than chunks that are files of their own: that is what shards are for.
const PARTS: usize = 8;

/// The metadata of a new array, and how it is cut. Version 3, row-major, uncompressed and little-endian unless asked
/// otherwise: what is computed is mostly noise to a compressor, and raw chunks are read at the speed of the disk, in
/// parts too.
pub fn metadata(name: &str, shape: &Shape, dtype: DType, options: &WriteOptions) -> Result<(Value, Grid)> {
    let chunk = match (&options.chunk, &options.shard) {
        (Some(chunk), _) => chunk.clone(),
        (None, Some(shard)) => parts_of(shape, shard, dtype),
        (None, None) => default_chunks(shape, dtype).to_vec(),
    };
    if chunk.contains(&0) {
        bail!("{name}: cannot be written in chunks of extent zero");
    }
    let (inner, chunk) = match &options.shard {
        None => (Vec::new(), Grid::new(shape.clone(), &chunk).chunk.to_vec()),
        Some(shard) => shards(name, shape, &chunk, shard)?,
    };
    let grid = Grid::new(shape.clone(), &chunk);
    let (codec, level) = codec(name, options.codec.as_deref().unwrap_or("raw"))?;
    let column_major = options.order == Some(Order::F);
    let shape = shape.to_vec();
    let width = dtype.real().size();
    let fill = match dtype {
        DType::Bool => json!(false),
        DType::C64 | DType::C32 => json!([0.0, 0.0]),
        d if d.is_float() => json!(0.0),
        _ => json!(0),
    };
    let json = match options.version.unwrap_or(3) {
        2 if options.shard.is_some() => bail!("{name}: Zarr version 2 has no shards"),
        2 => {
            let compressor = match codec {
                Codec::Raw => Value::Null,
                Codec::Zstd => json!({"id": "zstd", "level": level}),
                Codec::Gzip => json!({"id": "gzip", "level": level}),
                Codec::Blosc => json!({"id": "blosc", "cname": "lz4", "clevel": level, "shuffle": 1, "blocksize": 0}),
            };
            json!({
                "zarr_format": 2, "shape": shape, "chunks": chunk, "dtype": numpy::little_endian(dtype),
                "compressor": compressor, "fill_value": fill, "order": if column_major { "F" } else { "C" },
                "filters": null, "dimension_separator": ".",
            })
        }
        3 => {
            let mut codecs = Vec::new();
            if column_major {
                let axes: Vec<usize> = (0..shape.len()).rev().collect();
                codecs.push(json!({"name": "transpose", "configuration": {"order": axes}}));
            }
            codecs.push(match width {
                1 => json!({"name": "bytes"}),
                _ => json!({"name": "bytes", "configuration": {"endian": "little"}}),
            });
            codecs.extend(match codec {
                Codec::Raw => None,
                Codec::Zstd => Some(json!({"name": "zstd", "configuration": {"level": level, "checksum": false}})),
                Codec::Gzip => Some(json!({"name": "gzip", "configuration": {"level": level}})),
                Codec::Blosc => Some(json!({"name": "blosc", "configuration": {
                    "cname": "lz4", "clevel": level, "shuffle": "shuffle", "typesize": width, "blocksize": 0}})),
            });
            if options.shard.is_some() {
                let index = json!([{"name": "bytes", "configuration": {"endian": "little"}}, {"name": "crc32c"}]);
                codecs = vec![json!({"name": "sharding_indexed", "configuration": {
                    "chunk_shape": inner, "codecs": codecs, "index_codecs": index, "index_location": "end"}})];
            }
            json!({
                "zarr_format": 3, "node_type": "array", "shape": shape, "data_type": type_name(dtype),
                "chunk_grid": {"name": "regular", "configuration": {"chunk_shape": chunk}},
                "chunk_key_encoding": {"name": "default", "configuration": {"separator": "/"}},
                "fill_value": fill, "codecs": codecs, "attributes": {},
            })
        }
        other => bail!("{name}: Zarr version {other} cannot be written; versions 2 and 3 can"),
    };
    Ok((json, grid))
}

/// Chunks for shards of given extents: halves of them, as long as those are whole, down to the usual size.
fn parts_of(shape: &Shape, shard: &[usize], dtype: DType) -> Vec<usize> {
    let mut chunk: Vec<usize> = (0..shape.rank())
        .map(|axis| shard.get(axis).copied().unwrap_or(usize::MAX))
        .enumerate()
        .map(|(axis, n)| if n == usize::MAX { shape.extent(axis).max(1) } else { n })
        .collect();
    let size = |chunk: &[usize]| chunk.iter().fold(dtype.size(), |n, &c| n.saturating_mul(c));
    while size(&chunk) > CHUNK_BYTES / PARTS {
        let longest = (0..chunk.len()).filter(|&axis| chunk[axis].is_multiple_of(2) && chunk[axis] > 0);
        let Some(axis) = longest.max_by_key(|&axis| chunk[axis]) else { break };
        chunk[axis] /= 2;
    }
    chunk
}

/// Extents of the chunks and of the shards that hold them, which must be whole multiples.
fn shards(name: &str, shape: &Shape, chunk: &[usize], shard: &[usize]) -> Result<(Vec<usize>, Vec<usize>)> {
    let extent = |list: &[usize], axis: usize, other: usize| list.get(axis).copied().unwrap_or(other);
    let inner: Vec<usize> = (0..shape.rank())
        .map(|axis| extent(chunk, axis, usize::MAX))
        .enumerate()
        .map(|(axis, n)| if n == usize::MAX { shape.extent(axis).max(1) } else { n })
        .collect();
    // A shard of the whole extent is as many chunks as that takes.
    let outer: Vec<usize> = (0..shape.rank())
        .map(|axis| match extent(shard, axis, inner[axis]) {
            usize::MAX => shape.extent(axis).max(1).next_multiple_of(inner[axis]),
            n => n,
        })
        .collect();
    match inner.iter().zip(&outer).position(|(i, o)| *o == 0 || o % i != 0) {
        None => Ok((inner, outer)),
        Some(axis) => Err(fault!("{name}: shards of extents {outer:?} cannot hold chunks of {inner:?}")
            .hint(format!("along dimension {} a shard must be a whole number of chunks", axis + 1))),
    }
}

#[derive(Clone, Copy)]
enum Codec {
    Raw,
    Zstd,
    Gzip,
    Blosc,
}

/// A codec and its level from `zstd:3`.
fn codec(name: &str, text: &str) -> Result<(Codec, u32)> {
    let (word, level) = text.split_once(':').map_or((text, None), |(word, level)| (word, Some(level)));
    let (codec, usual, levels) = match word {
        "raw" if level.is_none() => (Codec::Raw, 0, 0..=0),
        "zstd" => (Codec::Zstd, 3, 1..=22),
        "gzip" => (Codec::Gzip, 5, 0..=9),
        "blosc" => (Codec::Blosc, 5, 0..=9),
        _ => {
            return Err(fault!("{name}: cannot be written with codec '{text}'")
                .hint("codecs are raw, zstd, gzip and blosc, the last three with a level if you like: zstd:3"));
        }
    };
    let Some(level) = level else { return Ok((codec, usual)) };
    match level.parse().ok().filter(|l| levels.contains(l)) {
        Some(level) => Ok((codec, level)),
        None => bail!("{name}: {word} has levels {} to {}, not '{level}'", levels.start(), levels.end()),
    }
}

/// The name of a type in version 3. Text is written as its bytes.
fn type_name(dtype: DType) -> &'static str {
    match dtype {
        DType::F64 => "float64",
        DType::F32 => "float32",
        DType::Bool => "bool",
        DType::C64 => "complex128",
        DType::C32 => "complex64",
        DType::Char => "uint8",
        integer => integer.class(),
    }
}

/// Refuses to put an array in the place of anything but an array (or an empty directory).
pub fn check_replaceable(path: &Path) -> Result<()> {
    let name = path.display();
    let Ok(about) = fs::metadata(path) else { return Ok(()) };
    if !about.is_dir() {
        return Err(
            fault!("{name}: a file of this name is there already").hint("remove it first, or choose another name")
        );
    }
    let Ok(entries) = fs::read_dir(path) else { bail!("{name}: what is there already cannot be looked at") };
    let entries: Vec<String> = entries.flatten().map(|e| e.file_name().to_string_lossy().into_owned()).collect();
    let is_array = matches!(super::look(path), super::Found::Array { .. });
    if !is_array && !entries.is_empty() {
        return Err(fault!("{name}: a directory that is no array is there already")
            .hint("only an array is ever replaced; remove the directory first, or choose another name"));
    }
    match entries.iter().find(|e| !belongs(e)) {
        None => Ok(()),
        Some(other) => Err(fault!("{name}: would be replaced, but holds '{other}' besides the array")
            .hint("move that away first, or choose another name")),
    }
}

/// Whether an entry of an array's directory is part of the array: metadata or chunks.
fn belongs(entry: &str) -> bool {
    let metadata = [".arr-journal", "zarr.json", ".zarray", ".zattrs", ".zmetadata"].contains(&entry);
    let chunk = entry.strip_prefix('c').unwrap_or(entry);
    metadata || chunk.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}
